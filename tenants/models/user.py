"""A person who signs in; what they may do depends on the company they are in (see membership)."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from tenants.models.company import Language


class Theme(models.TextChoices):
    AUTO = "auto"
    LIGHT = "light"
    DARK = "dark"


def clean_email(text: str) -> str:
    """E-mail addresses are compared without case: nobody's mailbox differs by it in practice."""
    return text.strip().lower()


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=clean_email(email), **fields)
        user.set_password(password)
        user.save()
        return user


class User(AbstractBaseUser):
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=8, choices=Language, default=Language.PORTUGUESE)
    theme = models.CharField(max_length=8, choices=Theme, default=Theme.AUTO)
    notify_sound = models.BooleanField(default=True)
    notify_browser = models.BooleanField(default=True)
    is_operator = models.BooleanField(default=False)  # runs the platform; belongs to no company by that
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = UserManager()
    USERNAME_FIELD = "email"

    def __str__(self) -> str:
        return self.email
