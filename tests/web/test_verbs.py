"""Acts in words: what a person reads about their own events is never a program's word."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from khunnaphap.audit.actions import record
from khunnaphap.web.verbs import VERBS
from tests.people import People
from tests.signing import signed_in

SOURCE = Path(__file__).resolve().parents[2] / "src" / "khunnaphap"


def recorded() -> Iterator[str]:
    """Every act that is recorded: ``verb="…"``, and the second argument of a module's own ``_record``."""
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            given = [one.value for one in node.keywords if one.arg == "verb"]
            given += node.args[1:2] if isinstance(node.func, ast.Name) and node.func.id == "_record" else []
            yield from (str(one.value) for one in given if isinstance(one, ast.Constant))


def test_every_act_that_is_recorded_has_its_words() -> None:
    assert set(recorded()) - VERBS.keys() == set(), "write them in web/verbs.py"


def test_a_person_reads_what_was_done_in_words(people: People) -> None:
    record(by=people.head, verb="attach", subject="assessment:2567/2:1052500312")
    page = signed_in(people.head).get("/me/events/").content.decode()
    assert "แนบหลักฐานกับตัวชี้วัด" in page
    assert ">attach<" not in page


def test_a_person_reads_what_it_was_done_to_in_words_and_no_id_of_a_row(people: People) -> None:
    subjects = {
        "assessment:2567/2:1052500312": "อนุบาลแจ้ห่ม รอบ 2567/2",
        "round:2567/2": "รอบ 2567/2",
        "invitation:4711": "คำเชิญ",
        "evidence:7f5c8a52-13e4-4a52-9a5f-3f2b8d1d4711": "หลักฐานของโรงเรียน",
        "import:12": "การนำเข้าที่ 12",
        "edition:example-2567": "เกณฑ์ example-2567",
        "account:2567:520003": "สพป.ลำปาง เขต 3 ปีงบประมาณ 2567",
        "report:52:2567/1": "การตรวจราชการ 2567/1",
        "schools": "ทะเบียน",
    }
    for subject in subjects:
        record(by=people.head, verb="attach", subject=subject)
    page = signed_in(people.head).get("/me/events/").content.decode()
    for words in subjects.values():
        assert f">{words}<" in page
    assert "4711" not in page
    assert str(people.head) in page
