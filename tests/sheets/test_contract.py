"""The published contract says what the code does: sheets, columns, words, limits, problem codes, the edition's rules.

``python -m tests.sheets.test_contract`` draws the table of indicators into ``docs/workbooks.md`` anew.
"""

from __future__ import annotations

import ast
import re
from fractions import Fraction
from pathlib import Path

import pytest

from khunnaphap.core import facts, rounds
from khunnaphap.core.framework import Comparison, Framework, Grade, Indicator, Share
from khunnaphap.sheets import container, contract, rawxml, school_list, xmlparts
from khunnaphap.sheets.framework_contract import framework_tables
from khunnaphap.sheets.office_contract import TABLES
from khunnaphap.sheets.register_contract import TABLES as REGISTER_TABLES
from khunnaphap.sheets.school_reading import level_choices
from khunnaphap.sheets.tables import TableSpec

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "workbooks.md"
BEGIN, END = "<!-- indicators: drawn by tests/sheets/test_contract.py -->\n", "<!-- /indicators -->"
SOURCES = [
    ROOT / "src/khunnaphap/core/facts.py",
    *(
        ROOT / "src/khunnaphap/core" / f"{name}.py"
        for name in ("wording", "names", "account_doubts", "register_doubts")
    ),
    *(ROOT / "src/khunnaphap/sheets").glob("*.py"),
    *(
        ROOT / "src/khunnaphap/exchange" / f"{name}.py"
        for name in (
            "accounts",
            "actions",
            "checking",
            "editions",
            "list_offices",
            "register_checks",
            "register_doubts",
            "register_values",
            "register_values",
            "registers",
            "reports",
            "school_lists",
            "storing",
        )
    ),
    *(
        ROOT / "src/khunnaphap/core" / f"{name}.py"
        for name in (
            "account_checks",
            "completeness",
            "day_windows",
            "edition",
            "edition_checks",
            "handin",
            "known_schools",
            "letter_checks",
            "letters",
            "levels",
            "numbers",
            "rounds",
            "thai/dates",
        )
    ),
    ROOT / "src/khunnaphap/assessments/queries.py",
    ROOT / "src/khunnaphap/frameworks/models.py",
]


def _rule(framework: Framework, indicator: Indicator) -> str:
    match indicator.measure:
        case Share(count, whole, bounds, conditions):
            also = "".join(f"; level {each.level} needs `{each.fact}`" for each in conditions)
            return f"`{count}` / `{whole}`: {_numbers(bounds)}{also}"
        case Grade(fact, levels):
            return f"`{fact}`: " + ", ".join(f"{grade} {level}" for grade, level in levels.items())
        case Comparison(_, bounds):
            means = "; ".join(
                f"{test.grade} {', '.join(f'`{subject.fact}`' for subject in test.subjects)}"
                for test in framework.tests
            )
            return f"{means}: {_numbers(bounds)}"
        case None:
            rule = indicator.not_applicable
            return f"N/A when `{rule.fact}` is {'yes' if rule.equals else 'no'}" if rule else ""


def _numbers(bounds: tuple[Fraction, ...]) -> str:
    return ", ".join(str(bound) for bound in bounds)


def drawn(framework: Framework) -> str:
    """The table of the example edition's indicators."""
    rows = [
        f"| {indicator.label} | `{indicator.id}` | {indicator.measure_name} | {_rule(framework, indicator)} |"
        for indicator in framework.indicators
    ]
    head = [
        f"The {len(rows)} indicators of `{framework.code}` (bounds are the lower bounds of levels 2, 3, 4, 5 in percent):",
        "",
        "| label | id | measure | facts and bounds |",
        "| --- | --- | --- | --- |",
    ]
    return "\n".join([*head, *rows, ""])


def codes() -> set[str]:
    """Every problem code that importing can tell, from the source."""
    found = set()
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
                if name in (
                    "Problem",
                    "Refusal",
                    "refusal",
                    "problem",
                    "warn",
                    "_at",
                    "DateError",
                    "LetterError",
                    "Unreadable",
                ):
                    found |= {
                        argument.value
                        for argument in node.args[:4]
                        if isinstance(argument, ast.Constant) and re.fullmatch("[a-z]+(-[a-z]+)+", str(argument.value))
                    }
                found |= {
                    each.value.value
                    for each in node.keywords
                    if each.arg == "code" and isinstance(each.value, ast.Constant) and "-" in str(each.value.value)
                }
    return found


