"""Nothing that a person edited is ever overwritten."""

from __future__ import annotations

from pathlib import Path

import pytest

from khunnaphap.reporting.keeping import edited_in, put


def test_what_is_as_it_was_written_is_renewed_without_a_word(tmp_path: Path) -> None:
    path = tmp_path / "a" / "report.docx"
    assert [put(path, content) for content in (b"1", b"2", b"2")] == [None, None, None]
    assert path.read_bytes() == b"2"
    assert [one.name for one in path.parent.glob("[!.]*")] == ["report.docx"]


def test_what_a_person_edited_is_kept_beside_under_a_name_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    put(path, b"1")
    for number, typed in enumerate((b"mine", b"mine again"), 1):
        path.write_bytes(typed)
        assert list(edited_in(tmp_path)) == [path]
        kept = put(path, b"2")
        assert kept is not None
        assert (kept.name, kept.read_bytes(), path.read_bytes()) == (f"report (ฉบับแก้ไข {number}).docx", typed, b"2")
    assert list(edited_in(tmp_path)) == []


def test_a_file_that_nobody_remembers_is_kept_unless_it_is_the_same(tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    path.write_bytes(b"whose")
    kept = put(path, b"1")
    assert kept is not None
    assert kept.read_bytes() == b"whose"
    other = tmp_path / "same.docx"
    other.write_bytes(b"1")
    assert put(other, b"1") is None


def test_edited_back_to_an_older_writing_is_still_an_edit(tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    put(path, b"1")
    put(path, b"2")
    path.write_bytes(b"1")
    assert put(path, b"3") is not None


def test_a_fault_while_writing_loses_neither(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "report.docx"
    put(path, b"1")
    path.write_bytes(b"mine")

    def fails(*_: object) -> None:
        raise OSError(28, "full")

    with monkeypatch.context() as patched:
        patched.setattr("os.replace", fails)
        with pytest.raises(OSError, match="full"):
            put(path, b"2")
    assert b"mine" in [one.read_bytes() for one in tmp_path.glob("report*")]
    assert put(path, b"2") is None
    assert path.read_bytes() == b"2"
