"""What a person wrote, out of WhatsApp Web's message: text, files, places, cards. Total, like all reading."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from tickets.transport import InboundFile
from whatsapp.cloud_api.foreign import decimal, items, line_of, mapping, text

Message = Mapping[str, Any]
Parts = dict[str, Any]  # fields of Inbound
WRAPPERS = (
    "ephemeralMessage", "viewOnceMessage", "viewOnceMessageV2", "viewOnceMessageV2Extension",
    "documentWithCaptionMessage", "editedMessage", "lottieStickerMessage", "groupMentionedMessage",
    "botInvokeMessage",
)  # fmt: skip
FILES = {
    "imageMessage": "image", "videoMessage": "video", "ptvMessage": "video", "audioMessage": "audio",
    "documentMessage": "document", "stickerMessage": "sticker",
}  # fmt: skip
KEPT = ("URL", "directPath", "mediaKey", "fileSHA256", "fileEncSHA256", "fileLength", "mimetype")
# Of the protocol itself, or of nobody: people see none of it.
SILENT = {
    "protocolMessage", "senderKeyDistributionMessage", "messageContextInfo", "reactionMessage",
    "encReactionMessage", "keepInChatMessage", "pinInChatMessage", "pollUpdateMessage", "encEventResponseMessage",
    "fastRatchetKeySenderKeyDistributionMessage", "deviceSentMessage", "albumMessage",
}  # fmt: skip
NAMES = {
    "pollCreationMessage": "poll", "pollCreationMessageV2": "poll", "pollCreationMessageV3": "poll",
    "eventMessage": "event", "groupInviteMessage": "group_invite", "stickerPackMessage": "sticker_pack",
    "orderMessage": "order", "productMessage": "product", "requestPaymentMessage": "payment",
    "sendPaymentMessage": "payment", "callLogMesssage": "call",
}  # fmt: skip
_WAID = re.compile(r"waid=([0-9]{5,20})")


def unwrapped(message: Message, depth: int = 5) -> Message:
    """The message inside its envelopes: disappearing, to be seen once, with a caption, edited."""
    for name in WRAPPERS:
        inner = mapping(mapping(message.get(name)).get("message"))
        if inner and depth:
            return unwrapped(inner, depth - 1)
    return message


def content_of(message: Message) -> Parts | None:
    """Fields of an Inbound; None when nobody wrote anything."""
    for name, read in _READERS.items():
        part = message.get(name)
        if part and (parts := read(name, part)):
            return {"body": "", **parts, **_context(mapping(part))}
    spoken = [name for name in message if name not in SILENT and message[name]]
    if not spoken:
        return None
    kind = NAMES.get(spoken[0]) or line_of(spoken[0], 40)
    return {"kind": "unsupported", "body": "", "content": {"type": kind}}


def _context(part: Message) -> Parts:
    context = mapping(part.get("contextInfo"))
    told: Parts = {"is_forwarded": context.get("isForwarded") is True}
    if quoted := line_of(context.get("stanzaID"), 255):
        told["reply_to"] = quoted
    return told


def _words(name: str, part: Any) -> Parts | None:
    body = text(part) or text(mapping(part).get("text"))
    return {"kind": "text", "body": body} if body else None


def _file(name: str, part: Any) -> Parts | None:
    media = mapping(part)
    if not text(media.get("mediaKey")):
        return None
    kind = FILES[name]
    mime = line_of(media.get("mimetype"), 127).lower() or "application/octet-stream"
    remote = {key: text(media.get(key)) or str(media.get(key) or "") for key in KEPT}
    file = InboundFile(
        kind=kind,
        mime=mime,
        name=line_of(media.get("fileName"), 255),
        sha256=line_of(media.get("fileSHA256"), 88),
        is_voice=media.get("PTT") is True,
        remote={**remote, "kind": kind},
    )
    return {"kind": kind, "body": text(media.get("caption")), "file": file}


def _place(name: str, part: Any) -> Parts | None:
    place = mapping(part)
    latitude, longitude = decimal(place.get("degreesLatitude")), decimal(place.get("degreesLongitude"))
    if latitude is None or longitude is None:
        return None
    label = line_of(place.get("name"), 300) or line_of(place.get("caption"), 300)
    address = line_of(place.get("address"), 500)
    content = {"latitude": latitude, "longitude": longitude, "name": label, "address": address}
    return {"kind": "location", "body": label or address, "content": content}


def _cards(name: str, part: Any) -> Parts | None:
    found = items(mapping(part).get("contacts")) if name == "contactsArrayMessage" else [part]
    people = [_person(mapping(card)) for card in found]
    if not people:
        return None
    names = ", ".join(person["name"] for person in people if person["name"])
    return {"kind": "contacts", "body": names, "content": {"contacts": people}}


def _person(card: Message) -> dict[str, Any]:
    lines = [text(line) for line in text(card.get("vcard")).splitlines()]
    named = next((line.partition(":")[2] for line in lines if line.upper().startswith("FN")), "")
    phones = [line for line in lines if "TEL" in line.upper().split(":")[0]]
    emails = [line.partition(":")[2] for line in lines if "EMAIL" in line.upper().split(":")[0]]
    return {
        "name": line_of(card.get("displayName"), 200) or line_of(named, 200),
        "phones": [number for line in phones if (number := _number(line))],
        "emails": [line_of(email, 200) for email in emails if email],
    }


def _number(line: str) -> str:
    found = _WAID.search(line)
    return line_of(line.partition(":")[2], 40) or (f"+{found[1]}" if found else "")


def _choice(name: str, part: Any) -> Parts | None:
    """An answer to buttons or a list that somebody sent from a telephone's business app."""
    answer = mapping(part)
    title = text(answer.get("selectedDisplayText")) or text(answer.get("title"))
    chosen = mapping(answer.get("singleSelectReply"))
    identity = text(answer.get("selectedButtonID")) or text(answer.get("selectedID"))
    if not title:
        return None
    content = {
        "id": identity or text(chosen.get("selectedRowID")), "title": title,
        "description": text(answer.get("description")),
    }  # fmt: skip
    kind = "list_reply" if name == "listResponseMessage" else "button_reply"
    return {"kind": kind, "body": title, "content": content}


_READERS: dict[str, Callable[[str, Any], Parts | None]] = {
    "conversation": _words,
    "extendedTextMessage": _words,
    **dict.fromkeys(FILES, _file),
    "locationMessage": _place,
    "liveLocationMessage": _place,
    "contactMessage": _cards,
    "contactsArrayMessage": _cards,
    "buttonsResponseMessage": _choice,
    "templateButtonReplyMessage": _choice,
    "listResponseMessage": _choice,
}
