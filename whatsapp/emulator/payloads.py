"""What webhooks say: values in Meta's shapes, for messages from customers and statuses of ours."""

import random
import time

from .errors import GraphError
from .records import MEDIA_TYPES, Json, Line, Message, Persona
from .world import World


def message_value(world: World, line: Line, persona: Persona, message: Message) -> Json:
    """A customer wrote something."""
    body: Json = {}
    if world.shows_phone(line, persona):
        body["from"] = persona.id
    body["from_user_id"] = world.bsuid(persona, line.portfolio)
    body |= {"id": message.wamid, "timestamp": str(int(message.at)), "type": message.type}
    if message.persona != persona.id:
        body["group_id"] = message.persona
    if context := _context(world, line, persona, message):
        body["context"] = context
    body |= message.content
    return base_value(line) | {"contacts": [contact(world, line, persona)], "messages": [body]}


def call_value(world: World, line: Line, persona: Persona, news: Json) -> Json:
    """A customer calls."""
    body: Json = {"id": news["id"], "to": line.digits}
    if world.shows_phone(line, persona):
        body["from"] = persona.id
    body["from_user_id"] = world.bsuid(persona, line.portfolio)
    return base_value(line) | {"contacts": [contact(world, line, persona)], "calls": [body | news]}


def status_value(world: World, line: Line, persona: Persona, message: Message, state: Json) -> Json:
    """Something happened to a message of the business."""
    name = state["status"]
    body: Json = {"id": message.wamid, "status": name, "timestamp": str(int(state["at"]))}
    if world.shows_phone(line, persona):
        body["recipient_id"] = persona.id
    # A failed status names the customer only as the business addressed them.
    if name != "failed" or message.by_bsuid:
        body["recipient_user_id"] = world.bsuid(persona, line.portfolio)
    behaviour = world.settings.behaviour
    if message.cookie is not None and name in behaviour.cookie_on:
        body["biz_opaque_callback_data"] = message.cookie
    if name == "failed":
        body["errors"] = [GraphError(state["code"], state.get("details", "")).in_status()]
        return base_value(line) | {"statuses": [body]}
    if name in {"sent", "delivered", "read"}:
        body["pricing"] = dict(message.price)
        if behaviour.webhook_version < 24 or message.price["type"] == "free_entry_point":
            body["conversation"] = _conversation(message)
    return base_value(line) | {"contacts": [contact(world, line, persona)], "statuses": [body]}


def group_status_value(world: World, line: Line, group: Persona, message: Message, state: Json) -> Json:
    """Statuses of a group come together, one per participant; what was sent or failed speaks of the group."""
    name = state["status"]
    body: Json = {"id": message.wamid, "status": name, "timestamp": str(int(state["at"])),
                  "recipient_id": group.id, "recipient_type": "group"}  # fmt: skip
    if message.cookie is not None:
        body["biz_opaque_callback_data"] = message.cookie
    if name == "failed":
        failed = GraphError(state["code"], state.get("details", "")).in_status()
        return base_value(line) | {"statuses": [body | {"errors": [failed]}]}
    if name == "sent":
        return base_value(line) | {"statuses": [body | {"pricing": dict(message.price)}]}
    people = [world.personas[one] for one in state.get("people") or group.members]
    told = [one for one in people if one.is_reachable]
    statuses = [body | _participant(world, line, one) for one in told]
    cards = [contact(world, line, one) for one in told]
    return base_value(line) | {"contacts": cards, "statuses": statuses}


def _participant(world: World, line: Line, person: Persona) -> Json:
    told: Json = {"recipient_participant_user_id": world.bsuid(person, line.portfolio)}
    if world.shows_phone(line, person):
        told["recipient_participant_id"] = person.id
    return told


def system_value(line: Line, body: Json) -> Json:
    """Meta itself says something about a customer; such webhooks have no contacts block."""
    return base_value(line) | {"messages": [body]}


def echo_value(
    world: World, line: Line, persona: Persona, message: Message, content: Json, wamid: str, kind: str
) -> Json:
    """The owner wrote on the phone, or changed what was written there."""
    at = world.now() if kind in {"edit", "revoke"} else message.at
    body: Json = {"from": line.digits}
    if world.shows_phone(line, persona):
        body["to"] = persona.id
    body["to_user_id"] = world.bsuid(persona, line.portfolio)
    body |= {"id": wamid, "timestamp": str(int(at)), "type": kind} | content
    return base_value(line) | {"message_echoes": [body]}


