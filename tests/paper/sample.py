"""A long report as a district writes one, for the tests of both papers and for looking at."""

from __future__ import annotations

from datetime import date

from khunnaphap.core.document import (
    Block,
    Cell,
    Column,
    Cover,
    Document,
    Heading,
    ItemList,
    PageBreak,
    Paragraph,
    Source,
    Table,
)
from khunnaphap.core.thai.numerals import thai

BODY = (
    "สำนักงานเขตพื้นที่การศึกษาประถมศึกษาลำปาง เขต ๑ ได้ดำเนินการขับเคลื่อนโครงการ ๑ อำเภอ ๑ โรงเรียนคุณภาพ "
    "ตามหนังสือสำนักงานคณะกรรมการการศึกษาขั้นพื้นฐาน ที่ ศธ ๐๔๐๐๘.๑/ว๔๘๑ ลงวันที่ ๒๖ มิถุนายน ๒๕๖๗ "
    "โดยใช้รูปแบบ NGAO MODEL ซึ่งประกอบด้วยการมีส่วนร่วมของผู้ปกครอง ชุมชน และองค์กรปกครองส่วนท้องถิ่นต่าง ๆ "
    "ในการพัฒนาอาคารสถานที่ ระบบน้ำดื่มน้ำใช้ ห้องปฏิบัติการคอมพิวเตอร์ และแหล่งเรียนรู้เศรษฐกิจพอเพียง "
    "พบว่านักเรียนร้อยละ ๘๐ มีผลสัมฤทธิ์ทางการเรียนสูงขึ้น (เพิ่มขึ้น ๕.๒๕% จากปีการศึกษา ๒๕๖๖) "
    "ผู้อำนวยการโรงเรียนให้ความเห็นว่า “การทำงานเป็นทีมคือหัวใจของความสำเร็จ” "
)
NASTY = (
    "น้ำ กำลัง ค่ำคืน ก๊วยเตี๋ยว ที่นี่ ปู่ย่าตายาย ฤๅษี พฤกษ์ ทฤษฎี ฯพณฯ ฯลฯ กรุงเทพฯ ต่าง ๆ (บ่อย ๆ) [ข้อ ๓.๑] “คำอ้าง” ‘ใน’ "
    "ที่ ศธ ๐๔๐๐๘.๑/ว๔๘๑ NGAO MODEL fi ffi ๕๐% ๑๐–๑๕ – — … ฿๒๐๐ ± × ÷ ½ ½ é Ấ \\ \" ' #x *y* _z_ $w$ @v <u> `t` // /* = + - ~ ^ | & {s}"
)


def _swatches(number: int) -> Table:
    names = ("น้ำและสุขาภิบาล", "อาคารสถานที่", "ครูและบุคลากร", "เทคโนโลยีดิจิทัล", "การมีส่วนร่วม")
    colours = (("#2e7d32", "เขียว"), ("#f9a825", "เหลือง"), ("#c62828", "แดง"), ("#ffffff", "ขาว"))
    columns = (
        Column("ที่", 2, "centre"), Column("โรงเรียน", 6), Column("ด้าน", 5), Column("คะแนนเต็ม", 3, "right"),
        Column("คะแนนที่ได้", 3, "right"), Column("ร้อยละ", 3, "right"), Column("ระดับสี", 4), Column("หมายเหตุ", 5),
    )  # fmt: skip
    rows = []
    for index in range(40):
        colour, name = colours[index % 4]
        rows.append((
            Cell(thai(index + 1)), Cell(f"บ้านต้นไผ่วิทยาคม {thai(index + 1)}", bold=index % 10 == 0), Cell(names[index % 5]),
            Cell(thai("20.00")), Cell(thai(f"{index * 0.45:.2f}")), Cell(thai(f"{index * 2.25:.2f}")),
            Cell(name, swatch=colour), Cell("ควรปรับปรุงระบบประชาสัมพันธ์" if index % 7 == 0 else ""),
        ))  # fmt: skip
    return Table(f"ตารางที่ {thai(number)} ผลการประเมินรายโรงเรียน จำแนกตามด้านและระดับสี", columns, tuple(rows))


def _chapter(number: int) -> list[Block]:
    n = thai(number)
    blocks: list[Block] = [Heading(1, f"ผลการดำเนินงานด้านที่ {n} การพัฒนาโครงสร้างพื้นฐานและระบบสนับสนุน", f"{n}.")]
    for section in range(1, 4):
        s = thai(section)
        blocks.append(Heading(2, "ความพร้อมของโรงเรียนคุณภาพและการบริหารจัดการทรัพยากร", f"{n}.{s}"))
        blocks.append(Paragraph(BODY, sources=(Source("answer", f"{number}:{section}"),)))
        for part in range(1, 3):
            p = thai(part)
            blocks.append(Heading(3, "อาคารเรียน อาคารประกอบ และสิ่งอำนวยความสะดวก", f"{n}.{s}.{p}"))
            blocks.append(Paragraph(BODY * 2, lead="ผลการประเมิน"))
            blocks.append(
                Heading(
                    4,
                    "ระบบน้ำดื่มน้ำใช้ที่สะอาดปลอดภัยและเพียงพอต่อจำนวนนักเรียนและบุคลากรทั้งหมดของโรงเรียน",
                    f"{n}.{s}.{p}.๑",
                )
            )
            blocks.append(ItemList(("มีน้ำดื่มสะอาดเพียงพอ", BODY, "มีการตรวจคุณภาพน้ำปีละ ๒ ครั้ง"), ordered=True))
            blocks.append(
                ItemList(("ขาดแคลนครูวิชาเอก", "งบประมาณล่าช้ากว่ากำหนดการที่วางไว้ในแผนปฏิบัติการประจำปีงบประมาณ พ.ศ. ๒๕๖๗"))
            )
        blocks.append(Paragraph("ที่มา: ข้อมูลจากระบบ ณ วันที่ ๓๐ กันยายน ๒๕๖๗ หมายเหตุ: ข้อมูลยังไม่ครบทุกโรงเรียน", style="note"))
    blocks.extend((_swatches(number), PageBreak()))
    return blocks


def report(*, draft: bool = True, chapters: int = 3) -> Document:
    """About ten pages a chapter."""
    blocks = [block for number in range(1, chapters + 1) for block in _chapter(number)]
    return Document(
        title="รายงานผลการดำเนินงานโรงเรียนคุณภาพ ประจำปี ๒๕๖๗",
        author="สำนักงานเขตพื้นที่การศึกษาประถมศึกษาลำปาง เขต ๑",
        dated=date(2024, 9, 30),
        cover=Cover((
            "รายงานผลการดำเนินงาน", "โครงการ ๑ อำเภอ ๑ โรงเรียนคุณภาพ", "ประจำปีงบประมาณ พ.ศ. ๒๕๖๗",
            "สำนักงานเขตพื้นที่การศึกษาประถมศึกษาลำปาง เขต ๑", "สำนักงานคณะกรรมการการศึกษาขั้นพื้นฐาน กระทรวงศึกษาธิการ",
        )),
        blocks=(*blocks, Heading(1, "ภาคผนวก", "ภาคผนวก ก"), Heading(2, "ข้อความทดสอบ"), Paragraph(NASTY)),
        marks=("ข้อมูลสมมุติ", "ตัวอย่าง รอยืนยันจาก สพฐ."),
        draft=draft,
    )  # fmt: skip
