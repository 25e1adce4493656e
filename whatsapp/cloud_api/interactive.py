"""Buttons, lists, links, forms, products, places and cards in Graph's words. Pure, as `render`."""

from collections.abc import Callable
from typing import Any

from tickets.models import Attachment, Message

Body = dict[str, Any]
Files = tuple[tuple[Attachment, str], ...]
FLOW_VERSION = "3"


def part_of(message: Message, files: Files) -> tuple[str, Any]:
    """Graph's type of this message, and what stands under that name."""
    if message.kind == "location":
        return "location", _filled(message.content, ("latitude", "longitude", "name", "address"))
    if message.kind == "contacts":
        return "contacts", [_card(card) for card in message.content["contacts"]]
    kind, action = _ACTIONS[message.kind](message)
    content = message.content
    asked: Body = {"type": kind, "action": action}
    if header := _header(content.get("header"), files):
        asked["header"] = header
    if message.body:
        asked["body"] = {"text": message.body}
    if content.get("footer"):
        asked["footer"] = {"text": content["footer"]}
    return "interactive", asked


def _header(header: Body | None, files: Files) -> Body | None:
    if not header:
        return None
    kind = header["kind"]
    if kind == "text":
        return {"type": "text", "text": header["text"]}
    [(attachment, media_id)] = files
    part: Body = {"id": media_id}
    if kind == "document":
        part["filename"] = attachment.name or "document"
    return {"type": kind, kind: part}


def _buttons(message: Message) -> tuple[str, Body]:
    replies = [{"id": one["id"], "title": one["title"]} for one in message.content["buttons"]]
    return "button", {"buttons": [{"type": "reply", "reply": reply} for reply in replies]}


def _list(message: Message) -> tuple[str, Body]:
    sections = [
        {**_filled(section, ("title",)),
         "rows": [_filled(row, ("id", "title", "description")) for row in section["rows"]]}
        for section in message.content["sections"]
    ]  # fmt: skip
    return "list", {"button": message.content["button"], "sections": sections}


def _link(message: Message) -> tuple[str, Body]:
    parameters = {"display_text": message.content["title"], "url": message.content["url"]}
    return "cta_url", {"name": "cta_url", "parameters": parameters}


def _form(message: Message) -> tuple[str, Body]:
    """What the customer fills in comes back with the token, which names our message."""
    content = message.content
    parameters: Body = {
        "mode": "published",
        "flow_message_version": FLOW_VERSION,
        "flow_token": str(message.client_id),
        "flow_id": content["form_id"],
        "flow_cta": content["button"],
    }
    if screen := content.get("screen"):
        first: Body = {"screen": screen}
        if content.get("data"):
            first["data"] = content["data"]
        parameters |= {"flow_action": "navigate", "flow_action_payload": first}
    return "flow", {"name": "flow", "parameters": parameters}


def _product(message: Message) -> tuple[str, Body]:
    content = message.content
    return "product", {
        "catalog_id": content["catalog_id"], "product_retailer_id": content["product_id"],
    }  # fmt: skip


def _products(message: Message) -> tuple[str, Body]:
    sections = [
        {**_filled(section, ("title",)),
         "product_items": [{"product_retailer_id": one} for one in section["products"]]}
        for section in message.content["sections"]
    ]  # fmt: skip
    return "product_list", {"catalog_id": message.content["catalog_id"], "sections": sections}


def _location_request(message: Message) -> tuple[str, Body]:
    return "location_request_message", {"name": "send_location"}


def _contact_request(message: Message) -> tuple[str, Body]:
    return "request_contact_info", {"name": "request_contact_info"}


def _card(card: Body) -> Body:
    """WhatsApp wants a part of the name besides the whole; a number with its id can be written to by a tap."""
    first, _, last = card["name"].partition(" ")
    name = {"formatted_name": card["name"], "first_name": first}
    part: Body = {"name": name | ({"last_name": last.strip()} if last.strip() else {})}
    if card["phones"]:
        part["phones"] = [_phone(number) for number in card["phones"]]
    if card["emails"]:
        part["emails"] = [{"email": address, "type": "WORK"} for address in card["emails"]]
    return part


def _phone(number: str) -> Body:
    part = {"phone": number, "type": "CELL"}
    digits = "".join(filter(str.isdigit, number))
    return part | {"wa_id": digits} if number.startswith("+") else part


def _filled(given: Body, keys: tuple[str, ...]) -> Body:
    return {key: given[key] for key in keys if given.get(key) not in (None, "")}


_ACTIONS: dict[str, Callable[[Message], tuple[str, Body]]] = {
    "buttons": _buttons,
    "list": _list,
    "link": _link,
    "form": _form,
    "product": _product,
    "products": _products,
    "location_request": _location_request,
    "contact_request": _contact_request,
}
KINDS = frozenset(_ACTIONS) | {"location", "contacts"}
