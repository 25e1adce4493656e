"""A gateway's webhook in the core's words. Pure and total, like every reading of what others wrote."""

import hashlib
import json
import zlib
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from tickets.transport import Edit, Inbound, InboundFile, PhoneMessage, Reaction, Receipt, Removal, Sender
from whatsapp.cloud_api.foreign import decimal, items, line_of, mapping, moment, storable, text
from whatsapp.cloud_api.payloads import STATUS_LANES, Fact
from whatsapp.devices.jids import address_of
from whatsapp.devices.messages import content_of
from whatsapp.gateway.chats import id_within

ACKS = {1: "sent", 2: "delivered", 3: "read", 4: "played"}
MIME_KINDS = {"image": "image", "video": "video", "audio": "audio"}
_EPOCH = datetime.fromtimestamp(0, UTC)


def interpret(document: Any, connection_id: int) -> list[Fact]:
    """Every fact of one webhook, which brings one event, or of a page of an old conversation."""
    found = mapping(document)
    if found.get("event") == "history":
        return list(_history(found, connection_id)) or [_kept(document, connection_id)]
    payload = mapping(found.get("payload"))
    read = _READERS.get(text(found.get("event")))
    fact = read(payload, connection_id) if read and payload else None
    return [fact or _kept(document, connection_id)]


def _message(payload: Mapping[str, Any], connection_id: int) -> Fact | None:
    provider_id, at = _id(payload.get("id")), moment(payload.get("timestamp"))
    chat = address_of(text(payload.get("from")))
    if not provider_id or chat is None:
        return None
    key = _key("m", connection_id, provider_id)
    if payload.get("fromMe") is True:
        return _of_phone(payload, connection_id) or Fact("unsupported", key, at=at, raw=storable(payload))
    sender = _sender(payload)
    if not sender.addresses:
        return None
    group = chat if chat.kind == "group" else None
    what = Inbound(provider_id, sender, at=at or _EPOCH, group=group, **_parts(payload))
    lane = f"p:d{connection_id}:{group.value if group else sender.addresses[0].value}"
    return Fact("message", key, lane=lane, at=at, what=what)


def _of_phone(payload: Mapping[str, Any], connection_id: int) -> Fact | None:
    """Somebody answers on the phone itself. What we sent comes back as well, and has its row already."""
    chat = address_of(text(payload.get("to")))
    if payload.get("source") != "app" or chat is None or chat.kind == "group":
        return None
    return _phone_message(payload, Sender((chat,)), connection_id)


def _history(document: Mapping[str, Any], connection_id: int) -> Iterator[Fact]:
    """Old messages of a conversation with one person. Their dates are kept; nobody is alarmed."""
    chat = address_of(text(document.get("chat")))
    if chat is None or chat.kind == "group":
        return
    for item in items(document.get("messages")):
        payload = mapping(item)
        sender = (
            Sender((chat,))
            if payload.get("fromMe") is True
            else _sender({**payload, "from": document["chat"]})
        )
        fact = _phone_message(payload, sender, connection_id, is_past=True)
        yield fact or _kept(item, connection_id)


def _phone_message(
    payload: Mapping[str, Any], peer: Sender, connection_id: int, *, is_past: bool = False
) -> Fact | None:
    provider_id, at = _id(payload.get("id")), moment(payload.get("timestamp"))
    parts = _parts(payload)
    is_empty = parts["kind"] == "unsupported" and payload.get("hasMedia") is not True
    if not provider_id or at is None or not peer.addresses or is_empty:
        return None
    is_ours = payload.get("fromMe") is True
    ack = payload.get("ack")
    state = ACKS.get(ack, "sent") if isinstance(ack, int) else "sent"
    what = PhoneMessage(
        provider_id, peer, at=at, direction="out" if is_ours else "in", is_past=is_past, state=state, **parts
    )
    lane = f"p:d{connection_id}:{peer.addresses[0].value}"
    return Fact("phone", _key("m", connection_id, provider_id), lane=lane, at=at, what=what)


def _sender(payload: Mapping[str, Any]) -> Sender:
    """In a group the participant wrote; both addresses when the gateway knows the number behind a hidden id."""
    data = mapping(payload.get("_data"))
    told = [
        payload.get("participant") or payload.get("from"),
        payload.get("participantAlt"),
        data.get("senderPn"),
    ]
    found = {
        one.value: one for jid in told if (one := address_of(text(jid))) and one.kind in {"phone", "lid"}
    }
    ordered = tuple(sorted(found.values(), key=lambda one: one.kind))
    return Sender(ordered, name=line_of(data.get("notifyName") or data.get("pushName"), 200))