def test_page_names_every_problem_code_and_no_other() -> None:
    page = PAGE.read_text("utf-8").partition("## Problem codes")[2]
    named = set(re.findall("`([a-z]+(?:-[a-z]+)+)`", page))
    assert named == codes() | {"file-unreadable", "undo-rested-on", "not-asked", "not-sent-back"}
    moves = {f"{act}-from-…" for act in ("save", "submit", "begin_verification", "verify")}
    assert moves <= set(re.findall("`([a-z_]+-from-…)`", page))
    assert {move.partition("-")[0] for move in moves} <= set(rounds.MOVES)


def test_page_has_the_sheets_and_columns_in_order(framework: Framework) -> None:
    page = PAGE.read_text("utf-8")
    for columns in (
        contract.answers_columns(level_choices(framework)),
        contract.FACTS_COLUMNS,
        contract.VERIFY_COLUMNS,
        contract.SCHOOLS_COLUMNS,
    ):
        rest = page.partition(f"**`{columns.sheet}`**")[2]
        letters, _, headings = (line for line in rest.split("\n\n")[1].splitlines())
        assert re.findall("[A-Z]", letters) == list(columns.headings)
        assert re.findall("`([^`]+)`", headings) == list(columns.headings.values())
    assert f"row {contract.HEADER_ROW} holds" in page
    for name in (*contract.READ_SHEETS, contract.GUIDE_SHEET, contract.LISTS_SHEET):
        assert f"`{name}`" in page


@pytest.mark.parametrize(
    ("title", "tables"), [("office", TABLES), ("register", REGISTER_TABLES), ("framework", framework_tables(5))]
)
def test_page_has_every_sheet_and_heading_of_a_workbook_of_tables(title: str, tables: tuple[TableSpec, ...]) -> None:
    page = PAGE.read_text("utf-8").partition(f"## The {title} workbook")[2]
    for spec in tables:
        line = page.partition(f"- **`{spec.sheet}`**: ")[2].split("\n")[0]
        headings = re.findall(r"(?:^|; )[A-Z] `([^`]+)`(\*?) \(([a-z-]+)", line)
        assert headings == [(one.heading, "*" if one.required else "", one.kind) for one in spec.fields]


def test_page_has_the_columns_of_a_list() -> None:
    page = PAGE.read_text("utf-8").partition("## Lists of schools")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| `([^`]+)` \| (.+) \| (\*?) ?\|$", page, re.MULTILINE)
    assert rows == [
        (words[0], ", ".join(f"`{word}`" for word in words[1:]), "*" if name in school_list.REQUIRED else "")
        for name, words in school_list.COLUMNS.items()
    ]


def test_page_has_the_words_and_limits(framework: Framework) -> None:
    page = PAGE.read_text("utf-8")
    for word in (contract.NA_CHOICE, contract.AGREE, *contract.YES_WORDS, *contract.NO_WORDS):
        assert f"`{word}`" in page
    assert all(f"`{word}`" in page or f"`{word.upper()}`" in page for word in contract.NA_WORDS - {"n/a ไม่เกี่ยวข้อง"})
    for number in (
        contract.MAX_REASON,
        contract.MAX_REMARK,
        facts.MAX_COUNT,
        rawxml.MAX_ROWS,
        rawxml.MAX_COLUMNS,
        rawxml.MAX_CELLS,
        rawxml.MAX_SPANS,
        rawxml.MAX_CELL,
        container.MAX_PARTS,
        xmlparts.MAX_SHEETS,
    ):
        assert re.search(rf"\b{number:,}\b", page), number
    for size in (container.MAX_FILE, container.MAX_UNPACKED, container.MAX_PART):
        assert f"{size // 1024 // 1024} MB" in page
    for band in framework.bands:
        assert f"`{band.colour}` {band.lower}" in page
    assert all(f"`{state}`" in page for state in rounds.STATES)
    for kind, versions in contract.CONTRACTS.items():
        assert f"| `{kind}` | {', '.join(f'`{one}`' for one in versions)} |" in page


def test_page_has_the_editions_rules(framework: Framework) -> None:
    page = PAGE.read_text("utf-8")
    assert page[page.index(BEGIN) + len(BEGIN) : page.index(END)].strip() == drawn(framework).strip()


if __name__ == "__main__":
    from khunnaphap.core.edition import framework_from
    from khunnaphap.frameworks.queries import shipped_edition

    text = PAGE.read_text("utf-8")
    table = drawn(framework_from(shipped_edition()))
    PAGE.write_text(text[: text.index(BEGIN) + len(BEGIN)] + table + text[text.index(END) :], "utf-8")
