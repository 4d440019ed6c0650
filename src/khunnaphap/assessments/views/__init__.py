"""The pages of schools and area offices: they ask, actions change."""
