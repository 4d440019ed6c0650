"""What can hardly be is told at its field, and what can be is not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from khunnaphap.core.account_doubts import Beside, doubts
from khunnaphap.core.known_schools import KnownSchools, Named
from khunnaphap.core.letters import Letter, parse_letter
from khunnaphap.core.programme import (
    Activity,
    Candidate,
    Committee,
    Difficulty,
    GoodPractice,
    Money,
    Occasion,
    OfficeYear,
    Party,
    StaffingGap,
    Statement,
    Step,
    Support,
)

OURS, OTHERS = "520003", "520001"
KNOWN = KnownSchools(
    (
        Named("1052500312", "อนุบาลแจ้ห่ม", "แจ้ห่ม", OURS, True),
        Named("1052500313", "บ้านแจ้ห่ม", "แจ้ห่ม", OURS, False),
        Named("1052990001", "บ้านไกล", "เถิน", OTHERS, True),
    ),
    OURS,
)
LETTER = parse_letter("หนังสือสพฐ. ด่วนที่สุด ที่ ศธ 04008.1/ว481 ลงวันที่ 25 มิถุนายน 2567 เรื่อง ติดตาม")
ORDER = parse_letter("คำสั่งสพป. ที่ 155/2567 ลงวันที่ 30 เมษายน 2567 เรื่อง แต่งตั้ง")


def found(told: OfficeYear, beside: Beside = Beside(), year: int = 2567) -> list[tuple[str, int, str, str]]:  # noqa: B008
    return [(one.part, one.index, one.field, one.problem.code) for one in doubts(told, year, KNOWN, beside)]


def meeting(*letters: Letter, day: date = date(2024, 6, 26), **more: object) -> Activity:
    return Activity("ประชุม", occasions=(Occasion(day),), letters=letters, **more)  # type: ignore[arg-type]


def test_a_plain_account_raises_no_doubt() -> None:
    told = OfficeYear(
        candidates=(Candidate("อนุบาลแจ้ห่ม", True), Candidate("บ้านแจ้ห่ม", False)),
        activities=(meeting(LETTER), meeting(LETTER, series=1), meeting(series=2)),
        money=(Money("received", Decimal(5), (Party("สพฐ."),)), Money("received", Decimal(6), (Party("สพฐ."),))),
        staffing=(StaffingGap("อนุบาลแจ้ห่ม", "ครู", 1), StaffingGap("อนุบาลแจ้ห่ม", "ครู", 2)),
    )
    assert found(told) == []


@pytest.mark.parametrize("day", [date(2024, 6, 24), date(2024, 4, 29)])
def test_a_letter_or_order_dated_after_the_meeting_that_cites_it(day: date) -> None:
    late = LETTER if day > date(2024, 5, 1) else ORDER
    assert found(OfficeYear(activities=(meeting(late, day=day),))) == [("activities", 0, "letters", "letter-after")]
    assert found(OfficeYear(activities=(meeting(late, day=late.dated),))) == []


def test_an_order_cited_by_its_number_in_a_text_is_held_too() -> None:
    early = meeting(day=date(2024, 2, 11), attendance="คณะกรรมการตามคำสั่งที่ 155/2567")
    told = OfficeYear(committees=(Committee("คณะกรรมการ", order=ORDER),), activities=(early,))
    assert found(told) == [("activities", 0, "attendance", "letter-after")]


def test_a_meeting_of_several_days_is_over_on_its_last_and_a_month_has_none() -> None:
    long = Activity("อบรม", occasions=(Occasion(date(2024, 6, 20), date(2024, 6, 26)),), letters=(LETTER,))
    month = Activity("นิเทศ", occasions=(Occasion(date(2024, 6, 1), whole_month=True),), letters=(LETTER,))
    assert found(OfficeYear(activities=(long, month))) == []


@pytest.mark.parametrize(
    ("other", "codes"),
    [
        (replace(LETTER, urgency="ด่วนมาก"), {"letter-two-urgencies"}),
        (replace(LETTER, urgency=""), {"letter-two-urgencies"}),
        (replace(LETTER, subject="อบรม"), {"letter-two-subjects"}),
        (replace(LETTER, subject=""), set()),
        (replace(LETTER, subject="“ติดตาม”"), set()),
        (replace(LETTER, urgency="ด่วน", subject="อื่น"), {"letter-two-urgencies", "letter-two-subjects"}),
    ],
)
def test_one_letter_says_one_thing_wherever_it_is_cited(other: Letter, codes: set[str]) -> None:
    told = OfficeYear(activities=(meeting(LETTER), meeting(other)))
    assert {code for *_, code in found(told)} == codes
    if codes:
        assert {place for _, place, *_ in found(told)} == {0, 1}, "told at every cell that differs"


def test_one_letter_says_one_thing_between_offices() -> None:
    beside = Beside(letters=(("สพป.ลำปาง เขต 1", replace(LETTER, urgency="ด่วน", dated=date(2024, 6, 24))),))
    (first, second) = doubts(OfficeYear(activities=(meeting(LETTER),)), 2567, KNOWN, beside)
    assert {first.problem.code, second.problem.code} == {"letter-two-urgencies", "letter-two-dates"}
    assert "สพป.ลำปาง เขต 1" in first.problem.message


def test_an_announcement_without_a_number_is_known_by_its_day() -> None:
    one = parse_letter("ประกาศสพฐ. ณ วันที่ 21 ธันวาคม 2566 เรื่อง รายชื่อ")
    told = OfficeYear(activities=(meeting(one), meeting(replace(one, subject="รายชื่อโรงเรียน"))))
    assert {code for *_, code in found(told)} == {"letter-two-subjects"}
    apart = replace(one, dated=date(2023, 12, 22), subject="อื่น")
    assert found(OfficeYear(activities=(meeting(one), meeting(apart)))) == []


@pytest.mark.parametrize(
    ("day", "old"), [(date(2014, 6, 22), True), (date(2023, 9, 30), True), (date(2023, 10, 1), False)]
)
def test_a_letter_of_years_before_is_told(day: date, old: bool) -> None:
    codes = [code for *_, code in found(OfficeYear(activities=(meeting(replace(LETTER, dated=day)),)))]
    assert codes == (["letter-old"] if old else [])


def test_a_line_that_says_just_what_one_before_says() -> None:
    money = Money("received", Decimal(5), (Party("สพฐ."),), number=7)
    trouble = Difficulty("ก", "ข", ("ค",))
    told = OfficeYear(
        statements=(Statement("success", "ก"), Statement("success", "ก"), Statement("recommendation", "ก")),
        activities=(Activity("ก", number=1), Activity("ก", number=2)),
        money=(money, replace(money, number=9)),
        difficulties=(trouble, trouble),
        staffing=(StaffingGap("อนุบาลแจ้ห่ม", "ครู", 1),) * 2,
    )
    assert [(part, place) for part, place, _, code in found(told) if code == "line-twice"] == [
        ("statements", 1), ("activities", 1), ("money", 1), ("staffing", 1), ("difficulties", 1),
    ]  # fmt: skip


def test_nobody_is_no_number_of_people_and_nothing_no_amount() -> None:
    told = OfficeYear(
        activities=(meeting(attendance="ครู 0 คน"), meeting(attendance="ครู 10 คน")),
        money=(
            Money("received", Decimal(0), (Party("สพฐ."),)),
            Money("passed_on", None, (Party("อบต.", Decimal(0)), Party("วัด", Decimal(5)))),
        ),
        staffing=(StaffingGap("อนุบาลแจ้ห่ม", "ครู", 0),),
    )
    assert sorted(one[:3] for one in found(told) if one[3] == "count-zero") == [
        ("activities", 0, "attendance"), ("money", 0, "amount"), ("money", 1, "parties"), ("staffing", 0, "number"),
    ]  # fmt: skip


def test_staff_models_support_and_money_of_another_offices_school() -> None:
    told = OfficeYear(
        money=(
            Money("passed_on", Decimal(5), (Party("โรงเรียนบ้านไกล"),)),
            Money("received", None, (Party("โรงเรียนบ้านไกล"),)),
        ),
        support=(Support("วัด", "ข้าว", "บ้านไกล"), Support("วัด", "น้ำ", "บ้านแจ้ห่ม")),
        staffing=(StaffingGap("บ้านไกล", "ครู", 1),),
        practices=(GoodPractice("MODEL", "บ้านไกล"), GoodPractice("ของเขต")),
    )
    assert sorted(one[:3] for one in found(told)) == [
        ("money", 0, "parties"), ("practices", 0, "school"), ("staffing", 0, "school"), ("support", 0, "school"),
    ]  # fmt: skip


def test_a_quality_school_not_chosen_and_the_reverse() -> None:
    told = OfficeYear(candidates=(Candidate("อนุบาลแจ้ห่ม", False), Candidate("บ้านแจ้ห่ม", True)))
    assert found(told) == [
        ("candidates", 0, "chosen", "quality-not-chosen"),
        ("candidates", 1, "chosen", "chosen-not-quality"),
    ]


@pytest.mark.parametrize(
    ("numbers", "faulty"),
    [([1, 2, 3], []), ([5], [0]), ([1, 2, 5], [2]), ([None, 2], []), ([2, None], [0]), ([2], [0]), ([3, 1, 2], [])],
)
def test_a_fifth_meeting_has_a_fourth(numbers: Sequence[int | None], faulty: list[int]) -> None:
    told = OfficeYear(activities=tuple(Activity("ประชุมทางไกลติดตามงาน", series=one) for one in numbers))
    assert [place for _, place, _, code in found(told) if code == "series-gap"] == faulty


def test_a_number_in_the_title_counts_and_other_meetings_do_not() -> None:
    told = OfficeYear(activities=(Activity("อบรมครูภาษาไทยขั้นสูง", series=4), Activity("ประชุมผู้ปกครองครั้งที่ 5")))
    assert [one[1:] for one in found(told)] == [(0, "series", "series-gap"), (1, "title", "series-gap")]


def test_a_step_outside_of_the_year_is_doubted() -> None:
    steps = (Step("ทบทวน", begins=date(2023, 9, 1), until=date(2023, 11, 1), months=True),)
    assert found(OfficeYear(steps=steps)) == [("steps", 0, "begins", "date-doubtful")]


def test_a_step_named_otherwise_than_in_the_list_of_steps() -> None:
    steps = (Step("ทบทวน (Re 1)"),)
    told = OfficeYear(activities=(Activity("ก", step="ทบทวน  (Re 1)"), Activity("ข", step="ทบทวน (Re1)")), steps=steps)
    assert found(told) == [("activities", 1, "step", "step-unknown")]
    assert found(replace(told, steps=())) == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("อยู่ในกลุ่มสีม่วง 1 โรงเรียน สีเขียว จำนวน 14 โรงเรียน", False),
        ("สีเขียว 14 แห่ง", False),
        ("สีเขียว 13 แห่ง", True),
        ("สีม่วง 1 โรงเรียน และสีแดง 2 โรงเรียน", True),
        ("กลุ่มสีเหลืองประเมิน 3 ครั้ง สีเขียว 2 ครั้ง", False),
        ("ไม่พูดถึงกลุ่มใด", False),
    ],
)
def test_numbers_of_schools_by_colour_agree_with_a_count_of_the_year(text: str, wrong: bool) -> None:
    counts: list[Mapping[str, int]] = [{"ม่วง": 1, "ฟ้า": 1, "เขียว": 14, "เหลือง": 4}, {"เขียว": 20}]
    told = OfficeYear(activities=(Activity("จัดกลุ่ม", result=text),))
    asked = []

    def colours() -> Sequence[Mapping[str, int]]:
        asked.append(1)
        return counts

    assert [one[2:] for one in found(told, Beside(colours=colours))] == (
        [("result", "colours-differ")] if wrong else []
    )
    assert found(told) == [], "nothing is concluded where nothing was computed"
    assert len(asked) <= 1
