"""What each page shows, read from the record in a constant number of queries."""
