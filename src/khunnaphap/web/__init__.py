"""The roof: pages, templates, styles."""