def app_state_value(world: World, line: Line, book: list[Json], action: str) -> Json:
    """Contacts of the owner's address book that were added or removed."""
    rows = []
    for one in book:
        who: Json = {"phone_number": one["number"]}
        if action == "add":
            who |= {"full_name": one["name"], "first_name": one["name"].split()[0]}
        metadata = {"timestamp": str(int(world.now()))}
        rows.append({"type": "contact", "contact": who, "action": action, "metadata": metadata})
    return base_value(line) | {"state_sync": rows}


def history_value(world: World, line: Line, chunk: Json) -> Json:
    """One chunk of the phone's chats, or why there is none."""
    told = dict(chunk)
    if "threads" in chunk:
        told["threads"] = [
            {"id": one["id"], "messages": [_remembered(line, message) for message in one["messages"]]}
            for one in chunk["threads"]
        ]
    return base_value(line) | {"history": [told]}


def recent_media_value(world: World, line: Line, message: Message) -> Json:
    """The file behind a placeholder, for two weeks."""
    body: Json = {"from": message.persona if message.direction == "in" else line.digits}
    body |= {"id": message.wamid, "timestamp": str(int(message.at)), "type": message.type}
    body[message.type] = message.content[message.type]
    if message.direction == "in":
        return base_value(line) | {"messages": [body]}
    return base_value(line) | {"message_echoes": [body | {"to": message.persona}]}


def _remembered(line: Line, message: Message) -> Json:
    body: Json = {"from": message.persona if message.direction == "in" else line.digits}
    if message.direction == "out":
        body["to"] = message.persona
    body |= {"id": message.wamid, "timestamp": str(int(message.at))}
    body["history_context"] = {"status": message.state.upper() if message.states else "READ"}
    if message.type in MEDIA_TYPES:
        return body | {"type": "media_placeholder"}
    return body | {"type": message.type} | message.content


def contact(world: World, line: Line, persona: Persona) -> Json:
    profile: Json = {"name": persona.name}
    if persona.username:
        profile["username"] = persona.username
    body: Json = {"profile": profile, "user_id": world.bsuid(persona, line.portfolio)}
    if world.shows_phone(line, persona):
        body["wa_id"] = persona.id
    return body


def envelope(updates: list[tuple[str, str, Json]], rng: random.Random, merge: float) -> Json:
    """One POST body from (account, field, value) updates; neighbours may share a change, as at Meta."""
    entries: list[Json] = []
    by_account: dict[str, Json] = {}
    for waba_id, field, value in updates:
        entry = by_account.get(waba_id)
        if entry is None:
            entry = by_account[waba_id] = {"id": waba_id, "changes": []}
            if "template" in field:  # news of an account have no time of their own
                entry["time"] = int(time.time() * 1000) / 1000
            entries.append(entry)
        changes = entry["changes"]
        if changes and _fits(changes[-1], field, value) and rng.random() < merge:
            _join(changes[-1]["value"], value)
        else:
            changes.append({"value": {key: _copy(one) for key, one in value.items()}, "field": field})
    return {"object": "whatsapp_business_account", "entry": entries}


def base_value(line: Line) -> Json:
    metadata = {"display_phone_number": line.digits, "phone_number_id": line.phone_number_id}
    return {"messaging_product": "whatsapp", "metadata": metadata}


def _context(world: World, line: Line, persona: Persona, message: Message) -> Json:
    context: Json = dict(message.extra.get("context", {}))
    if message.context:
        quoted = world.messages.get(message.context)
        is_ours = quoted is None or quoted.direction == "out"
        context = {"from": line.digits if is_ours else persona.id, "id": message.context} | context
    return context


def _conversation(message: Message) -> Json:
    origin = "referral_conversion" if message.price["type"] == "free_entry_point" else message.category
    return {"id": f"{message.seq:032x}", "origin": {"type": origin}}


def _fits(change: Json, field: str, value: Json) -> bool:
    if field != "messages":
        return False
    kept = change["value"]
    same_kind = ("messages" in kept) == ("messages" in value) and ("statuses" in kept) == (
        "statuses" in value
    )
    # A failed status has no contacts block, and a block that speaks of somebody else would be a lie.
    same_contacts = ("contacts" in kept) == ("contacts" in value)
    return (
        change["field"] == field
        and kept.get("metadata") == value.get("metadata")
        and same_kind
        and same_contacts
    )


def _join(kept: Json, value: Json) -> None:
    for key in ("contacts", "messages", "statuses"):
        for one in value.get(key, []):
            if key != "contacts" or one not in kept[key]:
                kept[key].append(one)


def _copy(part: object) -> object:
    return list(part) if isinstance(part, list) else part
