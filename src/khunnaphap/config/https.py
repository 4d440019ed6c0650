"""What differs once the site's address begins with https: a proxy in front speaks TLS."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

YEAR = 365 * 24 * 3600


def site_host(url: str) -> str:
    """The host of the site's address; ``ImproperlyConfigured`` in words for anything that is no address."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/"):
        raise ImproperlyConfigured("KHUNNAPHAP_URL ไม่ถูกต้อง เขียนเป็น https://ชื่อเครื่อง โดยไม่มีสิ่งใดต่อท้าย")
    return parts.hostname


def secure(url: str) -> dict[str, Any]:
    """Django's settings for a site behind a proxy that speaks TLS and sets ``X-Forwarded-Proto`` and ``-For``."""
    if not url.startswith("https://"):
        return {}
    return {
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "LANGUAGE_COOKIE_SECURE": True,
        "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_SECONDS": YEAR,
        "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
        "SILENCED_SYSTEM_CHECKS": ["security.W021"],  # preloading is for the owner of the whole domain to decide
        "SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https"),
        "CSRF_TRUSTED_ORIGINS": [url],
        "ALLAUTH_TRUSTED_PROXY_COUNT": 1,  # attempts are counted by the visitor's address, not the proxy's
        "ACCOUNT_DEFAULT_HTTP_PROTOCOL": "https",
        "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN": False,
    }
