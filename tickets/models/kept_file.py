"""A file that is kept for use again: each message that uses it gets a copy of its own."""

from typing import Any

from django.db import models
from django.db.models import Q

from tenants.scoping import CompanyModel, scoped
from tickets.models.attachment import Attachment
from tickets.models.quick_reply import QuickReply
from tickets.models.schedule import ScheduledMessage
from tickets.models.template import Template


class KeptFile(CompanyModel):
    """Of a quick reply, a scheduled message or a template, in order.

    `is_header`: it is no file of its own but fills the header of the template that is sent.
    """

    attachment = models.OneToOneField(Attachment, on_delete=models.CASCADE, related_name="kept")
    quick_reply = models.ForeignKey(QuickReply, on_delete=models.CASCADE, null=True, related_name="files")
    scheduled_message = models.ForeignKey(
        ScheduledMessage, on_delete=models.CASCADE, null=True, related_name="files"
    )
    template = models.ForeignKey(Template, on_delete=models.CASCADE, null=True, related_name="files")
    is_header = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)

    objects: Any = scoped()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(quick_reply__isnull=False, scheduled_message=None, template=None)
                | Q(quick_reply=None, scheduled_message__isnull=False, template=None)
                | Q(quick_reply=None, scheduled_message=None, template__isnull=False),
                name="kept_file_one_owner",
            )
        ]
