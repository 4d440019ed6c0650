"""Colours and percentages equal a calculation that shares nothing with ours, to the last digit."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import openpyxl
import pytest
from tests.sheets.books import ANSWERS, FACTS, SCHOOLS, VERIFY, saved

from khunnaphap.accounts.models import User
from khunnaphap.assessments.models import Round
from khunnaphap.exchange.summaries import classified
from khunnaphap.organisations.models import School

from .filling import OFFICE, OTHER, SCHOOL, THIRD, blank, blank_verification, hand_in
from .independent import NA, colour, computed, everything, indicators, load, score, ten_places

DATA = load()
NAMES = DATA["level_names"]
SECONDARY = "1052990104"
SPELLINGS: list[Callable[[int], Any]] = [
    lambda n: f"{n} {NAMES[n - 1]}", lambda n: n, lambda n: float(n), lambda n: str(n), lambda n: chr(0xE50 + n),
    lambda n: f" {chr(0xFF10 + n)} ", lambda n: NAMES[n - 1], lambda n: f"{n}\u00a0{NAMES[n - 1]}\u200b",
]  # fmt: skip
NA_SPELLINGS = ["N/A ไม่เกี่ยวข้อง", "N/A", "na", "ไม่เกี่ยวข้อง"]
WORDS = {"yes": ["ใช่", "มี", "yes", True], "no": ["ไม่ใช่", "ไม่มี", "no", 0]}


class Made:
    """What a made-up school says: facts, ratings in force, and the cells it typed."""

    def __init__(self, seed: str, grades: set[str]) -> None:
        self.lots = random.Random(seed)
        self.facts = self._facts(grades)
        self.ratings: dict[str, Any] = {}
        self.typed: dict[str, tuple[Any, str]] = {}
        for indicator in everything(DATA):
            self._answer(indicator, computed(DATA, indicator, self.facts, grades))

    def _facts(self, grades: set[str]) -> dict[str, Any]:
        facts: dict[str, Any] = {}
        for indicator in everything(DATA):
            if share := indicator.get("share"):
                whole = facts.setdefault(share["whole"], self.lots.choice([0, 7, 25, 50, 100, 200]))
                bounds = [Fraction(bound) * whole / 100 for bound in share["bounds"]]
                exact = [int(bound) for bound in bounds if bound.denominator == 1]
                wanted = [*exact, *(each - 1 for each in exact), self.lots.randint(0, whole), whole]
                facts[share["count"]] = max(0, min(whole, self.lots.choice(wanted)))
                for rule in share.get("condition", []):
                    facts[rule["fact"]] = self.lots.choice(["yes", "no"])
            if grade := indicator.get("grade"):
                facts[grade["fact"]] = self.lots.choice(list(grade["levels"]))
            if rule := indicator.get("not_applicable"):
                facts[rule["fact"]] = self.lots.choice(["yes", "no"])
        for subject in (s["fact"] for t in DATA["test"] if t["grade"] in grades for s in t["subject"]):
            mean = Fraction(DATA["references"][subject])
            facts[subject] = str(float(mean + self.lots.choice([0, 0, Fraction(1, 100), Fraction(-1, 100), 3])))
        return facts

    def _answer(self, indicator: dict[str, Any], by_facts: Any) -> None:
        key, lot = indicator["id"], self.lots.random()
        if by_facts is not None and lot < 0.7:
            self.ratings[key] = by_facts
            if lot < 0.1 and by_facts != NA:
                self.typed[key] = (by_facts, "")
        elif lot < 0.9:
            level = self.lots.randint(1, 5)
            self.ratings[key] = level
            self.typed[key] = (level, "เห็นจากหลักฐานจริง")
        else:
            self.ratings[key] = NA
            self.typed[key] = (NA, "ไม่มีกรณีนี้")

    def cell(self, rating: Any) -> Any:
        """A rating as somebody might type it."""
        return self.lots.choice(NA_SPELLINGS) if rating == NA else self.lots.choice(SPELLINGS)(rating)

    def fact(self, value: Any) -> Any:
        """A fact as somebody might type it."""
        if value in WORDS:
            return self.lots.choice(WORDS[value])
        if isinstance(value, str) and value[0].isdigit():
            return self.lots.choice([float(value), value, value.translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))])
        return value


def fill(content: bytes, typed: dict[str, tuple[Any, str]], facts: dict[str, Any]) -> bytes:
    """Our blank workbook, filled by openpyxl: levels and reasons by indicator id, facts by fact id."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    by_label = {indicator["label"]: indicator["id"] for indicator in everything(DATA)}
    for row in book[ANSWERS].iter_rows(min_row=5):
        if (found := typed.get(by_label.get(row[0].value, ""))) is not None:
            row[8].value, row[9].value = found[0], found[1] or None
    for row in book[FACTS].iter_rows(min_row=5):
        if row[0].value in facts:
            row[5].value = facts[row[0].value]
    return saved(book)