def _parts(payload: Mapping[str, Any]) -> dict[str, Any]:
    told: dict[str, Any] = {"body": text(payload.get("body"))}
    if quoted := _id(mapping(payload.get("replyTo")).get("id")):
        told["reply_to"] = quoted
    media = mapping(payload.get("media"))
    if payload.get("hasMedia") is True and text(media.get("url")):
        return {**told, **_file(media)}
    place = mapping(payload.get("location"))
    latitude, longitude = decimal(place.get("latitude")), decimal(place.get("longitude"))
    if latitude is not None and longitude is not None:
        name = line_of(place.get("description") or place.get("name"), 300)
        content = {"latitude": latitude, "longitude": longitude, "name": name, "address": ""}
        return {**told, "kind": "location", "body": name, "content": content}
    cards = [{"vcard": card} for card in items(payload.get("vCards")) if isinstance(card, str)]
    if cards and (read := content_of({"contactsArrayMessage": {"contacts": cards}})):
        return {**told, "kind": "contacts", "body": read["body"], "content": read["content"]}
    if told["body"]:
        return {**told, "kind": "text"}
    kind = "media_not_kept" if payload.get("hasMedia") is True else "unknown"
    return {**told, "kind": "unsupported", "content": {"type": kind}}


def _file(media: Mapping[str, Any]) -> dict[str, Any]:
    mime = line_of(media.get("mimetype"), 127).lower() or "application/octet-stream"
    kind = "sticker" if mime == "image/webp" else MIME_KINDS.get(mime.split("/")[0], "document")
    is_voice = mime.startswith("audio/ogg")
    remote = {"url": text(media.get("url"))[:2000]}
    name = line_of(media.get("filename"), 255)
    return {"kind": kind, "file": InboundFile(kind, mime, name=name, is_voice=is_voice, remote=remote)}


def _ack(payload: Mapping[str, Any], connection_id: int) -> Fact | None:
    provider_id, ack = _id(payload.get("id")), payload.get("ack")
    state = ACKS.get(ack) if isinstance(ack, int) else None
    if not provider_id or state is None or payload.get("fromMe") is False:
        return None
    member = address_of(text(payload.get("participant")))
    who = member.value if member else ""
    lane = f"s:d{connection_id}:{zlib.crc32(provider_id.encode()) % STATUS_LANES}"
    at = moment(payload.get("timestamp"))
    what = Receipt(provider_id, state, at or datetime.now(UTC), participant=who)
    return Fact("status", _key("s", connection_id, provider_id, state, who), lane=lane, at=at, what=what)


def _reaction(payload: Mapping[str, Any], connection_id: int) -> Fact | None:
    given = mapping(payload.get("reaction"))
    return _change(
        payload,
        connection_id,
        _id(given.get("messageId")),
        "reaction",
        lambda target, sender, at: Reaction(target, sender, line_of(given.get("text"), 32), at),
    )


def _edited(payload: Mapping[str, Any], connection_id: int) -> Fact | None:
    target = _id(payload.get("editedMessageId"))
    body = text(payload.get("body"))
    return _change(payload, connection_id, target, "edit", lambda target, _, at: Edit(target, body, at))


def _revoked(payload: Mapping[str, Any], connection_id: int) -> Fact | None:
    target = _id(payload.get("revokedMessageId")) or _id(mapping(payload.get("before")).get("id"))
    about = mapping(payload.get("after")) or payload
    return _change(about, connection_id, target, "removal", lambda target, _, at: Removal(target, at))


def _change(
    payload: Mapping[str, Any], connection_id: int, target: str, kind: str, make: Callable[..., Any]
) -> Fact | None:
    """What a customer does to an earlier message."""
    at, sender = moment(payload.get("timestamp")), _sender(payload)
    if not target or not sender.addresses or payload.get("fromMe") is True:
        return None
    own = _id(payload.get("id")) or target
    key = _key(kind[0], connection_id, own, target, str(payload.get("timestamp")))
    lane = f"p:d{connection_id}:{sender.addresses[0].value}"
    return Fact(kind, key, lane=lane, at=at, what=make(target, sender, at or _EPOCH))


def _kept(document: Any, connection_id: int) -> Fact:
    canonical = json.dumps([connection_id, storable(document)], sort_keys=True)
    known = text(mapping(document).get("event")) in _KNOWN
    digest = hashlib.sha256(canonical.encode()).hexdigest()
    return Fact("unsupported" if known else "unknown", f"x:{digest}", raw=storable(document))


def _id(value: Any) -> str:
    found = id_within(line_of(value, 300))
    return found if len(found) <= 255 else ""


def _key(kind: str, connection_id: int, *parts: str) -> str:
    key = ":".join((kind, f"d{connection_id}", *parts))
    return key if len(key) <= 200 else f"{kind}:{hashlib.sha256(key.encode()).hexdigest()}"


_READERS: dict[str, Callable[[Mapping[str, Any], int], Fact | None]] = {
    "message": _message,
    "message.any": _message,  # the same, and what is written on the phone itself
    "message.ack": _ack,
    "message.reaction": _reaction,
    "message.edited": _edited,
    "message.revoked": _revoked,
}
_KNOWN = {*_READERS, "session.status"}
