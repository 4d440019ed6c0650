"""Django's registration of the app."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    """Names the app; holds no behaviour."""

    name = "khunnaphap.organisations"
    default_auto_field = "django.db.models.BigAutoField"
