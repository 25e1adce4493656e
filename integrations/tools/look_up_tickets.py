"""This customer's own tickets: number, state, dates, what they are about. Nothing that agents wrote for themselves."""

from typing import Any

from integrations.ai.port import Tool
from integrations.tools.port import Answer, Around, BuiltIn, schema
from tickets.models import Tag, Ticket

NAME = "look_up_tickets"
MOST = 10


def offer(around: Around) -> Tool | None:
    return Tool(
        NAME,
        "The latest tickets of this customer: number, state, when opened and closed, sector, tags.",
        schema(),
    )


def use(around: Around, given: dict[str, Any]) -> Answer:
    contact = around.conversation.contact
    if contact is None:
        return Answer("There is no customer here whose tickets could be looked up.")
    rows = Ticket.objects.shown().filter(contact=contact.pk).select_related("queue").order_by("-pk")[:MOST]
    lines = [_line(ticket) for ticket in rows]
    return Answer("\n".join(lines) or "No tickets.", is_data=True)


def _line(ticket: Ticket) -> str:
    tags = (
        Tag.objects.live().filter(pk__in=ticket.ticket_tags.values("tag_id")).values_list("name", flat=True)
    )
    parts = [
        f"ticket {ticket.number}",
        f"state {ticket.status}",
        f"opened {ticket.created_at:%Y-%m-%d}",
        f"closed {ticket.closed_at:%Y-%m-%d}" if ticket.closed_at else "",
        f"sector {ticket.queue.name}" if ticket.queue else "",
        f"about {', '.join(sorted(tags))}" if tags else "",
    ]
    return "; ".join(part for part in parts if part)


TOOL = BuiltIn(NAME, offer, use)
