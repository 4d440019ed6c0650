"""Files that no row claims are taken away: nothing that was ever said is touched, so there is no event."""

from __future__ import annotations

from .queries import orphans
from .storing import discard


def delete_orphans() -> int:
    """Delete files that no row claims; gives how many."""
    stray = list(orphans())
    discard(stray)
    return len(stray)
