"""Who made the report and who signs it: blocks of lines that never stand alone on a page."""

from __future__ import annotations

from dataclasses import dataclass

from khunnaphap.core.document import Block, Paragraph

_DAY = f"วันที่ {'.' * 8} เดือน {'.' * 22} พ.ศ. {'.' * 10}"


@dataclass(frozen=True)
class Signature:
    """Who signs: a name, a position, and whom an acting head acts for; and who prepared the report.

    Dots stand where nothing is given.
    """

    name: str = ""
    position: str = ""
    acting_for: str = ""
    preparer: str = ""
    preparer_position: str = ""


def signatures(signed: Signature, province: str) -> list[Block]:
    """The lines of the preparer, then those that the head, or whoever acts for the head, signs under; each with its day."""
    head = f"ศึกษาธิการจังหวัด{province}"
    position = signed.position or ("" if signed.acting_for else head)
    if signed.acting_for:  # as letters are signed: the own post and the word, then the post that is acted for
        position = f"{position} รักษาราชการแทน".strip() + f"\n{signed.acting_for}"
    prepared = signed.preparer_position or f"ตำแหน่ง {'.' * 36}"
    return [_lines(signed.preparer, f"{prepared}\nผู้จัดทำรายงาน"), _lines(signed.name, position)]


def _lines(name: str, position: str) -> Paragraph:
    lines = ["(ลงชื่อ) " + "." * 40, f"({name or '.' * 44})", position, _DAY]
    return Paragraph("\n".join(line for line in lines if line), style="signature")
