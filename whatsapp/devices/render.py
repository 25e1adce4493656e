"""Our messages as WhatsApp Web's. Pure: the same message always gives the same JSON."""

from collections.abc import Callable
from typing import Any

import orjson

from tickets.models import Attachment, Connection, Message
from tickets.models.message import MEDIA_KINDS, Direction, Kind
from tickets.transport import CannotRender, Outgoing, WireRequest
from whatsapp.devices.jids import jid_of, phone_of

MB = 1024 * 1024
TEXT, CAPTION = 16_000, 1024
CAPTIONED = {Kind.IMAGE, Kind.VIDEO, Kind.DOCUMENT}
FILE_MAX = {Kind.IMAGE: 16 * MB, Kind.VIDEO: 64 * MB, Kind.AUDIO: 16 * MB, Kind.STICKER: MB}
DOCUMENT_MAX = 100 * MB
PARTS = {
    Kind.IMAGE: "imageMessage", Kind.VIDEO: "videoMessage", Kind.AUDIO: "audioMessage",
    Kind.DOCUMENT: "documentMessage", Kind.STICKER: "stickerMessage",
}  # fmt: skip


def check(message: Message, attachments: list[Attachment]) -> None:
    """Raises CannotRender before anything is queued."""
    if message.kind not in _RENDER and message.kind not in MEDIA_KINDS:
        raise CannotRender("kind_not_supported", "A linked device cannot send this kind of message.")
    if message.kind in MEDIA_KINDS:
        _check_file(message, attachments)
    elif message.kind == Kind.TEXT:
        _check_text(message.body, TEXT)
        if not message.body.strip():
            raise CannotRender("text_empty", "Write something first.")


def render(connection: Connection, outgoing: Outgoing) -> WireRequest:
    to = next((jid for address in outgoing.addresses if (jid := jid_of(address))), None)
    if to is None:
        raise CannotRender("no_address", "This customer has no address that a linked device can write to.")
    message = outgoing.message
    if outgoing.reaction is not None:
        content = _reaction(outgoing, to)
    elif outgoing.change:
        content = _change(outgoing, to)
    elif message.kind in MEDIA_KINDS:
        content = _media(outgoing)
    elif message.kind in _RENDER:
        content = _RENDER[Kind(message.kind)](message)
    else:
        raise CannotRender("kind_not_supported", "A linked device cannot send this kind of message.")
    if outgoing.reply_to and outgoing.reaction is None and not outgoing.change:
        content = _quoting(content, outgoing, connection, to)
    return WireRequest("send", orjson.dumps({"to": to, "message": content}))


def _check_text(text: str, longest: int) -> None:
    if len(text) > longest:
        raise CannotRender(
            "text_too_long", f"WhatsApp takes {longest} characters here, this has {len(text)}."
        )


def _check_file(message: Message, attachments: list[Attachment]) -> None:
    if len(attachments) != 1:
        raise CannotRender("one_file_each", "Each WhatsApp message carries exactly one file.")
    largest = FILE_MAX.get(Kind(message.kind), DOCUMENT_MAX)
    if attachments[0].size > largest:
        raise CannotRender("file_too_big", f"WhatsApp takes up to {largest // 1024} KB here.")
    if message.body and message.kind not in CAPTIONED:
        raise CannotRender("caption_not_allowed", f"WhatsApp shows no text with {message.kind}.")
    _check_text(message.body, CAPTION)


def _reaction(outgoing: Outgoing, to: str) -> dict[str, Any]:
    key = {"remoteJID": to, "fromMe": outgoing.message.direction == Direction.OUT, "ID": outgoing.reply_to}
    return {"reactionMessage": {"key": key, "text": outgoing.reaction}}


def _change(outgoing: Outgoing, to: str) -> dict[str, Any]:
    """Other words for a message of ours, or none: WhatsApp knows both by the id of that message."""
    message = outgoing.message
    protocol: dict[str, Any] = {"key": {"remoteJID": to, "fromMe": True, "ID": outgoing.reply_to}}
    if outgoing.change == "removal":
        return {"protocolMessage": {**protocol, "type": "REVOKE"}}
    asked_at = message.edited_at or message.at
    protocol |= {"type": "MESSAGE_EDIT", "editedMessage": {"conversation": message.body}}
    protocol["timestampMS"] = int(asked_at.timestamp() * 1000)
    return {"editedMessage": {"message": {"protocolMessage": protocol}}}


def _text(message: Message) -> dict[str, Any]:
    return {"conversation": message.body}


def _location(message: Message) -> dict[str, Any]:
    place = message.content
    named = {"name": place.get("name", ""), "address": place.get("address", "")}
    return {
        "locationMessage": {
            "degreesLatitude": place["latitude"],
            "degreesLongitude": place["longitude"],
            **{key: value for key, value in named.items() if value},
        }
    }


def _contacts(message: Message) -> dict[str, Any]:
    cards = [
        {"displayName": person["name"], "vcard": _vcard(person)} for person in message.content["contacts"]
    ]
    if len(cards) == 1:
        return {"contactMessage": cards[0]}
    return {"contactsArrayMessage": {"displayName": f"{len(cards)}", "contacts": cards}}


def _vcard(person: dict[str, Any]) -> str:
    name = " ".join(str(person["name"]).split())
    lines = ["BEGIN:VCARD", "VERSION:3.0", f"N:;{name};;;", f"FN:{name}"]
    for phone in person.get("phones", []):
        digits = "".join(sign for sign in str(phone) if sign.isdigit())
        lines.append(f"TEL;type=CELL;waid={digits}:+{digits}")
    lines += [f"EMAIL:{' '.join(str(email).split())}" for email in person.get("emails", [])]
    return "\r\n".join([*lines, "END:VCARD"])


def _media(outgoing: Outgoing) -> dict[str, Any]:
    """The file is uploaded already: its id is what the engine answered, as JSON."""
    message, (attachment, remote) = outgoing.message, outgoing.files[0]
    part: dict[str, Any] = {**orjson.loads(remote), "mimetype": attachment.mime}
    if message.body:
        part["caption"] = message.body
    if message.kind == Kind.DOCUMENT:
        part["fileName"] = part["title"] = attachment.name or "file"
    if message.kind == Kind.AUDIO:
        part["PTT"] = attachment.is_voice
    if message.kind in {Kind.IMAGE, Kind.VIDEO, Kind.STICKER} and attachment.width and attachment.height:
        part["width"], part["height"] = attachment.width, attachment.height
    if message.kind in {Kind.AUDIO, Kind.VIDEO} and attachment.duration:
        part["seconds"] = round(attachment.duration)
    return {PARTS[Kind(message.kind)]: part}


def _quoting(content: dict[str, Any], outgoing: Outgoing, connection: Connection, to: str) -> dict[str, Any]:
    """What is quoted travels with the message: WhatsApp's servers keep nothing to look it up in."""
    quoted = outgoing.message.reply_to
    own = f"{phone_of(connection.external_id)}@s.whatsapp.net"
    is_ours = quoted is not None and quoted.direction == Direction.OUT
    context = {
        "stanzaID": outgoing.reply_to,
        "participant": own if is_ours else to,
        "quotedMessage": {"conversation": quoted.body if quoted is not None else ""},
    }
    if "conversation" in content:
        return {"extendedTextMessage": {"text": content["conversation"], "contextInfo": context}}
    return {name: {**part, "contextInfo": context} for name, part in content.items()}


_RENDER: dict[Kind, Callable[[Message], dict[str, Any]]] = {
    Kind.TEXT: _text,
    Kind.LOCATION: _location,
    Kind.CONTACTS: _contacts,
}
