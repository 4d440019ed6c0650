"""A round of the demo in full swing on the day it is made: schools done, in review, returned, late, and one at work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from io import BytesIO
from itertools import cycle

from django.utils import timezone
from PIL import Image, ImageDraw

from khunnaphap.accounts.models import User
from khunnaphap.assessments.actions import (
    accept,
    agree,
    approve,
    attach,
    close_round,
    comment,
    extend,
    finish,
    hand_in,
    open_round,
    record_self,
    record_verification,
    save_answer,
    send_back,
)
from khunnaphap.assessments.models import Assessment, Round
from khunnaphap.assessments.one_answer import Given
from khunnaphap.core.framework import Framework
from khunnaphap.core.handin import Entry
from khunnaphap.core.rounds import RoundName, budget_year
from khunnaphap.evidence.actions import add_evidence
from khunnaphap.frameworks.queries import framework_of

from .answers import Made, make
from .building import aims, demo_data

TRIED_BY_HAND = "1052500312"
"""อนุบาลแจ้ห่ม: the school whose teacher and head the sign-in page offers; it is in the middle of its answers."""
NEIGHBOURS = ("submitted", "verified")
"""The other schools of its office: what the office's verifier and director find to do."""
STAGES = ("approved", "returned", "submitted", "reviewed", "verified", "approved", "late")


@dataclass(frozen=True)
class Hands:
    """Who does what in the living round; one and the same where the demo has no person for it."""

    school: User
    office: User
    director: User


def begin_living_round(*, by: User, hands: Hands | None = None) -> Round:
    """Open this budget year's first round as of two weeks ago, and bring every school to a stage of its own."""
    data, now = demo_data(), timezone.now()
    hands = hands or Hands(by, by, by)
    newest = Round.objects.select_related("edition").order_by("-opens").first()
    if newest is None:
        raise RuntimeError("the demo's places and rounds come first")
    name = RoundName(max(budget_year(timezone.localdate()), newest.year + 1), 1)
    schools = [one.school for one in newest.assessments.select_related("school").order_by("school__ministry_code")]
    opened = open_round(
        edition=newest.edition,
        name=name,
        opens=now - timedelta(days=21),
        closes=_end_of_day(now + timedelta(days=1)),
        schools=schools,
        references=data["references"],
        is_example=True,
        by=by,
    )
    wanted = aims(data)
    mine = _bring(opened, TRIED_BY_HAND, wanted, data, "draft", hands)
    extend(
        assessment=mine,
        until=min(_end_of_day(now + timedelta(days=9)), mine.round.year_ends),
        reason="ไฟฟ้าดับจากพายุสองวัน",
        by=hands.director,
    )
    others = [school for school in schools if school != mine.school]
    near = [school for school in others if school.office_id == mine.school.office_id]
    far = [school for school in others if school not in near]
    for some, stages, whose in (
        (near, NEIGHBOURS, replace(hands, school=by)),
        (far, STAGES, Hands(by, by, by)),  # nobody of the demo acts where he holds no role
    ):
        for school, stage in zip(some, cycle(stages), strict=False):
            _bring(opened, school.ministry_code, wanted, data, stage, whose)
    return close_round(round_=opened, by=by)  # who has not handed in is late now, but for the extension


def _bring(
    round_: Round, code: str, wanted: Mapping[str, list[int]], data: Mapping, stage: str, hands: Hands
) -> Assessment:  # type: ignore[type-arg]
    assessment = round_.assessments.select_related("school").get(school__ministry_code=code)
    framework = framework_of(round_.edition)
    made = make(
        framework,
        school=code,
        round_name=str(round_.name),
        aim=min(97, wanted[code][-1] + 3),
        grades=frozenset(assessment.school.grades),
        references=data["references"],
    )
    _answer(assessment, framework, made, stage, hands)
    if stage in ("draft", "late"):
        return assessment
    hand_in(assessment=assessment, by=hands.school)
    if stage != "submitted":
        _review(assessment, framework, made, stage, hands)
    return assessment


