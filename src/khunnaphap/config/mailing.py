"""How mail leaves: from the address in ``KHUNNAPHAP_MAIL``, to Django's settings."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

_BACKENDS = "django.core.mail.backends"
_WRONG = (
    "KHUNNAPHAP_MAIL ไม่ถูกต้อง เขียนเป็น smtp://ผู้ใช้:รหัสผ่าน@เครื่อง:587 (เข้ารหัสด้วย STARTTLS) smtps://…:465 "
    "smtp://เครื่อง:25 (ภายในเครือข่าย ไม่เข้ารหัส) console: หรือเว้นว่างเพื่อเก็บเป็นแฟ้ม"
)


def mail(url: str, folder: Path) -> dict[str, Any]:
    """Django's settings for a mail address; without one, mails are kept as files in ``folder``.

    ``smtp://`` speaks STARTTLS, except on port 25 without a login; ``smtps://`` is encrypted from its first byte.
    """
    if not url:
        return {"EMAIL_BACKEND": f"{_BACKENDS}.filebased.EmailBackend", "EMAIL_FILE_PATH": str(folder)}
    if url == "console:":
        return {"EMAIL_BACKEND": f"{_BACKENDS}.console.EmailBackend"}
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise ImproperlyConfigured(_WRONG) from None
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname or parts.path.strip("/") or parts.query:
        raise ImproperlyConfigured(_WRONG)
    wrapped = parts.scheme == "smtps"
    port = port or (465 if wrapped else 587)
    if port == 25 and parts.username and not wrapped:
        raise ImproperlyConfigured("KHUNNAPHAP_MAIL: พอร์ต 25 ไม่เข้ารหัส จึงไม่ส่งรหัสผ่านผ่านพอร์ตนี้ ใช้พอร์ต 587 หรือ smtps://")
    return {
        "EMAIL_BACKEND": f"{_BACKENDS}.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port,
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": wrapped,
        "EMAIL_USE_TLS": not wrapped and port != 25,
        "EMAIL_TIMEOUT": 20,
    }
