"""A ticket: one episode of conversation between a contact and the company on one connection."""

import re
import uuid
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import OuterRef, Q, Subquery

from tenants.models import Membership, User
from tenants.scoping import CompanyModel, CompanyQuerySet, Deletable, scoped
from tenants.statements import Later, Statement
from tickets.models import search
from tickets.models.connection import Connection
from tickets.models.contact import Contact
from tickets.models.queue import Queue, QueueMember
from tickets.models.ticket_indexes import INDEXES

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager

    from tickets.models.history import TicketHistory
    from tickets.models.message import Message
    from tickets.models.tag import TicketTag

WINDOW = timedelta(hours=24)  # free-form answers after a customer's message (WhatsApp's service window)


class Status(models.TextChoices):
    PENDING = "pending"
    OPEN = "open"
    CLOSED = "closed"


class Priority(models.IntegerChoices):
    """Numbers, so that lists can be sorted by them; the API says the words."""

    LOW = 1, "low"
    NORMAL = 2, "normal"
    HIGH = 3, "high"
    URGENT = 4, "urgent"


class Awaiting(models.TextChoices):
    """What the automatic dialogue waits for; nothing, nearly always."""

    NOTHING = ""
    CONSENT = "consent"
    MENU = "menu"
    RATING = "rating"  # of a closed ticket
    BOT = "bot"  # an assistant, or a bot of others, has the word


class SlaTarget(models.TextChoices):
    NONE = ""
    FIRST_REPLY = "first_reply"
    NEXT_REPLY = "next_reply"
    RESOLUTION = "resolution"


class Tab(models.TextChoices):
    """The lists of the inbox."""

    MINE = "mine"
    WAITING = "waiting"
    ALL = "all"
    SNOOZED = "snoozed"
    CLOSED = "closed"
    ANY = "any"  # living and closed: what searches and saved views narrow


LIVE = [Status.PENDING, Status.OPEN]
_TICKET_NUMBER = re.compile(r"#(\d{1,9})")


class TicketQuerySet(CompanyQuerySet):
    def live(self) -> "TicketQuerySet":
        return self.filter(status__in=LIVE, deleted_at=None)

    def shown(self) -> "TicketQuerySet":
        return self.filter(deleted_at=None)

    def visible_to(self, viewer: "Viewer") -> "TicketQuerySet":
        """Who sees all sees all; an agent own tickets, what waits in own queues, and where they participate."""
        if viewer.sees_all:
            return self.shown()
        waiting = Q(status=Status.PENDING, agent=None)
        return self.shown().filter(Q(agent=viewer.user_id) | _joined(viewer) | (waiting & _in_reach(viewer)))

    def tab(self, name: str, viewer: "Viewer") -> "TicketQuerySet":
        """One list of the inbox. Each is `visible_to` said so that an index can read it in order."""
        if name == Tab.MINE:
            return self.shown().filter(agent=viewer.user_id, status=Status.OPEN, snoozed_at=None)
        if name == Tab.WAITING:
            waiting = self.shown().filter(status=Status.PENDING, agent=None, snoozed_at=None)
            return waiting if viewer.sees_all else waiting.filter(_in_reach(viewer))
        if name == Tab.SNOOZED:
            return self.visible_to(viewer).filter(status__in=LIVE, snoozed_at__isnull=False)
        if name == Tab.CLOSED:
            closed = self.shown().filter(status=Status.CLOSED)
            return closed if viewer.sees_all else closed.filter(agent=viewer.user_id)
        if name == Tab.ANY:
            return self.visible_to(viewer)
        return self.visible_to(viewer).filter(status__in=LIVE)

    def about(self, words: str) -> "TicketQuerySet":
        """Tickets of the contacts that a search for these words finds; `#123` is the ticket of that number."""
        if one := _TICKET_NUMBER.fullmatch(words.strip()):
            return self.filter(number=int(one[1]))
        wanted = search.terms(words)
        if not wanted:
            return self
        few = search.few_contacts(wanted)
        if few is not None:
            return self.filter(contact__any=few)
        # A subquery, not a join: the planner has no statistics through the fence, and a join would tempt it to
        # read every contact instead of walking the newest tickets until a page is full.
        theirs = Contact.objects.filter(pk=OuterRef("contact_id")).values("search")
        found: TicketQuerySet = self.alias(contact_search=Subquery(theirs))
        for term in wanted:
            found = found.filter(contact_search__contains=term)
        return found

    def reachable_by(self, viewer: "Viewer") -> "TicketQuerySet":
        """What the viewer sees or could have seen waiting a moment ago: somebody may have been faster."""
        if viewer.sees_all:
            return self.shown()
        reachable = Q(agent=viewer.user_id) | Q(queue__any=viewer.queue_ids) | _joined(viewer)
        if viewer.sees_unqueued:
            reachable |= Q(queue=None)
        rows: TicketQuerySet = self.shown().filter(reachable)
        return rows

    def with_parts(self) -> "TicketQuerySet":
        """What actions look at. Showing a ticket needs nothing: `TicketSerializer` reads the whole row."""
        return self.select_related("contact", "connection")


