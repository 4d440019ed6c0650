"""What the pages of people hand in, read and checked; problems stand beside the field that they are about."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Final

from allauth.account.forms import LoginForm
from allauth.mfa.base.forms import AuthenticateForm as BaseAuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as BaseReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm as BaseActivateTOTPForm
from django import forms
from django.contrib.auth.password_validation import password_validators_help_text_html, validate_password
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from khunnaphap.accounts.mailing import mail_leaves
from khunnaphap.accounts.models import User
from khunnaphap.assessments.forms import NeededWords, Words, in_words
from khunnaphap.core.day_windows import doubtful_day, impossible_day
from khunnaphap.core.names import code
from khunnaphap.core.thai.dates import DateError, parse_date
from khunnaphap.core.thai.text import clean

Choices = Sequence[tuple[str, str]]
LOGIN_MOST, PASSWORD_MOST = 254, 1000


class SignInForm(LoginForm):  # type: ignore[misc]
    """allauth's, whose first field a browser fills with what it keeps beside the password: a username, an address or not."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        login, password = self.fields["login"], self.fields["password"]
        login.widget.attrs |= {"autocomplete": "username", "autocapitalize": "none", "maxlength": LOGIN_MOST}
        login.validators.append(MaxLengthValidator(LOGIN_MOST))
        login.to_python = _as_kept(login.to_python)
        password.widget.attrs |= {"maxlength": PASSWORD_MOST}
        password.validators.append(MaxLengthValidator(PASSWORD_MOST))


def _as_kept(to_python: Callable[[Any], Any]) -> Callable[[Any], str]:
    """A field's text as names and codes are kept, whatever the order of marks and the kind of digits that were typed."""
    return lambda value: clean(str(to_python(value) or ""))


class _OneTimeCode:
    """A one-time code in Thai digits, with spaces or dashes, is the code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["code"]  # type: ignore[attr-defined]
        read = field.to_python
        field.to_python = lambda value: code(str(read(value) or ""))


class AuthenticateForm(_OneTimeCode, BaseAuthenticateForm):  # type: ignore[misc]
    """allauth's, of signing in."""


class ReauthenticateForm(_OneTimeCode, BaseReauthenticateForm):  # type: ignore[misc]
    """allauth's, of being asked again."""


class ActivateTOTPForm(_OneTimeCode, BaseActivateTOTPForm):  # type: ignore[misc]
    """allauth's, of beginning with one-time codes."""


class Day(forms.CharField):
    """A day as people type it: "9 ส.ค. 2567", "9/8/2567" or ISO; ``None`` for nothing."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.TextInput(attrs={"class": "short"}))
        super().__init__(required=False, max_length=80, **options)

    def clean(self, value: Any) -> date | None:
        """The day."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return parse_date(text)
        except DateError as error:
            raise ValidationError(f"{error} {gettext('เขียนวันที่ เช่น 9 ส.ค. 2567 หรือ 9/8/2567')}") from None


