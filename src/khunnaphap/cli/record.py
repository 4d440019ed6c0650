"""Commands on the record itself: make it, serve it, back it up, bring it back."""

from __future__ import annotations

import argparse

from django.conf import settings
from django.core.management import call_command

from khunnaphap.accounts.queries import system_actor


def make_record() -> None:
    """Create or upgrade the database, and enter what ships with the product; safe to call again."""
    from khunnaphap.assessments.actions import count_again
    from khunnaphap.frameworks.actions import enter_edition, publish_edition
    from khunnaphap.frameworks.models import Edition
    from khunnaphap.frameworks.queries import EXAMPLE, shipped_edition
    from khunnaphap.organisations.actions import enter_places
    from khunnaphap.organisations.models import District

    call_command("migrate", interactive=False, verbosity=0)
    actor = system_actor()
    count_again(by=actor)
    if not District.objects.exists():
        enter_places(by=actor)
    if not Edition.objects.filter(code=EXAMPLE).exists():
        publish_edition(edition=enter_edition(content=shipped_edition(), by=actor), by=actor)


def init(chosen: argparse.Namespace) -> int:
    """Make the record."""
    make_record()
    print(f"ที่เก็บข้อมูลพร้อมใช้: {settings.DATABASES['default']['NAME']}")
    return 0


def check(chosen: argparse.Namespace) -> int:
    """Compute every stored colour again from its levels; 1 when one does not follow."""
    from khunnaphap.assessments.recounting import recount

    parts = list(recount())
    differing = [wrong for part in parts for wrong in part.differing]
    for wrong in differing:
        print(f"ไม่ตรง: {wrong.assessment} บันทึกไว้ว่า {wrong.colour or 'ยังจัดกลุ่มไม่ได้'}")
    print(f"คำนวณซ้ำ {sum(part.counted for part in parts):,} รายการ ไม่ตรง {len(differing):,} รายการ")
    return 1 if differing else 0


def serve(chosen: argparse.Namespace) -> int:
    """Serve the start page on this machine only."""
    from khunnaphap.config.serving import serve_forever

    if chosen.out:
        settings.OUT_DIR = chosen.out.resolve()
    serve_forever(chosen.port)
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
