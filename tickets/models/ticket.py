"""A ticket: one episode of conversation between a contact and the company on one connection."""

import uuid
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from tenants.models import Membership, User
from tenants.scoping import CompanyModel, CompanyQuerySet, Deletable, scoped
from tickets.models.connection import Connection
from tickets.models.contact import Contact
from tickets.models.queue import Queue

if TYPE_CHECKING:
    from django.db.models.manager import RelatedManager

    from tickets.models.history import TicketHistory
    from tickets.models.message import Message

WINDOW = timedelta(hours=24)  # free-form answers after a customer's message (WhatsApp's service window)


class Status(models.TextChoices):
    PENDING = "pending"
    OPEN = "open"
    CLOSED = "closed"


LIVE = [Status.PENDING, Status.OPEN]


class TicketQuerySet(CompanyQuerySet):
    def live(self) -> "TicketQuerySet":
        return self.filter(status__in=LIVE, deleted_at=None)

    def shown(self) -> "TicketQuerySet":
        return self.filter(deleted_at=None)

    def visible_to(self, viewer: "Viewer") -> "TicketQuerySet":
        """Supervisors and admins see all; an agent sees own tickets and what waits in own queues."""
        if viewer.sees_all:
            return self.shown()
        waiting = Q(status=Status.PENDING, agent=None)
        reachable = Q(queue__in=viewer.queue_ids)
        if viewer.sees_unqueued:
            reachable |= Q(queue=None)
        return self.shown().filter(Q(agent=viewer.user_id) | (waiting & reachable))

    def with_parts(self) -> "TicketQuerySet":
        """Everything `ticket_row` shows, in one query."""
        return self.select_related("contact", "connection", "queue", "agent", "last_message")


class Viewer:
    """Whose eyes a list is read with: a member of the company, or a key that sees everything."""

    def __init__(
        self, user_id: int | None, *, sees_all: bool, sees_unqueued: bool, queue_ids: list[int]
    ) -> None:
        self.user_id = user_id
        self.sees_all = sees_all
        self.sees_unqueued = sees_unqueued
        self.queue_ids = queue_ids


class Ticket(CompanyModel, Deletable):
    """`number` counts per company; `uuid` is for links. `waiting_since` is the oldest unanswered message."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.PositiveIntegerField()
    status = models.CharField(max_length=10, choices=Status, default=Status.PENDING)
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="tickets")
    connection = models.ForeignKey(Connection, on_delete=models.PROTECT, related_name="+")
    queue = models.ForeignKey(Queue, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    agent = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    unread_count = models.PositiveIntegerField(default=0)
    last_message = models.ForeignKey(
        "tickets.Message", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    last_message_at = models.DateTimeField()
    last_customer_at = models.DateTimeField(null=True, blank=True)  # opens the 24-hour window
    waiting_since = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = scoped(TicketQuerySet)
    if TYPE_CHECKING:
        messages: RelatedManager[Message]
        history: RelatedManager[TicketHistory]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["connection", "contact"],
                condition=Q(status__in=["pending", "open"], deleted_at=None),
                name="ticket_one_live",  # two quick messages must not open two tickets
            ),
            models.UniqueConstraint(fields=["company", "number"], name="ticket_number_once"),
        ]
        indexes = [
            # Tabs All and Closed
            models.Index(
                "company", "status", F("last_message_at").desc(), F("id").desc(), name="ticket_by_status",
                condition=Q(deleted_at=None),
            ),
            # Tab Mine
            models.Index(
                "company", "agent", "status", F("last_message_at").desc(), F("id").desc(), name="ticket_by_agent",
                condition=Q(deleted_at=None),
            ),
            # Tab Waiting of an agent
            models.Index(
                "company", "queue", "status", F("last_message_at").desc(), F("id").desc(), name="ticket_by_queue",
                condition=Q(deleted_at=None),
            ),
            # A contact's earlier tickets, and the reopen rule
            models.Index("contact", F("id").desc(), name="ticket_of_contact"),
        ]  # fmt: skip

    @property
    def is_closed(self) -> bool:
        return self.status == Status.CLOSED

    @property
    def is_waiting(self) -> bool:
        return self.status == Status.PENDING and self.agent_id is None

    @property
    def window_expires_at(self) -> datetime | None:
        return self.last_customer_at + WINDOW if self.last_customer_at else None

    def window_is_open(self, at: datetime) -> bool:
        expires = self.window_expires_at
        return expires is not None and at < expires

    def audience(self) -> set[str]:
        """Who may see it now: mirrors `visible_to`, in words of the socket."""
        to = {"supervisors"}
        if self.agent_id:
            to.add(f"user.{self.agent_id}")
        elif self.status == Status.PENDING:
            to.add(f"queue.{self.queue_id}" if self.queue_id else "unqueued")
        return to


def viewer_of(membership: Membership, *, sees_unqueued: bool) -> Viewer:
    """One query: the queues of the member."""
    queue_ids = list(membership.queue_members.values_list("queue_id", flat=True))
    return Viewer(
        membership.user_id,
        sees_all=membership.may("tickets.see_all"),
        sees_unqueued=sees_unqueued,
        queue_ids=queue_ids,
    )
