"""A queue (sector): where tickets wait, and the agents who answer there."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from tenants.models import Membership
from tenants.scoping import CompanyModel, CompanyQuerySet, Deletable, scoped


class QueueQuerySet(CompanyQuerySet):
    def live(self) -> "QueueQuerySet":
        return self.filter(deleted_at=None)


class Queue(CompanyModel, Deletable):
    name = models.CharField(max_length=60)
    color = models.CharField(max_length=7, default="#0f766e")
    greeting = models.TextField(blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    objects = scoped(QueueQuerySet)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "company", Lower("name"), condition=Q(deleted_at=None), name="queue_name_once"
            )
        ]

    @property
    def audience(self) -> str:
        return f"queue.{self.pk}"


class QueueMember(CompanyModel):
    queue = models.ForeignKey(Queue, on_delete=models.CASCADE, related_name="queue_members")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="queue_members")

    objects = scoped()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["queue", "membership"], name="queue_member_once")]
