"""Choices that were offered as numbered text: who answers "1" has tapped the first, as far as anybody can tell."""

from collections.abc import Sequence

from tickets import plain
from tickets.models import Connection, Message
from tickets.models.message import Direction, Kind
from tickets.transport import transport_for

OFFERS = {Kind.BUTTONS: Kind.BUTTON_REPLY, Kind.LIST: Kind.LIST_REPLY}
LONGEST_ANSWER = 80


def understand(connection: Connection, messages: Sequence[Message]) -> None:
    """Turn such answers into choices, before they are stored. Where taps exist, a number is only a number."""
    if set(OFFERS) <= transport_for(connection).kinds:
        return
    typed = [one for one in messages if one.kind == Kind.TEXT and len(one.body) <= LONGEST_ANSWER]
    offers = _last_words([one.ticket_id for one in typed])
    for message in typed:
        offer = offers.get(message.ticket_id)
        choice = plain.chosen(offer, message.body) if offer is not None else None
        if offer is None or choice is None:
            continue
        message.content = {
            "id": choice["id"], "title": choice["title"], "description": choice.get("description", ""),
            "typed": message.body,
        }  # fmt: skip
        message.kind, message.body = OFFERS[Kind(offer.kind)], choice["title"]
        message.reply_to = message.reply_to or offer


def _last_words(tickets: Sequence[int]) -> dict[int, Message]:
    """The newest message that went out in each ticket, where it offers something."""
    if not tickets:
        return {}
    rows = Message.objects.filter(ticket__in=tickets, direction=Direction.OUT).select_related("author")
    newest = rows.order_by("ticket_id", "-at", "-id").distinct("ticket_id")
    return {row.ticket_id: row for row in newest if row.kind in OFFERS}
