"""The tests; their tree mirrors ``src``."""
