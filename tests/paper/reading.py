"""Reads papers as their readers' programs do, for the tests."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from typing import Any

import pypdf
from pypdf.generic import ContentStream


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page in the order of its content: by pdftotext where it is installed, else by ``_Reader``."""
    if shutil.which("pdftotext"):
        command = ["pdftotext", "-raw", "-enc", "UTF-8", "-", "-"]
        run = subprocess.run(command, input=pdf, capture_output=True, check=True)
        return run.stdout.decode("utf-8").split("\f")[:-1]
    return [_Reader(page).text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def joins_to(lines: list[str], source: str) -> bool:
    """Whether printed lines are the source, character by character but for the spaces that line ends swallow."""
    return bool(re.fullmatch("[ \n]*".join(re.escape(line.strip()) for line in lines), source.strip()))


class _Reader:
    """Reads a page by ToUnicode and ActualText; pypdf alone passes over ActualText, and doubles Thai vowels so."""

    def __init__(self, page: pypdf.PageObject) -> None:
        self._page = page
        self._fonts = {name: _to_unicode(font.get_object()) for name, font in page["/Resources"]["/Font"].items()}
        self._font: dict[str, str] = {}
        self._heights: list[float] = [0.0]
        self._spans: list[str | None] = []
        self._lines: list[tuple[float, str]] = []

    def text(self) -> str:
        for operands, operator in ContentStream(self._page.get_contents(), self._page.pdf).operations:
            getattr(self, f"_{operator.decode()}", lambda *_: None)(*operands)
        return "\n".join(line for _, line in self._lines)

    def _q(self) -> None:
        self._heights.append(self._heights[-1])

    def _Q(self) -> None:
        self._heights.pop()

    def _cm(self, *matrix: float) -> None:
        self._heights[-1] += float(matrix[5])

    def _Tf(self, name: str, _size: float) -> None:
        self._font = self._fonts[name]

    def _BDC(self, _tag: str, properties: Any) -> None:
        actual = properties.get("/ActualText") if isinstance(properties, dict) else None
        if actual is not None and not any(self._spans):
            self._write(str(actual))
        self._spans.append(None if actual is None else str(actual))

    def _BMC(self, _tag: str) -> None:
        self._spans.append(None)

    def _EMC(self) -> None:
        self._spans.pop()

    def _Tj(self, codes: Any) -> None:
        self._TJ([codes])

    def _TJ(self, parts: list[Any]) -> None:
        if any(self._spans):
            return
        for part in parts:
            if not isinstance(part, (int, float)):
                code = part.original_bytes.hex().upper()
                self._write("".join(self._font[code[at : at + 4]] for at in range(0, len(code), 4)))

    def _write(self, text: str) -> None:
        height = self._heights[-1]
        if self._lines and abs(self._lines[-1][0] - height) < 3:
            self._lines[-1] = (height, self._lines[-1][1] + text)
        else:
            self._lines.append((height, text))


def _to_unicode(font: Any) -> dict[str, str]:
    """Code (four hexadecimal digits) -> text."""
    table = font["/ToUnicode"].get_data().decode("ascii")
    pairs = re.findall(r"^<([0-9A-F]{4})> <([0-9A-F]+)>$", table, re.MULTILINE)
    found = {code: bytes.fromhex(text).decode("utf-16-be") for code, text in pairs}
    for first, last, start in re.findall(r"^<([0-9A-F]{4})> <([0-9A-F]{4})> <([0-9A-F]+)>$", table, re.MULTILINE):
        for step in range(int(last, 16) - int(first, 16) + 1):
            found[f"{int(first, 16) + step:04X}"] = chr(int(start, 16) + step)
    return found
