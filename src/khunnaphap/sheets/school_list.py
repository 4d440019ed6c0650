"""Lists of schools as CSV, as offices that keep the register publish them, and the rows that could not be taken."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from khunnaphap.core.names import code, district_name, province_name, school_name, subdistrict_name
from khunnaphap.core.problems import Problem, Refusal
from khunnaphap.core.thai.text import clean, control_characters, direction_marks

from .container import MAX_FILE

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "ministry_code": ("ministry_code", "รหัสกระทรวง", "รหัสกระทรวง 10 หลัก", "รหัสโรงเรียน", "รหัสโรงเรียน 10 หลัก"),
    "smis_code": ("smis_code", "รหัส smis", "รหัส smis 8 หลัก"),
    "name": ("name", "ชื่อโรงเรียน", "ชื่อสถานศึกษา", "ชื่อสถานศึกษา(ไทย)", "โรงเรียน"),
    "province": ("province", "จังหวัด"),
    "district": ("amphoe", "อำเภอ", "อำเภอ/เขต"),
    "subdistrict": ("tambon", "ตำบล", "ตำบล/แขวง"),
    "latitude": ("tambon_lat", "ละติจูดกลางตำบล"),
    "longitude": ("tambon_lon", "ลองจิจูดกลางตำบล"),
    "office_code": ("area_code", "รหัสสำนักงานเขต", "รหัสเขตพื้นที่"),
    "office_name": ("area_name", "สำนักงานเขต", "สำนักงานเขตพื้นที่การศึกษา", "เขตพื้นที่การศึกษา", "สังกัด"),
    "grades": ("levels", "ชั้นที่เปิดสอน", "ระดับที่เปิดสอน", "ระดับชั้นที่เปิดสอน"),
    "match": ("match", "ผลการเทียบอำเภอ"),
}
"""The headings of each field, in either language and either case, spaces apart; other columns are passed over.

Where a list has several of them the one that stands first here is read: สังกัด is the office only where nothing else is.
"""
_KEPT: Final[Mapping[str, Callable[[str], str]]] = {
    "ministry_code": code,
    "smis_code": code,
    "office_code": code,
    "name": school_name,
    "province": province_name,
    "district": district_name,
    "subdistrict": subdistrict_name,
}
"""How the texts of a field are kept; all others are cleaned."""
REQUIRED: Final = ("ministry_code", "name", "province", "district", "office_name", "grades")
LIMITS: Final = {"name": 160, "province": 80, "district": 80, "office_code": 20, "office_name": 120}
FAULT_HEADINGS: Final = ("แถวเดิม", "ปัญหา", "วิธีแก้ไข")
_LIVE: Final = ("=", "+", "-", "@")
"""What would make a cell a formula in spreadsheet programs."""
_NOT_TEXT: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"\xff\xfe", b"\xfe\xff")
_SAVE_AS: Final = "เปิดแฟ้มด้วย Excel แล้วบันทึกเป็น “CSV UTF-8 (Comma delimited)”"


@dataclass(slots=True)
class ListedSchool:
    """A row of a list: its number as spreadsheet programs count, and its texts, cleaned, by field (empty: not said)."""

    number: int
    texts: dict[str, str]
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)

    def __getitem__(self, name: str) -> str:
        return self.texts.get(name, "")


@dataclass(frozen=True)
class SchoolList:
    """A list that is open: where its columns are, and its rows as they stand, without the headings."""

    headings: tuple[str, ...]
    places: Mapping[str, int]
    text: str
    delimiter: str

    def records(self) -> Iterator[tuple[int, list[str]]]:
        """Rows as they stand with their numbers, the headings being row 1; rows without a word are passed over."""
        reader = csv.reader(io.StringIO(self.text, newline=""), delimiter=self.delimiter)
        try:
            next(reader)
            for number, cells in enumerate(reader, 2):
                if any(map(str.strip, cells)):
                    yield number, cells
        except csv.Error as error:
            raise damaged() from error

    def codes(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """The ministry code, SMIS code, office code and office name of each row, with its number."""
        names = ("ministry_code", "smis_code", "office_code", "office_name")
        for number, cells in self.records():
            yield number, tuple(self._text(cells, name) for name in names)

    def rows(self) -> Iterator[ListedSchool]:
        """Rows with their texts cleaned; what cannot be stored as text is a problem of its row."""
        suspect, turned = bool(control_characters(self.text)), bool(direction_marks(self.text))
        for number, cells in self.records():
            row = ListedSchool(number, {name: self._text(cells, name) for name in self.places})
            if len(cells) > len(self.headings):
                message = f"แถวนี้มี {len(cells)} ช่อง มากกว่าหัวคอลัมน์ {len(self.headings)} ช่อง"
                mend = "ใส่เครื่องหมายคำพูดคร่อมข้อความที่มีจุลภาค"
                row.problems.append(Problem("row-cells", message, mend, cell=f"A{number}"))
            if turned:
                row.warnings += self._direction_marks(row, cells)
            for name, limit in LIMITS.items():
                if suspect and (control := control_characters(self._raw(cells, name))):
                    message = f"ข้อความมีอักขระควบคุมที่มองไม่เห็น ({', '.join(control[:5])})"
                    problem = Problem("control-characters", message, "ลบข้อความ แล้วพิมพ์ใหม่")
                    row.problems.append(self.placed(row, name, problem))
                elif len(row[name]) > limit:
                    message = f"ข้อความยาว {len(row[name]):,} อักขระ เกิน {limit:,}"
                    problem = Problem("text-too-long", message, f"ย่อให้ไม่เกิน {limit:,} อักขระ")
                    row.problems.append(self.placed(row, name, problem))
            yield row

    def _raw(self, cells: Sequence[str], name: str) -> str:
        place = self.places.get(name, len(cells))
        return cells[place] if place < len(cells) else ""

    def _text(self, cells: Sequence[str], name: str) -> str:
        cell = self._raw(cells, name)
        return cell if cell.isascii() and cell.isalnum() else _cleaned(cell, name)

    def _direction_marks(self, row: ListedSchool, cells: Sequence[str]) -> Iterator[Problem]:
        for name in self.places:
            if marks := direction_marks(self._raw(cells, name)):
                message = f"ช่องนี้มีอักขระกำกับทิศทางที่มองไม่เห็น ({', '.join(marks[:5])}) ระบบอ่านเป็น “{row[name][:60]}”"
                mend = "หากค่าไม่ถูกต้อง ให้ลบข้อความ แล้วพิมพ์ใหม่ในช่องนี้"
                yield self.placed(row, name, Problem("direction-marks", message, mend))

    def placed(self, row: ListedSchool, name: str, problem: Problem) -> Problem:
        """A problem of a row's field, at its cell."""
        return problem.at(cell=f"{_letters(self.places.get(name, 0))}{row.number}")


