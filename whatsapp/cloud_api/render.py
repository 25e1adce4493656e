"""Our message in Graph's words. Pure: the same message always gives the same bytes."""

from collections.abc import Callable
from typing import Any

import orjson

from tickets.models import Attachment, Message
from tickets.transport import Address, CannotRender, Outgoing, WireRequest
from whatsapp.cloud_api import choices, interactive, limits, template_wire

Body = dict[str, Any]
_DIALLED = {"phone": "to", "bsuid": "recipient", "group": "to"}


def render(phone_number_id: str, outgoing: Outgoing) -> WireRequest:
    """The request that sends this message. Raises CannotRender."""
    kind, part = _reaction(outgoing) if outgoing.reaction is not None else _kind_and_part(outgoing)
    body: Body = {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        **recipient(outgoing.addresses),
        "type": kind,
        kind: part,
    }
    if outgoing.reply_to and outgoing.reaction is None:
        body["context"] = {"message_id": outgoing.reply_to}
    # Comes back in every receipt: the only way to know whose message it was when the answer got lost.
    body["biz_opaque_callback_data"] = outgoing.cookie
    return WireRequest(f"{phone_number_id}/messages", orjson.dumps(body))


def recipient(addresses: tuple[Address, ...]) -> Body:
    """The first address that can be written to. Without the plus, Meta may prepend the business's country."""
    for address in addresses:
        if address.kind in _DIALLED:
            value = f"+{address.value}" if address.kind == "phone" else address.value
            whom = {_DIALLED[address.kind]: value}
            return {"recipient_type": "group", **whom} if address.kind == "group" else whom
    raise CannotRender("no_address", "This customer has no WhatsApp address.")


def check(message: Message, attachments: list[Attachment]) -> None:
    """Everything about a message that WhatsApp would refuse for certain. Raises CannotRender."""
    if message.kind in interactive.KINDS:
        limits.check_content(message, attachments)
        return
    _part(message.kind)
    if message.kind in limits.FILES:
        limits.check_file(message, attachments)
    elif message.kind == "text":
        limits.check_text(message.body, limits.TEXT)
    elif message.kind == "template":
        template_wire.part(message, [(file, "") for file in attachments])


def _kind_and_part(outgoing: Outgoing) -> tuple[str, Any]:
    message = outgoing.message
    if message.kind in interactive.KINDS:
        return interactive.part_of(message, outgoing.files)
    if asked := choices.interactive(message.content.get("choices")):
        return "interactive", asked
    return message.kind, _part(message.kind)(outgoing)


def _reaction(outgoing: Outgoing) -> tuple[str, Any]:
    return "reaction", {"message_id": outgoing.reply_to, "emoji": outgoing.reaction}


def _part(kind: str) -> Callable[[Outgoing], Any]:
    try:
        return _PARTS[kind]
    except KeyError:
        raise CannotRender("kind_unsupported", "WhatsApp has no message of this kind.") from None


def _text(outgoing: Outgoing) -> Body:
    body = outgoing.message.body
    return {"body": body, "preview_url": "https://" in body or "http://" in body}


def _media(outgoing: Outgoing) -> Body:
    [(attachment, media_id)] = outgoing.files
    message = outgoing.message
    part: Body = {"id": media_id}
    if message.body and message.kind in limits.CAPTIONED:
        part["caption"] = message.body
    if message.kind == "document":
        part["filename"] = attachment.name or "document"
    if message.kind == "audio" and attachment.is_voice:
        part["voice"] = True
    return part


def _template(outgoing: Outgoing) -> Body:
    return template_wire.part(outgoing.message, outgoing.files)


_PARTS: dict[str, Callable[[Outgoing], Any]] = {
    "text": _text,
    "template": _template,
    **dict.fromkeys(limits.FILES, _media),
}
