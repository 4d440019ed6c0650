"""The roof: settings, addresses, entry points."""
