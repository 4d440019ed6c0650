"""The sheets of the register workbook: what a record begins with. Published in ``docs/workbooks.md``."""

from __future__ import annotations

from typing import Final

from khunnaphap.core.register import OFFICE_LEVELS, POSITION_SOURCES

from .tables import TableSpec
from .values import Field


def _code(heading: str, name: str, width: float, limit: int, *, required: bool = False) -> Field:
    """A column that programs leave as it is typed: leading zeros, and 12-2-50 is no date."""
    return Field(heading, name, "code", width, required, limit=limit, look="entry-id")


_PROVINCES: Final = Field("จังหวัด (บรรทัดละจังหวัด)", "provinces", "provinces", 30, True)

REGIONS: Final = TableSpec(
    "regions",
    "เขตตรวจราชการ",
    "เขตตรวจราชการและจังหวัดในเขต ส่วนกลางใช้เลขที่ 0 จังหวัดหนึ่งอยู่ในเขตตรวจราชการเดียว",
    (
        Field("เลขที่", "number", "count", 10, True),
        Field("ชื่อ", "name", "name", 40, required=True, limit=80),
        _PROVINCES,
    ),
)
PROVINCIAL_OFFICES: Final = TableSpec(
    "provincial_offices",
    "สำนักงานศึกษาธิการจังหวัด",
    "จังหวัดละหนึ่งสำนักงาน",
    (
        Field("จังหวัด", "province", "province", 20, required=True, limit=80),
        Field("ชื่อ", "name", "name", 50, required=True, limit=120),
    ),
)
OFFICES: Final = TableSpec(
    "offices",
    "สำนักงานเขต",
    "สำนักงานเขตพื้นที่การศึกษา รหัสตั้งเองได้แต่ต้องไม่ซ้ำ ชื่ออื่นคือชื่อที่ใช้ในรายชื่อต่าง ๆ เขตเดิมคือเขตที่รับงานต่อมา",
    (
        _code("รหัส", "code", 14, 20, required=True),
        Field("ชื่อ", "name", "name", 40, required=True, limit=120),
        Field("ระดับ", "level", "choice", 18, True, OFFICE_LEVELS),
        _PROVINCES,
        Field("วันเริ่ม", "opened", "date", 22),
        Field("วันสิ้นสุด", "closed", "date", 22),
        Field("ชื่ออื่น (บรรทัดละชื่อ)", "aliases", "names", 34),
        Field("รหัสเขตเดิม (บรรทัดละรหัส)", "predecessors", "codes", 18),
    ),
)
SCHOOLS: Final = TableSpec(
    "schools",
    "ทะเบียนโรงเรียน",
    "โรงเรียนทุกแห่งที่จะอ้างถึง โรงเรียนคุณภาพเข้าร่วมรอบการประเมิน เนื้อที่เขียน ไร่-งาน-ตารางวา เช่น 12-2-50",
    (
        _code("รหัสกระทรวง", "ministry_code", 16, 12, required=True),
        _code("รหัส SMIS", "smis_code", 12, 10),
        Field("ชื่อโรงเรียน", "name", "school", 40, required=True, limit=160),
        Field("จังหวัด", "province", "province", 16, required=True, limit=80),
        Field("อำเภอ", "district", "district", 18, required=True, limit=80),
        _code("รหัสสำนักงานเขต", "office", 16, 20, required=True),
        Field("ชั้นที่เปิดสอน", "grades", "name", 24, required=True, limit=80),
        Field("โรงเรียนคุณภาพ", "is_quality", "yes-no", 16),
        Field("ละติจูด", "latitude", "degrees", 12),
        Field("ลองจิจูด", "longitude", "degrees", 12),
        Field("ที่มาของพิกัด", "position_source", "choice", 20, choices=POSITION_SOURCES),
        Field("สังกัด", "affiliation", "name", 16, limit=80),
        Field("เนื้อที่ (ไร่-งาน-ตารางวา)", "land_area", "land", 18, limit=60, look="entry-id"),
    ),
)
BUILDINGS: Final = TableSpec(
    "buildings",
    "อาคาร",
    "อาคารของโรงเรียน ชื่ออาคารต้องไม่ซ้ำกันในโรงเรียนเดียว ปีที่สร้างเป็นปี พ.ศ.",
    (
        _code("รหัสโรงเรียน", "school", 16, 12, required=True),
        Field("ชื่ออาคาร", "name", "name", 30, required=True, limit=120),
        Field("แบบอาคาร", "design", "name", 24, limit=80),
        Field("ปีที่สร้าง (พ.ศ.)", "year_built", "count", 14),
        Field("จำนวนห้อง", "rooms", "count", 12),
    ),
)
HEADCOUNTS: Final = TableSpec(
    "headcounts",
    "จำนวนนักเรียนและครู",
    "จำนวน ณ วันที่ระบุ วันละหนึ่งแถวต่อโรงเรียน ข้อมูลของวันก่อน ๆ ยังอยู่",
    (
        _code("รหัสโรงเรียน", "school", 16, 12, required=True),
        Field("ณ วันที่", "day", "date", 22, True),
        Field("นักเรียน (คน)", "students", "count", 14),
        Field("ครู (คน)", "teachers", "count", 12),
        Field("ห้องเรียน (ห้อง)", "classrooms", "count", 14),
    ),
)
NETWORKS: Final = TableSpec(
    "networks",
    "โรงเรียนเครือข่าย",
    "โรงเรียนเครือข่ายของโรงเรียนคุณภาพ ระยะทางตรงคำนวณจากพิกัดของทั้งสองโรงเรียน ไม่ต้องกรอก",
    (
        _code("รหัสโรงเรียนเครือข่าย", "school", 18, 12, required=True),
        _code("รหัสโรงเรียนคุณภาพ", "quality_school", 18, 12, required=True),
        Field("ระยะทางตามถนน (กม.)", "road_km", "km", 16),
        Field("คาดว่าจะเรียนรวม", "merge_expected", "yes-no", 16),
        Field("ระยะทางตรง (กม.)", "straight_km", "shown", 16, look="text"),
    ),
)
ROUNDS: Final = TableSpec(
    "rounds",
    "รอบการประเมิน",
    "รอบที่จะเปิด โรงเรียนคุณภาพทุกแห่งในทะเบียนเข้าร่วม รอบที่เปิดแล้วไม่เปลี่ยน",
    (
        Field("รอบ", "name", "name", 14, required=True, limit=12),
        Field("รหัสเกณฑ์", "edition", "name", 20, required=True, limit=40),
        Field("วันเปิด", "opens", "date", 22, True),
        Field("วันปิด", "closes", "date", 22, True),
    ),
)
REFERENCES: Final = TableSpec(
    "references",
    "ค่าอ้างอิง",
    "คะแนนเฉลี่ยอ้างอิงของรอบที่จะเปิด ตามรหัสข้อมูลของเกณฑ์",
    (
        Field("รอบ", "round", "name", 14, required=True, limit=12),
        Field("รหัสข้อมูล", "fact", "name", 30, required=True, limit=80),
        Field("คะแนนเฉลี่ย", "mean", "mean", 16, True),
    ),
)
INSPECTIONS: Final = TableSpec(
    "inspections",
    "การตรวจราชการ",
    "รอบการตรวจราชการ และวันสุดท้ายที่นับข้อมูล นโยบายและประเด็นที่เว้นว่างใช้ตามแบบรายงาน",
    (
        Field("รอบ", "name", "name", 14, required=True, limit=12),
        Field("วันตัดข้อมูล", "cut_off", "date", 22, True),
        Field("นโยบาย", "policy", "name", 44, limit=200),
        Field("ประเด็นที่", "issue_number", "name", 10, limit=10),
        Field("ประเด็น", "issue", "name", 44, limit=200),
    ),
)
TABLES: Final = (
    REGIONS, PROVINCIAL_OFFICES, OFFICES, SCHOOLS, BUILDINGS, HEADCOUNTS, NETWORKS, ROUNDS, REFERENCES, INSPECTIONS,
)  # fmt: skip
REGISTER_SHEETS: Final = tuple(spec.sheet for spec in TABLES)
