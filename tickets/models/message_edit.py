"""What a message said before: its writer changed it, or deleted it for everyone."""

from typing import Any

from django.db import models

from tenants.scoping import CompanyModel, scoped
from tickets.models.message import Message


class MessageEdit(CompanyModel):
    """An earlier text, said `at`. The newest text is the message's own, until the message is hidden."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="edits", db_index=False)
    body = models.TextField(blank=True)
    content = models.JSONField(default=dict)
    at = models.DateTimeField()

    objects: Any = scoped()

    class Meta:
        indexes = [models.Index(fields=["message", "at", "id"], name="message_edits")]
