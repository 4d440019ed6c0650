"""Set up .venv from the lock file: standard library only, safe to run again, needs no system package.

Usage: python tools/setup.py demo|test
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / ".venv"
PYTHON = HOME / "bin" / "python"
LOCKS = {"demo": "requirements.lock", "test": "requirements-dev.lock"}


def main(wanted: str) -> int:
    """Make the environment for ``wanted`` unless it (or the larger one for tests) is there already."""
    if any(_stamp(name).exists() and _stamp(name).read_text() == _state(name) for name in {wanted, "test"}):
        return 0
    print(f"Setting up {HOME.name} from {LOCKS[wanted]} (once; a minute or so)", flush=True)
    if not PYTHON.exists():
        _make()
    # The lock names everything: a resolver could only find a newer release of an extra, which has no hash there.
    _pip("install", "--quiet", "--no-deps", "--require-hashes", "--requirement", str(ROOT / LOCKS[wanted]))
    _pip("install", "--quiet", "--no-deps", "--no-build-isolation", "--editable", str(ROOT))
    _stamp(wanted).write_text(_state(wanted))
    return 0


def _stamp(name: str) -> Path:
    return HOME / f".ready-{name}"


def _state(name: str) -> str:
    """What the environment was made from; the folder too, because an editable install points there."""
    return f"{name} {_digest(ROOT / LOCKS[name])} {_digest(ROOT / 'pyproject.toml')} {ROOT}"


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]


def _make() -> None:
    """A virtual environment, with pip where this Python can bring it (Debian's without python3-venv cannot)."""
    try:
        venv.create(HOME, with_pip=True, clear=True)
    except (subprocess.CalledProcessError, SystemExit, OSError):
        venv.create(HOME, with_pip=False, clear=True)


def _pip(*arguments: str) -> None:
    """Run the environment's pip, or this Python's pip on the environment."""
    own = subprocess.run([PYTHON, "-m", "pip", "--version"], capture_output=True, check=False).returncode == 0
    command = [PYTHON, "-m", "pip"] if own else [sys.executable, "-m", "pip", "--python", str(PYTHON)]
    subprocess.run([*command, "--disable-pip-version-check", *arguments], check=True)


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in LOCKS:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1]))
