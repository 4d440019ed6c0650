"""Django's registration of the app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebConfig(AppConfig):
    """Names the app, and listens for people who are erased."""

    name = "khunnaphap.web"

    def ready(self) -> None:
        """Connect what is told elsewhere; name the one field of allauth that has no words of its own."""
        from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm

        from khunnaphap.accounts.actions import erased

        from .erasing import forget_addresses

        erased.connect(forget_addresses)
        for form in (AddWebAuthnForm, EditWebAuthnForm):
            form.base_fields["name"].label = _("ชื่อพาสคีย์")
