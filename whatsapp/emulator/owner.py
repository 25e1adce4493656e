"""The owner's phone: the same number in the WhatsApp Business app, where somebody writes, edits and deletes."""

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request

from . import bubbles, payloads
from .customers import Mistaken, content_of
from .graph.coexistence import tell_contacts
from .hub import Hub
from .records import Json, Line, Message, Persona

KINDS = {"text", "image", "audio", "video", "document", "sticker", "location", "contacts"}
FREE: Json = {
    "billable": False,
    "pricing_model": "PMP",
    "type": "free_customer_service",
    "category": "service",
}
EDIT_S = 15 * 60.0


async def look(hub: Hub, request: Request) -> Json:
    """What the owner sees: the number's state, a code that came by SMS, and the chats."""
    line = _line(hub, request)
    people = [hub.world.personas[who] for number, who in hub.world.threads if number == line.phone_number_id]
    rows = [bubbles.summary(hub, line, who) | {"persona": bubbles.persona(who)} for who in people]
    return {
        "phone_number_id": line.phone_number_id,
        "name": line.verified_name,
        "number": line.display_phone_number,
        "on_phone": line.on_phone,
        "registered": line.registered,
        "verified": line.verified,
        "code": line.profile.get("_code"),
        "synced": line.synced,
        "book": line.profile.get("_book", []),
        "shares_history": line.shares_history,
        "chats": sorted(rows, key=lambda one: one["at"] or 0, reverse=True),
    }


async def send(hub: Hub, request: Request) -> Json:
    """The owner writes on the phone: the customer gets it, the API gets an echo, no window opens."""
    line = _on_phone(hub, request)
    draft = await request.json()
    kind = str(draft.get("type", "text"))
    if kind not in KINDS:
        raise Mistaken(f"The owner's phone sends {', '.join(sorted(KINDS))}.")
    number = str(draft.get("persona", ""))
    who = hub.world.find_persona(number) or hub.world.stranger(number)
    message = _written(hub, line, who, kind, content_of(hub, line, kind, draft), hub.world.now())
    _echo(hub, line, who, message, message.content, message.wamid, kind)
    hub.world.announce("message", message)
    return {"id": message.wamid}


async def change(hub: Hub, request: Request) -> Json:
    """Edit within a quarter of an hour, or delete for everyone."""
    line = _on_phone(hub, request)
    draft = await request.json()
    original = hub.world.messages.get(str(draft.get("message_id")))
    if original is None or original.direction != "out":
        raise Mistaken("Only what the business wrote can be changed.")
    kind = str(draft.get("type"))
    if kind == "revoke":
        original.extra["revoked"] = True
        content: Json = {"revoke": {"original_message_id": original.wamid}}
    elif kind == "edit" and hub.world.now() <= original.at + EDIT_S:
        original.extra["edited"] = str(draft.get("body", ""))
        changed = {"type": "text", "text": {"body": original.extra["edited"]}}
        content = {"edit": {"original_message_id": original.wamid, "message": changed}}
    else:
        raise Mistaken("It can be edited for 15 minutes, or deleted (type: edit or revoke).")
    hub.world.save_message(original)
    who = hub.world.personas[original.persona]
    wamid = hub.world.new_wamid(who.id, from_business=True)
    _echo(hub, line, who, original, content, wamid, kind)
    return {"id": wamid}


async def book(hub: Hub, request: Request) -> Json:
    """Add to the address book, or take out; told at once when the contacts were synchronised before."""
    line = _on_phone(hub, request)
    body = await request.json()
    action = str(body.get("action", "add"))
    rows = [{"name": str(one["name"]), "number": str(one["number"])} for one in body["contacts"]]
    named = {one["number"] for one in rows}
    kept = [one for one in line.profile.get("_book", []) if one["number"] not in named]
    line.profile["_book"] = kept + (rows if action == "add" else [])
    hub.world.save(line.phone_number_id, line)
    if "smb_app_state_sync" in line.synced:
        tell_contacts(hub, line, rows, action)
    return {"book": line.profile["_book"]}


async def remember(hub: Hub, request: Request) -> Json:
    """Chats from before the number came to the API: what a history synchronisation will tell."""
    line = _line(hub, request)
    ids = []
    for thread in (await request.json())["threads"]:
        number = str(thread["persona"])
        who = hub.world.personas.get(number) or Persona(id=number, name=str(thread.get("name") or number))
        hub.world.save_persona(who)
        for draft in thread["messages"]:
            at = hub.world.now() - float(draft["days_ago"]) * 86400
            kind = str(draft.get("type", "text"))
            content = content_of(hub, line, kind, draft)
            message = _written(hub, line, who, kind, content, at, mine=bool(draft.get("from_me")))
            ids.append(message.wamid)
    return {"ids": ids}


def _written(
    hub: Hub, line: Line, who: Persona, kind: str, content: Json, at: float, *, mine: bool = True
) -> Message:
    """A message that did not pass the API: no prices, no receipts, no window."""
    message = Message(
        wamid=hub.world.new_wamid(who.id, from_business=mine),
        phone_number_id=line.phone_number_id,
        persona=who.id,
        direction="out" if mine else "in",
        type=kind,
        content=content,
        at=at,
        seq=hub.world.next_seq(),
        price=dict(FREE),
        lost_statuses=["all"],
        extra={"by_phone": True},
    )
    if mine:
        message.shown_at, message.shown_seq = at, message.seq
        message.states = [{"status": "delivered", "at": at}]
    hub.world.add_message(message)
    return message


def _echo(hub: Hub, line: Line, who: Persona, message: Message, content: Json, wamid: str, kind: str) -> None:
    value = payloads.echo_value(hub.world, line, who, message, content, wamid, kind)
    hub.courier.post(line, "smb_message_echoes", value, lane=who.id)


def _line(hub: Hub, request: Request) -> Line:
    return hub.world.lines[request.path_params["id"]]


def _on_phone(hub: Hub, request: Request) -> Line:
    line = _line(hub, request)
    if not line.on_phone:
        raise Mistaken("This number is not in the WhatsApp Business app of any phone.")
    return line


TABLE: list[tuple[str, str, Callable[[Hub, Request], Awaitable[Any]]]] = [
    ("GET", "/_ctl/owner/{id}", look),
    ("POST", "/_ctl/owner/{id}/send", send),
    ("POST", "/_ctl/owner/{id}/change", change),
    ("POST", "/_ctl/owner/{id}/book", book),
    ("POST", "/_ctl/owner/{id}/history", remember),
]
