"""An event of a linked device in the core's words. Pure and total: what is not understood is kept and shown.

The document is what `inbox.keep` stored: `{"event": "message", "info": {…}, "message": {…}}`.
"""

import hashlib
import json
import zlib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from tickets.transport import Address, Call, Edit, Inbound, PhoneMessage, Reaction, Receipt, Removal, Sender
from whatsapp.cloud_api.foreign import items, line_of, mapping, moment, storable, text
from whatsapp.cloud_api.payloads import STATUS_LANES, Fact
from whatsapp.devices.jids import address_of, is_group
from whatsapp.devices.messages import content_of, unwrapped

LONGEST_ID = 255
STATES = {"sent", "delivered", "read", "played"}
STRENGTH = {"lid": 0, "phone": 1}
EDITED, REVOKED = (14, "MESSAGE_EDIT"), (0, "REVOKE")
_EPOCH = datetime.fromtimestamp(0, UTC)


def interpret(document: Any, connection_id: int) -> list[Fact]:
    """Every fact of one event."""
    found = mapping(document)
    read = {
        "message": _message,
        "history": _history,
        "undecryptable": _undecryptable,
        "receipt": _receipt,
        "call": _call,
    }.get(text(found.get("event")))
    facts = list(read(found, connection_id)) if read else []
    return facts or [_kept("unknown", document, connection_id)]


def people_of(info: Mapping[str, Any]) -> Sender:
    """Who wrote: the hidden id and the number, whichever WhatsApp told. Its chat is the same person in a 1:1."""
    told = [info.get("sender"), info.get("sender_alt"), info.get("chat")]
    found = {one.value: one for jid in told if (one := address_of(text(jid))) and one.kind in STRENGTH}
    addresses = tuple(sorted(found.values(), key=lambda one: STRENGTH[one.kind]))
    return Sender(addresses, name=line_of(info.get("name"), 200))


def _message(document: Mapping[str, Any], connection_id: int) -> Iterator[Fact]:
    info, message = mapping(document.get("info")), unwrapped(mapping(document.get("message")))
    fact = _around(info, connection_id)
    if fact is None:
        return
    if info.get("is_from_me") is True:  # written on the phone itself, or on another linked device
        yield _of_phone(info, message, fact, connection_id) or _beside(fact, document)
        return
    sender = people_of(info)
    if not sender.addresses:
        return
    group = _group(info)
    lane = f"p:{_line(connection_id)}:{group.value if group else sender.addresses[0].value}"
    yield _of_person(document, message, fact, lane, sender)


def _of_person(
    document: Mapping[str, Any], message: Mapping[str, Any], fact: Fact, lane: str, sender: Sender
) -> Fact:
    at = fact.at or _EPOCH
    if change := _change(message, sender, at):
        kind = {Reaction: "reaction", Edit: "edit", Removal: "removal"}[type(change)]
        return Fact(kind, fact.key, lane=lane, at=fact.at, what=change)
    parts = content_of(message)
    if parts is None:  # keys, settings of the chat: nothing that a person wrote
        return _beside(fact, document)
    provider_id = text(mapping(document.get("info")).get("id"))
    group = _group(mapping(document.get("info")))
    what = Inbound(provider_id, sender, at=at, group=group, **parts)
    return Fact("message", fact.key, lane=lane, at=fact.at, what=what)


def _of_phone(
    info: Mapping[str, Any],
    message: Mapping[str, Any],
    fact: Fact,
    connection_id: int,
    *,
    is_past: bool = False,
) -> Fact | None:
    """What the phone tells of a chat with one person: just written there, or of the past."""
    is_ours = info.get("is_from_me") is True
    alt = info.get("recipient_alt" if is_ours else "sender_alt")
    peer = people_of(
        {"chat": info.get("chat"), "sender_alt": alt, "name": "" if is_ours else info.get("name")}
    )
    parts = content_of(unwrapped(message))
    if _group(info) is not None or not peer.addresses or parts is None or fact.at is None:
        return None
    parts.pop("is_forwarded", None)
    direction = "out" if is_ours else "in"
    what = PhoneMessage(text(info.get("id")), peer, at=fact.at, direction=direction, is_past=is_past, **parts)
    lane = f"p:{_line(connection_id)}:{peer.addresses[0].value}"
    return Fact("phone", fact.key, lane=lane, at=fact.at, what=what)


def _history(document: Mapping[str, Any], connection_id: int) -> Iterator[Fact]:
    """Old messages of one chat, which WhatsApp offers once after linking. Their dates are kept; nobody is alarmed."""
    for item in items(document.get("messages")):
        info = {**mapping(mapping(item).get("info")), "chat": document.get("chat")}
        fact = _around(info, connection_id)
        found = fact and _of_phone(
            info, mapping(mapping(item).get("message")), fact, connection_id, is_past=True
        )
        yield found or (_beside(fact, item) if fact else _kept("unsupported", item, connection_id))


