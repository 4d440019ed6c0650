"""The user of this system, and the system actor that stands in where no person acts."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models

SYSTEM_USERNAME = "system"


class User(AbstractUser):
    """A person, or (``is_system``) the one actor that stands for the system and can never sign in."""

    is_system = models.BooleanField(default=False, editable=False)

    def __str__(self) -> str:
        return self.get_full_name() or self.username
