"""Thai text: numerals, dates, script, order."""
