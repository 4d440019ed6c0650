"""Inspections and the papers written from the verified record."""
