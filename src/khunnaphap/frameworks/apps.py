"""Django's registration of the app."""

from django.apps import AppConfig


class FrameworksConfig(AppConfig):
    """Names the app; holds no behaviour."""

    name = "khunnaphap.frameworks"
    default_auto_field = "django.db.models.BigAutoField"
