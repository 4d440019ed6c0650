"""The report to DOCX and PDF, warm, against a plain python-docx script of the same blocks."""

from __future__ import annotations

import bisect
import io
import statistics
import time
from dataclasses import replace
from pathlib import Path

import docx

from khunnaphap.core.document import Document, Heading, ItemList, Paragraph, Table
from khunnaphap.paper.docx import to_docx
from khunnaphap.paper.pdf import page_count, to_pdf

from .measuring import Table as Results
from .measuring import child, median_seconds


def run(home: Path) -> list[Results]:
    """The demo's report; every run has another title, so that nothing is answered from a cache."""
    document = _report(home)
    table = Results(f"Papers (the demo province's report, {page_count(document)} pages, warm)")
    number = iter(range(10_000))

    def fresh() -> Document:
        return replace(document, title=f"{document.title} {next(number)}")

    seconds = median_seconds(lambda: to_pdf(fresh()))
    table.add("PDF (typst, PDF/A-2a and PDF/UA-1)", f"{seconds * 1e3:.0f} ms")
    short = _first_pages(document, 36)
    seconds = median_seconds(lambda: to_pdf(replace(short, title=f"{short.title} {next(number)}")))
    table.add(f"PDF of its first {page_count(short)} pages", f"{seconds * 1e3:.0f} ms", "36 pages < 300 ms")

    ours = statistics.median(_docx_after_pdf(fresh()) for _ in range(7))
    plain = median_seconds(lambda: _plain_docx(document))
    table.add("DOCX beside the PDF (its contents take the PDF's page numbers)", f"{ours * 1e3:.0f} ms", "< 100 ms")
    table.add("DOCX alone", f"{median_seconds(lambda: to_docx(fresh())) * 1e3:.0f} ms", "< 100 ms")
    table.add("DOCX by a plain python-docx script", f"{plain * 1e3:.0f} ms, ours beside the PDF {plain / ours:.1f}x")
    cold = child(
        "report",
        "--province",
        "52",
        "--inspection",
        "2567/2",
        "--out",
        str(home / "cold"),
        home=home / "record",
    )
    table.add("both, from the record, cold process", f"{cold.seconds:.2f} s, {cold.megabytes:.0f} MB")
    return [table]


def _first_pages(document: Document, pages: int) -> Document:
    """As many of its blocks, from the first on, as fill this many pages."""
    end = bisect.bisect_right(
        range(len(document.blocks) + 1),
        pages,
        key=lambda end: page_count(replace(document, blocks=document.blocks[:end])),
    )
    return replace(document, blocks=document.blocks[: end - 1])


def _docx_after_pdf(document: Document) -> float:
    """Seconds of the DOCX alone, right after the PDF of the same tree."""
    to_pdf(document)
    began = time.perf_counter()
    to_docx(document)
    return time.perf_counter() - began


def _report(home: Path) -> Document:
    child("demo", "--out", str(home / "out"), "--json", home=home / "record")
    from khunnaphap.accounts.queries import system_actor
    from khunnaphap.reporting.actions import write_report
    from khunnaphap.reporting.queries import inspection_named, province_coded

    return write_report(
        province=province_coded("52"), inspection=inspection_named("2567/2"), by=system_actor()
    ).document


def _plain_docx(document: Document) -> bytes:
    paper = docx.Document()
    for block in document.blocks:
        match block:
            case Heading(level, text, number):
                paper.add_heading(f"{number} {text}".strip(), level)
            case Paragraph(text, lead):
                paragraph = paper.add_paragraph()
                paragraph.add_run(lead).bold = True
                paragraph.add_run(text)
            case ItemList(items):
                for item in items:
                    paper.add_paragraph(item, "List Bullet")
            case Table(_, columns, rows):
                table = paper.add_table(len(rows) + 1, len(columns))
                for cell, column in zip(table.rows[0].cells, columns, strict=True):
                    cell.text = column.title
                for row, texts in zip(table.rows[1:], rows, strict=True):
                    for cell, each in zip(row.cells, texts, strict=True):
                        cell.text = each.text
    stream = io.BytesIO()
    paper.save(stream)
    return stream.getvalue()
