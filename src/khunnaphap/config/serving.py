"""Serving on this machine: waitress, on loopback only."""

from __future__ import annotations

import sys

import waitress

from .wsgi import application

HOST = "127.0.0.1"


def serve_forever(port: int) -> None:
    """Serve until interrupted; says where, and what to do when the port is taken."""
    try:
        server = waitress.create_server(application, host=HOST, port=port, threads=4)
    except OSError:
        print(f"เปิดพอร์ต {port} ไม่ได้ มีโปรแกรมอื่นใช้อยู่\n  ใช้พอร์ตอื่น: khunnaphap serve --port {port + 1}", file=sys.stderr)
        raise SystemExit(1) from None
    print(f"เปิดหน้าเริ่มต้นที่ http://localhost:{port} (กด Ctrl+C เพื่อหยุด)", flush=True)
    try:
        server.run()
    except KeyboardInterrupt:
        pass
    finally:
        server.close()