def told(round_: Round, code: str) -> dict[str, Any]:
    """What ``classify --json`` says of a school."""
    return next(school for school in classified(round_)["schools"] if school["code"] == code)


def expected(ratings: dict[str, Any], basis: str) -> dict[str, Any]:
    """What it should say."""
    shares, total = score(DATA, ratings)
    return {
        "basis": basis,
        "total": ten_places(total),
        "components": {label: ten_places(share) for label, share in shares.items()},
        "colour": None if total is None else colour(DATA, total),
        "missing": [i["label"] for i in everything(DATA) if ratings.get(i["id"]) is None],
    }


def assert_told(round_: Round, code: str, ratings: dict[str, Any], basis: str = "self") -> None:
    said = told(round_, code)
    assert {key: said[key] for key in expected(ratings, basis)} == expected(ratings, basis)


def grades_of(code: str) -> set[str]:
    return set(School.objects.get(ministry_code=code).grades)


@pytest.mark.parametrize("seed", range(6))
def test_made_up_schools_come_out_exactly(seed: int, world: dict[str, Round], actor: User) -> None:
    round_ = world["2567/1"]
    for code in (SCHOOL, SECONDARY):
        made = Made(f"{seed}:{code}", grades_of(code))
        typed = {key: (made.cell(rating), reason) for key, (rating, reason) in made.typed.items()}
        hand_in(fill(blank(round_, code), typed, {k: made.fact(v) for k, v in made.facts.items()}), actor)
        assert_told(round_, code, made.ratings)


@pytest.mark.parametrize("seed", range(4))
def test_verified_ratings_come_out_exactly(seed: int, world: dict[str, Round], actor: User) -> None:
    round_, codes = world["2567/1"], (OTHER, SCHOOL, THIRD)
    made = {code: Made(f"v{seed}:{code}", grades_of(code)) for code in codes}
    for code, one in made.items():
        hand_in(
            fill(blank(round_, code), {k: (one.cell(r), why) for k, (r, why) in one.typed.items()}, one.facts), actor
        )
    book = openpyxl.load_workbook(io.BytesIO(blank_verification(round_, OFFICE)))
    by_label = {indicator["label"]: indicator["id"] for indicator in everything(DATA)}
    verified = {code: dict(one.ratings) for code, one in made.items()}
    for row in book[VERIFY].iter_rows(min_row=5):
        one, key = made[row[0].value], by_label[row[2].value]
        lot = one.lots.random()
        if lot < 0.3:
            row[6].value = "เห็นตาม"
        elif lot < 0.6:
            level = one.lots.randint(1, 5)
            verified[row[0].value][key] = level
            row[6].value, row[7].value = one.cell(level), "ตรวจจากหลักฐาน"
    for row in book[SCHOOLS].iter_rows(min_row=5):
        row[5].value = "ใช่"
    report = hand_in(saved(book), actor)
    assert {part.state for part in report.parts} == {"verified"}
    for code in codes:
        assert_told(round_, code, verified[code], "verified")


def _halves(part: dict[str, Any], low: int, high: int) -> dict[str, Any]:
    """Half of a component's indicators at each level; one of an odd number is N/A."""
    keys = [indicator["id"] for indicator in indicators(part)]
    ratings: dict[str, Any] = {keys.pop(): NA} if len(keys) % 2 else {}
    return ratings | {key: low if place % 2 else high for place, key in enumerate(keys)}


