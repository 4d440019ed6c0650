"""Django's registration of the app."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """Names the app; holds no behaviour."""

    name = "khunnaphap.evidence"
    default_auto_field = "django.db.models.BigAutoField"
