"""A small framework that a reader can add up in the head."""

from __future__ import annotations

from khunnaphap.core.edition import framework_from
from khunnaphap.core.framework import Framework

NAMES = ["กำลังพัฒนา", "ปานกลาง", "ดี", "ดีเลิศ", "ยอดเยี่ยม"]
BANDS = [("purple", 90), ("blue", 80), ("green", 70), ("yellow", 60), ("orange", 50), ("red", 0)]


def data(components: list[list[dict]], **more: object) -> dict:
    """An edition's data: a list of components, each a list of indicators (only what differs is given)."""
    return {
        "code": "small",
        "title": "เล็ก",
        "title_en": "Small",
        "level_names": NAMES,
        "level_points": ["1", "2", "3", "4", "5"],
        "band": [{"colour": colour, "title": colour, "lower": str(lower)} for colour, lower in BANDS],
        "fact": [],
        "test": [],
        "components": [_component(number, given) for number, given in enumerate(components, 1)],
        **more,
    }


def _component(number: int, given: list[dict]) -> dict:
    weight = next((one["component_weight"] for one in given if "component_weight" in one), "1")
    words = {"title": "ก", "title_en": "A"}
    return {
        "component": {"id": f"c{number}", "label": str(number), "weight": weight, **words},
        "aspect": [
            {
                "id": f"a{number}",
                "label": f"{number}.1",
                "statement": "",
                **words,
                "indicator": [_indicator(f"{number}.1.{place}", one) for place, one in enumerate(given, 1)],
            }
        ],
    }


def _indicator(label: str, given: dict) -> dict:
    return {
        "id": given.get("id", f"i-{label.replace('.', '-')}"),
        "label": label,
        "title": "ข",
        "title_en": "B",
        "statement": "",
        "measure": "rubric",
        "levels": [f"{label} ระดับ {n}" for n in range(1, 6)],
        **{key: value for key, value in given.items() if key not in ("id", "component_weight")},
    }


def small(*components: list[dict], **more: object) -> Framework:
    """The framework of that data."""
    return framework_from(data(list(components), **more))


def plain(*sizes: int) -> Framework:
    """Components of so many plain indicators each."""
    return small(*([{}] * size for size in sizes))
