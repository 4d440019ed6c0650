"""What we tell django-allauth: nobody signs up by themselves, wrong passwords lock nobody out, mail that fails is told."""

from __future__ import annotations

import smtplib
from functools import partial
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext


class InvitedOnly(DefaultAccountAdapter):  # type: ignore[misc]
    """People come by invitation (``accept_invitation``); the sign-up page stays closed."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Wrong passwords are counted for a name and an address together: whoever tries from elsewhere locks out nobody."""
        return f"{super()._get_login_attempts_cache_key(request, **credentials)}:{self.get_client_ip(request)}"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a mail, after the transaction where there is one: no mail server holds up those who save."""
        waiting = getattr(self.request, "mails_after", None)
        send = partial(self._sent_or_told, template_prefix, email, context)
        if waiting is None:
            send()
        else:
            waiting.append(send)

    def _sent_or_told(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        try:
            super().send_mail(template_prefix, email, context)
        except (OSError, smtplib.SMTPException):
            messages.warning(self.request, gettext("ส่งอีเมลไม่สำเร็จ ลองใหม่ภายหลัง หรือแจ้งผู้ดูแลระบบ"))
