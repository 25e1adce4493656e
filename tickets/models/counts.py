"""The numbers on the inbox's tabs: counted up to a cap, all in one statement."""

from typing import Any

from django.db.models import IntegerField, Subquery

from tenants.models import Company
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
