"""The backend that settings name: Django's, but for how a writer waits for the one before it."""

from __future__ import annotations

import time

from django.db import OperationalError
from django.db.backends.sqlite3 import base

LOOKS_EVERY = 0.001
"""Seconds between two looks whether the writer before has ended."""


class DatabaseWrapper(base.DatabaseWrapper):
    """SQLite waits ever longer between two looks (1, 2, 5 … 100 ms), while a save takes 2: the database lies idle, and who
    has waited longest looks least often. Here every writer looks at the same short intervals, until ``timeout``.
    """

    def _start_transaction_under_autocommit(self) -> None:
        patience = self.settings_dict["OPTIONS"].get("timeout", 5)
        last = time.monotonic() + patience
        with self.wrap_database_errors:
            self.connection.execute("PRAGMA busy_timeout = 0")
        try:
            while True:
                try:
                    return super()._start_transaction_under_autocommit()
                except OperationalError as error:
                    if "locked" not in str(error) or time.monotonic() > last:
                        raise
                time.sleep(LOOKS_EVERY)
        finally:
            with self.wrap_database_errors:
                self.connection.execute(f"PRAGMA busy_timeout = {int(patience * 1000)}")
