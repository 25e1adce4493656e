"""A queue (sector): where tickets wait, and the agents who answer there."""

from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import OuterRef, Q
from django.db.models.functions import Lower

from tenants.models import Membership
from tenants.scoping import CompanyModel, CompanyQuerySet, Deletable, scoped

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager


class QueueQuerySet(CompanyQuerySet):
    def live(self) -> "QueueQuerySet":
        return self.filter(deleted_at=None)

    def with_parts(self) -> "QueueQuerySet":
        """Everything `QueueSerializer` shows, in one query."""
        members = QueueMember.objects.filter(queue=OuterRef("pk"), membership__is_active=True)
        ids = members.order_by("membership__user_id").values("membership__user_id")
        shown: QueueQuerySet = self.annotate(found_member_ids=ArraySubquery(ids))
        return shown


class Queue(CompanyModel, Deletable):
    name = models.CharField(max_length=60)
    color = models.CharField(max_length=7, default="#0f766e")
    greeting = models.TextField(blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    objects: Any = scoped(QueueQuerySet)
    if TYPE_CHECKING:
        queue_members: RelatedManager["QueueMember"]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "company", Lower("name"), condition=Q(deleted_at=None), name="queue_name_once"
            )
        ]

    @property
    def audience(self) -> str:
        return f"queue.{self.pk}"

    @property
    def member_ids(self) -> list[int]:
        """Who answers here; no query when the row came with its parts."""
        if hasattr(self, "found_member_ids"):
            return list(self.found_member_ids)
        found = self.queue_members.filter(membership__is_active=True)
        return sorted(found.values_list("membership__user_id", flat=True))


class QueueMember(CompanyModel):
    queue = models.ForeignKey(Queue, on_delete=models.CASCADE, related_name="queue_members")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="queue_members")

    objects: Any = scoped()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["queue", "membership"], name="queue_member_once")]
