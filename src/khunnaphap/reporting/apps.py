"""Django's registration of the app."""

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    """Names the app; holds no behaviour."""

    name = "khunnaphap.reporting"
    default_auto_field = "django.db.models.BigAutoField"
