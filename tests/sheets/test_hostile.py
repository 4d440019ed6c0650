"""Whatever is no plain workbook is refused in words, and nothing of it is read."""

from __future__ import annotations

import random
import re
from contextlib import suppress

import pytest

from khunnaphap.core.framework import Framework
from khunnaphap.core.problems import Refusal
from khunnaphap.sheets.contract import claims_of, identity_of
from khunnaphap.sheets.opening import open_workbook
from khunnaphap.sheets.school_reading import read_school

from .books import ANSWERS, edited, parts_of, reading_of, school_workbook, zipped
from .hostile import HOSTILE, MAIN, SHEET, lying

THAI = re.compile("[ก-๙]")


@pytest.fixture(scope="module")
def good(framework: Framework) -> bytes:
    """A school's workbook with one answer."""
    return edited(school_workbook(framework), {(ANSWERS, "I7"): 4})


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_hostile_file_is_refused_in_words(name: str, framework: Framework) -> None:
    build, code = HOSTILE[name]
    with pytest.raises(Refusal) as caught:
        identity_of(claims_of(open_workbook(build(school_workbook(framework)))))
    problem = caught.value.problem
    assert problem.code == code
    assert THAI.search(problem.message)
    assert THAI.search(problem.mend)
    assert not re.search("[A-Za-z][ก-๙]", problem.message)


def test_workbook_of_another_maker_is_refused_by_its_sheets() -> None:
    import openpyxl

    from .books import saved

    book = openpyxl.Workbook()
    book.active.title = "งบประมาณ"
    with pytest.raises(Refusal) as caught:
        identity_of(claims_of(open_workbook(saved(book))))
    assert caught.value.problem.code == "not-our-workbook"
    assert "“งบประมาณ”" in caught.value.problem.message


def test_flipped_bytes_never_break_the_reader(good: bytes, framework: Framework) -> None:
    lots = random.Random(20240112)
    whole = reading_of(good, framework).entries
    refused = 0
    for _ in range(250):
        content = bytearray(good)
        for _ in range(lots.choice((1, 1, 3))):
            content[lots.randrange(len(content))] ^= 1 << lots.randrange(8)
        try:
            book = open_workbook(bytes(content))
        except Refusal:
            refused += 1
            continue
        if ANSWERS in book:
            read = read_school(book, framework)
            assert read.entries == whole or read.findings.problems
    assert refused > 200


def test_cut_file_is_refused_wherever_it_is_cut(good: bytes) -> None:
    for length in range(1, len(good), len(good) // 60):
        with pytest.raises(Refusal):
            open_workbook(good[:length])


@pytest.mark.parametrize("old", [b"<v>", b"</c>", b' r="', b"<row", b"</sheetData>", b't="s"', b"<c "])
def test_mangled_sheet_is_refused_or_read_never_broken(old: bytes, good: bytes, framework: Framework) -> None:
    parts = parts_of(good)
    for new in (b"", b"<x>", b"\xff", b" ", old * 2, b"<!-- -->"):
        mangled = zipped({**parts, SHEET: parts[SHEET].replace(old, new, 1)})
        with suppress(Refusal):
            reading_of(mangled, framework)


def test_what_lies_beyond_a_declared_size_is_never_read(good: bytes, framework: Framework) -> None:
    said = f'<worksheet xmlns="{MAIN}"/>'.encode()
    real = said + parts_of(good)[SHEET]
    with suppress(Refusal):
        assert not reading_of(lying(good, SHEET, said, real), framework).entries
