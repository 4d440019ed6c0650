"""Report forms as data: what a cover says, which sections there are, who supplies each, and by which rules."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib.resources import files
from typing import Any, Final

from khunnaphap.core.problems import Refusal
from khunnaphap.core.programme import STATEMENT_KINDS, OfficeYear
from khunnaphap.core.summary import LEVEL_RULES
from khunnaphap.programme.models import Inspection

SHIPPED: Final = "inspection"
KINDS: Final = ("situation", "results", "difficulties", "success", "recommendations", "practices")
"""The kinds of sections that can be written."""
_TEXTS: Final = ("code", "policy", "issue_number", "issue", "level_rule", "level_rule_text")
_COVER_WORDS: Final = ("number", "year", "province")
PRINTED: Final[dict[str, bool]] = {
    "aims": False,
    "averages": True,
    "colour_chart": False,
    "colour_names": True,
    "level_counts": False,
    "scores": False,
    "register": True,
    "register_gaps": False,
    "suppliers": False,
    "letters": True,
}
"""What a form may have printed or left out, and what holds where it says nothing. What is left out of the papers and is a
table stands in the workbook beside them all the same."""


@dataclass(frozen=True)
class Section:
    """A section of a report form.

    ``parts`` are what each area office tells for it ("activities", "statements:background"); ``needed``: an office that
    told none of it owes it. ``supplied_by`` says in words who supplies it.
    """

    kind: str
    title: str
    parts: tuple[str, ...]
    supplied_by: str
    needed: bool


@dataclass(frozen=True)
class ReportForm:
    """A report form; ``level_rule`` is a name in ``core.summary.LEVEL_RULES``, which ``level_rule_text`` says in words.

    ``apart``: readiness is told apart for schools of primary and of secondary area offices.
    """

    code: str
    cover: tuple[str, ...]
    policy: str
    issue_number: str
    issue: str
    level_rule: str
    level_rule_text: str
    apart: bool
    sections: tuple[Section, ...]
    printed: Mapping[str, bool] = field(default_factory=dict)

    def prints(self, what: str) -> bool:
        """Whether the papers have it; ``what`` is a name in ``PRINTED``."""
        return self.printed.get(what, PRINTED[what])

    def asked_in(self, inspection: Inspection) -> ReportForm:
        """The form with the policy and the issue that the inspection asks after, where it says its own."""
        said = {name: getattr(inspection, name) for name in ("policy", "issue_number", "issue")}
        return replace(self, **{name: text for name, text in said.items() if text})


def shipped_text(code: str = SHIPPED) -> str:
    """The TOML of a report form that ships with the product."""
    return (files(__package__) / "forms" / f"{code}.toml").read_text("utf-8")


def shipped_form(code: str = SHIPPED) -> ReportForm:
    """The report form that ships with the product."""
    return read_form(shipped_text(code), name=f"{code}.toml")


def read_form(text: str, *, name: str) -> ReportForm:
    """A report form from its TOML; ``Refusal`` that names the key and how to mend it. ``name`` of the file is for it."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _refusal(name, f"อ่านแฟ้มไม่ได้ ({error})", "ตรวจเครื่องหมายและบรรทัดตามที่แจ้ง") from error
    for key in _TEXTS:
        if not isinstance(data.get(key), str) or not data[key].strip():
            raise _refusal(name, f"ไม่มี “{key}” หรือไม่ใช่ข้อความ", f'เขียนเช่น {key} = "..."')
    if data["level_rule"] not in LEVEL_RULES:
        raise _refusal(name, f"level_rule “{data['level_rule']}” ไม่ใช่กฎที่รู้จัก", f"ใช้หนึ่งใน {', '.join(LEVEL_RULES)}")
    sections = tuple(_section(name, place, one) for place, one in enumerate(_list(name, data, "section"), 1))
    if [one.kind for one in sections].count("results") != 1:
        raise _refusal(name, "ต้องมีส่วน kind = “results” หนึ่งส่วน", "เพิ่มหรือลดให้เหลือหนึ่งส่วน")
    strange = data.keys() - {*_TEXTS, "cover", "apart", "section", "print"}
    if strange:
        raise _refusal(name, f"ไม่รู้จัก “{sorted(strange)[0]}”", "ลบ หรือตรวจตัวสะกดของชื่อนี้")
    return ReportForm(
        **{key: data[key].strip() for key in _TEXTS},
        cover=_cover(name, data),
        apart=data.get("apart", False) is True,
        sections=sections,
        printed=_printed(name, data.get("print", {})),
    )


def _refusal(name: str, message: str, mend: str) -> Refusal:
    refusal = Refusal("form-invalid", f"แบบรายงาน {name}: {message}", mend)
    refusal.problem = refusal.problem.at(file=name)
    return refusal


def _list(name: str, data: Mapping[str, Any], key: str) -> Sequence[Any]:
    found = data.get(key)
    if not isinstance(found, list) or not found:
        raise _refusal(name, f"ไม่มี “{key}”", f"เขียนรายการ {key} อย่างน้อยหนึ่งรายการ")
    return found


def _cover(name: str, data: Mapping[str, Any]) -> tuple[str, ...]:
    lines = tuple(str(line) for line in _list(name, data, "cover"))
    for line in lines:
        try:
            line.format(**dict.fromkeys(_COVER_WORDS, ""))
        except (KeyError, ValueError, IndexError) as error:
            mend = "ใช้ได้เฉพาะ " + " ".join(f"{{{word}}}" for word in _COVER_WORDS)
            raise _refusal(name, f"บรรทัดปก “{line}” มีคำในวงเล็บปีกกาที่ไม่รู้จัก", mend) from error
    return lines


def _printed(name: str, data: Any) -> Mapping[str, bool]:
    if not isinstance(data, dict):
        raise _refusal(name, "“print” ไม่ใช่ตาราง", "เขียน [print] แล้วตามด้วยบรรทัดเช่น aims = false")
    for key, value in data.items():
        if key not in PRINTED:
            raise _refusal(name, f"[print] ไม่รู้จัก “{key}”", f"ใช้ได้เฉพาะ {', '.join(PRINTED)}")
        if not isinstance(value, bool):
            raise _refusal(name, f"[print] “{key}” ต้องเป็น true หรือ false", f"เขียนเช่น {key} = false")
    return dict(data)


def _section(name: str, place: int, data: Any) -> Section:
    where = f"ส่วนที่ {place}"
    if not isinstance(data, dict) or data.get("kind") not in KINDS:
        raise _refusal(name, f"{where} ไม่มี kind ที่รู้จัก", f"ใช้หนึ่งใน {', '.join(KINDS)}")
    if not str(data.get("title", "")).strip():
        raise _refusal(name, f"{where} ไม่มีชื่อ (title)", "ใส่ชื่อของส่วน")
    parts = tuple(map(str, data.get("parts", ())))
    for part in parts:
        field, _, kind = part.partition(":")
        if field not in OfficeYear.__dataclass_fields__ or (kind and kind not in STATEMENT_KINDS):
            known = ", ".join(OfficeYear.__dataclass_fields__)
            raise _refusal(name, f"{where} อ้างข้อมูล “{part}” ที่ไม่มี", f"ใช้หนึ่งใน {known} หรือ statements:ชนิด")
    supplied_by = str(data.get("supplied_by", "สำนักงานเขตพื้นที่การศึกษา"))
    return Section(data["kind"], str(data["title"]).strip(), parts, supplied_by, data.get("needed", False) is True)
