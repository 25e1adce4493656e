"""What customers do: write, react, tap, edit, revoke and read; and the webhooks that tell the business."""

import base64

from . import answers, calls, payloads
from .graph import media as media_rules
from .hub import Hub
from .records import MEDIA_TYPES, Json, Line, Media, Message, Persona

# What a person calls it, and the type that the webhook names.
TYPES = (
    MEDIA_TYPES
    | answers.ANSWERS
    | {"text", "location", "contacts", "reaction", "edit", "revoke", "unsupported", "call"}
)
DEFAULT_MIME = {
    "image": "image/jpeg",
    "audio": "audio/ogg; codecs=opus",
    "video": "video/mp4",
    "document": "application/pdf",
    "sticker": "image/webp",
}

EDITABLE_S = 15 * 60


class Mistaken(Exception):
    """The phone page or a test asked for something that cannot be."""


def send(hub: Hub, persona: Persona, draft: Json) -> Message:
    """The customer sends one message, or touches an earlier one; the webhook goes out at once."""
    world = hub.world
    line = world.lines.get(str(draft.get("phone_number_id")))
    if line is None:
        raise Mistaken("There is no such business number.")
    if persona.presence == "offline":
        raise Mistaken(f"{persona.name} is in airplane mode.")
    kind = str(draft.get("type", "text"))
    if kind not in TYPES:
        raise Mistaken(f"Unknown type {kind!r}. Known: {', '.join(sorted(TYPES))}.")
    group = _group(hub, persona, line, str(draft.get("group") or ""))
    message = Message(
        wamid=world.new_wamid(persona.id, from_business=False),
        phone_number_id=line.phone_number_id,
        persona=group.id if group else persona.id,
        direction="in",
        type="interactive" if kind in answers.TAPS else kind,
        content=content_of(hub, line, kind, draft),
        at=world.now(),
        seq=world.next_seq(),
        context=str(draft.get("context") or ""),
    )
    if group:
        message.extra["author"] = persona.id
    if draft.get("forwarded"):
        message.extra["context"] = {"forwarded": True}
    if product := draft.get("product"):
        message.extra["context"] = {"referred_product": product}
    if referral := draft.get("referral"):
        message.content["referral"] = referral
    _note(hub, line, persona, message)
    return message


def _note(hub: Hub, line: Line, persona: Persona, message: Message) -> None:
    """Whatever a customer writes opens the 24-hour window; an ad also opens a free entry point for 72."""
    world = hub.world
    chat = world.chat(line.phone_number_id, message.persona)
    chat.window_from = world.now()
    if "referral" in message.content:
        chat.entry_point_until = world.now() + 72 * 3600
    world.save(chat.id, chat)
    world.add_message(message)
    world.announce("message", message)
    if world.shows_phone(line, persona):
        world.meet(line, persona)
    if message.type == "call":
        calls.tell(hub, line, persona, message)
        return
    value = payloads.message_value(world, line, persona, message)
    hub.courier.post(line, "messages", value, lane=message.persona, wamid=message.wamid)


def _group(hub: Hub, persona: Persona, line: Line, group_id: str) -> Persona | None:
    if not group_id:
        return None
    group = hub.world.personas.get(group_id)
    if group is None or group.line != line.phone_number_id or persona.id not in group.members:
        raise Mistaken(f"{persona.name} is not in that group.")
    return group


def change_number(hub: Hub, persona: Persona, new_id: str) -> Persona:
    """The customer moves to another number: a new account id, a new scoped id, and a system message."""
    world = hub.world
    if not new_id.isdigit() or new_id in world.personas:
        raise Mistaken("The new number must be digits that nobody else has.")
    moved = Persona.from_json(persona.to_json() | {"id": new_id, "generation": persona.generation + 1})
    known_to = [line for line in world.lines.values() if world.thread(line.phone_number_id, persona.id)]
    world.save_persona(moved)
    persona.presence = "unregistered"
    persona.username = ""
    world.save_persona(persona)
    world.move_threads(persona.id, new_id)
    for line in known_to:
        system = {
            "type": "user_changed_number",
            "body": f"{persona.name} changed from {persona.id} to {new_id}",
            "wa_id": new_id,
            "user_id": world.bsuid(moved, line.portfolio),
            "previous_user_id": world.bsuid(persona, line.portfolio),
        }
        body = {
            "from": persona.id,
            "id": world.new_wamid(new_id, from_business=False),
            "timestamp": str(int(world.now())),
            "type": "system",
            "system": system,
        }
        hub.courier.post(line, "messages", payloads.system_value(line, body), lane=persona.id)
    return moved


