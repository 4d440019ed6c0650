"""The commands and their options, with help in Thai."""

from __future__ import annotations

import argparse
import gettext
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

from khunnaphap import __version__

DEMO_OUT = Path("out")
"""Where ``demo`` writes its files, and where ``serve --demo`` shows them from."""

_WORDS = {
    "usage: ": "วิธีใช้: ",
    "positional arguments": "สิ่งที่ต้องระบุ",
    "options": "ตัวเลือก",
    "show this help message and exit": "แสดงวิธีใช้นี้",
    "the following arguments are required: %s": "ยังไม่ได้ระบุ: %s",
    "unrecognized arguments: %s": "ไม่รู้จักตัวเลือก: %s",
    "expected one argument": "ต้องตามด้วยค่าหนึ่งค่า",
    "expected at least one argument": "ต้องตามด้วยค่าอย่างน้อยหนึ่งค่า",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s: %(message)s",
    "invalid %(type)s value: %(value)r": "ค่า %(value)r ไม่ถูกต้อง",
    "not allowed with argument %s": "ใช้พร้อมกับ %s ไม่ได้",
    "one of the arguments %s is required": "ต้องระบุอย่างใดอย่างหนึ่ง: %s",
    "invalid choice: %(value)r (choose from %(choices)s)": "ไม่มีตัวเลือก %(value)r (เลือกจาก %(choices)s)",
    "unknown parser %(parser_name)r (choices: %(choices)s)": "ไม่มีคำสั่ง %(parser_name)r (เลือกจาก %(choices)s)",
    "%(prog)s: error: %(message)s\n": "%(prog)s: ใช้คำสั่งไม่ถูกต้อง: %(message)s\n",
}


class _Thai(gettext.NullTranslations):
    def gettext(self, message: str) -> str:
        return _WORDS.get(message, message)


def _speak_thai() -> None:
    """argparse asks gettext for its words; this process answers in Thai."""
    words = _Thai()
    argparse._ = words.gettext  # type: ignore[attr-defined]


class Parser(argparse.ArgumentParser):
    """A parser that ends wrong usage with exit code 2 and says where help is."""

    def error(self, message: str) -> NoReturn:
        """Say what was wrong, and how to get help."""
        self.print_usage()
        self.exit(2, f"{self.prog}: ใช้คำสั่งไม่ถูกต้อง: {message}\nดูวิธีใช้: {self.prog} --help\n")


def wrong_usage(message: str) -> NoReturn:
    """End as the parser itself would, for what only the command can know."""
    make_parser().error(message)


def _lazy(module: str, name: str) -> Callable[[argparse.Namespace], int]:
    """The command, imported when it is called, so that ``--help`` needs no Django."""

    def command(chosen: argparse.Namespace) -> int:
        function: Callable[[argparse.Namespace], int] = getattr(import_module(f"khunnaphap.cli.{module}"), name)
        return function(chosen)

    return command


def make_parser() -> Parser:
    """The whole command line."""
    _speak_thai()
    parser = Parser(
        prog="khunnaphap",
        description="คุณภาพ: ระบบงานโรงเรียนคุณภาพ 1 อำเภอ 1 โรงเรียน",
        epilog="ผลลัพธ์: 0 เรียบร้อย, 1 ข้อมูลที่ส่งมามีปัญหา, 2 ใช้คำสั่งไม่ถูกต้อง  "
        "ที่เก็บข้อมูลอยู่ที่ KHUNNAPHAP_HOME หรือฐานข้อมูลตาม DATABASE_URL",
    )
    parser.add_argument("--version", action="version", version=f"khunnaphap {__version__}", help="แสดงรุ่นของระบบ")
    commands = parser.add_subparsers(title="คำสั่ง", metavar="คำสั่ง", required=True)

    def add(name: str, help_text: str, module: str, function: str) -> Parser:
        made: Parser = commands.add_parser(name, help=help_text, description=help_text)
        made.set_defaults(command=_lazy(module, function))
        return made

    _record_commands(add)
    _work_commands(add)
    _report_commands(add)
    _edition_commands(add)
    return parser


