"""A scheduled message: what to send, to whom, when and how often; and the log of each send."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Count, F, Prefetch, Q

from tenants.models import User
from tenants.scoping import CompanyModel, CompanyQuerySet, scoped
from tickets.models.connection import Connection
from tickets.models.contact import Contact
from tickets.models.message import Message
from tickets.models.queue import Queue
from tickets.models.tag import Tag
from tickets.models.ticket import Viewer

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager

    from tickets.models.kept_file import KeptFile


class ScheduleState(models.TextChoices):
    ACTIVE = "active"
    PAUSED = "paused"
    DONE = "done"
    CANCELLED = "cancelled"


class Unit(models.TextChoices):
    MINUTE = "minute"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"


class BusinessDays(models.TextChoices):
    """What happens when a date is not a business day."""

    ANY = "any"
    NEXT = "next"
    PREVIOUS = "previous"
    SKIP = "skip"


class WithoutTicket(models.TextChoices):
    """Where the message goes when the contact has no open ticket on the connection."""

    MINE = "mine"  # a ticket of whoever wrote the schedule
    WAITING = "waiting"  # one that waits in the queue
    CLOSED = "closed"  # one that is closed at once: only an answer brings it to the agents


class ScheduledMessageQuerySet(CompanyQuerySet):
    def visible_to(self, viewer: Viewer) -> "ScheduledMessageQuerySet":
        """Supervisors and admins see all; an agent sees what they wrote."""
        if viewer.sees_all:
            return self
        return self.filter(author=viewer.user_id) if viewer.user_id else self.none()

    def with_parts(self) -> "ScheduledMessageQuerySet":
        """Everything `ScheduledMessageSerializer` shows, in four queries."""
        from tickets.models.kept_file import KeptFile

        kept = (
            KeptFile.objects.filter(is_header=False).select_related("attachment").order_by("position", "id")
        )
        counts = {
            f"{state}_count": Count("sends", filter=Q(sends__state=state))
            for state in (SendState.SENT, SendState.FAILED, SendState.WAITING)
        }
        shown: ScheduledMessageQuerySet = (
            self.select_related("author", "connection", "queue")
            .prefetch_related("contacts", "tags", Prefetch("files", kept))
            .annotate(**counts)
        )
        return shown


class ScheduledMessage(CompanyModel):
    """`first_at` anchors the recurrence; `next_at` is empty once nothing is left to do.

    Times of day are kept in the company's time zone: nine o'clock stays nine o'clock when summer time begins.
    """

    author = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="+")
    queue = models.ForeignKey(Queue, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    contacts = models.ManyToManyField(Contact, through="ScheduledContact", related_name="+")
    tags = models.ManyToManyField(Tag, through="ScheduledTag", related_name="+")
    name = models.CharField(max_length=80, blank=True)
    body = models.TextField(blank=True)
    template = models.JSONField(null=True, blank=True)  # a choice: see actions.template_sends
    fallback_template = models.JSONField(null=True, blank=True)
    without_ticket = models.CharField(max_length=8, choices=WithoutTicket, default=WithoutTicket.WAITING)
    cancel_on_reply = models.BooleanField(default=False)
    # An assistant promised it: an answer of a machine, which no longer leaves once people have acted
    by_assistant = models.BooleanField(default=False, db_default=False)
    state = models.CharField(max_length=9, choices=ScheduleState, default=ScheduleState.ACTIVE)
    ended_because = models.CharField(max_length=20, blank=True)  # replied, person, finished
    first_at = models.DateTimeField()
    next_at = models.DateTimeField(null=True, blank=True)
    armed_at = models.DateTimeField()  # answers after this moment count for `cancel_on_reply`
    unit = models.CharField(max_length=6, choices=Unit, blank=True)  # blank: once
    every = models.PositiveSmallIntegerField(default=1)
    times = models.PositiveSmallIntegerField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    business_days = models.CharField(max_length=8, choices=BusinessDays, default=BusinessDays.ANY)
    step = models.PositiveIntegerField(default=0)  # how many intervals after `first_at` the next one is
    done_times = models.PositiveIntegerField(default=0)

    objects: Any = scoped(ScheduledMessageQuerySet)
    if TYPE_CHECKING:
        files: RelatedManager[KeptFile]
        sends: RelatedManager["ScheduledSend"]

    class Meta:
        indexes = [
            models.Index("company", "state", "next_at", name="scheduled_by_time"),
            models.Index("company", "author", F("id").desc(), name="scheduled_by_author"),
        ]

    def audience(self) -> set[str]:
        return {"supervisors"} | ({f"user.{self.author_id}"} if self.author_id else set())


class ScheduledContact(CompanyModel):
    schedule = models.ForeignKey(
        ScheduledMessage, on_delete=models.CASCADE, related_name="scheduled_contacts"
    )
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="scheduled_contacts")

    objects: Any = scoped()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["schedule", "contact"], name="scheduled_contact_once")]


class ScheduledTag(CompanyModel):
    schedule = models.ForeignKey(ScheduledMessage, on_delete=models.CASCADE, related_name="scheduled_tags")
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="+")

    objects: Any = scoped()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["schedule", "tag"], name="scheduled_tag_once")]


class SendState(models.TextChoices):
    WAITING = "waiting"
    SENT = "sent"  # given to the outbox; the message itself tells the rest
    FAILED = "failed"
    CANCELLED = "cancelled"


class ScheduledSend(CompanyModel):
    """One contact's message of one time. The constraint makes a second one impossible."""

    schedule = models.ForeignKey(
        ScheduledMessage, on_delete=models.CASCADE, related_name="sends", db_index=False
    )
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="+")
    occurrence = models.PositiveIntegerField()
    due_at = models.DateTimeField()
    state = models.CharField(max_length=9, choices=SendState, default=SendState.WAITING)
    reason = models.CharField(max_length=40, blank=True)  # why it failed or was cancelled
    detail = models.CharField(max_length=300, blank=True)
    used_fallback = models.BooleanField(default=False)
    message = models.ForeignKey(
        Message, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )

    objects: Any = scoped()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["schedule", "occurrence", "contact"], name="scheduled_send_once")
        ]
        indexes = [
            # What a ring still has to give to the outbox
            models.Index(fields=["schedule"], name="scheduled_send_waiting", condition=Q(state="waiting"))
        ]
