"""The ground floor: rules as plain Python values, without Django, file formats, clock or I/O."""
