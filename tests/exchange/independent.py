"""The scoring of ``docs/workbooks.md`` written again from its words: only the TOML files and fractions, no core."""

from __future__ import annotations

import tomllib
from fractions import Fraction
from pathlib import Path
from typing import Any

SOURCE = Path(__file__).resolve().parents[2] / "src" / "khunnaphap"
EDITION = SOURCE / "frameworks" / "editions" / "example-2567"

NA = "N/A"


def load() -> dict[str, Any]:
    """Bands, tests and components of the example edition, and the demo's reference means."""
    head = tomllib.loads((EDITION / "edition.toml").read_text("utf-8"))
    parts = [tomllib.loads((EDITION / f"component-{n}.toml").read_text("utf-8")) for n in range(1, 6)]
    demo = tomllib.loads((SOURCE / "demo" / "lampang.toml").read_text("utf-8"))
    return {**head, "components": parts, "references": demo["references"]}


def indicators(part: dict[str, Any]) -> list[dict[str, Any]]:
    """A component's indicators."""
    return [indicator for aspect in part["aspect"] for indicator in aspect["indicator"]]


def everything(data: dict[str, Any]) -> list[dict[str, Any]]:
    """All indicators in printed order."""
    return [indicator for part in data["components"] for indicator in indicators(part)]


def computed(data: dict[str, Any], indicator: dict[str, Any], facts: dict[str, Any], grades: set[str]) -> Any:
    """The level that follows from facts (a number, N/A, or None while facts are lacking)."""
    rule = indicator.get("not_applicable")
    if rule and facts.get(rule["fact"]) == rule["equals"]:
        return NA
    measure = indicator["measure"]
    if measure == "grade":
        return indicator["grade"]["levels"].get(facts.get(indicator["grade"]["fact"]))
    if measure == "share":
        return _share(indicator["share"], facts)
    if measure == "comparison":
        return _comparison(data, indicator["comparison"], facts, grades)
    return None


def _share(share: dict[str, Any], facts: dict[str, Any]) -> Any:
    whole, count = facts.get(share["whole"]), facts.get(share["count"])
    if whole == 0:
        return NA
    if whole is None or count is None:
        return None
    level = 1 + sum(100 * Fraction(count) >= Fraction(bound) * whole for bound in share["bounds"])
    wanted = [rule for rule in share.get("condition", []) if level >= rule["level"]]
    if any(facts.get(rule["fact"]) is None for rule in wanted):
        return None
    return min([level, *(rule["level"] - 1 for rule in wanted if facts[rule["fact"]] == "no")])


def _comparison(data: dict[str, Any], rule: dict[str, Any], facts: dict[str, Any], grades: set[str]) -> Any:
    subjects = [subject["fact"] for test in data["test"] if test["grade"] in grades for subject in test["subject"]]
    if not subjects:
        return NA
    if any(facts.get(subject) is None for subject in subjects):
        return None
    above = sum(Fraction(facts[subject]) > Fraction(data["references"][subject]) for subject in subjects)
    return 1 + sum(Fraction(100 * above, len(subjects)) >= Fraction(bound) for bound in rule["bounds"])


def score(data: dict[str, Any], ratings: dict[str, Any]) -> tuple[dict[str, Fraction | None], Fraction | None]:
    """Component percentages by label, and the total."""
    points = [Fraction(point) for point in data["level_points"]]
    shares: dict[str, Fraction | None] = {}
    upper = lower = Fraction(0)
    for part in data["components"]:
        label, got, best, whole = part["component"]["label"], Fraction(0), Fraction(0), True
        for indicator in indicators(part):
            rating, weight = ratings.get(indicator["id"]), Fraction(indicator.get("weight", "1"))
            if rating is None:
                whole = False
            elif rating != NA:
                got += weight * points[rating - 1]
                best += weight * max(points)
        shares[label] = got / best * 100 if whole and best else None
        weight = Fraction(part["component"].get("weight", "1"))
        if shares[label] is not None:
            upper, lower = upper + weight * shares[label], lower + weight
    answered = all(ratings.get(indicator["id"]) is not None for indicator in everything(data))
    return shares, upper / lower if answered and lower else None


def colour(data: dict[str, Any], total: Fraction) -> str:
    """The highest band whose lower bound the exact total reaches."""
    bands = sorted(data["band"], key=lambda band: Fraction(band["lower"]), reverse=True)
    return str(next(band["colour"] for band in bands if total >= Fraction(band["lower"])))


def ten_places(value: Fraction | None) -> str | None:
    """Rounded half up to ten places, as text."""
    if value is None:
        return None
    scaled = (value * 10**10 * 2 + 1) // 2
    return f"{scaled // 10**10}.{scaled % 10**10:010d}"
