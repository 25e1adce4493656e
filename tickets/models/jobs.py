"""One act on many rows: what was asked, how far it is, and how each row fared."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from tenants.models import User
from tenants.scoping import CompanyModel, CompanyQuerySet

SHOWN_ERRORS = 50


class BulkState(models.TextChoices):
    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"
    UNDOING = "undoing"
    UNDONE = "undone"


class ItemState(models.TextChoices):
    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"
    UNDONE = "undone"
    KEPT = "kept"  # somebody changed the row since, so it stays as it is


UNDER_WAY = [BulkState.RUNNING, BulkState.UNDOING]
OVER = [BulkState.DONE, BulkState.CANCELLED]


class JobQuerySet(CompanyQuerySet):
    def under_way(self) -> "JobQuerySet":
        found: JobQuerySet = self.filter(state__in=UNDER_WAY)
        return found

    def with_parts(self) -> "JobQuerySet":
        """Everything its serializer shows, in one query."""
        errors = ArraySubquery(self.model.refusals(OuterRef("pk")))
        shown: JobQuerySet = self.annotate(found_errors=errors)
        return shown


class Job(CompanyModel):
    """`updated`, `failed`, `undone` and `kept` count its items; `total` is all of them."""

    user = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    action: Any  # a column of each kind of job, with the acts that it knows
    params = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=BulkState, default=BulkState.RUNNING)
    total = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    undone = models.PositiveIntegerField(default=0)
    kept = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects: Any
    found_errors: list[dict[str, Any]]  # only where `with_parts` put them

    class Meta:
        abstract = True

    @property
    def errors(self) -> list[dict[str, Any]]:
        """Why some rows stayed as they were; no query when the job came with its parts."""
        found = self.found_errors if hasattr(self, "found_errors") else list(self.refusals(self.pk))
        return [{name: one[name] for name in one if name != "error"} | one["error"] for one in found]

    @classmethod
    def refusals(cls, job: Any) -> Any:
        """The first of the items that stayed as they were: {"error", and what names the row}."""
        raise NotImplementedError


class JobItem(CompanyModel):
    """One row of the job, named by its own model."""

    state = models.CharField(max_length=8, choices=ItemState, default=ItemState.WAITING)
    was = models.JSONField(null=True, blank=True)
    error = models.JSONField(null=True, blank=True)  # {"code", "detail"}

    objects: Any

    class Meta:
        abstract = True


def refused(items: Any, job: Any, **row: str) -> Any:
    """What `Job.refusals` answers; `row` names columns of the items."""
    kept = items.filter(job=job, state__in=[ItemState.FAILED, ItemState.KEPT]).order_by("id")
    return kept.values_list(JSONObject(error="error", **row), flat=True)[:SHOWN_ERRORS]


def left_behind(name: str) -> models.Index:
    """For the sweeper, which looks for jobs that a dead worker left behind."""
    return models.Index(
        fields=["updated_at"], name=name, condition=models.Q(state__in=["running", "undoing"])
    )
