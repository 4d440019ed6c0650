"""People, and the actor that stands for the system itself."""
