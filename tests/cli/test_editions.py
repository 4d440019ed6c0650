"""Editions on the command line: the list, the workbook, the comparison, publishing, a round scored again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest
from tests.reporting.test_report import JAEHOM, verify

from khunnaphap.accounts.models import User
from khunnaphap.assessments.models import Classification, Round
from khunnaphap.cli import main


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(arguments)
    output = capsys.readouterr()
    return code, output.out, output.err


@pytest.fixture
def draft(world: Mapping[str, Round], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """A framework workbook out, one band changed by an officer under a new code, and in as a draft."""
    path = tmp_path / "new.xlsx"
    assert said(capsys, "workbook", "framework", "--edition", "example-2567", "--out", str(path))[0] == 0
    book = openpyxl.load_workbook(path)
    book["ฉบับ"]["A5"], book["แถบสี"]["C6"] = "obec-2568", 82
    book.save(path)
    code, text, _ = said(capsys, "import", str(path))
    assert code == 0
    assert "    แถบสีเปลี่ยน: ฟ้า (blue) ร้อยละขั้นต่ำ “80” เป็น “82”" in text
    return path


def test_a_workbook_goes_into_a_folder_under_the_editions_code(
    world: Mapping[str, Round], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said(capsys, "workbook", "framework", "--out", str(tmp_path / "out"))
    assert [path.name for path in (tmp_path / "out").glob("[!.]*")] == ["framework-example-2567.xlsx"]


def test_editions_are_listed_with_what_they_are(draft: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, words, _ = said(capsys, "editions")
    assert [line.split(" · ")[:3] for line in words.splitlines()] == [
        ["example-2567", "ประกาศใช้", "รอยืนยันจาก สพฐ."],
        ["obec-2568", "ฉบับร่าง", "รอยืนยันจาก สพฐ."],
    ]
    _, told, _ = said(capsys, "editions", "--json")
    listed = [(one["code"], one["status"], one["confirmed"]) for one in json.loads(told)["editions"]]
    assert listed == [("example-2567", "published", False), ("obec-2568", "draft", False)]


def test_two_editions_are_compared(draft: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, told, _ = said(capsys, "compare-editions", "example-2567", "obec-2568", "--json")
    comparison = json.loads(told)
    assert comparison["indicators"] == {"same": 74, "changed": 0, "moved": 0, "new": 0, "dropped": 0}
    assert comparison["differences"] == [
        {
            "part": "bands",
            "id": "blue",
            "label": "",
            "title": "ฟ้า",
            "kind": "changed",
            "changes": [{"field": "lower", "before": "80", "after": "82"}],
        }
    ]


def test_a_draft_previews_and_a_published_edition_keeps_what_it_would_be(
    draft: Path, world: Mapping[str, Round], actor: User, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    verify(world["2567/2"], JAEHOM, 4, actor)
    again = ("classify", "--round", "2567/2", "--edition", "obec-2568")
    _, words, _ = said(capsys, *again)
    assert "ผลตามฉบับร่าง" in words
    assert not Classification.objects.filter(is_rescore=True).exists()
    assert said(capsys, "publish-edition", "obec-2568")[0] == 0
    _, told, _ = said(capsys, *again, "--json", "--out", str(tmp_path / "beside.xlsx"))
    school = next(one for one in json.loads(told)["schools"] if one["code"] == JAEHOM)
    assert (school["official"]["colour"], school["rescored"]["colour"]) == ("blue", "green")
    assert (tmp_path / "beside.xlsx").exists()
    assert Classification.objects.filter(is_rescore=True).count() == 1
    assert said(capsys, "check")[0] == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ["publish-edition", "none"],
        ["publish-edition", "example-2567"],
        ["confirm-edition", "none"],
        ["compare-editions", "example-2567", "none"],
        ["workbook", "framework", "--edition", "none", "--out", "x"],
        ["classify", "--round", "2567/2", "--edition", "none"],
        ["classify", "--round", "2567/2", "--edition", "example-2567"],
    ],
)
@pytest.mark.usefixtures("world")
def test_what_the_rules_forbid_ends_with_1_in_words(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = said(capsys, *arguments)
    assert (code, out) == (1, "")
    assert len(err.splitlines()) == 2
