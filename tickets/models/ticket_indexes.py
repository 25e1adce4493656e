"""What the database keeps to find tickets by, and which list needs it."""

from django.db import models
from django.db.models import F, Q

NEWEST = (F("last_message_at").desc(), F("id").desc())
NORMAL = 2  # the priority that most have

INDEXES = [
    # Tab All
    models.Index(
        "company", *NEWEST, name="ticket_live",
        condition=Q(status__in=["pending", "open"], deleted_at=None),
    ),
    # Views and searches over living and closed ones
    models.Index("company", *NEWEST, name="ticket_newest", condition=Q(deleted_at=None)),
    # Tabs Closed and Waiting of who sees all
    models.Index(
        "company", "status", *NEWEST, name="ticket_by_status",
        condition=Q(deleted_at=None),
    ),
    # Tab Mine
    models.Index(
        "company", "agent", "status", *NEWEST, name="ticket_by_agent",
        condition=Q(deleted_at=None),
    ),
    # Tab Waiting of an agent
    models.Index(
        "company", "queue", "status", *NEWEST, name="ticket_by_queue",
        condition=Q(deleted_at=None),
    ),
    # Filters that few tickets answer to: without an index of their own all are walked
    models.Index(
        "company", *NEWEST, name="ticket_asleep", condition=Q(deleted_at=None, snoozed_at__isnull=False)
    ),
    models.Index(
        "company", *NEWEST, name="ticket_promised", condition=Q(deleted_at=None, sla_due_at__isnull=False)
    ),
    models.Index(
        "company", *NEWEST, name="ticket_late", condition=Q(deleted_at=None, sla_breached_at__isnull=False)
    ),
    models.Index(
        "company", *NEWEST, name="ticket_shared", condition=Q(deleted_at=None) & ~Q(participants=[])
    ),
    models.Index(
        "company", "priority", *NEWEST, name="ticket_unusual",
        condition=Q(deleted_at=None) & ~Q(priority=NORMAL),
    ),
    models.Index(
        "company", "waiting_since", "id", name="ticket_waiting",
        condition=Q(deleted_at=None, waiting_since__isnull=False),
    ),
    # The order in which they began
    models.Index(
        "company", F("number").desc(), name="ticket_live_begun",
        condition=Q(status__in=["pending", "open"], deleted_at=None),
    ),
    # Where an assistant or a bot has the word (the sweeper of turns)
    models.Index("company", "id", name="ticket_with_bot", condition=Q(awaiting="bot")),
    # A contact's earlier tickets, and the reopen rule
    models.Index("contact", F("id").desc(), name="ticket_of_contact"),
]  # fmt: skip