def _answer(assessment: Assessment, framework: Framework, made: Made, stage: str, hands: Hands) -> None:
    """All of it, or (draft, late) the first part; the workbook's way in, without handing in."""
    entries = {
        key: Entry(answer.self_rating, answer.self_reason, answer.self_remark) for key, answer in made.answers.items()
    }
    keys = [one.id for one in framework.indicators if one.id in entries and entries[one.id].rating is not None]
    shown = keys[: len(keys) * 3 // 5] if stage == "draft" else keys[: len(keys) // 4] if stage == "late" else keys[:-1]
    record_self(assessment=assessment, entries={key: entries[key] for key in shown}, facts=made.facts, by=hands.school)
    if stage in ("draft", "late"):
        return
    last = keys[-1]
    given = Given(entries[last].rating, entries[last].reason, entries[last].remark)
    save_answer(assessment=assessment, indicator=last, given=given, version=0, by=hands.school)


def _review(assessment: Assessment, framework: Framework, made: Made, stage: str, hands: Hands) -> None:
    accept(assessment=assessment, by=hands.office)
    entries = {key: Entry(answer.verified_rating, "", answer.verified_remark) for key, answer in made.answers.items()}
    keys = [one.id for one in framework.indicators if one.id in entries]
    if stage == "reviewed":
        part = {key: entries[key] for key in keys[: len(keys) // 2]}
        record_verification(assessment=assessment, entries=part, by=hands.office)
        return
    if stage == "returned":
        part = {key: entries[key] for key in keys[:-3]}
        record_verification(assessment=assessment, entries=part, by=hands.office)
        reasons = {
            keys[4]: "รูปที่แนบเป็นของปีก่อน ขอรูปปัจจุบันของห้องที่ใช้จริง",
            keys[9]: "คำอธิบายไม่ตรงกับระดับที่เลือก ขอให้ทบทวนระดับหรือแนบบันทึกการประชุม",
        }
        comment(assessment=assessment, indicator=keys[4], text="โทรสอบถามได้ที่กลุ่มนิเทศ", by=hands.office)
        due = _end_of_day(timezone.now() + timedelta(days=6))
        send_back(assessment=assessment, reasons=reasons, due=due, by=hands.office)
        return
    record_verification(assessment=assessment, entries=entries, by=hands.office)
    assessment.refresh_from_db()
    if assessment.state == "in_verification":
        agree(assessment=assessment, indicators=[one.id for one in framework.indicators], by=hands.office)
        finish(assessment=assessment, by=hands.office)
    if stage == "approved":
        approve(assessment=assessment, by=hands.director)


def attach_pictures(*, assessment: Assessment, by: User) -> None:
    """Made-up pictures at the first indicators of the school that is tried by hand."""
    framework = framework_of(assessment.round.edition)
    for place, indicator in enumerate(framework.indicators[:4]):
        evidence = add_evidence(
            school=assessment.school, name=f"ภาพสมมุติ {indicator.label}.jpg", content=_picture(place), by=by
        )
        attach(assessment=assessment, indicator=indicator.id, evidence=evidence, by=by)


def _picture(place: int) -> bytes:
    """A drawn school: sky, field, a building whose windows count the picture."""
    picture = Image.new("RGB", (960, 720), "#bcd3e6")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 480, 960, 720), fill="#9cb68a")
    draw.rectangle((180, 240, 780, 520), fill="#e9ddc6", outline="#7b6a4d", width=6)
    draw.polygon([(140, 250), (820, 250), (760, 160), (200, 160)], fill="#a4553b")
    for window in range(place + 2):
        left = 220 + window * 110
        draw.rectangle((left, 320, left + 70, 400), fill="#6f93ad", outline="#55432c", width=4)
    draw.line((860, 520, 860, 180), fill="#555555", width=8)
    draw.rectangle((868, 184, 930, 224), fill="#234a8f")
    stream = BytesIO()
    picture.save(stream, "JPEG", quality=80)
    return stream.getvalue()


def approve_past_rounds(*, by: User) -> None:
    """The demo's finished rounds are approved, so that their colours are official."""
    for assessment in Assessment.objects.filter(
        state="verified", round__closes__lt=timezone.now() - timedelta(days=60)
    ):
        approve(assessment=assessment, by=by)


def _end_of_day(moment: datetime) -> datetime:
    return timezone.localtime(moment).replace(hour=16, minute=30, second=0, microsecond=0)
