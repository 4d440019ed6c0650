"""Framework editions: drafts, and published ones that never change."""
