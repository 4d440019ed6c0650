"""Writers of SQLite look for their turn at the same short intervals, and give up after the timeout with nothing changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import ConnectionHandler

from khunnaphap.config.sqlite3 import base

TIMEOUT = 20


@pytest.fixture
def two(tmp_path: Path, django_db_blocker) -> Iterator[tuple[BaseDatabaseWrapper, BaseDatabaseWrapper]]:
    """Two connections to one file, as settings make them."""
    options = {"transaction_mode": "IMMEDIATE", "timeout": TIMEOUT, "init_command": "PRAGMA journal_mode=WAL"}
    named = {"ENGINE": "khunnaphap.config.sqlite3", "NAME": tmp_path / "record.sqlite3", "OPTIONS": options}
    connections = ConnectionHandler({"default": named, "other": named})
    found = connections["default"], connections["other"]
    with django_db_blocker.unblock():
        found[0].cursor().execute("CREATE TABLE kept (what TEXT)")
        yield found
        for one in found:
            one.close()


def _write(connection: BaseDatabaseWrapper, what: str) -> None:
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    connection.cursor().execute("INSERT INTO kept VALUES (%s)", [what])


def _commit(connection: BaseDatabaseWrapper) -> None:
    connection.commit()
    connection.set_autocommit(True)


def _patience(connection: BaseDatabaseWrapper) -> int:
    return int(connection.cursor().execute("PRAGMA busy_timeout").fetchone()[0])


def test_a_writer_comes_in_as_soon_as_the_one_before_has_ended(two, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = two
    waits: list[float] = []

    def sleep(seconds: float) -> None:
        waits.append(seconds)
        if len(waits) == 30:
            _commit(first)

    monkeypatch.setattr(base.time, "sleep", sleep)
    _write(first, "the first")
    _write(second, "the second")
    _commit(second)
    assert waits == [base.LOOKS_EVERY] * 30
    assert [row[0] for row in first.cursor().execute("SELECT what FROM kept")] == ["the first", "the second"]
    assert _patience(second) == TIMEOUT * 1000


def test_after_the_timeout_it_is_told_that_the_database_is_locked(two, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = two
    looked = [0]
    monkeypatch.setattr(base.time, "sleep", lambda seconds: looked.append(looked[-1] + 7))
    monkeypatch.setattr(base.time, "monotonic", lambda: looked[-1])
    _write(first, "the first")
    with pytest.raises(OperationalError, match="database is locked"):
        _write(second, "the second")
    assert looked == [0, 7, 14, 21], "the first look after the timeout is the last"
    assert _patience(second) == TIMEOUT * 1000
    _commit(first)
    assert [row[0] for row in second.cursor().execute("SELECT what FROM kept")] == ["the first"]


def test_another_error_is_not_waited_for(two, monkeypatch: pytest.MonkeyPatch) -> None:
    first, _ = two
    monkeypatch.setattr(base.time, "sleep", lambda seconds: pytest.fail("waited"))
    first.cursor().execute("BEGIN")
    with pytest.raises(OperationalError, match="within a transaction"):
        first._start_transaction_under_autocommit()
