"""A document tree as the parts of a Word file (ECMA-376 WordprocessingML, transitional)."""
