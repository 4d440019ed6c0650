"""The command line as people and programs meet it: words, files, JSON and exit codes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from tests.reporting.test_report import JAEHOM, LAMPHUN, verify

from khunnaphap.accounts.models import User
from khunnaphap.assessments.models import Classification, Round
from khunnaphap.cli import main
from khunnaphap.core.programme import OfficeYear, Support
from khunnaphap.exchange.forms import office_form
from khunnaphap.exchange.models import ImportedPart
from khunnaphap.organisations.models import AreaOffice
from khunnaphap.sheets.office_form import write_office

pytestmark = pytest.mark.usefixtures("world")


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(arguments)
    output = capsys.readouterr()
    return code, output.out, output.err


def test_help_is_thai(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    text = capsys.readouterr().out
    assert ended.value.code == 0
    assert "วิธีใช้" in text
    assert "usage" not in text
    assert "options" not in text


@pytest.mark.parametrize(
    "arguments",
    [[], ["nothing"], ["import"], ["workbook", "school", "--out", "x"], ["workbook", "other", "--all", "--out", "x"], ["report"], ["classify", "--no"], ["undo", "x"]],
)  # fmt: skip
def test_wrong_usage_ends_with_2_and_says_where_help_is(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert "--help" in capsys.readouterr().err


def test_workbooks_come_out_for_a_school_an_office_or_all(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert said(capsys, "workbook", "school", "--round", "2567/1", "--school", JAEHOM, "--out", str(tmp_path))[0] == 0
    assert _seen(tmp_path) == [f"school-2567-1-{JAEHOM}.xlsx"]
    main(["workbook", "school", "--round", "2567/1", "--office", "520003", "--out", str(tmp_path / "office")])
    assert len(_seen(tmp_path / "office")) == 3
    main(["workbook", "verification", "--round", "2567/1", "--all", "--out", str(tmp_path / "all")])
    assert len(_seen(tmp_path / "all")) == 4


def test_without_a_round_the_latest_is_meant(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    main(["workbook", "school", "--school", JAEHOM, "--out", str(tmp_path)])
    assert (tmp_path / f"school-2568-1-{JAEHOM}.xlsx").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ["workbook", "school", "--round", "2599/1", "--all", "--out", "x"],
        ["workbook", "school", "--round", "2567/1", "--school", "0000000000", "--out", "x"],
        ["workbook", "verification", "--office", "999", "--out", "x"],
        ["workbook", "verification", "--school", JAEHOM, "--out", "x"],
        ["classify", "--round", "next"],
        ["report", "--province", "52", "--inspection", "2599/1", "--out", "x"],
        ["undo", "99999"],
        ["restore", "/nowhere/b.zip"],
        ["confirm-edition", "none"],
    ],
)
def test_what_is_not_there_ends_with_1_in_words(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = said(capsys, *arguments)
    assert (code, out) == (1, "")
    assert len(err.splitlines()) >= 2


def test_classify_as_json_has_every_school_and_the_promised_shape(
    world: Mapping[str, Round], actor: User, capsys: pytest.CaptureFixture[str]
) -> None:
    verify(world["2567/1"], JAEHOM, 4, actor)
    code, out, _ = said(capsys, "classify", "--round", "2567/1", "--json")
    told = json.loads(out)
    assert code == 0
    assert (told["round"], told["edition"], len(told["schools"])) == ("2567/1", "example-2567", 33)
    by_code = {school["code"]: school for school in told["schools"]}
    assert by_code[JAEHOM] == {
        "code": JAEHOM,
        "name": "อนุบาลแจ้ห่ม",
        "office": "สพป.ลำปาง เขต 3",
        "province": "ลำปาง",
        "basis": "verified",
        "total": "80.0000000000",
        "components": dict.fromkeys("12345", "80.0000000000"),
        "colour": "blue",
        "decided": None,
        "missing": [],
    }
    silent = by_code[LAMPHUN]
    assert (silent["basis"], silent["total"], silent["colour"], len(silent["missing"])) == ("self", None, None, 74)
    assert silent["province"] == "ลำพูน"
    assert silent["components"] == dict.fromkeys("12345")


def test_classify_in_words_says_why_and_calls_self_provisional(
    world: Mapping[str, Round], actor: User, capsys: pytest.CaptureFixture[str], framework: object
) -> None:
    verify(world["2567/1"], JAEHOM, 4, actor)
    _, out, _ = said(capsys, "classify", "--round", "2567/1")
    assert "ข้อมูลสมมุติ" in out
    assert "ตัวอย่าง รอยืนยันจาก สพฐ." in out
    assert "ฟ้า 80.00 ตรวจสอบแล้ว" in out
    assert "ยังจัดกลุ่มไม่ได้ ขาดคำตอบ 74 ตัวชี้วัด" in out


def test_an_offices_import_is_undone_in_words(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    office = AreaOffice.objects.get(code="520003")
    told = replace(office_form(office, 2567), told=OfficeYear(support=(Support("อบต.แจ้ห่ม", "คอมพิวเตอร์"),)))
    (tmp_path / "office.xlsx").write_bytes(write_office(told))
    assert said(capsys, "import", str(tmp_path / "office.xlsx"))[0] == 0
    number = ImportedPart.objects.get().pk
    code, out, err = said(capsys, "undo", str(number))
    assert (code, err) == (0, "")
    assert out == f"ยกเลิกการนำเข้าที่ {number} ของ สพป.ลำปาง เขต 3 ปีงบประมาณ 2567 แล้ว\n"


def test_import_of_a_file_that_is_none_ends_with_1_and_names_it(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    bad = tmp_path / "ก.xlsx"
    bad.write_text("hello")
    code, out, _ = said(capsys, "import", str(bad), str(tmp_path / "none.xlsx"), "--json")
    told = json.loads(out)
    assert code == 1
    assert [set(p) for f in told["files"] for p in f["problems"]] == [
        {"file", "sheet", "cell", "code", "message", "mend"}
    ] * 2
    assert [p["code"] for f in told["files"] for p in f["problems"]] == ["not-a-workbook", "file-unreadable"]


def test_the_report_names_who_is_not_verified_yet(
    world: Mapping[str, Round], actor: User, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    verify(world["2567/2"], JAEHOM, 4, actor)
    code, _, err = said(capsys, "report", "--province", "52", "--inspection", "2567/2", "--out", str(tmp_path))
    assert code == 0
    assert _seen(tmp_path) == sorted(_papers("52"))
    assert "อนุบาลวังเหนือ" in err
    assert "อนุบาลแจ้ห่ม" not in err


def _papers(province: str) -> list[str]:
    of = f"{province}-2567-2"
    return (
        [f"report-{of}.{kind}" for kind in ("docx", "json", "pdf")]
        + [f"summary-{of}.{kind}" for kind in ("docx", "pdf")]
        + [f"counts-{of}.xlsx"]
    )


def _seen(folder: Path) -> list[str]:
    """The files of a folder but the hidden ones."""
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))


def test_several_provinces_are_written_each_in_a_process_that_ends(tmp_path: Path) -> None:
    record = {**os.environ, "KHUNNAPHAP_HOME": str(tmp_path / "record"), "DATABASE_URL": ""}
    record.pop("DJANGO_SETTINGS_MODULE", None)

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "khunnaphap", *arguments]
        return subprocess.run(command, env=record, capture_output=True, text=True, check=False)

    assert run("demo", "--empty").returncode == 0
    out = tmp_path / "papers"
    asked = ("--inspection", "2567/2", "--out", str(out))
    several = run("report", "--province", "51", "52", "99", *asked)
    assert several.returncode == 1
    assert "จังหวัดรหัส 99: ไม่มีจังหวัดรหัส “99”" in several.stderr
    assert _seen(out) == sorted(_papers("51") + _papers("52"))
    first = {name: (out / name).read_bytes() for name in _seen(out)}
    assert run("report", "--all", *asked).returncode == 0
    assert {name: (out / name).read_bytes() for name in _seen(out)} == first
    assert run("report", "--all", "--except", "1052500312", *asked).returncode == 1
    lost = run("report", "--all", "--inspection", "2570/1", "--out", str(out))
    assert lost.stderr.count("ไม่มีการตรวจราชการรอบ 2570/1") == 1


def test_the_shipped_report_form_comes_out_is_changed_and_goes_in(
    world: Mapping[str, Round], actor: User, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    verify(world["2567/2"], JAEHOM, 4, actor)
    form, asked = tmp_path / "form.toml", ("--province", "52", "--inspection", "2567/2", "--out", str(tmp_path / "out"))
    assert said(capsys, "report-form", "--out", str(form))[0] == 0
    form.write_text(form.read_text("utf-8").replace('issue_number = "6"', 'issue_number = "9"'), "utf-8")
    assert said(capsys, "report", "--form", str(form), *asked)[0] == 0
    tree = json.loads((tmp_path / "out" / "report-52-2567-2.json").read_text("utf-8"))
    assert "๙.๑" in [block.get("number") for block in tree["blocks"]]
    form.write_text("policy = 5", "utf-8")
    code, _, err = said(capsys, "report", "--form", str(form), *asked)
    assert (code, "form.toml" in err) == (1, True)
    code, _, err = said(capsys, "report", "--form", str(tmp_path / "none.toml"), *asked)
    assert (code, "none.toml" in err) == (1, True)


def test_the_demo_refuses_to_touch_a_real_record(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    Round.objects.update(is_example=False)
    code, _, err = said(capsys, "demo", "--out", str(tmp_path / "out"))
    assert code == 1
    assert "KHUNNAPHAP_HOME" in err
    assert Round.objects.count() == 3
    assert not (tmp_path / "out").exists()


def test_check_finds_a_stored_colour_that_does_not_follow(
    world: Mapping[str, Round], actor: User, capsys: pytest.CaptureFixture[str]
) -> None:
    verify(world["2567/2"], JAEHOM, 4, actor)
    assert said(capsys, "check")[0] == 0
    Classification.objects.filter(is_latest=True).update(colour="purple")
    code, out, _ = said(capsys, "check")
    assert code == 1
    assert "อนุบาลแจ้ห่ม" in out
    assert "ไม่ตรง 1 รายการ" in out


def test_a_record_that_is_not_made_yet_says_so(tmp_path: Path) -> None:
    environment = {**os.environ, "KHUNNAPHAP_HOME": str(tmp_path / "none"), "DATABASE_URL": ""}
    done = subprocess.run(
        [sys.executable, "-m", "khunnaphap", "classify"], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "khunnaphap init" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_folder_that_cannot_be_written_is_told_in_words(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    code, _, err = said(capsys, "workbook", "school", "--school", JAEHOM, "--out", str(tmp_path / "file" / "below"))
    assert code == 1
    assert "เขียนแฟ้มไม่ได้" in err


@pytest.mark.parametrize("url", ["mysql://x", "garbage", "postgres://u:p@h:abc/x"])
def test_a_wrong_database_url_is_told_in_words(url: str, tmp_path: Path) -> None:
    environment = {**os.environ, "KHUNNAPHAP_HOME": str(tmp_path), "DATABASE_URL": url}
    done = subprocess.run(
        [sys.executable, "-m", "khunnaphap", "classify"], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "DATABASE_URL" in done.stderr
    assert "Traceback" not in done.stderr
