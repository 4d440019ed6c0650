"""Tests of the room that turns a tree into DOCX and PDF."""