def _record_commands(add: Callable[..., Parser]) -> None:
    add("init", "สร้างที่เก็บข้อมูลหรือปรับให้เป็นรุ่นปัจจุบัน พร้อมเกณฑ์ตัวอย่าง จังหวัด และอำเภอ", "record", "init")
    demo = add("demo", "สร้างจังหวัดสาธิต (ข้อมูลสมมุติ) ใหม่ทั้งหมดแทนของสาธิตเดิม และทำงานหลักทั้งหมดให้ดู", "demo", "demo")
    demo.add_argument("--out", type=Path, default=DEMO_OUT, metavar="โฟลเดอร์", help="ที่เก็บแฟ้มที่สร้าง (ปกติ out)")
    demo.add_argument("--empty", action="store_true", help="สร้างเฉพาะทะเบียนและรอบ โดยยังไม่มีคำตอบใด")
    demo.add_argument("--json", action="store_true", help="แสดงผลแบบ JSON")
    serve = add("serve", "เปิดระบบให้ใช้งานผ่านเว็บ", "record", "serve")
    serve.add_argument("--host", default="127.0.0.1", metavar="เครื่อง", help="ที่อยู่ที่รับคำขอ ปกติ 127.0.0.1 (เครื่องนี้เท่านั้น)")
    serve.add_argument("--port", type=int, default=8000, metavar="พอร์ต", help="ปกติ 8000")
    serve.add_argument("--workers", type=int, default=None, metavar="จำนวน", help="จำนวนโปรเซส ปกติสองเท่าของแกน ไม่เกิน 4")
    serve.add_argument(
        "--out", type=Path, default=None, metavar="โฟลเดอร์", help="โฟลเดอร์แฟ้มที่จะแสดง (กับ --demo ปกติ out)"
    )
    serve.add_argument("--demo", action="store_true", help="ให้เลือกเข้าเป็นบุคคลสาธิตได้โดยไม่มีรหัสผ่าน (เฉพาะข้อมูลสาธิต)")
    first = add("first-admin", "พิมพ์ลิงก์ใช้ครั้งเดียวสำหรับผู้ดูแลระบบคนแรก", "record", "first_admin")
    first.add_argument("--again", action="store_true", help="ออกลิงก์ใหม่แม้มีผู้ดูแลระบบแล้ว เมื่อไม่มีใครเข้าสู่ระบบได้")
    reminder = add("remind", "ส่งข้อความเตือนโรงเรียนที่ยังไม่ส่งของทุกรอบที่เปิดอยู่ (ตั้งเวลาด้วย cron)", "record", "remind")
    reminder.add_argument("--within", type=int, default=None, metavar="วัน", help="เฉพาะที่ใกล้กำหนดภายในกี่วันหรือเลยกำหนดแล้ว")
    tidy = add(
        "tidy", "ลบถาวรแฟ้มของหลักฐานที่ลบแล้ว แฟ้มค้าง การเข้าสู่ระบบที่หมดอายุ และบันทึกการเปิดดู (ตั้งเวลาด้วย cron)", "record", "tidy"
    )
    tidy.add_argument(
        "--days", type=int, default=90, metavar="วัน", help="เก็บแฟ้มของหลักฐานที่ลบแล้วและบันทึกการเปิดดูต่ออีกกี่วัน ปกติ 90"
    )
    for name, text in (
        ("backup", "สำรองข้อมูลทั้งหมดลงแฟ้มเดียว"),
        ("restore", "นำข้อมูลสำรองกลับ แทนที่ข้อมูลปัจจุบัน"),
    ):
        made = add(name, text, "record", name)
        made.add_argument("file", type=Path, metavar="แฟ้ม", help="ชื่อแฟ้มสำรอง")


