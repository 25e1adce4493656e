"""A company's own HTTP address that its assistants may call."""

from typing import Any

from django.db import models
from django.db.models import Q

from helpdesk.fields import EncryptedJSONField
from tenants.scoping import CompanyModel, CompanyQuerySet, Deletable, scoped


class Method(models.TextChoices):
    GET = "GET"
    POST = "POST"
    PUT = "PUT"
    PATCH = "PATCH"
    DELETE = "DELETE"


class ToolQuerySet(CompanyQuerySet):
    def live(self) -> "ToolQuerySet":
        return self.filter(deleted_at=None)


class AssistantTool(CompanyModel, Deletable):
    """`name` is what the model calls it and never changes: assistants keep it in their `tools`.

    `arguments`: [{"name", "type", "description", "required", "choices", "place", "source"}]. `place` is "url" (a
    {name} in the address), "query" or "body". `source` is "model", or what the helpdesk fills in by itself so that
    no model chooses whose account is read: "contact.number", "contact.email", "contact.name", "ticket.number",
    "code" (the one-time code, for the hook that delivers it).
    """

    name = models.CharField(max_length=40)
    description = models.CharField(max_length=1_000)
    method = models.CharField(max_length=6, choices=Method, default=Method.GET)
    url = models.CharField(max_length=1_000)
    arguments = models.JSONField(default=list, blank=True)
    headers = EncryptedJSONField(default=dict)  # {name: value}, written and never shown
    timeout_seconds = models.PositiveSmallIntegerField(default=8)
    needs_verification = models.BooleanField(default=False)

    objects: Any = scoped(ToolQuerySet)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["company", "name"], condition=Q(deleted_at=None), name="ai_tool_name_once"
            )
        ]

    @property
    def only_reads(self) -> bool:
        return self.method == Method.GET
