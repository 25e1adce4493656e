"""Which of our messages facts of webhooks are about: one query for a page of them."""

from collections.abc import Iterable
from typing import Any

from tickets.models import Message
from whatsapp.models.event import Event

Place = tuple[int | None, str]


def messages_of(events: Iterable[Event]) -> dict[Place, Message]:
    """By connection and provider id; what is not here is not one of our messages."""
    wanted = {event.provider_id for event in events if event.provider_id}
    if not wanted:
        return {}
    rows = Message.objects.filter(provider_id__in=wanted).select_related("ticket__contact")
    shown = rows.only(
        "kind", "provider_id", "connection", "ticket__number", "ticket__contact__name",
        "ticket__contact__number", "ticket__contact__username",
    )  # fmt: skip
    return {(message.connection_id, message.provider_id): message for message in shown}


def place_of(event: Any) -> Place:
    return event.connection_id, event.provider_id
