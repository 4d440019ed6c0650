"""Django's registration of the app."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Names the app; holds no behaviour."""

    name = "khunnaphap.exchange"
    default_auto_field = "django.db.models.BigAutoField"