@pytest.mark.parametrize(("bound", "low", "high", "at", "below"), [
    (90, 4, 5, "purple", "blue"), (80, 4, 4, "blue", "green"), (70, 3, 4, "green", "yellow"),
    (60, 3, 3, "yellow", "orange"), (50, 2, 3, "orange", "red"),
])  # fmt: skip
def test_total_on_a_bound_has_its_colour_and_just_below_has_not(
    bound: int, low: int, high: int, at: str, below: str, world: dict[str, Round], actor: User
) -> None:
    round_ = world["2567/1"]
    ratings = {key: rating for part in DATA["components"] for key, rating in _halves(part, low, high).items()}
    typed = {key: (rating, "ไม่มีกรณีนี้" if rating == NA else "") for key, rating in ratings.items()}
    hand_in(fill(blank(round_), typed, {}), actor)
    assert_told(round_, SCHOOL, ratings)
    assert (told(round_, SCHOOL)["total"], told(round_, SCHOOL)["colour"]) == (f"{bound}.0000000000", at)
    key = next(key for key, rating in ratings.items() if rating == high)
    ratings[key] = high - 1
    hand_in(fill(blank(round_), {key: (high - 1, "")}, {}), actor)
    assert_told(round_, SCHOOL, ratings)
    assert told(round_, SCHOOL)["colour"] == below


def test_unequal_components_that_sum_to_a_bound_land_on_it(world: dict[str, Round], actor: User) -> None:
    round_ = world["2567/1"]
    wanted = dict(zip("12345", ((3, 3), (4, 4), (3, 4), (4, 4), (3, 3)), strict=True))
    ratings: dict[str, Any] = {}
    for part in DATA["components"]:
        ratings |= _halves(part, *wanted[part["component"]["label"]])
    typed = {key: (rating, "ไม่มีกรณีนี้" if rating == NA else "") for key, rating in ratings.items()}
    hand_in(fill(blank(round_), typed, {}), actor)
    assert_told(round_, SCHOOL, ratings)
    assert told(round_, SCHOOL)["colour"] == "green"
    assert told(round_, SCHOOL)["total"] == "70.0000000000"


def test_component_without_applicable_indicators_is_null_and_the_total_stands(
    world: dict[str, Round], actor: User
) -> None:
    round_ = world["2567/1"]
    ratings = {
        i["id"]: NA if part["component"]["label"] == "3" else 4 for part in DATA["components"] for i in indicators(part)
    }
    typed = {key: (rating, "ไม่มีกรณีนี้" if rating == NA else "") for key, rating in ratings.items()}
    hand_in(fill(blank(round_), typed, {}), actor)
    assert_told(round_, SCHOOL, ratings)
    assert told(round_, SCHOOL)["components"]["3"] is None
    assert told(round_, SCHOOL)["colour"] == "blue"


def test_unanswered_school_has_no_colour_and_says_what_is_missing(world: dict[str, Round], actor: User) -> None:
    round_ = world["2567/1"]
    assert_told(round_, SCHOOL, {})
    ratings: dict[str, Any] = {indicator["id"]: 5 for indicator in everything(DATA)}
    del ratings["building-soundness"]
    hand_in(fill(blank(round_), {key: (level, "") for key, level in ratings.items()}, {}), actor)
    assert_told(round_, SCHOOL, ratings)
    assert told(round_, SCHOOL)["missing"] == ["1.1.1"]
    assert told(round_, SCHOOL)["components"]["1"] is None
    assert told(round_, SCHOOL)["components"]["2"] == "100.0000000000"


@pytest.mark.parametrize("fact", ["lodging-needed", "teachers-pa-passed", "nt-thai"])
def test_override_stands_with_a_reason_and_falls_without(fact: str, world: dict[str, Round], actor: User) -> None:
    from khunnaphap.exchange.actions import import_workbook

    round_ = world["2567/1"]
    tests = {s["fact"]: 99 for t in DATA["test"] if t["grade"] in grades_of(SCHOOL) for s in t["subject"]}
    facts = {
        "lodging-needed": {"lodging-needed": "ไม่ใช่"},
        "teachers-pa-passed": {"teachers-pa-passed": 1, "teachers-pa-assessed": 2},
        "nt-thai": tests,
    }[fact]
    key = {
        "lodging-needed": "housing",
        "teachers-pa-passed": "performance-agreement",
        "nt-thai": "national-test-results",
    }
    typed = {indicator["id"]: (3, "") for indicator in everything(DATA)}
    report = import_workbook(name="x.xlsx", content=fill(blank(round_), typed, facts), by=actor)
    assert [problem.code for problem in report.problems] == ["override-reason"]
    hand_in(fill(blank(round_), {**typed, key[fact]: (3, "ตามบันทึกการตรวจ")}, facts), actor)
    assert_told(round_, SCHOOL, dict.fromkeys(typed, 3))