def _work_commands(add: Callable[..., Parser]) -> None:
    workbook = add(
        "workbook",
        "ออกแบบประเมินของโรงเรียน (school) แบบตรวจสอบของเขต (verification) แบบการดำเนินงานของเขต (office) "
        "ทะเบียน (register) หรือเกณฑ์การประเมิน (framework)",
        "work",
        "workbook",
    )
    workbook.add_argument(
        "kind",
        choices=("school", "verification", "office", "register", "framework"),
        metavar="ชนิด",
        help="school, verification, office, register หรือ framework",
    )
    _round_option(workbook)
    workbook.add_argument("--year", type=int, metavar="ปี", help="ปีงบประมาณของแบบ office (ไม่ระบุคือปีของรอบ)")
    workbook.add_argument("--edition", metavar="รหัสเกณฑ์", help="ฉบับของแบบ framework (ไม่ระบุคือฉบับที่ประกาศใช้ล่าสุด)")
    workbook.add_argument("--province", nargs="+", default=[], metavar="รหัส", help="เฉพาะจังหวัดเหล่านี้ของแบบ register")
    whose = workbook.add_mutually_exclusive_group()
    whose.add_argument("--school", metavar="รหัส", help="โรงเรียนเดียว (รหัสกระทรวง 10 หลัก)")
    whose.add_argument("--office", metavar="รหัส", help="ทุกโรงเรียนของเขตเดียว (รหัสสำนักงานเขต)")
    whose.add_argument("--all", action="store_true", help="ทุกโรงเรียนหรือทุกเขตในรอบ")
    _out_option(workbook)
    imports = add("import", "นำเข้าแบบที่กรอกแล้ว (ระบบรู้ชนิดของแบบเอง) หรือรายชื่อโรงเรียน (.csv)", "work", "import_files")
    imports.add_argument("files", nargs="+", type=Path, metavar="แฟ้ม", help="แฟ้ม .xlsx หรือ .csv หนึ่งแฟ้มหรือมากกว่า")
    imports.add_argument(
        "--left-out", type=Path, metavar="โฟลเดอร์", help="เขียนแถวของรายชื่อที่ยังนำเข้าไม่ได้ พร้อมวิธีแก้ เป็นแฟ้ม .csv"
    )
    imports.add_argument("--dry-run", action="store_true", help="ตรวจเท่านั้น ไม่บันทึก")
    imports.add_argument("--json", action="store_true", help="แสดงผลแบบ JSON")
    undo = add("undo", "ยกเลิกการนำเข้าที่ยังไม่มีข้อมูลใหม่ทับ", "work", "undo")
    undo.add_argument("number", type=int, metavar="เลขที่", help="เลขที่การนำเข้าจากผลของ import")
    classify = add("classify", "จัดกลุ่มสีของรอบ", "work", "classify")
    _round_option(classify)
    classify.add_argument("--edition", metavar="รหัสเกณฑ์", help="คิดคะแนนซ้ำตามเกณฑ์ฉบับนี้ เทียบกับผลทางการ ซึ่งไม่เปลี่ยน")
    classify.add_argument("--json", action="store_true", help="แสดงผลแบบ JSON")
    classify.add_argument("--out", type=Path, metavar="แฟ้ม", help="เขียนสรุปกลุ่มสีเป็นแฟ้ม .xlsx")
    check = add("check", "คำนวณสีที่บันทึกไว้ทั้งหมดซ้ำ และตรวจลูกโซ่เหตุการณ์ แจ้งรายการที่ไม่ตรง", "record", "check")
    check.add_argument("--head", default="", metavar="ค่า", help="ค่าท้ายลูกโซ่ที่จดไว้ก่อนหน้า ต้องยังอยู่ในลูกโซ่")


