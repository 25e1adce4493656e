"""Notes about a customer that stay whatever becomes of the tickets, each with its author."""

from typing import Any

from django.db import models
from django.db.models import F

from tenants.models import User
from tenants.scoping import CompanyModel, CompanyQuerySet, scoped
from tickets.models.contact import Contact


class ContactNoteQuerySet(CompanyQuerySet):
    def with_parts(self) -> "ContactNoteQuerySet":
        """Everything `ContactNoteSerializer` shows, in one query."""
        return self.select_related("author")


class ContactNote(CompanyModel):
    """Without `author` a program wrote it."""

    contact = models.ForeignKey(
        Contact, on_delete=models.CASCADE, related_name="contact_notes", db_index=False
    )
    author = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    body = models.TextField()

    objects: Any = scoped(ContactNoteQuerySet)

    class Meta:
        indexes = [models.Index("contact", F("id").desc(), name="contact_note_newest")]