def recycle(hub: Hub, persona: Persona, name: str) -> Persona:
    """The phone company gives the number to somebody else: a new account with an empty phone, and nobody is told."""
    world = hub.world
    if not name.strip():
        raise Mistaken("Who has the number now?")
    gone = Persona.from_json(
        persona.to_json()
        | {"id": f"{persona.id}.{persona.generation}", "presence": "unregistered", "automatic": True}
    )
    world.save_persona(gone)
    world.move_threads(persona.id, gone.id)
    heir = Persona(id=persona.id, name=name.strip(), generation=persona.generation + 1)
    world.save_persona(heir)
    return heir


def content_of(hub: Hub, line: Line, kind: str, draft: Json) -> Json:
    """The part of the message that carries its type's name, in Meta's shape."""
    body = draft.get("body")
    if kind in MEDIA_TYPES:
        return {kind: _media(hub, line, kind, draft)}
    if kind == "text":
        if not body:
            raise Mistaken("A text needs a body.")
        return {"text": {"body": str(body)}}
    if kind == "location":
        keys = ("latitude", "longitude", "name", "address", "url")
        return {"location": {key: draft[key] for key in keys if draft.get(key) is not None}}
    if kind == "contacts":
        return {"contacts": draft.get("contacts") or []}
    if kind == "reaction":
        reaction = {"message_id": str(draft.get("message_id", ""))}
        # Meta leaves the emoji out when a reaction is taken back.
        return {"reaction": reaction | ({"emoji": draft["emoji"]} if draft.get("emoji") else {})}
    if kind in answers.ANSWERS:
        return answers.answer(hub, kind, draft)
    if kind == "call":
        return calls.content(draft)
    return _change(hub, kind, draft)


def _change(hub: Hub, kind: str, draft: Json) -> Json:
    """Edits and deletions of what the customer wrote before, and kinds the Cloud API cannot carry."""
    if kind == "unsupported":
        return _unsupported(str(draft.get("body") or "poll"))
    original = hub.world.messages.get(str(draft.get("message_id")))
    if original is None or original.direction != "in":
        raise Mistaken("Only an own message can be changed.")
    if kind == "revoke":
        original.extra["revoked"] = True
        hub.world.save_message(original)
        return {"revoke": {"original_message_id": original.wamid}}
    if hub.world.now() - original.at > EDITABLE_S:
        raise Mistaken("A message can be edited for 15 minutes.")
    original.extra["edited"] = str(draft.get("body", ""))
    hub.world.save_message(original)
    changed = {"type": "text", "text": {"body": original.extra["edited"]}}
    if original.type in MEDIA_TYPES:
        part = original.content[original.type] | {"caption": original.extra["edited"]}
        changed = {"type": original.type, original.type: part}
    return {"edit": {"original_message_id": original.wamid, "message": changed}}


def _unsupported(kind: str) -> Json:
    """What the Cloud API cannot carry; `media_too_big` is a file of more than 100 MB."""
    code, title, details = 131051, "Message type unknown", "Message type is not currently supported"
    if kind == "media_too_big":
        code, title, details = 131052, "Media download error", "Media file size too big. Max is 100 MB."
    error = {"code": code, "title": title, "message": title, "error_data": {"details": details}}
    named = {} if kind == "media_too_big" else {"unsupported": {"type": kind}}
    return {"errors": [error]} | named


def _media(hub: Hub, line: Line, kind: str, draft: Json) -> Json:
    """The file: uploaded before (`media_id`) or sent along (`data_base64`)."""
    if draft.get("media_id"):
        found = hub.world.media.get(str(draft["media_id"]))
        if found is None:
            raise Mistaken("There is no such file.")
    else:
        content = base64.b64decode(str(draft.get("data_base64", "")))
        mime_type = str(draft.get("mime_type") or DEFAULT_MIME[kind])
        found = store(hub, line, content, mime_type, str(draft.get("filename", "")))
    digest = base64.b64encode(bytes.fromhex(found.sha256)).decode()
    body: Json = {"mime_type": found.mime_type, "sha256": digest, "id": found.id}
    if kind == "audio":
        body["voice"] = bool(draft.get("voice"))
    if kind == "sticker":
        body["animated"] = bool(draft.get("animated"))
    if kind == "document":
        body["filename"] = found.filename or "document"
    if draft.get("caption"):
        body["caption"] = draft["caption"]
    return body


def store(hub: Hub, line: Line, content: bytes, mime_type: str, filename: str) -> Media:
    """A customer may send any kind of file, up to what WhatsApp lets through to a business."""
    if not content:
        raise Mistaken("The file is empty.")
    if len(content) > 100 * media_rules.MEGABYTE:
        raise Mistaken("WhatsApp lets at most 100 MB through.")
    return hub.world.add_media(line, content, mime_type, filename=filename, from_customer=True)
