"""Serving: gunicorn with a few processes; TLS is the proxy's in front of it."""

from __future__ import annotations

import gc
import os
import socket
import sys
from typing import Any

MOST_WORKERS = 4


def default_workers() -> int:
    """Twice as many processes as cores, at most four: SQLite has one writer anyway."""
    return min(2 * (os.cpu_count() or 1), MOST_WORKERS)


def serve_forever(host: str, port: int, workers: int | None) -> int:
    """Serve until interrupted; says where, and what to do when the port is taken."""
    try:
        import gunicorn.app.base
    except ImportError:  # Windows: no fork
        print("ระบบนี้เปิดให้บริการบน Linux หรือ macOS เท่านั้น\n  บน Windows ใช้ WSL", file=sys.stderr)
        return 1
    if not _is_free(host, port):
        print(f"เปิดพอร์ต {port} ไม่ได้ มีโปรแกรมอื่นใช้อยู่\n  ใช้พอร์ตอื่น: khunnaphap serve --port {port + 1}", file=sys.stderr)
        return 1

    class Served(gunicorn.app.base.BaseApplication):  # type: ignore[misc]
        """Our application under gunicorn, with our settings only."""

        def load_config(self) -> None:
            """What gunicorn is told."""
            for name, value in _told(host, port, workers or default_workers()).items():
                self.cfg.set(name, value)

        def load(self) -> Any:
            """The application, loaded once before the processes part; no connection is shared by them."""
            from django.db import connections

            from .wsgi import application

            connections.close_all()
            gc.collect()
            gc.freeze()  # what is loaded stays: no process looks through it again, and its pages stay shared
            return application

    print(f"เปิดที่ http://{'localhost' if host == '127.0.0.1' else host}:{port} (กด Ctrl+C เพื่อหยุด)", flush=True)
    Served().run()
    return 0


def _told(host: str, port: int, workers: int) -> dict[str, Any]:
    return {
        "bind": f"[{host}]:{port}" if ":" in host else f"{host}:{port}",
        "workers": workers,
        "preload_app": True,
        "accesslog": None,
        "loglevel": "warning",
        "timeout": 120,
        "graceful_timeout": 30,
        "max_requests": 20_000,
        "max_requests_jitter": 2_000,
        "control_socket_disable": True,
    }


def _is_free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((host, port))
        except OSError:
            return False
    return True
