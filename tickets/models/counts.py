"""The numbers on the inbox's tabs and saved views: counted up to a cap, all in one statement."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import IntegerField, Subquery

from tenants.models import Company
from tickets.models import filters
from tickets.models.conditions import Reader
from tickets.models.ticket import Tab, Ticket, Viewer

CAP = 1_000


class CountUpTo(Subquery):
    """How many rows, but no more than the cap: an inbox of any size costs the same."""

    template = "(SELECT count(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()

    def __init__(self, rows: Any, **extra: Any) -> None:
        super().__init__(rows.order_by().values("pk")[:CAP], **extra)


def ticket_counts(viewer: Viewer, company_id: int) -> dict[str, int]:
    mine = Ticket.objects.tab(Tab.MINE, viewer)
    waiting = Ticket.objects.tab(Tab.WAITING, viewer)
    counted: Any = Company.objects.filter(pk=company_id).values(
        mine=CountUpTo(mine),
        waiting=CountUpTo(waiting),
        all=CountUpTo(Ticket.objects.tab(Tab.ALL, viewer)),
        mine_unread=CountUpTo(mine.filter(unread_count__gt=0)),
        waiting_unread=CountUpTo(waiting.filter(unread_count__gt=0)),
    )[0]
    return {**counted, "cap": CAP}


class CountUnreadUpTo(Subquery):
    """[how many rows, how many of them are unread], no more than the cap."""

    template = """(SELECT ARRAY[count(*), count(*) FILTER (WHERE counted.unread_count > 0)]
        FROM (%(subquery)s) AS counted)"""
    output_field = ArrayField(IntegerField())

    def __init__(self, rows: Any, **extra: Any) -> None:
        super().__init__(rows.order_by().values("pk", "unread_count")[:CAP], **extra)


def filter_counts(
    asked: Mapping[str, filters.Filter], viewer: Viewer, company_id: int, at: datetime
) -> dict[str, list[int]]:
    """For each filter how many tickets it shows this viewer, and how many of them are unread."""
    if not asked:
        return {}
    seen, reader = Ticket.objects.visible_to(viewer), Reader(viewer.user_id, at)
    subqueries = {
        name: CountUnreadUpTo(seen.filter(filters.asked_by(reader, one))) for name, one in asked.items()
    }
    counted: Any = Company.objects.filter(pk=company_id).values(**subqueries)[0]
    return dict(counted)
