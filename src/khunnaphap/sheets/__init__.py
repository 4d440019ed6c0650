"""XLSX files <-> typed rows with cell addresses; the only room that knows spreadsheet libraries."""
