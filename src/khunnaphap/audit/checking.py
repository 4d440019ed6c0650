"""Following the chain of events from its first to its last: what was changed, removed or put elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

from .models import FIRST, ChainHead, Event


@dataclass(frozen=True)
class Chain:
    """How many events were followed, what is wrong (in Thai, at most ``MOST``), and the last digest."""

    events: int
    faults: tuple[str, ...]
    head: str


MOST = 20


def follow_chain(noted: str = "") -> Chain:
    """Compute every digest again. ``noted`` is a head that was written down earlier: it must still be in the chain."""
    before, expected, faults, seen = FIRST, 1, [], False
    for event in Event.objects.order_by("number").iterator(chunk_size=2000):
        if event.number != expected:
            faults.append(f"เหตุการณ์ลำดับที่ {expected:,} ถึง {event.number - 1:,} หายไป")
            expected = event.number
        elif event.digest_after(before) != event.digest:
            faults.append(f"เหตุการณ์ลำดับที่ {event.number:,} ({event}) ถูกแก้ไข สลับที่ หรือไม่ต่อกับเหตุการณ์ก่อนหน้า")
        before, expected = event.digest, expected + 1
        seen = seen or event.digest == noted
    head = ChainHead.objects.filter(pk=1).first() or ChainHead()
    if head.events >= expected:
        faults.append(f"เหตุการณ์ลำดับที่ {expected:,} ถึง {head.events:,} (ท้ายสุด) หายไป")
    elif (head.events, head.digest) != (expected - 1, before):
        faults.append("ท้ายลูกโซ่ไม่ตรงกับที่บันทึกไว้ มีเหตุการณ์ที่เพิ่มเข้ามาโดยไม่ผ่านระบบ")
    if noted and not seen:
        faults.append(f"ไม่พบค่าท้ายลูกโซ่ที่จดไว้ {noted}")
    return Chain(expected - 1, tuple(faults[:MOST]), before)
