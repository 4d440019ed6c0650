"""The form of a round's days and reference means."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from khunnaphap.core.framework import Fact
from khunnaphap.core.numbers import MEAN
from khunnaphap.core.problems import Unreadable
from khunnaphap.frameworks.queries import framework_of, titled

from .forms import Moment, day_typed
from .means import compared_facts
from .models import Round


class Mean(forms.CharField):
    """A reference mean as people write it, kept as text; empty says that it is not known."""

    def __init__(self, fact: Fact, **options: Any) -> None:
        widget = forms.TextInput(attrs={"class": "short", "inputmode": "decimal", "autocomplete": "off"})
        super().__init__(label=titled(fact), required=False, max_length=40, widget=widget, **options)

    def to_python(self, value: Any) -> str:
        """The mean as the round keeps it."""
        text = super().to_python(value)
        if not text:
            return ""
        try:
            return f"{MEAN.read(text):f}"
        except Unreadable as error:
            raise ValidationError(f"{error.problem.message} {error.problem.mend}") from None


class CorrectRoundForm(forms.Form):
    """Days of a round that is not over, and a mean for every fact that its edition compares."""

    def __init__(self, round_: Round, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.round = round_
        if not round_.is_over(timezone.now()):
            self.fields["opens"] = Moment(label=_("เปิดรับ"), ends=False, initial=_typed(round_.opens))
            self.fields["closes"] = Moment(label=_("ปิดรับ"), initial=_typed(round_.closes))
        self.facts: Sequence[Fact] = compared_facts(framework_of(round_.edition))
        for fact in self.facts:
            self.fields[f"mean-{fact.id}"] = Mean(fact, initial=round_.references.get(fact.id, ""))

    @property
    def days(self) -> list[Any]:
        """The fields of the days, none for a round that is over."""
        return [self[name] for name in ("opens", "closes") if name in self.fields]

    @property
    def moved(self) -> dict[str, datetime]:
        """The days that were typed otherwise than they stand, to the minute that the page shows."""
        typed = {name: self.cleaned_data.get(name) for name in ("opens", "closes")}
        return {name: one for name, one in typed.items() if one and one != _to_the_minute(getattr(self.round, name))}

    @property
    def means(self) -> list[Any]:
        """The fields of the means, in the edition's order."""
        return [self[f"mean-{fact.id}"] for fact in self.facts]

    @property
    def references(self) -> dict[str, str]:
        """The means as typed; what the edition does not ask for stays as it was."""
        asked = {fact.id: self.cleaned_data[f"mean-{fact.id}"] for fact in self.facts}
        return {key: text for key, text in {**self.round.references, **asked}.items() if text}


def _to_the_minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)


def _typed(moment: Any) -> list[str]:
    local = timezone.localtime(moment)
    return [day_typed(local.date()), f"{local:%H.%M}"]
