"""One act on many contacts, and what each contact was before."""

from typing import Any

from django.db import models

from tenants.scoping import scoped
from tickets.models.contact import Contact
from tickets.models.jobs import Job, JobItem, JobQuerySet, left_behind, refused


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


class ContactJob(Job):
    action = models.CharField(max_length=10, choices=ContactAct)

    objects: Any = scoped(JobQuerySet)

    class Meta:
        indexes = [left_behind("contact_job_under_way")]

    @classmethod
    def refusals(cls, job: Any) -> Any:
        return refused(ContactJobItem.objects, job, contact="contact_id")


class ContactJobItem(JobItem):
    """`was` has what the act changed, as it was before, and `became` as the act left it."""

    job = models.ForeignKey(ContactJob, on_delete=models.CASCADE, related_name="items", db_index=False)
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="+", db_index=False)
    became = models.JSONField(null=True, blank=True)

    objects: Any = scoped()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["job", "contact"], name="contact_job_item_once")]
        indexes = [models.Index(fields=["job", "state", "id"], name="contact_job_item_next")]
