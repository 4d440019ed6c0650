"""The forms of a page as a browser has them, and what is sent when somebody fills one in as it is offered."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

TEXTS = {
    "email": "somebody@example.org",
    "url": "https://example.org/page",
    "number": "1",
    "password": "ดอกไม้ริมทาง-2567",
}
"""What a person types into an empty field of a kind; a plain text otherwise."""
DAYS = ("starts", "ends", "until", "opens", "closes")
"""Fields in which a day is typed: any plain text would be refused."""


@dataclass
class Field:
    """One name of a form: its kind, what stands in it, what may be chosen, whether it must be filled."""

    name: str
    kind: str
    values: list[str] = field(default_factory=list)
    choices: list[str] = field(default_factory=list)
    required: bool = False


@dataclass
class Form:
    """A form: where it goes, how, its fields, and what its buttons add."""

    action: str
    method: str
    fields: dict[str, Field] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)
    files: list[str] = field(default_factory=list)

    def filled(self, **typed: Any) -> dict[str, list[str]]:
        """What is sent: all as offered; what must be filled is, and every text; ``typed`` in place of it where it is named."""
        sent = {name: _values(one) for name, one in self.fields.items()}
        sent |= {name: value if isinstance(value, list) else [str(value)] for name, value in typed.items()}
        return {name: values for name, values in sent.items() if values}


def _values(one: Field) -> list[str]:
    if any(value.strip() for value in one.values) or not (one.required or one.kind == "textarea"):
        return one.values
    if one.choices:
        return [next(value for value in one.choices if value)]
    day = one.name.split("_")[0] in DAYS
    return ["30 กันยายน 2570" if day else TEXTS.get(one.kind, "ตามที่เห็นจริง")]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.by_id: dict[str, Form] = {}
        self.now: Form | None = None
        self.select: Field | None = None
        self.text: Field | None = None
        self.shut: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value if value is not None else "" for name, value in attrs}
        if tag == "form":
            self.now = Form(given.get("action", ""), given.get("method", "get").lower())
            self.forms.append(self.now)
            self.by_id[given.get("id", "")] = self.now
        if tag == "fieldset":
            self.shut.append("disabled" in given)
        form = self.by_id.get(given["form"]) if "form" in given else self.now
        if form is None or "disabled" in given or any(self.shut):
            return
        if tag == "button" and given.get("type", "submit") == "submit":
            form.buttons.append((given.get("name", ""), given.get("value", "")))
        elif tag == "option" and self.select is not None:
            self._option(given)
        elif tag in ("input", "select", "textarea") and given.get("name"):
            self._entry(form, tag, given)

    def _entry(self, form: Form, tag: str, given: dict[str, str]) -> None:
        kind = given.get("type", "text") if tag == "input" else tag
        if kind == "file":
            form.files.append(given["name"])
            return
        one = form.fields.setdefault(given["name"], Field(given["name"], kind))
        one.required |= "required" in given
        if tag == "select":
            self.select = one
        elif tag == "textarea":
            self.text = one
            one.values.append("")
        elif kind in ("radio", "checkbox"):
            one.choices.append(given.get("value", "on"))
            one.values += [given.get("value", "on")] if "checked" in given else []
        else:
            one.values.append(given.get("value", ""))

    def _option(self, given: dict[str, str]) -> None:
        assert self.select is not None
        self.select.choices.append(given.get("value", ""))
        if "selected" in given or len(self.select.choices) == 1:
            self.select.values = [given.get("value", "")]

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.now = None
        elif tag == "fieldset":
            self.shut.pop()
        elif tag == "select":
            self.select = None
        elif tag == "textarea":
            self.text = None

    def handle_data(self, data: str) -> None:
        if self.text is not None:
            self.text.values[-1] += data


def forms_in(page: str) -> list[Form]:
    """Every form of a page, in its order."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return reader.forms


def form_with(page: str, name: str) -> Form:
    """The form that has a field of this name."""
    return next(one for one in forms_in(page) if name in one.fields)
