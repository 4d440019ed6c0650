"""Django's SQLite backend, with writers that look for their turn evenly."""
