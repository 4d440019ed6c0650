"""Make the pictures of the guides from the demo province, so that they show the product as it is: ``make pictures``.

Needs LibreOffice (soffice) and poppler-utils (pdftoppm, pdftotext), which only this command uses.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent
PICTURES = HOUSE / "docs" / "pictures"
FONTS = HOUSE / "src" / "khunnaphap" / "paper" / "fonts"
WIDTH = 1000
"""Pixels that a picture is wide at most."""
# (picture, made from, words that stand on the page, pixels that the page is wide, pixels shown from the top or 0 for all)
WORKBOOKS = (
    ("office-activities", "office-520003", "กิจกรรม · สพป.", 2700, 700),
    ("office-occasions", "office-520003", "วันและสถานที่ · สพป.", 1100, 420),
    ("office-money", "office-520003", "เงิน · สพป.", 2000, 320),
    ("school-answers", "school-1052500312", "รอบก่อน", 1500, 620),
    ("verification", "verification-520003", "ข้อสังเกตของผู้ตรวจสอบ", 1400, 520),
    ("register-schools", "register", "รหัสกระทรวง รหัส SMIS", 2000, 420),
    ("framework-indicators", "example-2567", "ลำดับแถวคือลำดับที่พิมพ์", 1000, 520),
)
PAPERS = (
    ("report", "report-52-2567-2", "มีทั้งโรงเรียนในเมืองและโรงเรียนบน", 640, 0),
    ("report-office", "report-52-2567-2", "ได้รับจัดสรรงบประมาณจาก", 640, 0),
    ("summary", "summary-52-2567-2", "สรุปผลการตรวจราชการ", 640, 0),
)


def main() -> int:
    """Make them all; gives 1 when a program is missing."""
    missing = [name for name in ("soffice", "pdftoppm", "pdftotext") if shutil.which(name) is None]
    if missing:
        print(f"not there: {', '.join(missing)} (Debian: libreoffice-calc poppler-utils)", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        _command(home, "demo", "--out", str(home / "out"))
        _command(home, "workbook", "register", "--out", str(home / "out"))
        _command(home, "workbook", "framework", "--out", str(home / "out"))
        for picture, stem, words, wide, high in WORKBOOKS:
            book = next((home / "out").rglob(f"*{stem}*.xlsx"))
            _draw(picture, _as_pdf(book, home), words, (wide, high))
        for picture, stem, words, wide, high in PAPERS:
            _draw(picture, home / "out" / f"{stem}.pdf", words, (wide, high))
    return 0


def _command(home: Path, *arguments: str) -> None:
    record = {**os.environ, "KHUNNAPHAP_HOME": str(home / "record"), "DATABASE_URL": ""}
    subprocess.run([sys.executable, "-m", "khunnaphap", *arguments], env=record, check=True, stdout=subprocess.DEVNULL)


def _as_pdf(book: Path, home: Path) -> Path:
    made = home / "pdf" / f"{book.stem}.pdf"
    if not made.exists():
        profile = f"-env:UserInstallation=file://{home}/office"
        command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(made.parent), str(book)]
        subprocess.run(
            command, env={**os.environ, "FONTCONFIG_FILE": str(_fonts(home))}, check=True, capture_output=True
        )
    return made


def _fonts(home: Path) -> Path:
    """The machine's fonts and ours: another font in its place is wider and taller than the cells that it stands in."""
    made = home / "fonts.conf"
    ours = f"<dir>{FONTS}</dir><cachedir>{home}/fonts</cachedir>"
    head = '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">'
    made.write_text(f"{head}<fontconfig><include>/etc/fonts/fonts.conf</include>{ours}</fontconfig>", "utf-8")
    return made


def _draw(picture: str, pdf: Path, words: str, size: tuple[int, int]) -> None:
    text = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, text=True).stdout
    wanted, (wide, high) = "".join(words.split()), size
    found = [str(number) for number, page in enumerate(text.split("\f"), 1) if wanted in "".join(page.split())]
    if not found:
        raise SystemExit(f"{pdf.name}: no page with “{words}”")
    part = ["-x", "0", "-y", "0", "-W", str(min(wide, WIDTH)), "-H", str(high)] if high else []
    pages = ["-singlefile", "-f", found[0], "-l", found[0], "-scale-to-x", str(wide), "-scale-to-y", "-1"]
    subprocess.run(["pdftoppm", "-png", *pages, *part, str(pdf), str(PICTURES / picture)], check=True)
    print(PICTURES / f"{picture}.png")


if __name__ == "__main__":
    sys.exit(main())
