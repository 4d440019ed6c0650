"""Django's registration of the app."""

from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    """Names the app; holds no behaviour."""

    name = "khunnaphap.assessments"
    default_auto_field = "django.db.models.BigAutoField"
