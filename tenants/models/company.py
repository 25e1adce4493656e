"""A company (tenant): the customer of the platform, whose data nobody else ever sees."""

from typing import Any

from django.db import models


class Language(models.TextChoices):
    PORTUGUESE = "pt-BR"
    ENGLISH = "en"
    SPANISH = "es"


class Status(models.TextChoices):
    ACTIVE = "active"
    BLOCKED = "blocked"


class Company(models.Model):
    name = models.CharField(max_length=120)
    timezone = models.CharField(max_length=64, default="America/Sao_Paulo")
    language = models.CharField(max_length=8, choices=Language, default=Language.PORTUGUESE)
    status = models.CharField(max_length=10, choices=Status, default=Status.ACTIVE)
    settings = models.JSONField(default=dict)  # only what differs from tenants.company_settings
    limits = models.JSONField(default=dict)  # {"users": 10, "queues": 5, "connections": 2}; absent = no limit
    next_ticket_number = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1)
    deleted_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name

    @property
    def is_blocked(self) -> bool:
        """Blocked or deleted: nobody gets in, nothing is lost."""
        return self.status == Status.BLOCKED or self.deleted_at is not None

    @property
    def company_id(self) -> int:
        """A company is a row of itself, which is what `publish()` asks of every row."""
        return self.pk

    def option(self, key: str) -> Any:
        """The company's value of an option declared in `tenants.company_settings`, or its default."""
        from tenants.company_settings import OPTIONS

        return self.settings.get(key, OPTIONS[key].default)
