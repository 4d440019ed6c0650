"""What a database file leaves behind of rows that were taken away."""

from __future__ import annotations

from django.db import connection


def forget_on_disk() -> None:
    """Empty SQLite's write-ahead log, in which older pages wait; deleted rows themselves are overwritten (``secure_delete``).

    A reader that is in the middle of something keeps the log until it is done: it is emptied at the next erasure, or by
    ``tidy``. PostgreSQL overwrites dead rows by its own vacuum.
    """
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