class FindPlaceForm(forms.Form):
    """Which role is given, and where to look for its place."""

    role = forms.ChoiceField(label=_("บทบาท"))
    q = forms.CharField(label=_("ค้นสถานที่ด้วยชื่อหรือรหัส"), required=False, max_length=80)

    def __init__(self, roles: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = roles  # type: ignore[attr-defined]


_WITH_MAIL: Final = _("เมื่อกรอก ระบบส่งลิงก์ให้ทางอีเมลด้วย")
_WITHOUT_MAIL: Final = _("เก็บไว้ในบัญชี ระบบนี้ยังไม่ได้ตั้งค่าการส่งอีเมล ท่านส่งลิงก์เอง")


class InviteForm(forms.Form):
    """Whom one invites into a role, where, and for how long."""

    place = forms.ChoiceField(label=_("สถานที่"), widget=forms.RadioSelect)
    name = Words(label=_("ชื่อและนามสกุล"), most=150, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    email = forms.EmailField(
        label=_("อีเมล"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    starts = Day(label=_("เริ่มวันที่"), help_text=_("เว้นว่างคือวันนี้ เช่น 9 ส.ค. 2567"))
    ends = Day(label=_("ถึงวันที่"), help_text=_("เว้นว่างคือจนกว่าจะยกเลิก"))
    components = forms.MultipleChoiceField(
        label=_("องค์ประกอบที่รับผิดชอบ"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("ไม่เลือกเลยคือทุกองค์ประกอบ"),
    )

    def __init__(self, places: Choices, components: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = places  # type: ignore[attr-defined]
        self.fields["email"].help_text = _WITH_MAIL if mail_leaves() else _WITHOUT_MAIL
        self.fields["components"].choices = components  # type: ignore[attr-defined]
        if not components:
            del self.fields["components"]
        if len(places) == 1:
            self.initial.setdefault("place", places[0][0])

    def clean(self) -> dict[str, Any]:
        """The end lies not before the start, and both can be days of a role."""
        given = super().clean() or {}
        today = timezone.localdate()
        for name in ("starts", "ends"):
            if given.get(name) and (problem := impossible_day("role", given[name], today=today)):
                self.add_error(name, in_words(problem))
        if given.get("starts") and given.get("ends") and given["ends"] < given["starts"]:
            self.add_error("ends", gettext("วันสิ้นสุดอยู่ก่อนวันเริ่มต้น แก้ให้อยู่หลัง หรือเว้นว่างไว้"))
        return given


def doubts_of_days(given: dict[str, Any]) -> list[str]:
    """What is unusual about the days of a role, each in a sentence that spells the year."""
    days = [given[name] for name in ("starts", "ends") if given.get(name)]
    found = (doubtful_day("role", day, today=timezone.localdate()) for day in days)
    return [in_words(problem) for problem in found if problem]


class JoinForm(forms.Form):
    """A new person's account; what the invitation says already is not asked again."""

    name = NeededWords(label=_("ชื่อและนามสกุล"), most=150, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    username = forms.CharField(
        label=_("ชื่อผู้ใช้"),
        max_length=150,
        validators=[User.username_validator],
        help_text=_("จดไว้ใช้เข้าระบบ (มีอีเมลก็ใช้อีเมลแทนได้) ชื่อนี้อยู่ในประวัติการทำงานตลอดไป จึงไม่ควรใช้ชื่อจริง"),
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "class": "short"}),
    )
    email = forms.EmailField(
        label=_("อีเมล"),
        required=False,
        help_text=_("ใช้ตั้งรหัสผ่านใหม่เมื่อลืม และรับข้อความเตือน"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    password1 = forms.CharField(
        label=_("รหัสผ่าน"),
        strip=False,
        max_length=PASSWORD_MOST,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label=_("รหัสผ่านอีกครั้ง"),
        strip=False,
        max_length=PASSWORD_MOST,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        username = self.fields["username"]
        username.to_python = _as_kept(username.to_python)  # type: ignore[method-assign]
        self.fields["password1"].help_text = password_validators_help_text_html()

    def clean_username(self) -> str:
        """A username that nobody has, whatever its case."""
        username: str = self.cleaned_data["username"]
        if User.objects.filter(username__iexact=username).exists():
            raise ValidationError(gettext("มีผู้ใช้ชื่อนี้แล้ว เลือกชื่ออื่น"))
        return username

    def clean(self) -> dict[str, Any]:
        """Both passwords are the same, and strong enough for this person."""
        given = super().clean() or {}
        first, second = given.get("password1"), given.get("password2")
        if first and second and first != second:
            self.add_error("password2", gettext("รหัสผ่านสองช่องไม่ตรงกัน พิมพ์ใหม่ทั้งสองช่อง"))
        elif first:
            person = User(
                username=given.get("username", ""), first_name=given.get("name", ""), email=given.get("email", "")
            )
            try:
                validate_password(first, person)
            except ValidationError as error:
                self.add_error("password1", error)
        return given


class ComponentsForm(forms.Form):
    """Which components one teacher answers; none chosen = all."""

    components = forms.MultipleChoiceField(
        label=_("องค์ประกอบที่รับผิดชอบ"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, components: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["components"].choices = components  # type: ignore[attr-defined]
