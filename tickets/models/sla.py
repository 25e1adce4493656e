"""Service levels: how soon customers are promised an answer, and how each promise ended."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from tenants.models import User
from tenants.scoping import CompanyModel, CompanyQuerySet, Deletable, scoped
from tickets.models.queue import Queue
from tickets.models.ticket import SlaTarget, Ticket


class SlaPolicyQuerySet(CompanyQuerySet):
    def live(self) -> "SlaPolicyQuerySet":
        return self.filter(deleted_at=None)

    def in_order(self) -> "SlaPolicyQuerySet":
        """As they are asked: the first that fits a ticket counts."""
        return self.live().order_by("position", "id")


class SlaPolicy(CompanyModel, Deletable):
    """Minutes to the first reply, to each next one and to the end; None promises nothing.

    It fits tickets of its queues, connections and priorities; an empty list means any. The default one is for
    tickets that no other fits.
    """

    name = models.CharField(max_length=60)
    position = models.PositiveSmallIntegerField(default=0)
    first_reply_minutes = models.PositiveIntegerField(null=True, blank=True)
    next_reply_minutes = models.PositiveIntegerField(null=True, blank=True)
    resolution_minutes = models.PositiveIntegerField(null=True, blank=True)
    business_hours = models.BooleanField(default=False)
    warn_percent = models.PositiveSmallIntegerField(default=80)  # of the time, after which people are warned
    is_default = models.BooleanField(default=False)
    queues = ArrayField(models.BigIntegerField(), default=list, blank=True)
    connections = ArrayField(models.BigIntegerField(), default=list, blank=True)
    priorities = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)

    objects: Any = scoped(SlaPolicyQuerySet)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "company", Lower("name"), condition=Q(deleted_at=None), name="sla_policy_name_once"
            ),
            models.UniqueConstraint(
                fields=["company"],
                condition=Q(is_default=True, deleted_at=None),
                name="sla_policy_default_once",
            ),
        ]


class SlaMark(CompanyModel):
    """How one promise to a customer ended: kept in time, or broken and perhaps kept later."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="sla_marks", db_index=False)
    policy = models.ForeignKey(SlaPolicy, on_delete=models.SET_NULL, null=True, related_name="+")
    queue = models.ForeignKey(Queue, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False)
    agent = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False)
    target = models.CharField(max_length=12, choices=SlaTarget)
    due_at = models.DateTimeField()
    met_at = models.DateTimeField(null=True, blank=True)
    breached_at = models.DateTimeField(null=True, blank=True)

    objects: Any = scoped()

    class Meta:
        indexes = [
            models.Index(fields=["ticket", "id"], name="sla_mark_of_ticket"),  # one conversation's promises
            models.Index(fields=["company", "due_at"], name="sla_mark_by_time"),  # reports of a period
        ]
