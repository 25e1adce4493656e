"""Groups: a chat of several customers with one business number, and the news of it that webhooks bring.

A group is kept as a persona with members: its chat, its window and its messages are those of any other.
"""

import base64

from starlette.requests import Request

from . import payloads
from .hub import Hub
from .records import Json, Line, Message, Persona

MOST = 8  # participants, as the Cloud API allows


async def post(hub: Hub, request: Request) -> Json:
    body = await request.json()
    line = hub.world.lines[str(body["phone_number_id"])]
    about = str(body.get("description", ""))
    return make(hub, line, str(body.get("subject", "")), list(body.get("members", [])), about).to_json()


async def patch(hub: Hub, request: Request) -> Json:
    """`join` and `leave` name personas, `subject` is another name."""
    return change(hub, hub.world.personas[request.path_params["id"]], await request.json()).to_json()


def make(hub: Hub, line: Line, subject: str, members: list[str], description: str = "") -> Persona:
    """A new group with these people and the business number in it."""
    world = hub.world
    people = [world.personas[one].id for one in dict.fromkeys(members)]
    if not subject.strip() or not 1 <= len(people) <= MOST:
        raise ValueError(f"A group has a name and 1 to {MOST} participants.")
    number = f"group:{line.digits}:{world.next_seq():018d}"
    group = Persona(
        id=base64.b64encode(number.encode()).decode(),
        name=subject.strip(),
        members=people,
        line=line.phone_number_id,
    )
    world.save_persona(group)
    made = {"type": "group_create", "subject": group.name} | (
        {"description": description} if description else {}
    )
    _post(hub, line, "group_lifecycle_update", group, made)
    _people(hub, line, group, people, "add")
    return group


def change(hub: Hub, group: Persona, body: Json) -> Persona:
    """Somebody joins or leaves, or the group gets another name."""
    line = hub.world.lines[group.line]
    if joined := [one for one in body.get("join", []) if one not in group.members]:
        if len(group.members) + len(joined) > MOST:
            raise ValueError(f"A group has at most {MOST} participants.")
        group.members += [hub.world.personas[one].id for one in joined]
        _people(hub, line, group, joined, "add")
    if left := [one for one in body.get("leave", []) if one in group.members]:
        group.members = [one for one in group.members if one not in left]
        _people(hub, line, group, left, "remove")
    if subject := str(body.get("subject") or "").strip():
        group.name = subject
        told = {
            "type": "group_settings_update",
            "group_subject": {"text": subject, "update_successful": True},
        }
        _post(hub, line, "group_settings_update", group, told)
    hub.world.save_persona(group)
    return group


def read(hub: Hub, group: Persona, reader: Persona) -> int:
    """A participant opened the group: each message that was new to them is read by them."""
    count = 0
    for message in hub.world.thread(group.line, group.id):
        seen: list[str] = message.extra.setdefault("seen_by", [])
        if message.direction != "out" or message.shown_at is None or reader.id in seen:
            continue
        seen.append(reader.id)
        hub.world.save_message(message)
        count += 1
        if reader.presence != "receipts_off":
            _status(hub, group, message, "read", [reader.id])
    return count


def of(hub: Hub, persona: Persona) -> list[Persona]:
    """The groups that somebody is in."""
    return [one for one in hub.world.personas.values() if persona.id in one.members]


def _status(hub: Hub, group: Persona, message: Message, name: str, people: list[str]) -> None:
    line = hub.world.lines[group.line]
    state = {"status": name, "at": hub.world.now(), "people": people}
    hub.courier.post(
        line, "messages", payloads.group_status_value(hub.world, line, group, message, state), lane=group.id
    )


def _people(hub: Hub, line: Line, group: Persona, ids: list[str], act: str) -> None:
    people = []
    for one in ids:
        person = hub.world.personas[one]
        told: Json = {"user_id": hub.world.bsuid(person, line.portfolio), "profile": {"name": person.name}}
        people.append(told | ({"wa_id": person.id} if hub.world.shows_phone(line, person) else {}))
    key = "added_participants" if act == "add" else "removed_participants"
    news = {"type": f"group_participants_{act}", key: people}
    _post(hub, line, "group_participants_update", group, news)


def _post(hub: Hub, line: Line, field: str, group: Persona, news: Json) -> None:
    told = {"timestamp": str(int(hub.world.now())), "group_id": group.id} | news
    hub.courier.post(line, field, payloads.base_value(line) | {"groups": [told]}, lane=group.id)
