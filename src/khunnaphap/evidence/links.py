"""Web addresses as evidence: what a person may safely be sent to."""

from __future__ import annotations

from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit

from khunnaphap.core.problems import Refusal

from .limits import MAX_URL

_COPY: Final = "คัดลอกที่อยู่เต็มจากช่องที่อยู่ของเบราว์เซอร์ เช่น https://www.youtube.com/watch?v=…"


def checked_url(url: str) -> str:
    """A web address without spaces around it; ``Refusal`` for none, a password in it, one too long, or a private one."""
    address = url.strip()
    if len(address) > MAX_URL:
        raise Refusal("link-too-long", f"ลิงก์ยาวเกิน {MAX_URL:,} อักขระ", "ใช้ลิงก์แบบสั้นที่บริการนั้นให้ (ปุ่ม “แชร์”)")
    if not address or any(one.isspace() or not one.isprintable() or one in '"<>\\^`{|}' for one in address):
        raise _no_link(address)
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise _no_link(address) from error
    if parts.scheme not in ("http", "https") or not host:
        raise _no_link(address)
    if "@" in parts.netloc:
        raise Refusal("link-with-password", "ลิงก์มีชื่อผู้ใช้หรือรหัสผ่านอยู่ในที่อยู่", "ลบส่วนที่อยู่หน้า @ ออก แล้วส่งใหม่")
    if _is_at_home(host.rstrip(".").lower()):
        raise Refusal(
            "link-private",
            f"“{host}” เป็นที่อยู่ภายในเครื่องหรือเครือข่ายของโรงเรียน ผู้ตรวจสอบเปิดไม่ได้",
            "ใช้ลิงก์ที่เปิดได้จากอินเทอร์เน็ต เช่น Google Drive หรือ YouTube หรือแนบเป็นแฟ้ม",
        )
    return address


def _is_at_home(host: str) -> bool:
    """A name or a number that leads nowhere from another network."""
    try:
        return not ip_address(host).is_global
    except ValueError:
        return "." not in host or host.rpartition(".")[2] in ("local", "localhost", "lan", "internal", "home")


def _no_link(address: str) -> Refusal:
    shown = "".join(one if one.isprintable() else "?" for one in address[:60])
    return Refusal("link-unreadable", f"“{shown}” ไม่ใช่ลิงก์ที่ขึ้นต้นด้วย https:// หรือ http://", _COPY)
