"""Tags: the company's own words for what a ticket is about and who a contact is."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from tenants.scoping import CompanyModel, CompanyQuerySet, Deletable, scoped
from tickets.models.contact import Contact
from tickets.models.ticket import Ticket


class TagQuerySet(CompanyQuerySet):
    def live(self) -> "TagQuerySet":
        return self.filter(deleted_at=None)


class Tag(CompanyModel, Deletable):
    name = models.CharField(max_length=40)
    color = models.CharField(max_length=7, default="#475569")
    position = models.PositiveSmallIntegerField(default=0)

    objects: Any = scoped(TagQuerySet)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "company", Lower("name"), condition=Q(deleted_at=None), name="tag_name_once"
            )
        ]


class TicketTag(CompanyModel):
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="ticket_tags", db_index=False)
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="+", db_index=False)

    objects: Any = scoped()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ticket", "tag"], name="ticket_tag_once")]
        indexes = [models.Index(fields=["tag", "ticket"], name="ticket_tag_tickets")]  # the filter by tag


class ContactTag(CompanyModel):
    contact = models.ForeignKey(
        Contact, on_delete=models.CASCADE, related_name="contact_tags", db_index=False
    )
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="+", db_index=False)

    objects: Any = scoped()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contact", "tag"], name="contact_tag_once")]
        indexes = [models.Index(fields=["tag", "contact"], name="contact_tag_contacts")]  # the filter by tag
