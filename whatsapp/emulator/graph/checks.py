"""What Meta refuses before it accepts a message: missing and malformed parts, lengths and counts."""

from collections.abc import Callable
from typing import Any

from ..errors import GraphError
from ..records import MEDIA_TYPES, Json

CAPTIONED = frozenset({"image", "video", "document"})


def missing(name: str) -> GraphError:
    return GraphError(131008, f"The parameter {name} is required.")


def invalid(name: str, why: str = "") -> GraphError:
    return GraphError(131009, f"Parameter value is not valid: {name}{': ' + why if why else ''}.")


def part(body: Json, key: str, where: str = "") -> Json:
    value = body.get(key)
    if value is None:
        raise missing(f"{where}{key}")
    if not isinstance(value, dict):
        raise GraphError(100, f"Param {where}{key} must be a JSON object.")
    return value


def items(body: Json, key: str, where: str = "") -> list[Json]:
    value = body.get(key)
    if not value:
        raise missing(f"{where}{key}")
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        raise GraphError(100, f"Param {where}{key} must be an array of objects.")
    return value


def text(body: Json, key: str, longest: int, where: str = "", *, required: bool = True) -> str:
    value = body.get(key)
    if value is None or value == "":
        if required:
            raise missing(f"{where}['{key}']")
        return ""
    if not isinstance(value, str):
        raise GraphError(100, f"Param {where}['{key}'] must be a string.")
    if len(value) > longest:
        raise GraphError(100, f"Param {where}['{key}'] must be at most {longest} characters long.")
    return value


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


def check_buttons(body: Json) -> None:
    ask = part(body, "interactive")
    text(part(ask, "body", "interactive."), "text", 1024, "interactive.body")
    _header_and_footer(ask)
    buttons = items(part(ask, "action", "interactive."), "buttons", "interactive.action.")
    if len(buttons) > 3:
        raise invalid("interactive.action.buttons", "at most 3 buttons")
    replies = [part(one, "reply", "interactive.action.buttons.") for one in buttons]
    for reply in replies:
        text(reply, "title", 20, "interactive.action.buttons.reply")
        text(reply, "id", 256, "interactive.action.buttons.reply")
    _all_different([one["id"] for one in replies], "button id")
    _all_different([one["title"] for one in replies], "button title")


def check_list(body: Json) -> None:
    ask = part(body, "interactive")
    text(part(ask, "body", "interactive."), "text", 4096, "interactive.body")
    _header_and_footer(ask)
    action = part(ask, "action", "interactive.")
    text(action, "button", 20, "interactive.action")
    sections = items(action, "sections", "interactive.action.")
    if len(sections) > 10:
        raise invalid("interactive.action.sections", "at most 10 sections")
    rows: list[Json] = []
    for section in sections:
        text(section, "title", 24, "interactive.action.sections", required=len(sections) > 1)
        rows += items(section, "rows", "interactive.action.sections.")
    if len(rows) > 10:
        raise invalid("interactive.action.sections.rows", "at most 10 rows in all")
    for row in rows:
        text(row, "title", 24, "interactive.action.sections.rows")
        text(row, "id", 200, "interactive.action.sections.rows")
        text(row, "description", 72, "interactive.action.sections.rows", required=False)
    _all_different([one["id"] for one in rows], "row id")


def check_interactive(body: Json) -> None:
    ask = part(body, "interactive")
    kind = text(ask, "type", 64, "interactive")
    if kind == "button":
        check_buttons(body)
    elif kind == "list":
        check_list(body)
    elif kind == "cta_url":
        text(part(ask, "body", "interactive."), "text", 1024, "interactive.body")
        parameters = part(part(ask, "action", "interactive."), "parameters", "interactive.action.")
        text(parameters, "display_text", 20, "interactive.action.parameters")
        text(parameters, "url", 2000, "interactive.action.parameters")
    elif kind in {"location_request_message", "request_contact_info"}:
        text(part(ask, "body", "interactive."), "text", 1024, "interactive.body")
    else:
        raise GraphError(131051, f"The emulator does not speak interactive type {kind!r}.")


CHECKS: dict[str, Callable[[Json], None]] = {
    "text": check_text,
    "location": check_location,
    "contacts": check_contacts,
    "reaction": check_reaction,
    "interactive": check_interactive,
    "template": lambda body: None,  # looked at together with the template itself
    **dict.fromkeys(MEDIA_TYPES, check_media),
}


def check(body: Json) -> None:
    """Everything about a message that can be judged without knowing anything else."""
    if body.get("messaging_product") != "whatsapp":
        raise GraphError(100, "The parameter messaging_product is required and must be 'whatsapp'.")
    if body.get("recipient_type", "individual") != "individual":
        raise GraphError(131051, "The emulator has no groups.")
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


def _header_and_footer(ask: Json) -> None:
    if ask.get("footer") is not None:
        text(part(ask, "footer", "interactive."), "text", 60, "interactive.footer")
    if ask.get("header") is not None:
        header = part(ask, "header", "interactive.")
        if header.get("type") == "text":
            text(header, "text", 60, "interactive.header")


def _all_different(values: list[str], what: str) -> None:
    if len(set(values)) != len(values):
        raise invalid("interactive.action", f"every {what} must be different")


def _number(value: Any, name: str) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        raise invalid(name, "must be a number") from None
