"""Django's registration of the app."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Names the app; holds no behaviour."""

    name = "khunnaphap.audit"
    default_auto_field = "django.db.models.BigAutoField"
