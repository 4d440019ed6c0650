"""Clients that save answers through the whole stack of a served record: session, CSRF, permission, version, audit."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

ROOT = Path(__file__).resolve().parent.parent
WORKERS = 4
"""What ``khunnaphap serve`` starts on a machine with two cores."""


@dataclass(frozen=True)
class Visitor:
    """A signed-in person with a school's assessment to answer."""

    session: str
    csrf: str
    base: str


@dataclass
class Done:
    """What the clients saw: seconds of each acknowledged save, and how many were not taken."""

    seconds: list[float] = field(default_factory=list)
    failed: dict[int, int] = field(default_factory=dict)
    elapsed: float = 0.0

    @property
    def rate(self) -> float:
        """Acknowledged saves a second."""
        return len(self.seconds) / self.elapsed

    def percentile(self, part: float) -> float:
        """Milliseconds within which this part of the saves was acknowledged."""
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, int(part * len(ordered)))] * 1000


def free_port() -> int:
    """A port on loopback that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(environment: dict[str, str], workers: int = WORKERS, application: str = "") -> Iterator[int]:
    """The product as ``khunnaphap serve`` serves it on loopback, or another application likewise; gives the port."""
    port = free_port()
    command = [sys.executable, "-m", "khunnaphap", "serve", "--port", str(port), "--workers", str(workers)]
    if application:
        command = [
            sys.executable, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}",
            "--workers", str(workers), "--preload", "--log-level", "error", "--backlog", "512",
        ]  # fmt: skip
    server = subprocess.Popen(command, env={**os.environ, **environment}, cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        _wait_for(port)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait_for(port: int) -> None:
    for _ in range(1200):  # serving collects the static files first
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("the server did not come up")


def storm(port: int, visitors: Sequence[Visitor], indicators: Sequence[str], saves: int) -> Done:
    """Each visitor in a thread saves the indicators over and over, each save in the version that the last one left."""
    done, lock = Done(), threading.Lock()

    def work(visitor: Visitor) -> None:
        versions = dict.fromkeys(indicators, 0)
        for turn in range(saves):
            indicator = indicators[turn % len(indicators)]
            began = time.perf_counter()
            status = save(port, visitor, indicator, versions[indicator], level=turn // len(indicators) % 5 + 1)
            took = time.perf_counter() - began
            with lock:
                if status == 200:
                    versions[indicator] += 1
                    done.seconds.append(took)
                else:
                    done.failed[status] = done.failed.get(status, 0) + 1

    threads = [threading.Thread(target=work, args=(visitor,)) for visitor in visitors]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    done.elapsed = time.perf_counter() - began
    return done


def save(port: int, visitor: Visitor, indicator: str, version: int, level: int, key: str = "") -> int:
    """One save as the page's script sends it; gives the status (0 when the connection broke)."""
    body = urlencode(
        {
            "level": level,
            "reason": "",
            "remark": f"ตามที่เห็นจริง {version}",
            "version": version,
            "save": key or str(uuid4()),
        }
    )
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": f"sessionid={visitor.session}; csrftoken={visitor.csrf}",
        "X-CSRFToken": visitor.csrf,
        "HX-Request": "true",
        "Host": "localhost",
    }
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("POST", f"{visitor.base}indicators/{indicator}/", body, headers)
        answer = connection.getresponse()
        answer.read()
        return answer.status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        connection.close()