def _report_commands(add: Callable[..., Parser]) -> None:
    report = add("report", "เขียนรายงานตรวจราชการและสรุปหนึ่งหน้าของจังหวัด (DOCX และ PDF)", "reports", "report")
    whose = report.add_mutually_exclusive_group(required=True)
    whose.add_argument("--province", nargs="+", metavar="รหัส", help="รหัสจังหวัด 2 หลัก เช่น 52 (หลายจังหวัดได้)")
    whose.add_argument("--all", action="store_true", help="ทุกจังหวัดที่มีโรงเรียนในรอบ")
    report.add_argument("--inspection", required=True, metavar="รอบ", help="รอบตรวจราชการ เช่น 2567/2")
    report.add_argument(
        "--except",
        dest="exceptions",
        nargs="+",
        default=[],
        metavar="รหัส",
        help="โรงเรียนที่ยังไม่ตรวจสอบ หรือสำนักงานเขตที่ยังไม่ส่งข้อมูล ซึ่งยอมให้เว้น (ไม่ระบุคือรายงานเป็นร่าง)",
    )
    report.add_argument(
        "--form", type=Path, metavar="แฟ้ม", help="แบบรายงานของท่านเอง (TOML จาก report-form) ไม่ระบุคือแบบของกระทรวง"
    )
    report.add_argument("--signer", default="", metavar="ชื่อ", help="ผู้ลงนาม (ไม่ระบุคือเว้นไว้ให้ลงนาม)")
    report.add_argument("--position", default="", metavar="ตำแหน่ง", help="ตำแหน่งของผู้ลงนาม")
    report.add_argument("--acting-for", default="", metavar="ตำแหน่ง", help="ตำแหน่งที่รักษาราชการแทน")
    report.add_argument("--preparer", default="", metavar="ชื่อ", help="ผู้จัดทำรายงาน (ไม่ระบุคือเว้นไว้ให้ลงนาม)")
    report.add_argument("--preparer-position", default="", metavar="ตำแหน่ง", help="ตำแหน่งของผู้จัดทำรายงาน")
    _out_option(report)
    form = add(
        "report-form", "เขียนแบบรายงานของกระทรวงเป็นแฟ้ม TOML เพื่อแก้ไขแล้วใช้กับ report --form", "reports", "report_form"
    )
    form.add_argument("--out", type=Path, required=True, metavar="แฟ้ม", help="แฟ้มที่จะเขียน เช่น form.toml")


def _edition_commands(add: Callable[..., Parser]) -> None:
    add("editions", "แสดงรายการเกณฑ์ทุกฉบับ", "editions", "editions").add_argument(
        "--json", action="store_true", help="แสดงผลแบบ JSON"
    )
    compare = add("compare-editions", "เทียบเกณฑ์สองฉบับ ข้อใดเหมือนเดิม เปลี่ยน ย้าย ใหม่ หรือตัดออก", "editions", "compare")
    compare.add_argument("old", metavar="ฉบับเดิม", help="รหัสเกณฑ์ เช่น example-2567")
    compare.add_argument("new", metavar="ฉบับใหม่", help="รหัสเกณฑ์")
    compare.add_argument("--json", action="store_true", help="แสดงผลแบบ JSON")
    for name, text, function in (
        ("publish-edition", "ประกาศใช้เกณฑ์ฉบับร่าง จากนั้นแก้ไขฉบับนี้ไม่ได้", "publish"),
        ("confirm-edition", "ยืนยันเกณฑ์แทน สพฐ. เครื่องหมาย “ตัวอย่าง” จะหมดไป", "confirm"),
    ):
        add(name, text, "editions", function).add_argument("code", metavar="รหัสเกณฑ์", help="เช่น example-2567")


def _round_option(parser: Any) -> None:
    parser.add_argument("--round", metavar="รอบ", help="ปีงบประมาณ/ครั้งที่ เช่น 2567/1 (ไม่ระบุคือรอบล่าสุด)")


def _out_option(parser: Any) -> None:
    parser.add_argument("--out", type=Path, required=True, metavar="โฟลเดอร์", help="ที่เก็บแฟ้มที่สร้าง")