@lru_cache(maxsize=4096)
def _cleaned(cell: str, name: str) -> str:
    return _KEPT.get(name, clean)(cell.removeprefix("'"))


def _letters(place: int) -> str:
    """A column as spreadsheet programs name it: 0 is A, 26 is AA."""
    return (_letters(place // 26 - 1) if place >= 26 else "") + chr(65 + place % 26)


def damaged() -> Refusal:
    """The refusal of a file that is no CSV."""
    return Refusal("list-damaged", "แฟ้มนี้อ่านเป็นรายชื่อ (CSV) ไม่ได้", _SAVE_AS)


def open_list(content: bytes) -> SchoolList:
    """The list behind these bytes (UTF-8 with or without a mark, or CP874); ``Refusal`` in words when it is none."""
    if not content.strip():
        raise Refusal("file-empty", "แฟ้มว่างเปล่า ไม่มีข้อมูล", "ส่งแฟ้มใหม่อีกครั้ง")
    if len(content) > MAX_FILE:
        raise Refusal("file-too-large", f"แฟ้มใหญ่กว่า {MAX_FILE // 1024 // 1024} MB", "แบ่งรายชื่อเป็นหลายแฟ้ม เช่น ตามภาค")
    if content.startswith(_NOT_TEXT):
        raise damaged()
    if (place := content.find(b"\x00")) >= 0:
        row = content.count(b"\n", 0, place) + 1
        message = f"แฟ้มมีอักขระ NUL (U+0000) ในแถว {row:,} ซึ่งไม่ใช่ข้อความ"
        raise Refusal("control-characters", message, f"ลบข้อความในแถวนั้นแล้วพิมพ์ใหม่ หรือ{_SAVE_AS}")
    text = _decoded(content)
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    try:
        headings = next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise damaged() from error
    return SchoolList(tuple(headings), _places(headings), text, delimiter)


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "cp874"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise damaged()


def _places(headings: Sequence[str]) -> dict[str, int]:
    found: dict[str, tuple[int, int]] = {}
    known = {_heading(word): (name, rank) for name, words in COLUMNS.items() for rank, word in enumerate(words)}
    for place, heading in enumerate(headings):
        name, rank = known.get(_heading(heading), ("", 0))
        if name in found and found[name][0] == rank:
            message = f"หัวคอลัมน์ “{clean(heading)[:40]}” ปรากฏซ้ำ"
            raise Refusal("heading-differs", message, "เหลือไว้เพียงคอลัมน์เดียว")
        if name and (name not in found or rank < found[name][0]):
            found[name] = (rank, place)
    lacking = [" หรือ ".join(COLUMNS[name][:2]) for name in REQUIRED if name not in found]
    if lacking:
        raise Refusal(
            "heading-differs",
            f"รายชื่อนี้ไม่มีคอลัมน์ {', '.join(lacking)}",
            "ใส่หัวคอลัมน์ในแถวแรกให้ครบ ชื่อหัวคอลัมน์อยู่ใน docs/workbooks.md",
        )
    return {name: place for name, (_, place) in found.items()}


def _heading(text: str) -> str:
    return clean(text).lower().replace(" ", "")


def write_left_out(opened: SchoolList, problems: Mapping[int, Sequence[Problem]]) -> bytes:
    """The rows (by number) that could not be taken, as they stand, each with why and how to mend it; as UTF-8 CSV.

    The file can be mended and imported again: its last three columns are passed over.
    """
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    kept = [place for place, heading in enumerate(opened.headings) if clean(heading) not in FAULT_HEADINGS]
    writer.writerow([*(opened.headings[place] for place in kept), *FAULT_HEADINGS])
    for number, cells in opened.records():
        if number in problems:
            found = problems[number]
            told = [str(number), _joined(one.message for one in found), _joined(one.mend for one in found)]
            writer.writerow(_harmless([*((cells[place] if place < len(cells) else "") for place in kept), *told]))
    return stream.getvalue().encode("utf-8-sig")


def _joined(words: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(words))


def _harmless(cells: Iterable[str]) -> list[str]:
    """Cells that no spreadsheet program takes for a formula: a stroke before it, which reading passes over."""
    return [
        f"'{cell}" if cell.lstrip().startswith(_LIVE) and not re.fullmatch(r"-?[\d.]+", cell) else cell
        for cell in cells
    ]
