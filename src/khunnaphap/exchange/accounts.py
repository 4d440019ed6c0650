"""An office's workbook into its account of the year, and the way back."""

from __future__ import annotations

from khunnaphap.accounts.models import User
from khunnaphap.core.account_checks import check_account, sure, with_later
from khunnaphap.core.letter_checks import check_letters
from khunnaphap.core.plain import from_plain, to_plain
from khunnaphap.core.problems import Problem, Refusal
from khunnaphap.core.programme import OfficeYear
from khunnaphap.core.thai.numerals import arabic
from khunnaphap.organisations.models import AreaOffice
from khunnaphap.programme.actions import record_account, restore_account
from khunnaphap.programme.doubting import doubts_of
from khunnaphap.programme.models import Account
from khunnaphap.programme.queries import known_schools, values_of
from khunnaphap.sheets.contract import Identity
from khunnaphap.sheets.office_contract import TABLES
from khunnaphap.sheets.office_reading import read_office
from khunnaphap.sheets.reading import Workbook

from .models import ImportedPart
from .reports import ImportReport, Part, Source

_SHEETS = {spec.part: spec.sheet for spec in TABLES}
NOTHING_FILLED = Problem("nothing-filled", "แฟ้มนี้ไม่มีข้อมูล", "กรอกในช่องสีเหลือง แล้วส่งใหม่")


def import_account(report: ImportReport, source: Source, identity: Identity, book: Workbook, by: User) -> None:
    """Take an office's account whole, or report every fault at its cell."""
    office, year = _office(identity), _year(identity)
    account, _ = Account.objects.select_for_update().get_or_create(office=office, year=year)
    before = source.taken_before(account)
    if before is not None:
        report.parts.append(_part(office, year, [], before))
        return
    hand_in = read_office(book, identity.contract)
    report.add_warnings(hand_in.findings.warnings)
    report.add_problems(hand_in.findings.problems)
    known = known_schools(office.code)
    faults = check_account(hand_in.told, year, known, hand_in.unread_fields)
    faults += check_letters(hand_in.told, year)
    report.add_problems(hand_in.placed(one.part, one.index, one.field, one.problem) for one in faults)
    doubts = sure(doubts_of(office, year, hand_in.told, known), hand_in.unread_fields)
    report.add_warnings(hand_in.placed(one.part, one.index, one.field, one.problem) for one in doubts)
    if report.problems:
        return
    if hand_in.told == OfficeYear():
        report.add_warnings([NOTHING_FILLED])
    had = values_of(account)
    told = with_later(hand_in.told, had) if identity.contract == "1" else hand_in.told
    kept = {"version": account.version, "told": to_plain(had)}
    changed = record_account(office=office, year=year, told=told, by=by)
    report.parts.append(_part(office, year, changed, source.add_part(account, kept, by) if changed else None))


def put_back_account(part: ImportedPart, by: User) -> int:
    """Undo an office's import; gives the account's version after. ``Refusal`` when something newer rests on it."""
    account = Account.objects.select_for_update().get(pk=part.account_id)
    if account.version != part.version:
        raise Refusal(
            "undo-rested-on",
            f"ยกเลิกการนำเข้าของ {account.office} ไม่ได้ เพราะมีข้อมูลที่ใหม่กว่าบันทึกต่อจากการนำเข้านี้แล้ว",
            "ยกเลิกการนำเข้าที่ใหม่กว่าก่อน หรือแก้ไขด้วยการนำเข้าแฟ้มที่ถูกต้อง",
        )
    before = from_plain(OfficeYear, part.before["told"])
    restore_account(office=account.office, year=account.year, before=before, by=by)
    return account.version + 1


def _part(office: AreaOffice, year: int, changed: list[str], part: ImportedPart | None) -> Part:
    if changed:
        note = f"เปลี่ยนแปลง {len(changed)} แผ่น ({', '.join(_SHEETS[name] for name in changed)})"
    elif part is not None:
        note = f"แฟ้มนี้นำเข้าแล้ว (การนำเข้าที่ {part.pk}) ไม่มีสิ่งใดเปลี่ยน"
    else:
        note = "ไม่มีสิ่งใดเปลี่ยน"
    return Part(office.code, f"{office.name} ปีงบประมาณ {year}", len(changed), "", (), note, part.pk if part else None)


def _office(identity: Identity) -> AreaOffice:
    code = identity.subject
    found = AreaOffice.objects.filter(code=code).first()
    if found is None:
        refusal = Refusal("office-unknown", f"ไม่มีสำนักงานเขตรหัส “{code[:40]}”", "ขอแบบใหม่ของสำนักงานเขต")
        refusal.problem = identity.placed("office", refusal.problem)
        raise refusal
    return found


def _year(identity: Identity) -> int:
    plain = arabic(identity.round)
    if not (plain.isdecimal() and len(plain) == 4 and 2550 <= int(plain) <= 2700):
        refusal = Refusal("year-unknown", f"“{plain[:20]}” ไม่ใช่ปีงบประมาณ", "เขียนปี พ.ศ. สี่หลัก เช่น 2567")
        refusal.problem = identity.placed("year", refusal.problem)
        raise refusal
    return int(plain)
