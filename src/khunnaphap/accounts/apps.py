"""Django's registration of the app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Names the app; holds no behaviour."""

    name = "khunnaphap.accounts"
    default_auto_field = "django.db.models.BigAutoField"
