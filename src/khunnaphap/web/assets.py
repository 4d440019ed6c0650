"""Static files as they are served: fonts cut to what pages need, all of it hashed and compressed into one folder."""

from __future__ import annotations

import shutil
from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.core.management import call_command
from whitenoise.storage import CompressedManifestStaticFilesStorage

WEIGHTS = ("Regular", "Bold")
_KEPT = [*range(0x20, 0x7F), *range(0xA0, 0x100), *range(0xE00, 0xE5C), *range(0x2010, 0x2027), 0x2030, 0x2039, 0x203A, 0x20AC, 0x2190, 0x2191, 0x2192, 0x2193, 0x2212, 0x25CC]  # fmt: skip


class Hashed(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Names with their hash once collected; plain names until then (tests, a fresh installation)."""

    manifest_strict = False

    def url(self, name: str | None, force: bool = False) -> str:
        """The address of a file."""
        if not self.hashed_files:
            return str(FileSystemStorage.url(self, name))
        return str(super().url(name, force))


def make_fonts(folder: Path) -> None:
    """Sarabun as woff2, cut to Thai, Latin, digits and signs, with its licence beside it; nothing if it is there."""
    import fontpkg_sarabun
    from fontTools import subset

    folder.mkdir(parents=True, exist_ok=True)
    source = Path(fontpkg_sarabun.ROOT)
    for weight in WEIGHTS:
        made = folder / f"Sarabun-{weight}.woff2"
        if made.exists():
            continue
        options = subset.Options(flavor="woff2", hinting=False, layout_features=["*"], recalc_timestamp=False)
        font = subset.load_font(str(source / "files" / f"Sarabun-{weight}.ttf"), options)
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=_KEPT)
        cutter.subset(font)
        part = made.with_suffix(".part")
        subset.save_font(font, str(part), options)
        font.close()
        part.replace(made)
    shutil.copyfile(source / "LICENSE", folder / "Sarabun-OFL.txt")


def collect() -> None:
    """Make the fonts, then put every static file into STATIC_ROOT, hashed and compressed."""
    make_fonts(settings.ASSETS / "fonts")
    call_command("collectstatic", interactive=False, verbosity=0)
