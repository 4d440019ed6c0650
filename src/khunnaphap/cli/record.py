"""Commands on the record itself: make it, serve it, back it up, bring it back."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from khunnaphap.accounts.mailing import mail_leaves
from khunnaphap.accounts.queries import system_actor
from khunnaphap.cli.parser import DEMO_OUT, wrong_usage
from khunnaphap.core.problems import Refusal


def make_record() -> None:
    """Create or upgrade the database, and enter what ships with the product; safe to call again."""
    from khunnaphap.assessments.actions import count_again
    from khunnaphap.frameworks.actions import enter_edition, publish_edition
    from khunnaphap.frameworks.models import Edition
    from khunnaphap.frameworks.queries import EXAMPLE, shipped_edition, shipped_wording
    from khunnaphap.organisations.actions import enter_places
    from khunnaphap.organisations.models import District

    call_command("migrate", interactive=False, verbosity=0)
    actor = system_actor()
    count_again(by=actor)
    if not District.objects.exists():
        enter_places(by=actor)
    if not Edition.objects.filter(code=EXAMPLE).exists():
        edition = enter_edition(content=shipped_edition(), wording=shipped_wording(), by=actor)
        publish_edition(edition=edition, by=actor)


def init(chosen: argparse.Namespace) -> int:
    """Make the record."""
    make_record()
    print(f"ที่เก็บข้อมูลพร้อมใช้: {settings.DATABASES['default']['NAME']}")
    return 0


def check(chosen: argparse.Namespace) -> int:
    """Compute every stored colour again, hold approvals against their hashes, follow the chain; 1 where anything is wrong."""
    from khunnaphap.assessments.approvals import hold_approvals
    from khunnaphap.assessments.recounting import colour_title, recount
    from khunnaphap.audit.checking import follow_chain

    parts = list(recount())
    differing = [wrong for part in parts for wrong in part.differing]
    for wrong in differing:
        print(f"ไม่ตรง: {wrong.assessment} บันทึกไว้ว่า {colour_title(wrong) or 'ยังจัดกลุ่มไม่ได้'}")
    print(f"คำนวณซ้ำ {sum(part.counted for part in parts):,} รายการ ไม่ตรง {len(differing):,} รายการ")
    held = hold_approvals()
    for fault in held.faults:
        print(f"ไม่ตรงกับที่รับรอง: {fault}")
    print(f"ตรวจผลที่รับรองแล้ว {held.approvals:,} รายการ พบสิ่งผิดปกติ {len(held.faults):,} รายการ")
    chain = follow_chain(chosen.head)
    for fault in chain.faults:
        print(f"ลูกโซ่เหตุการณ์: {fault}")
    print(f"ตรวจลูกโซ่เหตุการณ์ {chain.events:,} รายการ พบสิ่งผิดปกติ {len(chain.faults):,} รายการ")
    if not mail_leaves():
        print(
            "อีเมลไม่ออกจากเครื่องนี้ ที่ระบบยังเขียนไว้ (เช่น ยืนยันอีเมลใหม่) เก็บเป็นแฟ้มใน KHUNNAPHAP_HOME/mail ตั้งค่า KHUNNAPHAP_MAIL เพื่อส่งจริง"
        )
    print(f"ค่าท้ายลูกโซ่ (จดเก็บไว้นอกเครื่องนี้): {chain.head}")
    return 1 if differing or held.faults or chain.faults else 0


def serve(chosen: argparse.Namespace) -> int:
    """Serve the site; with ``--demo`` the demo's record alone, whose people anybody may sign in as."""
    from khunnaphap.config.serving import serve_forever
    from khunnaphap.demo.people import is_demo_record
    from khunnaphap.web.assets import collect

    settings.DEMO = chosen.demo or settings.DEMO
    if settings.DEMO and not is_demo_record():
        raise Refusal(
            "record-not-demo",
            "ที่เก็บข้อมูลนี้ไม่ใช่ของจังหวัดสาธิต จึงไม่เปิดให้เข้าสู่ระบบโดยไม่มีรหัสผ่าน",
            "ใช้ khunnaphap serve โดยไม่มี --demo หรือสร้างจังหวัดสาธิตใน KHUNNAPHAP_HOME อื่น",
        )
    os.environ["KHUNNAPHAP_DEMO"] = "1" if settings.DEMO else ""
    if out := shown_folder(chosen.out):
        settings.OUT_DIR = out.resolve()
    if "KHUNNAPHAP_URL" not in os.environ:
        settings.SITE_URL = f"http://localhost:{chosen.port}"  # links that people are given must open
    collect()
    return serve_forever(chosen.host, chosen.port, chosen.workers)


