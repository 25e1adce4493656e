"""What Meta refuses before it accepts a message: missing and malformed parts, lengths and counts."""

from collections.abc import Callable
from typing import Any

from ..errors import GraphError
from ..records import MEDIA_TYPES, Json
from . import asks
from .parts import invalid as invalid
from .parts import items as items
from .parts import missing as missing
from .parts import part as part
from .parts import text as text

CAPTIONED = frozenset({"image", "video", "document"})


def check_text(body: Json) -> None:
    text(part(body, "text"), "body", 4096, "text")


def check_media(body: Json) -> None:
    kind = body["type"]
    media = part(body, kind)
    given = [media[key] for key in ("id", "link") if media.get(key)]
    if len(given) != 1 or not isinstance(given[0], str):
        raise GraphError(100, f"Param {kind} must have exactly one of 'id' or 'link'.")
    if kind in CAPTIONED:
        text(media, "caption", 1024, kind, required=False)
    elif media.get("caption"):
        raise GraphError(100, f"Unexpected key 'caption' on param {kind}.")
    if kind == "document":
        text(media, "filename", 240, kind, required=False)


def check_location(body: Json) -> None:
    place = part(body, "location")
    for key, limit in (("latitude", 90), ("longitude", 180)):
        if place.get(key) is None:
            raise missing(f"location['{key}']")
        if abs(_number(place[key], f"location['{key}']")) > limit:
            raise invalid(f"location['{key}']")


def check_contacts(body: Json) -> None:
    cards = items(body, "contacts")
    if len(cards) > 257:
        raise invalid("contacts", "at most 257 contacts")
    for card in cards:
        name = part(card, "name", "contacts.")
        text(name, "formatted_name", 1024, "contacts.name")
        if not set(name) - {"formatted_name"}:
            raise missing("contacts.name: at least one of first_name, last_name, middle_name, suffix, prefix")


def check_reaction(body: Json) -> None:
    reaction = part(body, "reaction")
    text(reaction, "message_id", 400, "reaction")
    emoji = reaction.get("emoji")
    if emoji is None:
        raise missing("reaction['emoji']")
    if not isinstance(emoji, str) or len(emoji) > 16 or (emoji.isascii() and emoji):
        raise invalid("reaction['emoji']", "must be one emoji, or empty to remove")
    if body.get("context"):
        raise GraphError(100, "Param context cannot be used with reactions.")


CHECKS: dict[str, Callable[[Json], None]] = {
    "text": check_text,
    "location": check_location,
    "contacts": check_contacts,
    "reaction": check_reaction,
    "interactive": asks.check,
    "template": lambda body: None,  # looked at together with the template itself
    **dict.fromkeys(MEDIA_TYPES, check_media),
}


def check(body: Json) -> None:
    """Everything about a message that can be judged without knowing anything else."""
    if body.get("messaging_product") != "whatsapp":
        raise GraphError(100, "The parameter messaging_product is required and must be 'whatsapp'.")
    if body.get("recipient_type", "individual") not in ("individual", "group"):
        raise invalid("recipient_type", "must be individual or group")
    kind = body.setdefault("type", "text")
    if not isinstance(kind, str) or kind not in CHECKS:
        raise GraphError(131051, f"Message type {kind!r} is not supported.")
    callback = body.get("biz_opaque_callback_data")
    if callback is not None and (not isinstance(callback, str) or len(callback) > 512):
        raise GraphError(100, "Param biz_opaque_callback_data must be a string of at most 512 characters.")
    context = body.get("context")
    if context is not None:
        text(part(body, "context"), "message_id", 400, "context")
    CHECKS[kind](body)


def _number(value: Any, name: str) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        raise invalid(name, "must be a number") from None
