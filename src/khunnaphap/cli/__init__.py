"""The command line ``khunnaphap``: a thin door on the same actions as every other way in."""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; gives the exit code: 0 good, 1 problems in the input, 2 wrong usage."""
    from .running import run

    return run(sys.argv[1:] if arguments is None else list(arguments))
