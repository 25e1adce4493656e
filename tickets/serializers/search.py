"""How a hit of the search looks: the ticket, the message to jump to, and the words in their surroundings."""

from typing import Any

from rest_framework import serializers

from tickets.models import Message, Ticket
from tickets.models.message import Direction, Kind
from tickets.models.rows import as_rows, shape
from tickets.models.search_hits import Hit
from tickets.models.snippets import Marker, Snippet
from tickets.serializers.ticket import TicketSerializer

FOUND_IN = ["message", "note", "transcript", "contact"]


class FoundMessageSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=Kind.choices)
    direction = serializers.ChoiceField(choices=Direction.choices)
    author_name = serializers.CharField(allow_null=True)


class HitSerializer(serializers.Serializer[Any]):
    """`message` is null where the customer was found. `marks` are [start, length] in `snippet`."""

    ticket = TicketSerializer()
    message = FoundMessageSerializer(allow_null=True)
    found_in = serializers.ChoiceField(choices=FOUND_IN)
    at = serializers.DateTimeField()
    snippet = serializers.CharField()
    marks = serializers.ListField(
        child=serializers.ListField(child=serializers.IntegerField(), min_length=2, max_length=2)
    )


def hits_shown(hits: list[Hit], marker: Marker) -> list[dict[str, Any]]:
    """A page, with its tickets read in one statement."""
    rows = as_rows(Ticket.objects.filter(pk__in={hit.ticket_id for hit in hits})) if hits else []
    tickets = {row.id: shape(row.shown) for row in rows}
    return [_shown(hit, tickets[hit.ticket_id], marker) for hit in hits if hit.ticket_id in tickets]


def _shown(hit: Hit, ticket: dict[str, Any], marker: Marker) -> dict[str, Any]:
    found_in, snippet = (
        _of_contact(ticket["contact"], marker) if hit.message is None else _of_message(hit.message, marker)
    )
    return {
        "ticket": ticket,
        "message": None if hit.message is None else _message(hit.message),
        "found_in": found_in,
        "at": hit.at,
        "snippet": snippet.text,
        "marks": snippet.marks,
    }


def _message(message: Message) -> dict[str, Any]:
    return {
        "id": message.pk,
        "kind": message.kind,
        "direction": message.direction,
        "author_name": message.author.name if message.author else None,
    }


def _of_contact(contact: dict[str, Any], marker: Marker) -> tuple[str, Snippet]:
    number = f"+{contact['number']}" if contact["number"] else ""
    name = contact["display_name"]
    text = name if not number or number == name else f"{name} · {number}"
    return "contact", Snippet(text, marker.mark_parts(text))


def _of_message(message: Message, marker: Marker) -> tuple[str, Snippet]:
    heard = getattr(getattr(message, "text", None), "transcript", "")
    if heard and not marker.is_in(message.body):
        return "transcript", marker.snippet(heard)
    return ("note" if message.kind == Kind.NOTE else "message"), marker.snippet(message.body)
