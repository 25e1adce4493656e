"""One message of a webhook in the core's words; a type that is not known here is shown as unsupported."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from tickets.transport import Inbound, InboundFile, Sender
from whatsapp.cloud_api import answers
from whatsapp.cloud_api.foreign import decimal, items, line_of, mapping, storable, text

Message = Mapping[str, Any]
Parts = dict[str, Any]  # fields of Inbound
MEDIA = {"image", "audio", "video", "document", "sticker"}
MESSAGE_ERROR = {131051: "unknown", 131052: "media_too_big"}


def inbound(message: Message, provider_id: str, sender: Sender, at: datetime) -> Inbound:
    """Total: whatever the message holds, the agent sees that something came."""
    kind = text(message.get("type"))
    parts = _media(message, kind) if kind in MEDIA else _READERS.get(kind, _nothing)(message)
    if parts is None:
        parts = _unsupported(message, kind)
    context = mapping(message.get("context"))
    if origin := _origin(message, context):
        parts["content"] = parts.get("content", {}) | origin
    return Inbound(
        provider_id=provider_id,
        sender=sender,
        at=at,
        is_forwarded=context.get("forwarded") is True or context.get("frequently_forwarded") is True,
        **{"reply_to": text(context.get("id"))[:255], **parts},
    )


def _origin(message: Message, context: Mapping[str, Any]) -> dict[str, Any]:
    """What led the customer here: an advertisement, or a product of the catalogue."""
    origin: dict[str, Any] = {}
    if referral := mapping(message.get("referral")):
        origin["referral"] = storable(referral)
    if product := mapping(context.get("referred_product")):
        origin["product"] = {
            "catalog_id": line_of(product.get("catalog_id"), 80),
            "product_id": line_of(product.get("product_retailer_id"), 200),
        }
    return origin


def _text(message: Message) -> Parts | None:
    body = text(mapping(message.get("text")).get("body"))
    return {"kind": "text", "body": body} if body else None


def _media(message: Message, kind: str) -> Parts | None:
    media = mapping(message.get(kind))
    media_id = text(media.get("id"))
    if not media_id:
        return None
    file = InboundFile(
        kind=kind,
        mime=line_of(media.get("mime_type"), 127).lower() or "application/octet-stream",
        name=line_of(media.get("filename"), 255),
        sha256=line_of(media.get("sha256"), 88),
        is_voice=media.get("voice") is True,
        remote={"id": media_id[:255], "sha256": line_of(media.get("sha256"), 88)},
    )
    return {"kind": kind, "body": text(media.get("caption")), "file": file}


def _location(message: Message) -> Parts | None:
    place = mapping(message.get("location"))
    latitude, longitude = decimal(place.get("latitude")), decimal(place.get("longitude"))
    if latitude is None or longitude is None:
        return None
    name, address = line_of(place.get("name"), 300), line_of(place.get("address"), 500)
    content = {"latitude": latitude, "longitude": longitude, "name": name, "address": address}
    return {"kind": "location", "body": name or address, "content": content}


def _contacts(message: Message) -> Parts | None:
    cards = [mapping(card) for card in items(message.get("contacts"))]
    people = [_person(card) for card in cards]
    if not people:
        return None
    names = ", ".join(person["name"] for person in people if person["name"])
    content: dict[str, Any] = {"contacts": people}
    if cards[0].get("origin") == "contact_request":  # their own, by the button that asks for it
        content["origin"] = "contact_request"
    return {"kind": "contacts", "body": names, "content": content}


def _person(card: Mapping[str, Any]) -> dict[str, Any]:
    """A shared card. Its name may be missing, and a number may be there as WhatsApp's id only."""
    name = mapping(card.get("name"))
    phones = [mapping(phone) for phone in items(card.get("phones"))]
    emails = [mapping(email) for email in items(card.get("emails"))]
    return {
        "name": line_of(name.get("formatted_name"), 200) or line_of(name.get("first_name"), 200),
        "phones": [
            number
            for phone in phones
            if (number := line_of(phone.get("phone"), 40) or line_of(phone.get("wa_id"), 40))
        ],
        "emails": [address for email in emails if (address := line_of(email.get("email"), 200))],
    }


def _interactive(message: Message) -> Parts | None:
    answer = mapping(message.get("interactive"))
    kind = answer.get("type")
    if kind == "button_reply":
        return _chosen(kind, mapping(answer.get("button_reply")))
    if kind == "list_reply":
        return _chosen(kind, mapping(answer.get("list_reply")))
    if kind == "nfm_reply":
        return answers.form_reply(mapping(answer.get("nfm_reply")))
    if not isinstance(kind, str):
        return None
    body = text(mapping(answer.get(kind)).get("body"))
    return {"kind": "unsupported", "body": body, "content": {"type": line_of(kind, 40)}}


def _chosen(kind: str, choice: Mapping[str, Any]) -> Parts | None:
    title = text(choice.get("title"))
    if not title:
        return None
    content = {"id": text(choice.get("id")), "title": title, "description": text(choice.get("description"))}
    return {"kind": kind, "body": title, "content": content}


def _button(message: Message) -> Parts | None:
    """The quick reply of a template."""
    button = mapping(message.get("button"))
    return _chosen("button_reply", {"id": button.get("payload"), "title": button.get("text")})


def _order(message: Message) -> Parts | None:
    return answers.order(mapping(message.get("order")))


def _nothing(message: Message) -> None:
    return None


def _unsupported(message: Message, kind: str) -> Parts:
    """Something that this version, or WhatsApp itself, cannot show."""
    named = line_of(mapping(message.get("unsupported")).get("type"), 40)
    code = _error_code(message)
    content: dict[str, Any] = {
        "type": named or MESSAGE_ERROR.get(code or 0) or line_of(kind, 40) or "unknown"
    }
    if code is not None:
        content["code"] = str(code)
    return {"kind": "unsupported", "content": content}


def _error_code(message: Message) -> int | None:
    for error in items(message.get("errors")):
        code = mapping(error).get("code")
        if isinstance(code, int):
            return code if abs(code) < 10**9 else None
    return None


_READERS: dict[str, Callable[[Message], Parts | None]] = {
    "text": _text,
    "location": _location,
    "contacts": _contacts,
    "interactive": _interactive,
    "button": _button,
    "order": _order,
}
