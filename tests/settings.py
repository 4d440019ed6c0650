"""The product's settings on a throwaway home."""

import atexit
import os
import shutil
import tempfile

_home = tempfile.mkdtemp(prefix="khunnaphap-tests-")
os.environ["KHUNNAPHAP_HOME"] = _home
atexit.register(shutil.rmtree, _home, ignore_errors=True)

from khunnaphap.config.settings import *  # noqa: E402, F403
