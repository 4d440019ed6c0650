"""The house rules that no other tool keeps: ceilings, names, doors, and which way relations look."""

from __future__ import annotations

import ast
import gettext
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.apps import apps
from django.utils.translation import trim_whitespace

from khunnaphap.core import measures, rounds

ROOT = Path(__file__).resolve().parent.parent
SOURCE, TESTS = ROOT / "src" / "khunnaphap", ROOT / "tests"
FLOORS = [
    "core", "sheets", "paper", "audit", "organisations", "accounts", "evidence", "frameworks", "assessments",
    "programme", "reporting", "exchange", "demo", "web", "config", "cli",
]  # fmt: skip

# Named exceptions: the list may only shrink.
LONG_FILES: dict[str, int] = {}
LONG_FUNCTIONS: dict[str, int] = {}


CROWDED_STYLES = {"look.css", "parts.css"}
"""Written out they are over their ceiling: they are parted first. None is added."""


def modules() -> list[Path]:
    return [path for path in sorted(SOURCE.rglob("*.py")) if "migrations" not in path.parts]


def functions(path: Path) -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{path.relative_to(SOURCE)}:{node.name}", node


def test_files_stay_under_their_ceiling() -> None:
    ceilings = {".py": 400, ".css": 400, ".js": 400, ".html": 120}
    long = {
        str(path.relative_to(ROOT)): count
        for path in (*SOURCE.rglob("*"), *TESTS.rglob("*"))
        if path.suffix in ceilings
        and "migrations" not in path.parts
        and (count := len(path.read_text("utf-8").splitlines())) > ceilings[path.suffix]
    }
    assert long == LONG_FILES


def test_styles_have_one_declaration_a_line() -> None:
    crowded = {
        path.name
        for path in SOURCE.rglob("*.css")
        for line in path.read_text("utf-8").splitlines()
        if len(line) > 120 or ("{" in line and "}" in line) or line.count(";") > 1
    }
    assert crowded == CROWDED_STYLES


def test_functions_stay_under_their_ceiling() -> None:
    long = {}
    for path in modules():
        ceiling = 40 if "views" in (path.stem, path.parent.name) else 50
        for name, node in functions(path):
            if (count := (node.end_lineno or 0) - node.lineno + 1) > ceiling:
                long[name] = count
    assert long == LONG_FUNCTIONS


def test_one_sentence_opens_each_module() -> None:
    silent = [str(path) for path in modules() if not ast.get_docstring(ast.parse(path.read_text("utf-8")))]
    assert silent == []


def test_public_functions_and_classes_say_what_they_are_for() -> None:
    silent = []
    for path in modules():
        for node in ast.parse(path.read_text("utf-8")).body:
            if (
                isinstance(node, ast.FunctionDef | ast.ClassDef)
                and not node.name.startswith("_")
                and not ast.get_docstring(node)
            ):
                silent.append(f"{path.relative_to(SOURCE)}:{node.name}")
    assert silent == []


def test_no_room_is_called_utils() -> None:
    bad = re.compile(r"(^|_)(utils?|helpers?|common|managers?|misc)(_|$)")
    assert [str(path) for path in modules() if bad.search(path.stem)] == []


def test_every_room_has_its_floor() -> None:
    rooms = {path.name for path in SOURCE.iterdir() if path.is_dir() and (path / "__init__.py").exists()}
    assert rooms == set(FLOORS)


def test_relations_between_models_look_down() -> None:
    """A foreign key named by a string escapes the import linter."""
    wrong = []
    for model in apps.get_models():
        if not model.__module__.startswith("khunnaphap."):
            continue
        here = model._meta.app_label
        for field in model._meta.get_fields():
            target = getattr(field, "related_model", None)
            if target is None or field.auto_created or not target.__module__.startswith("khunnaphap."):
                continue
            if FLOORS.index(target._meta.app_label) > FLOORS.index(here):
                wrong.append(f"{model.__name__}.{field.name}")
    assert wrong == []


def test_audit_events_have_no_foreign_keys() -> None:
    assert [field for field in apps.get_model("audit", "Event")._meta.get_fields() if field.is_relation] == []


ACTIONS = sorted([*SOURCE.glob("*/actions.py"), *SOURCE.glob("*/actions/*.py")])


