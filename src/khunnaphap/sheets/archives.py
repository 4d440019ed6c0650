"""What is looked at in any zip before it is unpacked: its end, the names in it, encryption, parts that share bytes."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

ENTRY: Final = b"PK\x01\x02"
"""How each line of the list of parts begins; counted before the list itself takes memory."""


def ends_whole(content: bytes) -> bool:
    """True when the archive's last record, with its comment, is the end of the file: nothing is appended or cut."""
    end = content.rfind(b"PK\x05\x06")
    return end >= 0 and end + 22 + int.from_bytes(content[end + 20 : end + 22], "little") == len(content)


def plain_names(infos: Sequence[zipfile.ZipInfo]) -> list[str]:
    """The names of the parts as they are compared: small letters, one kind of stroke."""
    return [info.filename.lower().replace("\\", "/") for info in infos]


def leads_out(names: Sequence[str]) -> bool:
    """True when a plain name would land outside the folder that the archive is unpacked into."""
    return any(name.startswith("/") or ".." in name.split("/") for name in names)


def is_encrypted(infos: Sequence[zipfile.ZipInfo]) -> bool:
    """True when a part needs a password."""
    return any(info.flag_bits & 0x1 for info in infos)


def is_odd(infos: Sequence[zipfile.ZipInfo]) -> bool:
    """True when a part is packed as no office program does, or two parts share bytes, as the tightest bombs do."""
    if any(info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for info in infos):
        return True
    ordered = sorted(infos, key=lambda info: info.header_offset)
    return any(
        first.header_offset + 30 + len(first.filename) + first.compress_size > second.header_offset
        for first, second in pairwise(ordered)
    )