def shown_folder(named: Path | None) -> Path | None:
    """The folder whose files the site shows: the one named, else where ``demo`` writes, else as the settings say."""
    written = settings.DEMO and "KHUNNAPHAP_OUT" not in os.environ
    return named or (DEMO_OUT if written else None)


def first_admin(chosen: argparse.Namespace) -> int:
    """Print a link, good for one day and one use, that makes its opener an administrator."""
    from django.urls import reverse

    from khunnaphap.accounts.actions import FIRST_LINK_HOURS, invite_first_administrator

    token = invite_first_administrator(again=chosen.again, by=system_actor())
    print(f"เปิดลิงก์นี้เพื่อตั้งบัญชีผู้ดูแลระบบ ใช้ได้ครั้งเดียวภายใน {FIRST_LINK_HOURS} ชั่วโมง อย่าส่งต่อให้ผู้อื่น:")
    print(f"{settings.SITE_URL}{reverse('invitation', args=[token])}")
    return 0


def remind(chosen: argparse.Namespace) -> int:
    """Remind the schools that have still to hand in, until two weeks after their round's last day; for cron."""

    from django.utils import timezone

    from khunnaphap.assessments.models import Round
    from khunnaphap.assessments.reminding import FORTNIGHT, send_reminders

    now = timezone.now()
    current = Round.objects.filter(opens__lte=now, closes__gt=now - FORTNIGHT, closed_at=None)
    for round_ in current.order_by("opens"):
        sent = send_reminders(round_=round_, by=system_actor(), within_days=chosen.within)
        print(f"รอบ {round_.name}: เตือนแล้ว {len(sent):,} คน ส่งอีเมล {sum(bool(one.address) for one in sent):,} ฉบับ")
    return 0


def tidy(chosen: argparse.Namespace) -> int:
    """Delete what nobody needs any more: files of removed evidence, stray files, ended sessions; for cron."""
    from datetime import timedelta

    from django.utils import timezone

    from khunnaphap.accounts.actions import end_invitations
    from khunnaphap.accounts.leaving import forget_on_disk
    from khunnaphap.accounts.sessions import end_old_sessions
    from khunnaphap.evidence.actions import purge_removed
    from khunnaphap.evidence.tidying import delete_orphans
    from khunnaphap.web.reads import forget

    if chosen.days < 0:
        wrong_usage("--days ต้องเป็นจำนวนวันตั้งแต่ 0 ขึ้นไป")
    before = timezone.now() - timedelta(days=chosen.days)
    purged = purge_removed(before=before, by=system_actor())
    print(f"ลบแฟ้มของหลักฐานที่ลบเกิน {chosen.days:,} วันแล้ว: {purged:,} รายการ")
    print(f"ลบแฟ้มค้างที่ไม่มีรายการใดใช้: {delete_orphans():,} แฟ้ม")
    print(f"สิ้นสุดคำเชิญที่ใช้ไม่ได้แล้ว: {end_invitations(by=system_actor()):,} รายการ")
    print(f"ลบการเข้าสู่ระบบที่หมดอายุ: {end_old_sessions():,} รายการ")
    forget_on_disk()
    print(f"ลบบันทึกการเปิดดู: {forget(before):,} เดือน")
    return 0


def backup(chosen: argparse.Namespace) -> int:
    """Write the whole record into one file."""
    from khunnaphap.exchange.backups import write_backup

    made = write_backup(chosen.file)
    print(f"สำรองข้อมูลแล้ว: {chosen.file} ({made.rows:,} แถว {made.files:,} แฟ้ม)")
    return 0


def restore(chosen: argparse.Namespace) -> int:
    """Bring a backup back in place of the record."""
    from khunnaphap.exchange.backups import restore_backup

    call_command("migrate", interactive=False, verbosity=0)
    made = restore_backup(chosen.file)
    print(f"นำข้อมูลสำรองกลับแล้ว: {made.rows:,} แถว {made.files:,} แฟ้ม")
    return 0
