"""Django's registration of the app."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Names the app; holds no behaviour."""

    name = "khunnaphap.web"
