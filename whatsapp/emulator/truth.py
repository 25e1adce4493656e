"""What really happened: the answer key that a test compares a helpdesk's database with."""

from typing import Any

from .hub import Hub
from .records import MEDIA_TYPES, Json, Message


def tell(hub: Hub, *, since: int = 0) -> Json:
    """Everything accepted, everything shown (in the order customers saw it), everything customers sent."""
    messages = [one for one in hub.world.messages.values() if one.seq > since or (one.shown_seq or 0) > since]
    # What was written on the owner's phone did not pass the API.
    messages = [one for one in messages if not one.extra.get("by_phone")]
    ours = sorted((one for one in messages if one.direction == "out"), key=lambda one: one.seq)
    theirs = sorted((one for one in messages if one.direction == "in"), key=lambda one: one.seq)
    seen = sorted((one for one in ours if one.shown_seq is not None), key=lambda one: one.shown_seq or 0)
    return {
        "now": hub.world.now(),
        "accepted": [accepted(one) for one in ours],
        "shown": [shown(one) for one in seen],
        "sent": [sent(one) for one in theirs],
        "deliveries": hub.ledger.summary(hub.courier.pending),
        "under_way": sum(not _rests(hub, one) for one in ours) + hub.carrier.late,
    }


def accepted(message: Message) -> Json:
    return _common(message) | {
        "to": message.persona,
        "input": message.input,
        "cookie": message.cookie,
        "context": message.context or None,
        "state": message.state,
        "states": message.states,
        "shown": message.shown_at is not None,
    }


def shown(message: Message) -> Json:
    return _common(message) | {
        "persona": message.persona,
        "cookie": message.cookie,
        "shown_at": message.shown_at,
        "shown_seq": message.shown_seq,
    }


def sent(message: Message) -> Json:
    return _common(message) | {
        "from": message.persona,
        "context": message.context or None,
        "acknowledged": message.has("delivered"),
        "read": message.has("read"),
    }


def body_of(message: Message) -> Any:
    """The words of a message, or the part of it that stands for them."""
    part = message.content.get(message.type, {})
    if message.type == "text":
        return part.get("body", "")
    if message.type in MEDIA_TYPES:
        return part.get("caption", "")
    return part


def _common(message: Message) -> Json:
    body: Json = {
        "wamid": message.wamid,
        "seq": message.seq,
        "phone_number_id": message.phone_number_id,
        "type": message.type,
        "body": body_of(message),
        "at": message.at,
    }
    if message.type in MEDIA_TYPES:
        body["media_id"] = message.content[message.type].get("id")
    return body


def _rests(hub: Hub, message: Message) -> bool:
    """Nothing will happen to it unless somebody acts."""
    persona = hub.world.personas.get(message.persona)
    waits = persona is not None and not persona.is_reachable and message.has("sent")
    return message.is_settled or waits or bool(message.extra.get("swallowed"))
