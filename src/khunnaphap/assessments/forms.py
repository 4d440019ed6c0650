"""What the pages hand in, read and checked; problems stand beside the field that they are about."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from khunnaphap.core.framework import NA, Framework, Indicator
from khunnaphap.core.levels import read_level
from khunnaphap.core.names import code
from khunnaphap.core.numbers import COUNT
from khunnaphap.core.problems import Problem, Refusal, Unreadable
from khunnaphap.core.rounds import RoundName
from khunnaphap.core.text_checks import typed
from khunnaphap.core.thai.dates import DateError, long_date, parse_date, parse_hours
from khunnaphap.core.thai.text import clean
from khunnaphap.frameworks.queries import level_names, titled

from .one_answer import Given
from .pages.lines import FILTERS, Line


class Words(forms.CharField):
    """Text that a person types: cleaned once, refused with the reason; never cut."""

    def __init__(self, *, most: int = 2000, lines: int = 3, **options: Any) -> None:
        options.setdefault("required", False)
        options.setdefault("widget", forms.Textarea(attrs={"rows": lines}))
        self.most = most
        super().__init__(strip=True, **options)

    def to_python(self, value: Any) -> str:
        """The text as it is kept."""
        text, problem = typed(str(value or ""), str(self.label or ""), self.most)
        if problem:
            raise ValidationError(f"{problem.message} {problem.mend}")
        return text

    def run_validators(self, value: Any) -> None:
        """``typed`` has checked all there is (Django's own would speak of NUL only)."""


class AnswerForm(forms.Form):
    """One side of one answer, with the version that the page was made from and the save's own id."""

    level = forms.CharField(required=False, max_length=20)
    reason = Words(label=_("เหตุผล"))
    remark = Words(label=_("สิ่งที่เห็นได้จริง"))
    version = forms.IntegerField(min_value=0)
    save = forms.UUIDField(required=False)

    def __init__(self, indicator: Indicator, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.indicator = indicator

    def clean_level(self) -> Any:
        """``None``, ``NA`` or a level of the indicator."""
        text = self.cleaned_data["level"]
        if text == "":
            return None
        if text == "na":
            return NA
        try:
            return read_level(self.indicator, text)
        except Unreadable:
            raise ValidationError(gettext("ไม่มีระดับนี้ เลือกระดับที่แสดงอยู่")) from None

    @property
    def given(self) -> Given:
        """What the page holds."""
        data = self.cleaned_data
        return Given(data["level"], data["reason"], data["remark"])

    @property
    def key(self) -> UUID | None:
        """The save's own id, made by the client."""
        found: UUID | None = self.cleaned_data["save"]
        return found


class Moment(forms.MultiValueField):
    """A day and a time, as people type them: "9 ส.ค. 2567" and "16.30", or a date picker's."""

    def __init__(self, *, ends: bool = True, **options: Any) -> None:
        fields = (forms.CharField(max_length=80), forms.CharField(required=False, max_length=20))
        day = forms.TextInput(attrs={"aria-label": _("วันที่"), "autocomplete": "off", "class": "short"})
        hour = forms.TextInput(attrs={"aria-label": _("เวลา"), "autocomplete": "off", "class": "short"})
        widget = forms.MultiWidget(widgets={"day": day, "time": hour})
        self.default = time(16, 30) if ends else time(8, 30)
        super().__init__(fields, require_all_fields=False, widget=widget, **options)

    def compress(self, parts: list[str]) -> datetime | None:
        """The moment, in Thailand's time."""
        if not parts or not parts[0]:
            return None
        try:
            day = parse_date(parts[0])
            hour = parse_hours(parts[1])[0] if len(parts) > 1 and parts[1] else self.default
        except DateError as error:
            mend = gettext("เขียนวันที่ เช่น 9 ส.ค. 2567 หรือ 9/8/2567 และเวลา เช่น 16.30")
            raise ValidationError(f"{error} {mend}") from None
        return timezone.make_aware(datetime.combine(day, hour))


def day_typed(day: date) -> str:
    """A day as a field offers it, which ``Moment`` reads again: 9 สิงหาคม 2567, or 9/8/2567 on an English page."""
    return long_date(day) if get_language() == "th" else f"{day.day}/{day.month}/{day.year + 543}"


class NeededWords(Words):
    """One required text."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("required", True)
        super().__init__(**options)

    def to_python(self, value: Any) -> str:
        """The text; a required one of nothing but spaces is missing."""
        text = super().to_python(value)
        if self.required and not text:
            raise ValidationError(gettext("เขียนข้อความในช่องนี้"), code="required")
        return text


class CommentForm(forms.Form):
    """A contribution to a thread."""

    text = NeededWords(label=_("ข้อความ"), lines=2)
    save = forms.UUIDField(required=False)


class ExtendForm(forms.Form):
    """A later last moment for one school."""

    until = Moment(label=_("ขยายถึง"))
    reason = NeededWords(label=_("เหตุผล"), lines=2)


class UnlockForm(ExtendForm):
    """Opening indicators of an approved assessment again."""

    until = Moment(label=_("เปิดให้แก้ถึง"))
    indicators = forms.MultipleChoiceField(label=_("ตัวชี้วัด"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, lines: Sequence[Line], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["indicators"].choices = [_choice(line) for line in lines]


@dataclass(frozen=True)
class SendRow:
    """One indicator that may be sent back: its tick, its reason, and the filters (words) that it passes."""

    line: Line
    send: Any
    reason: Any
    marks: tuple[str, ...]

    @property
    def ticked(self) -> bool:
        """The page shows it as chosen."""
        return bool(self.send.value())


class SendBackForm(forms.Form):
    """Indicators to send back: a tick and a reason each, one day until which they are open.

    ``only`` is the filter that the page shows: it hides, it decides nothing.
    """

    NARROW: Final = ("differs", "unjudged", "no-evidence", "went-down")

    until = Moment(label=_("ให้ส่งใหม่ภายใน"))
    only = forms.CharField(required=False)

    def __init__(self, lines: Sequence[Line], *args: Any, chosen: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows: list[SendRow] = []
        for line in lines:
            key = line.indicator.id
            self.fields[f"send-{key}"] = forms.BooleanField(
                required=False, label=_choice(line)[1], initial=key in chosen
            )
            reason = line.answer.verified_remark if line.differs else ""
            self.fields[f"reason-{key}"] = Words(
                label=gettext("เหตุผลของข้อ %s") % line.indicator.label, lines=2, initial=reason
            )
            marks = tuple(word for word in self.NARROW if FILTERS[word][1](line))
            self.rows.append(SendRow(line, self[f"send-{key}"], self[f"reason-{key}"], marks))

    @property
    def filters(self) -> list[tuple[str, str, int]]:
        """The filters that let a line pass: word, title, how many."""
        counts = {word: sum(word in row.marks for row in self.rows) for word in self.NARROW}
        return [(word, gettext(FILTERS[word][0]), count) for word, count in counts.items() if count]

    def clean(self) -> dict[str, Any]:
        """A tick needs a reason, and one tick there must be."""
        data = super().clean() or {}
        ticked = [row.line.indicator.id for row in self.rows if data.get(f"send-{row.line.indicator.id}")]
        for key in ticked:
            if not data.get(f"reason-{key}") and f"reason-{key}" not in self.errors:
                self.add_error(f"reason-{key}", gettext("เขียนเหตุผลให้โรงเรียนรู้ว่าต้องแก้อะไร"))
        if not ticked:
            self.add_error(None, gettext("เลือกอย่างน้อยหนึ่งตัวชี้วัด"))
        self.reasons = {key: data.get(f"reason-{key}", "") for key in ticked}
        return data


def _choice(line: Line) -> tuple[str, str]:
    return line.indicator.id, f"{line.indicator.label} {titled(line.indicator)}"


class OverrideForm(forms.Form):
    """Another colour than ``computed``, which is no choice; empty takes back the decision that stands (``decided``)."""

    colour = forms.ChoiceField(label=_("กลุ่มสี"), required=False)
    reason = NeededWords(label=_("เหตุผล"), lines=3)

    def __init__(self, framework: Framework, *args: Any, computed: str = "", decided: str = "", **kwargs: Any) -> None:
        super().__init__(*args, initial={"colour": decided}, **kwargs)
        others = [(band.colour, titled(band)) for band in framework.bands if band.colour != computed]
        field: Any = self.fields["colour"]
        field.choices = [("", gettext("ตามที่คำนวณได้") if decided else gettext("– เลือกสี –")), *others]
        field.required = not decided
        field.error_messages["required"] = gettext("เลือกสีที่กำหนด")
        field.error_messages["invalid_choice"] = gettext("สีนี้ตรงกับสีที่คำนวณได้ หรือไม่มีในเกณฑ์ เลือกสีอื่น")


class Whole(forms.IntegerField):
    """A whole number as every door reads it: Thai digits are digits, a stroke or a point between them is none."""

    def to_python(self, value: Any) -> int | None:
        """The number."""
        if value in self.empty_values:
            return None
        try:
            return int(COUNT.read(str(value)))
        except Unreadable as error:
            raise ValidationError(in_words(error.problem), code="invalid") from None


class RoundForm(forms.Form):
    """A new round: edition, name, days, what it asks, who takes part."""

    edition = forms.ChoiceField(label=_("เกณฑ์การประเมิน"))
    year = Whole(label=_("ปีงบประมาณ"), min_value=2560, max_value=2699)
    number = Whole(label=_("ครั้งที่"), min_value=1, max_value=99)
    opens = Moment(label=_("เปิดรับ"), ends=False)
    closes = Moment(label=_("ปิดรับ"))
    kind = forms.ChoiceField(label=_("ขอบเขตการประเมิน"), choices=[], widget=forms.RadioSelect)
    aim = forms.TypedChoiceField(label=_("ระดับเป้าหมาย"), coerce=int, empty_value=None, required=False)
    planned = Words(
        label=_("ตัวชี้วัดที่อยู่ในแผน"),
        lines=2,
        help_text=_("เลขข้อ เช่น 1.2.3 คั่นด้วยช่องว่าง ถามข้อเหล่านี้แม้ถึงระดับเป้าหมายแล้ว เว้นว่างได้"),
    )
    who = forms.ChoiceField(label=_("โรงเรียนที่เข้าร่วม"), choices=[], widget=forms.RadioSelect)
    colours = forms.MultipleChoiceField(label=_("กลุ่มสี"), required=False, widget=forms.CheckboxSelectMultiple)
    schools = Words(label=_("รหัสกระทรวง 10 หลัก"), lines=4, most=40_000, help_text=_("คั่นด้วยช่องว่างหรือขึ้นบรรทัดใหม่"))

    def __init__(self, framework: Framework, editions: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.framework = framework
        fields: Any = self.fields
        fields["edition"].choices = editions
        fields["kind"].choices = [("full", gettext("ทุกตัวชี้วัด")), ("follow_up", gettext("ติดตามเฉพาะตัวชี้วัดที่ต้องพัฒนา"))]
        fields["who"].choices = [
            ("all", gettext("โรงเรียนคุณภาพทุกแห่ง")),
            ("colours", gettext("ตามกลุ่มสีล่าสุด")),
            ("list", gettext("ตามรายการรหัส")),
        ]
        names = level_names(framework)
        fields["aim"].choices = [("", "–"), *((number, name) for number, name in enumerate(names, 1) if number > 1)]
        fields["colours"].choices = [(band.colour, titled(band)) for band in framework.bands]

    def clean_planned(self) -> tuple[str, ...]:
        """Printed labels ("1.2.3") as the ids of indicators."""
        by_label = {one.label: one.id for one in self.framework.indicators}
        words = clean(self.cleaned_data["planned"].replace(",", " ")).split()
        if unknown := [word for word in words if word not in by_label]:
            raise ValidationError(gettext("ไม่มีตัวชี้วัด %(labels)s ในเกณฑ์นี้") % {"labels": ", ".join(unknown[:5])})
        return tuple(by_label[word] for word in words)

    def clean_schools(self) -> tuple[str, ...]:
        """Ministry codes, one after another."""
        words = [code(word) for word in self.cleaned_data["schools"].replace(",", " ").split()]
        if wrong := [word for word in words if not (word.isdecimal() and len(word) == 10)]:
            told = gettext("รหัส %(codes)s ไม่ใช่ตัวเลข 10 หลัก ใส่รหัสกระทรวงทีละแห่ง คั่นด้วยช่องว่างหรือขึ้นบรรทัดใหม่")
            raise ValidationError(told % {"codes": ", ".join(wrong[:5])})
        return tuple(dict.fromkeys(words))

    def clean(self) -> dict[str, Any]:
        """What belongs together: an aim for a follow-up, colours or a list where they are chosen; the rest is no matter."""
        data = super().clean() or {}
        idle: dict[str, Any] = {} if data.get("kind") == "follow_up" else {"aim": None, "planned": ()}
        idle |= {} if data.get("who") == "colours" else {"colours": []}
        idle |= {} if data.get("who") == "list" else {"schools": ()}
        for name in idle:
            self.errors.pop(name, None)
        data |= idle
        if data.get("kind") == "follow_up" and not data.get("aim") and "aim" not in self.errors:
            self.add_error("aim", gettext("เลือกระดับเป้าหมาย ระบบจะถามเฉพาะข้อที่ต่ำกว่าระดับนี้"))
        if data.get("who") == "colours" and not data.get("colours") and "colours" not in self.errors:
            self.add_error("colours", gettext("เลือกอย่างน้อยหนึ่งกลุ่มสี"))
        if data.get("who") == "list" and not data.get("schools") and "schools" not in self.errors:
            self.add_error("schools", gettext("ใส่รหัสโรงเรียนอย่างน้อยหนึ่งแห่ง"))
        return data

    @property
    def name(self) -> RoundName:
        """The round's name."""
        return RoundName(self.cleaned_data["year"], self.cleaned_data["number"])


def in_words(problem: Problem) -> str:
    """A problem as one sentence."""
    return f"{problem.message} {problem.mend}"


BESIDE: Final = {
    "due-past": "until", "due-far": "until", "due-beyond-year": "until", "reason-lacking": "reason", "colour-same": "colour", "round-exists": "number",
    "round-days": "closes", "round-days-far": "closes", "school-unknown": "schools", "no-schools": "who",
}  # fmt: skip
"""The field that a refusal is about; any other stands above the form."""


def carried_out(form: Any, act: Callable[[dict[str, Any]], object]) -> bool:
    """Whether ``act`` was done with what the form holds; what the rules forbid stands beside its field, all stays typed."""
    if not form.is_valid():
        return False
    try:
        act(form.cleaned_data)
    except Refusal as refusal:
        name = BESIDE.get(refusal.problem.code, "")
        form.add_error(name if name in form.fields else None, in_words(refusal.problem))
        form.is_refused = True
        return False
    return True


def status_of(form: Any) -> int:
    """How a page with a form is answered: 409 where the rules forbid, 422 where it cannot be read."""
    if not form.is_bound:
        return 200
    return 409 if getattr(form, "is_refused", False) else 422
