"""``python -m khunnaphap``."""

import sys

from khunnaphap.cli import main

sys.exit(main())
