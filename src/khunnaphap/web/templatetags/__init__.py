"""Filters that templates of every room use."""
