"""Pages of the roof: the start, people, oneself, the guide."""