class Viewer:
    """Whose eyes a list is read with: a member of the company, or a key that sees everything.

    `queue_ids` are the queues they serve, or the rows that say so: for one ticket a statement less, for a list
    the planner needs to know them.
    """

    def __init__(self, user_id: Any, *, sees_all: bool, sees_unqueued: bool, queue_ids: Any) -> None:
        self.user_id = user_id
        self.sees_all = sees_all
        self.sees_unqueued = sees_unqueued
        self.queue_ids = queue_ids

    @property
    def shape(self) -> tuple[bool, bool, bool]:
        """What the text of a statement depends on; the rest are `values`."""
        return self.user_id is not None, self.sees_all, self.sees_unqueued

    @property
    def values(self) -> dict[str, Any]:
        return {"viewer": self.user_id, "viewer_queues": self.queue_ids}

    @classmethod
    def shaped(cls, is_person: bool, sees_all: bool, sees_unqueued: bool, queue_ids: Any = None) -> "Viewer":
        """Anybody with these rights, for writing a statement."""
        user_id = Later("viewer") if is_person else None
        queue_ids = Later("viewer_queues") if queue_ids is None else queue_ids
        return cls(user_id, sees_all=sees_all, sees_unqueued=sees_unqueued, queue_ids=queue_ids)


class Ticket(CompanyModel, Deletable):
    """`number` counts per company; `uuid` is for links. `waiting_since` is the oldest unanswered message."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.PositiveIntegerField()
    status = models.CharField(max_length=10, choices=Status, default=Status.PENDING)
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="tickets")
    connection = models.ForeignKey(Connection, on_delete=models.PROTECT, related_name="+")
    queue = models.ForeignKey(Queue, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    agent = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    participants = ArrayField(models.BigIntegerField(), default=list, blank=True)  # people who see it as well
    unread_count = models.PositiveIntegerField(default=0)
    last_message = models.ForeignKey(
        "tickets.Message", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    last_message_at = models.DateTimeField()
    last_customer_at = models.DateTimeField(null=True, blank=True)  # opens the 24-hour window
    waiting_since = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    first_reply_at = models.DateTimeField(null=True, blank=True)  # by a person, in this episode
    priority = models.PositiveSmallIntegerField(choices=Priority, default=Priority.NORMAL)
    snoozed_at = models.DateTimeField(null=True, blank=True)  # asleep since
    snoozed_until = models.DateTimeField(null=True, blank=True)  # none while asleep: until the next reply
    awaiting = models.CharField(max_length=10, choices=Awaiting, default=Awaiting.NOTHING, blank=True)
    word = models.BigIntegerField(default=0)  # who may speak by itself here, see tickets/actions/word.py
    dialogue = models.JSONField(default=dict)  # where the customer is in the menu; for the responders only
    custom_fields = models.JSONField(default=dict)  # values of the company's own fields, by their keys
    merged_into = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    sla_target = models.CharField(max_length=12, choices=SlaTarget, default=SlaTarget.NONE, blank=True)
    sla_due_at = models.DateTimeField(null=True, blank=True)  # when the nearest promise ends
    sla_warned_at = models.DateTimeField(null=True, blank=True)
    sla_breached_at = models.DateTimeField(null=True, blank=True)
    sla_clocks = models.JSONField(default=dict)  # the stopwatches behind these, see tickets/stopwatch.py
    routed = models.JSONField(default=dict)  # where rules sent it since it was last answered, see assignment

    objects: Any = scoped(TicketQuerySet)
    if TYPE_CHECKING:
        ticket_tags: RelatedManager[TicketTag]
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
        indexes = INDEXES

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
        to = {"supervisors", *(f"user.{user_id}" for user_id in self.participants)}
        if self.agent_id:
            to.add(f"user.{self.agent_id}")
        elif self.status == Status.PENDING:
            to.add(f"queue.{self.queue_id}" if self.queue_id else "unqueued")
        return to


def viewer_of(membership: Membership, *, sees_unqueued: bool) -> Viewer:
    """One query for an agent: the queues of the member. None for who sees all."""
    sees_all = membership.may("tickets.see_all")
    served = [] if sees_all else [row.queue_id for row in _served_queues.rows(membership=membership.pk)]
    return Viewer(membership.user_id, sees_all=sees_all, sees_unqueued=sees_unqueued, queue_ids=served)


def served_by(membership: Any) -> Any:
    """The queues of a member."""
    rows = QueueMember.objects.filter(membership=membership, queue__deleted_at=None)
    return rows.values_list("queue_id")


@Statement
def _served_queues() -> Any:
    return served_by(Later("membership"))


def _in_reach(viewer: Viewer) -> Q:
    """What waits where this agent may take it."""
    lookup = "queue__in" if isinstance(viewer.queue_ids, models.QuerySet) else "queue__any"
    reachable = Q(**{lookup: viewer.queue_ids})
    return reachable | Q(queue=None) if viewer.sees_unqueued else reachable


def _joined(viewer: Viewer) -> Q:
    """Where this agent was asked to look."""
    return Q(participants__contains=[viewer.user_id])
