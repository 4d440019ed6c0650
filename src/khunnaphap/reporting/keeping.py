"""Files that people may have edited since they were written: never overwritten, kept beside under another name."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

HASHES: Final = ".khunnaphap-written"
"""The folder beside the files that remembers what each was when it was last written."""
_KIND: Final = ".sha256"
EDITED: Final = "ฉบับแก้ไข"
"""Stands in the name that an edited file is kept under."""


def put(path: Path, content: bytes) -> Path | None:
    """Write a file; what stood there and is not as it was last written is kept under another name, which is given.

    The new content is there before the old name is taken, so that nothing is lost whenever this stops.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    coming = path.with_name(f".{path.name}.new")
    coming.write_bytes(content)
    kept = _free_name(path) if path.exists() and not _may_go(path, content) else None
    if kept:
        path.rename(kept)
    os.replace(coming, path)
    _remember(path, content)
    return kept


def edited_in(folder: Path) -> Iterator[Path]:
    """The files in a folder, and below, that were written by ``put`` and are not as they were."""
    for hashes in sorted(folder.rglob(HASHES)):
        for remembered in sorted(hashes.iterdir()):
            path = hashes.parent / remembered.name.removesuffix(_KIND)
            if path.is_file() and remembered.read_text("ascii") != _hash(path.read_bytes()):
                yield path


def _may_go(path: Path, content: bytes) -> bool:
    """Whether what stands there is as it was last written, or is the new content already."""
    there, remembered = path.read_bytes(), _memory(path)
    return there == content or (remembered.exists() and remembered.read_text("ascii") == _hash(there))


def _remember(path: Path, content: bytes) -> None:
    memory = _memory(path)
    memory.parent.mkdir(exist_ok=True)
    memory.write_text(_hash(content), "ascii")


def _memory(path: Path) -> Path:
    return path.parent / HASHES / f"{path.name}{_KIND}"


def _free_name(path: Path) -> Path:
    number = 1
    while (free := path.with_name(f"{path.stem} ({EDITED} {number}){path.suffix}")).exists():
        number += 1
    return free


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