def _group(info: Mapping[str, Any]) -> Address | None:
    """Where it was written, when not to us alone."""
    chat = address_of(text(info.get("chat")))
    return chat if chat is not None and chat.kind == "group" else None


def _change(message: Mapping[str, Any], sender: Sender, at: datetime) -> Reaction | Edit | Removal | None:
    """What a message does to an earlier one."""
    if reaction := mapping(message.get("reactionMessage")):
        target = _id(mapping(reaction.get("key")).get("ID"))
        return Reaction(target, sender, line_of(reaction.get("text"), 32), at) if target else None
    protocol = mapping(message.get("protocolMessage"))
    target = _id(mapping(protocol.get("key")).get("ID"))
    if not target:
        return None
    if protocol.get("type") in REVOKED:
        return Removal(target, at)
    if protocol.get("type") in EDITED:
        parts = content_of(unwrapped(mapping(protocol.get("editedMessage"))))
        return Edit(target, parts["body"], at) if parts else None
    return None


def _undecryptable(document: Mapping[str, Any], connection_id: int) -> Iterator[Fact]:
    """Something came that this device has no key for. The phone may send it again, under the same id."""
    info = mapping(document.get("info"))
    fact = _around(info, connection_id)
    sender = people_of(info)
    is_ours = info.get("is_from_me") is True or is_group(text(info.get("chat")))
    if fact is None or is_ours or not sender.addresses:
        return
    provider_id = f"{text(info.get('id'))}?"[:LONGEST_ID]  # the message itself may still come
    what = Inbound(provider_id, sender, "unsupported", fact.at or _EPOCH, content={"type": "undecryptable"})
    lane = f"p:{_line(connection_id)}:{sender.addresses[0].value}"
    yield Fact("message", f"{fact.key}?", lane=lane, at=fact.at, what=what)


def _receipt(document: Mapping[str, Any], connection_id: int) -> Iterator[Fact]:
    """One for each message that it names. In groups every member sends their own."""
    state, at = text(document.get("state")), moment(document.get("at"))
    if state not in STATES:
        return
    who = ""
    if is_group(text(document.get("chat"))) and (member := address_of(text(document.get("sender")))):
        who = member.value
    for one in items(document.get("ids")):
        provider_id = _id(one)
        if not provider_id:
            continue
        key = _key("s", connection_id, provider_id, state, *([who] if who else []))
        lane = f"s:{_line(connection_id)}:{zlib.crc32(provider_id.encode()) % STATUS_LANES}"
        what = Receipt(provider_id, state, at or _EPOCH, participant=who)
        yield Fact("status", key, lane=lane, at=at, what=what)


def _call(document: Mapping[str, Any], connection_id: int) -> Iterator[Fact]:
    """Somebody calls. A linked device cannot answer: it only tells."""
    call_id, at = _id(document.get("id")), moment(document.get("at"))
    sender = people_of({"sender": document.get("from"), "sender_alt": document.get("from_alt")})
    event = text(document.get("state"))
    if not call_id or not sender.addresses or event not in {"ringing", "answered", "missed", "rejected"}:
        return
    lane = f"p:{_line(connection_id)}:{sender.addresses[0].value}"
    what = Call(call_id, sender, event, at or _EPOCH)
    yield Fact("call", _key("c", connection_id, call_id, event), lane=lane, at=at, what=what)


def _around(info: Mapping[str, Any], connection_id: int) -> Fact | None:
    """The key and the time of a message; None for what has no id and for broadcasts and channels."""
    provider_id = _id(info.get("id"))
    if not provider_id or address_of(text(info.get("chat"))) is None:
        return None
    return Fact("message", _key("m", connection_id, provider_id), at=moment(info.get("at")))


def _beside(fact: Fact, document: Any) -> Fact:
    """Kept, and shown to nobody.

    In groups a member's key comes under the same id as the words behind it, and must not take their place.
    """
    return Fact("unsupported", f"{fact.key}~", at=fact.at, raw=storable(document))


def _kept(kind: str, document: Any, connection_id: int) -> Fact:
    canonical = json.dumps([connection_id, storable(document)], sort_keys=True)
    return Fact(kind, f"x:{hashlib.sha256(canonical.encode()).hexdigest()}", raw=storable(document))


def _line(connection_id: int) -> str:
    return f"d{connection_id}"


def _key(kind: str, connection_id: int, *parts: str) -> str:
    key = ":".join((kind, _line(connection_id), *parts))
    return key if len(key) <= 200 else f"{kind}:{hashlib.sha256(key.encode()).hexdigest()}"


def _id(value: Any) -> str:
    found = line_of(value, LONGEST_ID + 1)
    return found if len(found) <= LONGEST_ID else ""
