"""What Meta refuses of interactive messages: buttons, lists, links, flows, products and what asks for something."""

from collections.abc import Callable
from typing import Any

from ..errors import GraphError
from ..records import Json
from .parts import invalid, items, missing, part, text

WHERE = "interactive."
ACTION = "interactive.action."
HEADER_FILES = frozenset({"image", "video", "document"})
# Which headers each type may have.
HEADERS = {
    "button": HEADER_FILES | {"text"},
    "cta_url": HEADER_FILES | {"text"},
    "flow": HEADER_FILES | {"text"},
    "list": frozenset({"text"}),
    "product_list": frozenset({"text"}),
}


def check(body: Json) -> None:
    ask = part(body, "interactive")
    kind = text(ask, "type", 64, "interactive")
    if kind not in CHECKS:
        raise GraphError(131051, f"The emulator does not speak interactive type {kind!r}.")
    _frame(ask, kind)
    CHECKS[kind](part(ask, "action", WHERE))


def header_file(content: Json) -> tuple[str, Json] | None:
    """The picture, video or document above the words."""
    header = (content.get("interactive") or {}).get("header") or {}
    kind = header.get("type")
    return (kind, header.get(kind) or {}) if kind in HEADER_FILES else None


def _frame(ask: Json, kind: str) -> None:
    longest = 4096 if kind == "list" else 1024
    if kind != "product" or ask.get("body") is not None:
        text(part(ask, "body", WHERE), "text", longest, "interactive.body")
    if ask.get("footer") is not None:
        text(part(ask, "footer", WHERE), "text", 60, "interactive.footer")
    if kind == "product_list" and ask.get("header") is None:
        raise missing("interactive.header")
    if ask.get("header") is not None:
        _header(part(ask, "header", WHERE), kind)


def _header(header: Json, kind: str) -> None:
    what = text(header, "type", 64, "interactive.header")
    if what not in HEADERS.get(kind, frozenset()):
        raise invalid("interactive.header.type", f"{what} is not allowed for interactive type {kind}")
    if what == "text":
        text(header, "text", 60, "interactive.header")
        return
    media = part(header, what, "interactive.header.")
    if len([key for key in ("id", "link") if isinstance(media.get(key), str) and media[key]]) != 1:
        raise GraphError(100, f"Param interactive.header.{what} must have exactly one of 'id' or 'link'.")


def _buttons(action: Json) -> None:
    buttons = items(action, "buttons", ACTION)
    if len(buttons) > 3:
        raise invalid("interactive.action.buttons", "at most 3 buttons")
    replies = [part(one, "reply", "interactive.action.buttons.") for one in buttons]
    for reply in replies:
        text(reply, "title", 20, "interactive.action.buttons.reply")
        text(reply, "id", 256, "interactive.action.buttons.reply")
    _all_different([one["id"] for one in replies], "button id")
    _all_different([one["title"] for one in replies], "button title")


def _list(action: Json) -> None:
    text(action, "button", 20, "interactive.action")
    rows: list[Json] = []
    for section in _sections(action):
        rows += items(section, "rows", "interactive.action.sections.")
    if len(rows) > 10:
        raise invalid("interactive.action.sections.rows", "at most 10 rows in all")
    for row in rows:
        text(row, "title", 24, "interactive.action.sections.rows")
        text(row, "id", 200, "interactive.action.sections.rows")
        text(row, "description", 72, "interactive.action.sections.rows", required=False)
    _all_different([one["id"] for one in rows], "row id")


def _sections(action: Json) -> list[Json]:
    sections = items(action, "sections", ACTION)
    if len(sections) > 10:
        raise invalid("interactive.action.sections", "at most 10 sections")
    for section in sections:
        text(section, "title", 24, "interactive.action.sections", required=len(sections) > 1)
    return sections


def _link(action: Json) -> None:
    _named(action, "cta_url")
    parameters = part(action, "parameters", ACTION)
    text(parameters, "display_text", 20, "interactive.action.parameters")
    url = text(parameters, "url", 2000, "interactive.action.parameters")
    if not url.startswith(("https://", "http://")):
        raise invalid("interactive.action.parameters.url", "must start with http:// or https://")


def _flow(action: Json) -> None:
    _named(action, "flow")
    parameters = part(action, "parameters", ACTION)
    where = "interactive.action.parameters"
    if text(parameters, "flow_message_version", 8, where) != "3":
        raise invalid(f"{where}.flow_message_version", "must be 3")
    if bool(parameters.get("flow_id")) == bool(parameters.get("flow_name")):
        raise GraphError(100, f"Param {where} must have exactly one of 'flow_id' or 'flow_name'.")
    text(parameters, "flow_cta", 20, where)
    text(parameters, "flow_token", 200, where, required=False)
    doing = parameters.get("flow_action", "navigate")
    if doing not in {"navigate", "data_exchange"}:
        raise invalid(f"{where}.flow_action", "must be navigate or data_exchange")
    if parameters.get("flow_action_payload") is not None:
        first = part(parameters, "flow_action_payload", f"{where}.")
        text(first, "screen", 200, f"{where}.flow_action_payload")
        if first.get("data") is not None and (not isinstance(first["data"], dict) or not first["data"]):
            raise invalid(f"{where}.flow_action_payload.data", "must be a non-empty object")


def _product(action: Json) -> None:
    for key in ("catalog_id", "product_retailer_id"):
        text(action, key, 200, "interactive.action")


def _products(action: Json) -> None:
    text(action, "catalog_id", 200, "interactive.action")
    found: list[Json] = []
    for section in _sections(action):
        found += items(section, "product_items", "interactive.action.sections.")
    if len(found) > 30:
        raise invalid("interactive.action.sections.product_items", "at most 30 products in all")
    for one in found:
        text(one, "product_retailer_id", 200, "interactive.action.sections.product_items")


def _named(action: Json, name: str) -> None:
    """Each of these actions repeats what it is."""
    if text(action, "name", 64, "interactive.action") != name:
        raise invalid("interactive.action.name", f"must be {name}")


def _all_different(values: list[Any], what: str) -> None:
    if len(set(values)) != len(values):
        raise invalid("interactive.action", f"every {what} must be different")


CHECKS: dict[str, Callable[[Json], None]] = {
    "button": _buttons,
    "list": _list,
    "cta_url": _link,
    "flow": _flow,
    "product": _product,
    "product_list": _products,
    "location_request_message": lambda action: _named(action, "send_location"),
    "request_contact_info": lambda action: _named(action, "request_contact_info"),
}
