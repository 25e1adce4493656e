"""One act on many contacts: what was asked, how far it is, and what each contact was before."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from tenants.models import User
from tenants.scoping import CompanyModel, CompanyQuerySet, scoped
from tickets.models.bulk import SHOWN_ERRORS, BulkState, ItemState
from tickets.models.contact import Contact


class ContactAct(models.TextChoices):
    TAG = "tag"
    UNTAG = "untag"
    OWNER = "owner"
    BLOCK = "block"
    UNBLOCK = "unblock"
    BOT_OFF = "bot_off"
    BOT_ON = "bot_on"
    DELETE = "delete"
    FIELD = "field"


class ContactJobQuerySet(CompanyQuerySet):
    def under_way(self) -> "ContactJobQuerySet":
        return self.filter(state__in=[BulkState.RUNNING, BulkState.UNDOING])

    def with_parts(self) -> "ContactJobQuerySet":
        """Everything `ContactJobSerializer` shows, in one query."""
        shown: ContactJobQuerySet = self.annotate(found_errors=ArraySubquery(_errors(OuterRef("pk"))))
        return shown


class ContactJob(CompanyModel):
    """`updated`, `failed`, `undone` and `kept` count its items; `total` is all of them."""

    user = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    action = models.CharField(max_length=10, choices=ContactAct)
    params = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=BulkState, default=BulkState.RUNNING)
    total = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    undone = models.PositiveIntegerField(default=0)
    kept = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects: Any = scoped(ContactJobQuerySet)
    found_errors: list[dict[str, Any]]  # only where `with_parts` put them

    class Meta:
        indexes = [
            # The sweeper looks for those that a dead worker left behind.
            models.Index(
                fields=["updated_at"],
                name="contact_job_under_way",
                condition=models.Q(state__in=["running", "undoing"]),
            )
        ]

    @property
    def errors(self) -> list[dict[str, Any]]:
        """Why some contacts stayed as they were; no query when the row came with its parts."""
        found = self.found_errors if hasattr(self, "found_errors") else list(_errors(self.pk))
        return [{"contact": one["contact"], **one["error"]} for one in found]


class ContactJobItem(CompanyModel):
    """`was` has what the act changed, as it was before, and `became` as the act left it."""

    job = models.ForeignKey(ContactJob, on_delete=models.CASCADE, related_name="items", db_index=False)
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="+", db_index=False)
    state = models.CharField(max_length=8, choices=ItemState, default=ItemState.WAITING)
    was = models.JSONField(null=True, blank=True)
    became = models.JSONField(null=True, blank=True)
    error = models.JSONField(null=True, blank=True)  # {"code", "detail"}

    objects: Any = scoped()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["job", "contact"], name="contact_job_item_once")]
        indexes = [models.Index(fields=["job", "state", "id"], name="contact_job_item_next")]


def _errors(job: Any) -> Any:
    refused = ContactJobItem.objects.filter(job=job, state__in=[ItemState.FAILED, ItemState.KEPT])
    shape = JSONObject(contact="contact_id", error="error")
    return refused.order_by("id").values_list(shape, flat=True)[:SHOWN_ERRORS]
