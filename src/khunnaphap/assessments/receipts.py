"""A school's receipt as a paper: what was handed in, when, by whom, and the hash of its content."""

from __future__ import annotations

from django.utils import timezone

from khunnaphap.core.document import Cell, Column, Cover, Document, Heading, Paragraph, Source, Table
from khunnaphap.core.thai.dates import hours, weekday_date
from khunnaphap.core.thai.numerals import thai
from khunnaphap.paper.pdf import to_pdf

from .models import Submission
from .queries import marks_of


def receipt_document(receipt: Submission) -> Document:
    """One page, in Thai numerals; the hash keeps its own digits, because it is compared by eye."""
    assessment = receipt.assessment
    school, round_ = assessment.school, assessment.round
    at = timezone.localtime(receipt.at)
    source = (Source("assessment", f"{round_.name}:{school.ministry_code}"),)
    rows = (
        ("โรงเรียน", str(school)),
        ("รหัสกระทรวง", school.ministry_code),
        ("สำนักงานเขต", school.office.full_name),
        ("รอบการประเมิน", f"ครั้งที่ {round_.number} ปีงบประมาณ พ.ศ. {round_.year}"),
        ("เกณฑ์", round_.edition.title),
        ("ส่งครั้งที่", str(receipt.number)),
        ("ส่งเมื่อ", f"{weekday_date(at.date())} {hours(at.time())}"),
        ("ผู้ส่ง", str(receipt.by)),
        ("จำนวนตัวชี้วัดที่ตอบ", f"{receipt.answered} ตัวชี้วัด"),
    )
    told = tuple((Cell(name, bold=True), Cell(thai(text))) for name, text in rows)
    told += ((Cell("รหัสตรวจสอบความครบถ้วนของเนื้อหา (SHA-256)", bold=True), Cell(receipt.digest)),)
    return Document(
        title=thai(f"ใบรับผลการประเมินตนเอง {school} รอบ {round_.name}"),
        author="ระบบงานโรงเรียนคุณภาพ",
        dated=at.date(),
        cover=Cover(()),
        blocks=(
            Heading(1, "ใบรับผลการประเมินตนเอง", sources=source),
            Paragraph("โครงการโรงเรียนคุณภาพ ๑ อำเภอ ๑ โรงเรียนคุณภาพ", style="note", sources=source),
            Table("รายละเอียดการส่ง", (Column("รายการ", 2), Column("ข้อมูล", 5)), told, source),
            Paragraph(
                "รหัสตรวจสอบคำนวณจากคำตอบ ข้อความ และข้อมูลทุกช่องที่ส่ง หากเนื้อหาเปลี่ยนแม้แต่ตัวอักษรเดียวรหัสจะต่างไป",
                style="note",
                sources=source,
            ),
        ),
        marks=marks_of(round_),
        contents=False,
        compact=True,
    )


def receipt_pdf(receipt: Submission) -> bytes:
    """The receipt as PDF."""
    return to_pdf(receipt_document(receipt))
