"""Handing links over: the address of an invitation, and the mail that carries it; the address of a new password."""

from __future__ import annotations

import smtplib

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse

from khunnaphap.accounts.models import Invitation


def link_of(token: str) -> str:
    """The address that a token opens."""
    return f"{settings.SITE_URL}{reverse('invitation', args=[token])}"


def reset_link_of(key: str) -> str:
    """The address that the key of a reset opens."""
    uid, _, token = key.partition("-")
    return f"{settings.SITE_URL}{reverse('account_reset_password_from_key', kwargs={'uidb36': uid, 'key': token})}"


def mail_link(invitation: Invitation, link: str) -> bool:
    """Mail the link to the address of the invitation; False when the mail did not leave."""
    body = (
        f"เรียน {invitation.name or 'ท่าน'}\n\n{invitation.made_by} เชิญท่านเป็น{invitation.role_title} ({invitation.place_name}) "
        f"ในระบบงานโรงเรียนคุณภาพ\n\nเปิดลิงก์นี้เพื่อตั้งบัญชี ใช้ได้ครั้งเดียว:\n{link}\n\nหากไม่ได้รอคำเชิญนี้ ไม่ต้องทำสิ่งใด\n"
    )
    try:
        send_mail(f"[คุณภาพ] คำเชิญเป็น{invitation.role_title}", body, settings.DEFAULT_FROM_EMAIL, [invitation.email])
    except (OSError, smtplib.SMTPException):
        return False
    return True
