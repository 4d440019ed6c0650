"""Places: provinces, districts, area offices, schools."""
