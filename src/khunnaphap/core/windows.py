"""When a school may answer: from a round's first moment to its last, by the server's clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from .problems import Refusal


@dataclass(frozen=True)
class Window:
    """When a school may answer: from ``opens`` to ``closes``; ``closed_at`` ends it early.

    ``extended_to`` is its office's newest word for this one school and holds whatever the round says: later for more
    time, earlier where an office sent something back and asked for it sooner.
    """

    opens: datetime
    closes: datetime
    closed_at: datetime | None = None
    extended_to: datetime | None = None

    @property
    def last(self) -> datetime:
        """The last moment that counts."""
        return self.extended_to or (min(self.closes, self.closed_at) if self.closed_at else self.closes)

    def is_open(self, now: datetime) -> bool:
        """True from the first to the last moment, both included."""
        return self.opens <= now <= self.last

    def check(self, now: datetime) -> None:
        """``Refusal`` outside of the window; ``now`` is the server's clock, never the client's."""
        if now < self.opens:
            raise Refusal("round-not-open", "รอบนี้ยังไม่เปิด", "รอถึงวันเปิดรอบ")
        if now > self.last:
            raise Refusal(
                "round-closed",
                "เลยกำหนดของรอบนี้แล้ว จึงบันทึกไม่ได้ สิ่งที่พิมพ์ยังอยู่ในหน้านี้",
                "ขอให้เขตพื้นที่ขยายเวลาให้โรงเรียน แล้วบันทึกอีกครั้ง",
            )
