"""What one person keeps about a ticket and nobody else sees: a pin, an answer that is not finished."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from tenants.models import User
from tenants.scoping import CompanyModel, CompanyQuerySet, scoped
from tickets.models.ticket import Ticket


class TicketPin(CompanyModel):
    """This person wants this ticket above the others."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="pins", db_index=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")

    objects: Any = scoped()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ticket", "user"], name="ticket_pin_once")]


class Mode(models.TextChoices):
    REPLY = "reply"
    NOTE = "note"


class DraftQuerySet(CompanyQuerySet):
    def written(self) -> "DraftQuerySet":
        """Those with something in them: an emptied draft keeps its row, so that its version goes on growing."""
        return self.filter(~Q(body="") | Q(attachments__len__gt=0))


class Draft(CompanyModel):
    """One per person and ticket; the last write wins, on whatever device."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="drafts", db_index=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    body = models.TextField(blank=True)
    mode = models.CharField(max_length=5, choices=Mode, default=Mode.REPLY)
    attachments = ArrayField(models.BigIntegerField(), default=list)  # uploads, in their order
    reply_to = models.ForeignKey(
        "tickets.Message", on_delete=models.SET_NULL, null=True, related_name="+", db_index=False
    )
    mentions = ArrayField(models.BigIntegerField(), default=list)

    objects: Any = scoped(DraftQuerySet)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ticket", "user"], name="draft_once")]
