"""The product's settings on a throwaway home."""

import atexit
import hashlib
import os
import shutil
import tempfile
from pathlib import Path

_home = tempfile.mkdtemp(prefix="khunnaphap-tests-")
os.environ["KHUNNAPHAP_HOME"] = _home
atexit.register(shutil.rmtree, _home, ignore_errors=True)

from khunnaphap.config.settings import *  # noqa: E402, F403

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405
    # a file, as in life: threads that race share no memory database; its commits need not outlive a power cut
    _settled = DATABASES["default"]["OPTIONS"]["init_command"].replace("synchronous=FULL", "synchronous=OFF")  # noqa: F405
    DATABASES = {
        "default": {
            **DATABASES["default"],  # noqa: F405
            "OPTIONS": {**DATABASES["default"]["OPTIONS"], "init_command": _settled},  # noqa: F405
            "TEST": {"NAME": os.path.join(_home, "test.sqlite3")},
        }
    }
else:
    # two checkouts that test on one server at once do not meet in one database
    _checkout = hashlib.sha256(str(Path(__file__).resolve().parent).encode()).hexdigest()[:8]
    DATABASES["default"]["TEST"] = {"NAME": f"test_khunnaphap_{_checkout}"}
