"""What made two contacts one, kept so exactly that they can become two again; and pairs that are not one."""

from typing import Any

from django.db import models
from django.db.models import F, Q

from tenants.models import User
from tenants.scoping import CompanyModel, CompanyQuerySet, scoped
from tickets.models.contact import Contact


class ContactMergeQuerySet(CompanyQuerySet):
    def with_parts(self) -> "ContactMergeQuerySet":
        return self.select_related("survivor", "merged", "by", "undone_by")

    def of(self, contact_id: int) -> "ContactMergeQuerySet":
        """Those in which this contact was one of the two."""
        found: ContactMergeQuerySet = self.filter(Q(survivor=contact_id) | Q(merged=contact_id))
        return found


class ContactMerge(CompanyModel):
    """`was` has both contacts as they were, `became` the survivor as the merge left it, `moved` the ids of every
    row that changed hands."""

    survivor = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="merges", db_index=False)
    merged = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="+", db_index=False)
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    was = models.JSONField(default=dict)
    became = models.JSONField(default=dict)
    moved = models.JSONField(default=dict)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")

    objects: Any = scoped(ContactMergeQuerySet)

    class Meta:
        indexes = [
            models.Index("survivor", F("id").desc(), name="contact_merge_survivor"),
            models.Index("merged", F("id").desc(), name="contact_merge_merged"),
        ]


class NotDuplicates(CompanyModel):
    """Somebody looked at these two and said that they are two. `first` has the smaller id."""

    first = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="+", db_index=False)
    second = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="+", db_index=False)
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")

    objects: Any = scoped()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["first", "second"], name="not_duplicates_once")]
        indexes = [models.Index(fields=["second"], name="not_duplicates_second")]
