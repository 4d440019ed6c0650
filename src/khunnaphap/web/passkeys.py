"""allauth's forms of passkeys, which take what a stranger made up for what a browser sends."""

from __future__ import annotations

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn import forms as theirs
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

MOST = 20_000
"""Characters of a passkey's answer; a browser's are below 4,000."""
NAME_MOST = 100
_MADE_UP = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError)
"""What reading an answer of any shape ends in."""


class Credential(forms.JSONField):
    """A passkey's answer; nothing that is longer, deeper or larger than a browser's can be."""

    def to_python(self, value: Any) -> Any:
        """The answer as a mapping."""
        if len(str(value or "")) > MOST:
            raise _wrong()
        try:
            read = super().to_python(value)
        except (ValueError, RecursionError):  # numbers of thousands of digits, brackets without end
            raise _wrong() from None
        if not isinstance(read, dict | None):
            raise _wrong()
        return read


def _wrong() -> ValidationError:
    found: ValidationError = get_adapter().validation_error("incorrect_code")
    return found


class _Authenticate:
    """An answer that only looks like one is a wrong one."""

    def clean_credential(self) -> Any:
        """The passkey that answered."""
        try:
            return super().clean_credential()  # type: ignore[misc]
        except _MADE_UP:
            raise _wrong() from None


class LoginForm(_Authenticate, theirs.LoginWebAuthnForm):  # type: ignore[misc]
    """Signing in with a passkey."""

    credential = Credential(required=True, widget=forms.HiddenInput)


class AuthenticateForm(_Authenticate, theirs.AuthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey as the second step."""

    credential = Credential(required=True, widget=forms.HiddenInput)


class ReauthenticateForm(_Authenticate, theirs.ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey before something that asks again."""

    credential = Credential(required=True, widget=forms.HiddenInput)


class AddForm(theirs.AddWebAuthnForm):  # type: ignore[misc]
    """A new passkey."""

    name = forms.CharField(label=_("ชื่อพาสคีย์"), required=False, max_length=NAME_MOST)
    credential = Credential(required=True, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """What the browser made."""
        try:
            found: dict[str, Any] = super().clean()
        except _MADE_UP:
            raise _wrong() from None
        return found


class EditForm(theirs.EditWebAuthnForm):  # type: ignore[misc]
    """Another name for a passkey."""

    name = forms.CharField(label=_("ชื่อพาสคีย์"), max_length=NAME_MOST)
