"""The demo's four offices tell of the year what they should: letters, dates, money, meetings, sites and steps."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date, time
from decimal import Decimal
from importlib.resources import files
from typing import Any

import pytest

from khunnaphap.core.account_checks import check_account
from khunnaphap.core.known_schools import KnownSchools, Named
from khunnaphap.core.letters import Letter, parse_letter
from khunnaphap.core.plain import from_plain, to_plain
from khunnaphap.core.programme import Activity, OfficeYear, Party
from khunnaphap.core.sequence import sequence
from khunnaphap.core.thai.dates import parse_hours, weekday_date
from khunnaphap.demo.accounts import AccountError, codes, office_year, read_account
from khunnaphap.demo.building import demo_data

OBEC = "สำนักงานคณะกรรมการการศึกษาขั้นพื้นฐาน"
FIRST, SECOND, THIRD, SECONDARY = "520001", "520002", "520003", "510052"


def raw(code: str) -> dict[str, Any]:
    return tomllib.loads((files("khunnaphap.demo") / "offices" / f"{code}.toml").read_text("utf-8"))


def found(value: object, *keys: str) -> Iterator[Any]:
    """Every value under one of the keys, however deep."""
    if isinstance(value, dict):
        for key, inside in value.items():
            if key in keys:
                yield from inside if isinstance(inside, list) else [inside]
            else:
                yield from found(inside, *keys)
    elif isinstance(value, list):
        for inside in value:
            yield from found(inside, *keys)


def days(activities: tuple[Activity, ...]) -> list[date]:
    return [each.day for activity in activities for each in activity.occasions if each.day]


def letters_of(told: OfficeYear) -> list[Letter]:
    return [
        *(letter for activity in told.activities for letter in activity.letters),
        *(one.letter for one in (*told.money, *told.submissions) if one.letter),
        *(one.order for one in told.committees if one.order),
        *(one.announced for one in told.candidates if one.announced),
    ]


def test_each_office_of_the_demo_has_its_account() -> None:
    assert set(codes()) == {office["code"] for office in demo_data()["office"]}


@pytest.mark.parametrize("code", [FIRST, SECOND, THIRD, SECONDARY])
def test_letters_and_hours_are_written_back_as_they_stand(code: str) -> None:
    lines = list(found(raw(code), "letter", "letters", "order", "announced"))
    assert [parse_letter(line).cited() for line in lines] == lines
    assert sorted(letter.cited() for letter in letters_of(office_year(code))) == sorted(lines)
    for typed in found(raw(code), "hours"):
        begins, ends = parse_hours(typed)
        assert typed == f"{begins:%H.%M} – {ends:%H.%M} น."


@pytest.mark.parametrize("code", [FIRST, SECOND, THIRD, SECONDARY])
def test_dates_are_in_the_budget_year_sums_add_up_and_schools_are_known(code: str) -> None:
    told = office_year(code)
    schools = tuple(
        Named(school["code"], school["name"], "", group["office"])
        for group in demo_data()["school"]
        for school in group["schools"]
    )
    assert check_account(told, 2567, KnownSchools(schools, code)) == []
    assert all(date(2023, 10, 1) <= letter.dated <= date(2024, 9, 30) for letter in letters_of(told))


@pytest.mark.parametrize("code", [FIRST, SECOND, THIRD, SECONDARY])
def test_an_account_is_of_the_shape_that_everything_else_shares(code: str) -> None:
    told = office_year(code)
    assert from_plain(OfficeYear, to_plain(told)) == told
    assert told.difficulties
    assert told.staffing
    assert {"background", "preface", "success"} <= {one.kind for one in told.statements}


@pytest.mark.parametrize("code", [FIRST, SECOND, THIRD, SECONDARY])
def test_codes_of_schools_are_the_office_s_own_in_the_demo(code: str) -> None:
    own = {each["code"] for group in demo_data()["school"] if group["office"] == code for each in group["schools"]}
    told = office_year(code)
    named = {one.school for one in (*told.candidates, *told.staffing, *told.support, *told.practices)}
    assert {name for name in named if name.isdigit()} <= own


@pytest.mark.parametrize(("code", "districts"), [(FIRST, 4), (SECOND, 6), (THIRD, 3)])
def test_two_candidates_a_district_and_one_of_them_chosen(code: str, districts: int) -> None:
    candidates = office_year(code).candidates
    assert len(candidates) == len({one.school for one in candidates}) == 2 * districts
    assert [one.chosen for one in candidates] == [True, False] * districts
    chosen = {one.school for one in candidates if one.chosen}
    assert len(chosen & {each["code"] for group in demo_data()["school"] for each in group["schools"]}) == districts
    for one in candidates:
        assert (one.announced is not None) == one.chosen
        assert one.announced is None or one.announced.dated == date(2023, 12, 21)


def test_the_third_office_cites_every_letter_and_order_of_its_steps() -> None:
    cited = {(letter.number, letter.urgency, letter.dated) for letter in letters_of(office_year(THIRD))}
    urgent = "ด่วนที่สุด"
    assert cited == {
        ("ศธ 04008.1/ว513", urgent, date(2023, 11, 8)),
        ("ศธ 04008.1/ว558", urgent, date(2023, 12, 21)),
        ("", "", date(2023, 12, 21)),
        ("ศธ 04133/ว232", urgent, date(2024, 1, 19)),
        ("ศธ 04133/ว409", urgent, date(2024, 2, 5)),
        ("155/2567", "", date(2024, 4, 30)),
        ("ศธ 04008.1/ว457", urgent, date(2024, 5, 28)),
        ("ศธ 04008.1/ว481", urgent, date(2024, 6, 25)),
        ("ศธ 04133/ว1960", "", date(2024, 6, 28)),
        ("ศธ 04008.1/ว486", urgent, date(2024, 7, 2)),
        ("ศธ 04008.1/ว504", urgent, date(2024, 7, 30)),
    }
    senders = {letter.number[:8]: letter.sender for letter in letters_of(office_year(THIRD)) if letter.number}
    assert senders["ศธ 04008"] == OBEC
    assert senders["ศธ 04133"] == senders["155/2567"] == "สำนักงานเขตพื้นที่การศึกษาประถมศึกษาลำปาง เขต 3"


def test_the_third_office_s_steps_are_all_there() -> None:
    told = office_year(THIRD)
    background = [one for one in told.statements if one.kind == "background"]
    assert [entry.number for entry in sequence(told)] == [2, 2, 3, 3, *range(4, 17)]
    assert len(background) == 1
    assert [one.area for one in told.statements if one.kind == "progress"] == [
        "ด้านโรงเรียน", "ด้านผู้บริหารและครู", "ด้านนักเรียน", "ด้านชุมชน",
    ]  # fmt: skip
    announced, proposal, network = told.activities[1:4]
    assert announced.organiser == OBEC
    assert days((announced,)) == [date(2023, 12, 21)]
    assert sum(one.chosen and one.announced_number == announced.number for one in told.candidates) == 3
    assert "2568" in proposal.title
    assert ["3" in proposal.items[0], "2" in proposal.items[1]] == [True, True]
    assert [sum(kind in item for item in proposal.items) for kind in ("งบปีเดียว", "งบผูกพัน", "-- ค่า")] == [1, 1, 2]
    assert ["5 กิโลเมตร" in network.items[0], "รหัสกระทรวง 10 หลัก" in network.items[1]] == [True, True]


def test_obec_s_three_meetings_have_their_number_weekday_and_hours() -> None:
    meetings = [one for one in office_year(THIRD).activities if one.series]
    assert {one.title for one in meetings} == {"จัดประชุมทางไกลติดตามการขับเคลื่อนโครงการโรงเรียนคุณภาพ"}
    told = [
        (one.series, weekday_date(each.day), each.begins, each.ends, each.place)
        for one in meetings
        for each in one.occasions
        if each.day
    ]
    assert told == [
        (1, "วันพุธที่ 26 มิถุนายน 2567", time(15), time(16, 30), "ระบบ Zoom Cloud Meeting"),
        (2, "วันพฤหัสบดีที่ 4 กรกฎาคม 2567", time(15), time(16, 30), "ระบบ Zoom Cloud Meeting"),
        (3, "วันพุธที่ 31 กรกฎาคม 2567", time(13), time(16, 30), "ระบบ Zoom Cloud Meeting"),
    ]


def test_one_meeting_reaches_offices_and_heads_by_a_channel_each() -> None:
    meeting = next(one for one in office_year(THIRD).activities if len(one.occasions) == 2)
    assert [(each.place, each.begins, each.ends) for each in meeting.occasions] == [
        ("ระบบ Zoom Cloud Meeting", time(13), time(16, 30)),
        ("YouTube ช่อง OBEC Channel", time(13), time(16, 30)),
    ]
    assert {weekday_date(day) for day in days((meeting,))} == {"วันจันทร์ที่ 5 กุมภาพันธ์ 2567"}
    assert all(each.group for each in meeting.occasions)


def test_the_third_office_s_own_meetings_at_its_room_and_at_three_sites() -> None:
    room, sites = office_year(THIRD).activities[-2:]
    (held,) = room.occasions
    assert held.day is not None
    assert (weekday_date(held.day), held.begins, held.ends) == ("วันศุกร์ที่ 2 สิงหาคม 2567", time(9), time(16, 30))
    assert held.place.startswith("ห้องประชุมพญาวัง")
    assert [(each.place, weekday_date(each.day)) for each in sites.occasions if each.day] == [
        ("โรงเรียนอนุบาลวังเหนือ", "วันเสาร์ที่ 17 สิงหาคม 2567"),
        ("โรงเรียนอนุบาลเมืองปาน", "วันอาทิตย์ที่ 18 สิงหาคม 2567"),
        ("โรงเรียนอนุบาลแจ้ห่ม", "วันเสาร์ที่ 24 สิงหาคม 2567"),
    ]
    assert room.attendance
    assert sites.attendance


def test_twenty_thousand_baht_come_in_and_an_unstated_sum_goes_on() -> None:
    received, passed_on = office_year(THIRD).money
    assert (received.direction, received.amount, received.parties) == ("received", Decimal(20000), (Party(OBEC),))
    assert (passed_on.direction, passed_on.amount) == ("passed_on", None)
    assert [party.name for party in passed_on.parties] == [
        one.school for one in office_year(THIRD).candidates if one.chosen
    ]
    for name in ("plan", "project", "main_activity", "budget_line"):
        assert getattr(received, name) == getattr(passed_on, name) != ""


def test_the_secondary_office_goes_by_its_five_steps_and_offers_them_as_a_model() -> None:
    told = office_year(SECONDARY)
    (model,) = told.practices
    assert (model.title, model.school) == ("Re 5 Steps", "")
    names = [step.partition(": ")[0] for step in model.steps]
    assert list(dict.fromkeys(activity.step for activity in told.activities)) == names
    english = ("Review & Classify", "Reconstruct to Goal", "Real various Activities", "Recheck & Recommend",
               "Report to Best Practice")  # fmt: skip
    assert [
        name.endswith(f"(Re {n} {word})") for n, (name, word) in enumerate(zip(names, english, strict=True), 1)
    ] == [True] * 5
    assert all(step.partition(": ")[2] for step in model.steps)


def test_the_secondary_office_keeps_every_date_and_figure() -> None:
    told = office_year(SECONDARY)
    assert days(told.activities) == [
        date(2024, 1, 12), date(2024, 5, 3), date(2024, 7, 5), date(2024, 7, 18),
        date(2024, 7, 30), date(2024, 8, 9), date(2024, 8, 23), date(2024, 9, 1), date(2024, 9, 1),
    ]  # fmt: skip
    plans, reports = told.submissions
    assert (plans.to, plans.sent, reports.due, reports.sent) == (OBEC, date(2024, 5, 10), date(2024, 9, 10), None)
    grouping = told.activities[1].result
    assert all(text in grouping for text in ("20 โรงเรียน", "สีม่วง 1 ", "สีฟ้า 1 ", "สีเขียว 14 ", "สีเหลือง 4 "))
    again = next(one for one in told.activities if len(one.occasions) == 3)
    assert "กลุ่มสีเหลืองประเมิน 3 ครั้ง และโรงเรียนกลุ่มสีเขียวประเมิน 2 ครั้ง" in again.result
    advice = next(one for one in told.activities if "โทรศัพท์" in one.items)
    assert [any(word in item for item in advice.items) for word in ("LINE", "Facebook")] == [True, True]
    (by_colour,) = told.money
    assert (by_colour.direction, by_colour.amount) == ("passed_on", None)
    assert "PLC" in told.activities[-1].title
    assert [each.whole_month for one in told.activities[-2:] for each in one.occasions] == [True, True]
    by_step = [(entry.kind, entry.step) for entry in sequence(told) if entry.kind in ("money", "submissions")]
    assert [(kind, step[step.index("(") + 1 :][:4]) for kind, step in by_step] == [
        ("submissions", "Re 2"), ("money", "Re 3"), ("submissions", "Re 4"),
    ]  # fmt: skip


def test_the_kick_off_has_its_place_chair_and_reporter() -> None:
    kick_off = next(one for one in office_year(SECONDARY).activities if "Kick Off" in one.title)
    (held,) = kick_off.occasions
    assert held.day is not None
    assert weekday_date(held.day) == "วันพฤหัสบดีที่ 18 กรกฎาคม 2567"
    assert held.place == "โรงเรียนแม่เมาะวิทยา อำเภอแม่เมาะ จังหวัดลำปาง"
    assert kick_off.chair.startswith("ดร.ภูธร จันทะหงส์ ปุณยจรัสธำรง")
    assert kick_off.reporter == "ผู้อำนวยการสำนักงานเขตพื้นที่การศึกษามัธยมศึกษาลำปาง ลำพูน"


def test_five_problems_success_factors_and_a_recommendation_among_the_offices() -> None:
    told = [office_year(code) for code in (FIRST, SECOND, THIRD, SECONDARY)]
    assert [len(one.results) for each in told for one in each.difficulties] == [3, 1, 1, 1, 1]
    kinds = [one.kind for each in told for one in each.statements]
    assert kinds.count("success") == 5
    assert kinds.count("recommendation") == 1


def test_the_first_office_has_two_schools_models_and_support_from_outside() -> None:
    told = office_year(FIRST)
    assert [(one.title, one.school) for one in told.practices] == [
        ("NGAO MODEL", "อนุบาลแม่เมาะ (ชุมชน 1)"),
        ("BANFON MODEL", "ชุมชนบ้านฟ่อนวิทยา"),
    ]
    (support,) = told.support
    assert "กฟผ." in support.giver
    assert support.school == "อนุบาลแม่เมาะ (ชุมชน 1)"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[activity]]\ntitel = 'x'", r"x\.toml \[\[activity\]\] 1: .*titel"),
        ("[[statement]]\nkind = 'preface'", r"x\.toml \[\[statement\]\] 1: .*text"),
        ("[[statement]]\nkind = 'gossip'\ntext = 'x'", r"x\.toml \[\[statement\]\] 1: no such kind: gossip"),
        ("[[money]]\nparties = ['x']\ndirection = 'lost'", r"x\.toml \[\[money\]\] 1: no such direction: lost"),
        ("[[money]]\nparties = ['x']\ndirection = 'received'\namount = 'x'", r"x\.toml \[\[money\]\] 1: "),
        ("[[committee]]\nname = 'x'\norder = 'คำสั่ง 5'", r"x\.toml \[\[committee\]\] 1: .*คำสั่ง 5"),
        (
            "[[activity]]\ntitle = 'x'\n[[activity.occasion]]\nhours = '25.00 น.'",
            r"x\.toml \[\[activity\]\] 1: .*25\.00",
        ),
        ("[activity]\ntitle = 'x'", r"x\.toml: write \[\[activity\]\] as an array of tables"),
        ("[[activities]]\ntitle = 'x'", r"x\.toml: no such table: activities"),
        ("[[activity]", r"x\.toml: "),
    ],
)
def test_a_wrong_file_is_refused_with_its_name_and_table(text: str, said: str) -> None:
    with pytest.raises(AccountError, match=said):
        read_account(text, name="x.toml")


def test_an_office_without_an_account_is_refused() -> None:
    with pytest.raises(AccountError, match=r"999999\.toml: no such account"):
        office_year("999999")
