"""A file that is kept for use again: each message that uses it gets a copy of its own."""

from typing import Any

from django.db import models
from django.db.models import Q

from tenants.scoping import CompanyModel, scoped
from tickets.models.attachment import Attachment
from tickets.models.quick_reply import QuickReply
from tickets.models.schedule import ScheduledMessage


class KeptFile(CompanyModel):
    """Of a quick reply or of a scheduled message, in order."""

    attachment = models.OneToOneField(Attachment, on_delete=models.CASCADE, related_name="kept")
    quick_reply = models.ForeignKey(QuickReply, on_delete=models.CASCADE, null=True, related_name="files")
    scheduled_message = models.ForeignKey(
        ScheduledMessage, on_delete=models.CASCADE, null=True, related_name="files"
    )
    position = models.PositiveSmallIntegerField(default=0)

    objects: Any = scoped()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(quick_reply=None) ^ Q(scheduled_message=None), name="kept_file_one_owner"
            )
        ]
