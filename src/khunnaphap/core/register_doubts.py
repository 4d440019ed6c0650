"""What a register says that can hardly be: told, never refused."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from .problems import Problem
from .thai.dates import long_date


def road_doubt(road_km: Decimal | None, straight: Decimal | None) -> Problem | None:
    """A road that is shorter than the straight line, by more than it was rounded."""
    if road_km is None or straight is None:
        return None
    rounded = Decimal((0, (5,), min(int(road_km.normalize().as_tuple().exponent), 0) - 1))
    if road_km + max(rounded, Decimal("0.01")) >= straight:
        return None
    message = f"ระยะทางตามถนน {road_km:f} กม. สั้นกว่าระยะทางตรง {straight:.2f} กม."
    return Problem("road-shorter", message, "ตรวจระยะทางและพิกัดของทั้งสองโรงเรียน")


def headcount_doubt(students: int | None, teachers: int | None) -> Problem | None:
    """More teachers than students."""
    if students is None or teachers is None or teachers <= students:
        return None
    message = f"ครู {teachers:,} คน มากกว่านักเรียน {students:,} คน"
    return Problem("teachers-exceed", message, "ตรวจว่าไม่ได้สลับช่องนักเรียนกับครู ถ้าถูกต้องแล้วไม่ต้องแก้")


def cut_off_doubt(cut_off: date, name: str, opens: date, closes: date) -> Problem | None:
    """An inspection that is cut off before its round opens, or before it closes: the report would not speak of it."""
    if cut_off >= closes:
        return None
    when, day = ("วันเปิด", opens) if cut_off < opens else ("วันปิด", closes)
    message = f"วันตัดข้อมูล {long_date(cut_off)} อยู่ก่อน{when}ของรอบ {name} ({long_date(day)}) รายงานจึงไม่มีผลของรอบนี้"
    return Problem("cut-off-early", message, "ตรวจวันตัดข้อมูลและวันของรอบ")
