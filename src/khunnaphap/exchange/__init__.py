"""What goes in and out as files: workbooks, backups."""
