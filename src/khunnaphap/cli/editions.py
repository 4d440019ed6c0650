"""Commands of editions: the list, a workbook out, two compared, a draft published, an edition confirmed."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from khunnaphap.accounts.queries import system_actor
from khunnaphap.core.comparison import as_data, compare_editions, in_words
from khunnaphap.core.problems import Refusal
from khunnaphap.exchange.editions import framework_form
from khunnaphap.frameworks.actions import confirm_edition, publish_edition
from khunnaphap.frameworks.models import Edition
from khunnaphap.frameworks.queries import edition_coded, framework_of, newest_published
from khunnaphap.sheets.framework_form import write_framework


def framework_workbook(code: str | None, out: Path) -> tuple[Path, bytes]:
    """The workbook of an edition (the newest published one without a code), and where it goes.

    ``out`` is the file, or the folder for it where it does not end with .xlsx.
    """
    edition = edition_coded(code) if code else newest_published()
    if edition is None:
        raise Refusal("edition-unknown", "ยังไม่มีเกณฑ์ที่ประกาศใช้", "ใช้คำสั่ง khunnaphap init ก่อน หรือระบุ --edition")
    path = out if out.suffix.lower() == ".xlsx" else out / f"framework-{edition.code}.xlsx"
    return path, write_framework(framework_form(edition))


def editions(chosen: argparse.Namespace) -> int:
    """List the editions: code, title, draft or published, confirmed or not."""
    found = list(Edition.objects.defer("content").order_by("code"))
    if chosen.json:
        told = [
            {
                "code": one.code,
                "title": one.title,
                "status": one.status,
                "published_at": one.published_at.isoformat() if one.published_at else None,
                "confirmed": one.confirmed_at is not None,
                "digest": one.digest,
            }
            for one in found
        ]
        print(json.dumps({"editions": told}, ensure_ascii=False, indent=2))
        return 0
    for one in found:
        confirmed = "สพฐ. ยืนยันแล้ว" if one.confirmed_at else "รอยืนยันจาก สพฐ."
        print(f"{one.code} · {one.get_status_display()} · {confirmed} · {one.title}")
    return 0


def compare(chosen: argparse.Namespace) -> int:
    """Tell how the new edition differs from the old one."""
    old, new = (framework_of(edition_coded(code)) for code in (chosen.old, chosen.new))
    comparison = compare_editions(old, new)
    if chosen.json:
        print(json.dumps(as_data(comparison), ensure_ascii=False, indent=2))
    else:
        print(f"{new.code} {new.title}")
        print("\n".join(f"  {line}" for line in in_words(comparison)))
    return 0


def publish(chosen: argparse.Namespace) -> int:
    """Publish a draft edition."""
    edition = publish_edition(edition=edition_coded(chosen.code), by=system_actor())
    print(f"ประกาศใช้ “{edition.title}” (รหัส {edition.code}) แล้ว จากนี้แก้ไขฉบับนี้ไม่ได้")
    return 0


def confirm(chosen: argparse.Namespace) -> int:
    """Confirm an edition in OBEC's name."""
    edition = confirm_edition(edition=edition_coded(chosen.code), by=system_actor())
    print(f"ยืนยัน “{edition.title}” แล้ว")
    return 0
