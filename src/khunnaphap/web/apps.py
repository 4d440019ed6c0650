"""Django's registration of the app."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Names the app, and listens for people who are erased."""

    name = "khunnaphap.web"

    def ready(self) -> None:
        """Connect what is told elsewhere."""
        from khunnaphap.accounts.actions import erased

        from .account_acts import listen
        from .erasing import forget_addresses

        erased.connect(forget_addresses)
        listen()
