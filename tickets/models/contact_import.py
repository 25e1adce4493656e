"""A file of contacts on its way into the address book: what was understood, what is done, what was wrong."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models

from tenants.models import User
from tenants.scoping import CompanyModel, CompanyQuerySet, scoped


class ImportState(models.TextChoices):
    READY = "ready"  # uploaded; its columns are being matched
    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"


class OnExisting(models.TextChoices):
    """What becomes of a row whose contact is there already."""

    UPDATE = "update"
    SKIP = "skip"


class ContactImportQuerySet(CompanyQuerySet):
    def light(self) -> "ContactImportQuerySet":
        """Without the file itself."""
        return self.select_related("user").defer("content")

    def running(self) -> "ContactImportQuerySet":
        return self.filter(state=ImportState.RUNNING)


class ContactImport(CompanyModel):
    """`mapping` says for each column of the file which part of a contact it is; `position` is the next row."""

    user = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    name = models.CharField(max_length=200)
    content = models.BinaryField()  # emptied when the import is over
    kind = models.CharField(max_length=4)  # csv, xlsx or vcf
    encoding = models.CharField(max_length=20, blank=True)
    delimiter = models.CharField(max_length=1, blank=True)
    has_header = models.BooleanField(default=True)
    columns = models.JSONField(default=list)
    mapping = models.JSONField(default=list)
    on_existing = models.CharField(max_length=6, choices=OnExisting, default=OnExisting.UPDATE)
    make_tags = models.BooleanField(default=True)
    tags = ArrayField(models.BigIntegerField(), default=list)  # put on every contact of the file
    region = models.CharField(max_length=2, default="BR")  # completes numbers without a country code
    state = models.CharField(max_length=10, choices=ImportState, default=ImportState.READY)
    total = models.PositiveIntegerField(default=0)
    position = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    skipped = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects: Any = scoped(ContactImportQuerySet)

    class Meta:
        indexes = [
            models.Index(fields=["company", "-id"], name="contact_import_newest"),
            # The sweeper looks for those that a dead worker left behind.
            models.Index(
                fields=["updated_at"],
                name="contact_import_running",
                condition=models.Q(state="running"),
            ),
        ]


class ContactImportError(CompanyModel):
    """`line` is the line of the file as a spreadsheet counts it."""

    job = models.ForeignKey(ContactImport, on_delete=models.CASCADE, related_name="errors", db_index=False)
    line = models.PositiveIntegerField()
    problems = models.JSONField(default=list)  # [{"code", "column", "detail"}]
    row = models.JSONField(default=list)

    objects: Any = scoped()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["job", "line"], name="contact_import_error_once")]
