"""Django's registration of the app."""

from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    """Names the app; holds no behaviour."""

    name = "khunnaphap.programme"
    default_auto_field = "django.db.models.BigAutoField"
