"""A group of people as one contact: who is in it, and who of us sees what is written there."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models

from tenants.scoping import CompanyModel, scoped
from tickets.models.contact import Contact
from tickets.models.queue import Queue


class GroupState(models.TextChoices):
    ACTIVE = "active"
    ENDED = "ended"  # deleted, or we are no longer in it


class Group(CompanyModel):
    """`participants`: {"address": "kind:value", "name", "number", "contact"}, in the order in which they came.

    Tickets of the group wait in `queue`, or where the connection's tickets wait; `users` see them as well, whoever
    has taken them.
    """

    contact = models.OneToOneField(Contact, on_delete=models.CASCADE, related_name="group")
    description = models.TextField(blank=True)
    participants = models.JSONField(default=list)
    state = models.CharField(max_length=8, choices=GroupState, default=GroupState.ACTIVE)
    queue = models.ForeignKey(
        Queue, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    users = ArrayField(models.BigIntegerField(), default=list, blank=True)

    objects: Any = scoped()