@pytest.mark.parametrize("path", ACTIONS, ids=lambda path: str(path.relative_to(SOURCE)))
def test_actions_are_keyword_only_know_who_acts_and_stand_in_a_transaction(path: Path) -> None:
    for node in ast.parse(path.read_text("utf-8")).body:
        if not isinstance(node, ast.FunctionDef) or node.name.startswith("_") or path.parent.name == "audit":
            continue
        reads = node.name == "snapshot"
        makes_the_first_actor = node.name == "make_system_actor"
        if reads or makes_the_first_actor:
            continue
        assert not node.args.args, f"{node.name}: keyword-only"
        assert "by" in {argument.arg for argument in node.args.kwonlyargs}, f"{node.name}: by="
        source = ast.unparse(node)
        ways = ("transaction.atomic", "as_read_or_locked(", "_attach_new(")
        assert any(way in source for way in ways), f"{node.name}: one transaction"


def test_every_rule_of_who_sees_what_is_mutated() -> None:
    tool = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["mutmut"]
    rules = {str(path.relative_to(ROOT)) for path in modules() if "def visible_to(" in path.read_text("utf-8")}
    assert rules <= set(tool["only_mutate"])


def test_views_and_forms_never_save() -> None:
    for path in [*SOURCE.glob("*/views.py"), *SOURCE.glob("*/views/*.py"), *SOURCE.glob("*/forms.py")]:
        calls = {node.func.attr for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)}  # fmt: skip
        assert not calls & {"save", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}, path


def test_core_knows_no_clock_and_no_files() -> None:
    for path in (SOURCE / "core").rglob("*.py"):
        text = path.read_text("utf-8")
        assert not re.search(r"\b(open|print)\(|\.now\(|\.today\(|import (os|pathlib|sqlite3|random|time)\b", text), (
            path
        )


def test_the_locks_name_no_registry() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        assert "://" not in (ROOT / name).read_text("utf-8")


def test_every_sentence_has_its_english_in_the_compiled_catalogue() -> None:
    folder = SOURCE / "locale" / "en" / "LC_MESSAGES"
    with (folder / "django.po").open("rb") as file:
        source = dict(_singular(message.id, message.string) for message in read_po(file, locale="en") if message.id)
    with (folder / "django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    assert {text: _compiled(compiled, text) for text in source} == source, "run `make messages`"
    assert said_in_templates() | said_in_code() | said_in_core() == set(source)


def said_in_templates() -> set[str]:
    """Sentences of ``translate``, ``_("…")`` in a filter, and each part of ``blocktranslate``."""
    said: set[str] = set()
    for path in SOURCE.rglob("*.html"):
        text = path.read_text("utf-8")
        said |= set(re.findall(r'{% translate "([^"]+)"', text)) | set(re.findall(r'_\("([^"]+)"\)', text))
        for tag, block in re.findall(r"{% blocktranslate([^%]*)%}(.*?){% endblocktranslate %}", text, re.DOTALL):
            one = block.split("{% plural %}")[0]
            one = trim_whitespace(one) if "trimmed" in tag.split() else one
            said.add(re.sub(r"{{ (\w+) }}", r"%(\1)s", one))
    return said


def said_in_code() -> set[str]:
    """The first argument of ``gettext``, ``gettext_lazy``, ``gettext_noop`` (also as ``_``) and ``ngettext``."""
    names = {"gettext", "gettext_lazy", "gettext_noop", "_", "ngettext"}
    return {
        node.args[0].value
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in names
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
    }


def said_in_core() -> set[str]:
    """Words that pages translate where they show them, because core knows no languages."""
    return {*rounds.STATES.values(), *measures.SENTENCES}


def _singular(text: str | tuple[str, ...], english: str | tuple[str, ...]) -> tuple[str, str]:
    return (text, english) if isinstance(text, str) and isinstance(english, str) else (text[0], english[0])


def _compiled(compiled: gettext.GNUTranslations, text: str) -> str:
    one = compiled.gettext(text)
    return one if one != text else compiled.ngettext(text, text, 1)


def test_every_test_that_the_security_table_names_is_there() -> None:
    named = set(re.findall(r"\btest_\w+", (ROOT / "docs" / "operator" / "asvs.md").read_text("utf-8"))) - {"test_house"}
    there = "\n".join(path.read_text("utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    assert sorted(name for name in named if f"def {name}(" not in there) == []
    assert len(named) > 30
