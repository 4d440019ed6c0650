"""Khunnaphap: the working system of Thailand's "one district, one quality school" programme."""

__version__ = "0.1.0"
