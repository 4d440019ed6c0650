"""From arguments to an exit code: parse, set Django up, call the command, tell refusals in words."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence

from khunnaphap.core.problems import Refusal

from .parser import make_parser


def run(arguments: Sequence[str]) -> int:
    """Parse and carry out; wrong usage leaves through argparse with 2."""
    chosen = make_parser().parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "khunnaphap.config.settings")
    import django

    django.setup()
    try:
        return int(chosen.command(chosen))
    except Refusal as refusal:
        problem = refusal.problem
        if getattr(chosen, "json", False):
            print(json.dumps({"problems": [problem.as_dict()]}, ensure_ascii=False, indent=2))
        else:
            print(f"{problem.message}\n  {problem.mend}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        return 0
