"""`POST /{phone_number_id}/messages`: accept a message, mark one as read, show a typing indicator."""

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from .. import faults, identity
from ..errors import GraphError
from ..hub import Hub
from ..prices import price_of
from ..records import MEDIA_TYPES, Json, Line, Message, Persona
from . import access, asks, checks, links, media, template_sends

ENVELOPE_KEYS = frozenset(
    {"messaging_product", "recipient_type", "to", "recipient", "type", "context", "biz_opaque_callback_data"}
)
TYPING_S = 25


async def post(hub: Hub, request: Request, phone_number_id: str, *, marketing: bool = False) -> Response:
    """`marketing`: at `/marketing_messages`, which takes templates of that category and nothing else."""
    line = access.line_of(hub.world, request, phone_number_id)
    body = await read_json(request)
    if marketing and not _is_marketing(hub, line, body):
        raise GraphError(134100)
    if body.get("status") == "read":
        return await _read_endpoint(hub, request, line, body)
    hits = hub.faults.strike(_call(hub, line, body), request.headers.get("x-emu-fault"))
    if not hits:
        return JSONResponse(_answer(hub, line, accept(hub, line, body)))
    if (spoiled := await faults.instead(hits, request)) is not None:
        return spoiled
    message = accept(hub, line, body, hits)
    return await faults.afterwards(hits, JSONResponse(_answer(hub, line, message)))


def _is_marketing(hub: Hub, line: Line, body: Json) -> bool:
    if body.get("type") != "template":
        return False
    checks.check(body)
    return template_sends.match(hub.world, line.waba_id, body).category == "MARKETING"


def accept(hub: Hub, line: Line, body: Json, hits: list[faults.Rule] | None = None) -> Message:
    """Everything Meta checks before it says 200, and then the message is on its way."""
    world = hub.world
    if not line.registered:
        raise GraphError(133010)
    if hub.world.now() < line.upgrading_until:
        raise GraphError(131057)
    checks.check(body)
    persona, address = _recipient(hub, line, body)
    chat = world.chat(line.phone_number_id, persona.id)
    window_is_open = is_window_open(hub, line.phone_number_id, persona.id)
    message = Message(
        wamid=world.new_wamid(persona.id, from_business=True),
        phone_number_id=line.phone_number_id,
        persona=persona.id,
        direction="out",
        type=body["type"],
        content={key: value for key, value in body.items() if key not in ENVELOPE_KEYS},
        at=world.now(),
        seq=world.next_seq(),
        context=str((body.get("context") or {}).get("message_id", "")),
        cookie=body.get("biz_opaque_callback_data"),
        input=address,
        by_bsuid=not body.get("to"),
    )
    _inspect(hub, line, body, message, window_is_open)
    if not window_is_open:
        hub.limits.begin(line.portfolio, persona.id, world.now(), world.settings.behaviour)
    hub.limits.spend(line.phone_number_id, persona.id, world.now(), world.settings.behaviour)
    message.price = price_of(message.category, chat, world.now(), window_is_open)
    faults.mark(hits or [], message)
    chat.typing_until = 0.0
    if not message.by_bsuid and not persona.is_group:
        world.meet(line, persona)
    world.add_message(message)
    world.announce("message", message)
    hub.carrier.carry(message)
    # What is answered 200 is on disk: the answer key must outlive a killed emulator.
    world.store.commit()
    return message


def is_window_open(hub: Hub, phone_number_id: str, persona: str) -> bool:
    opened = hub.world.chat(phone_number_id, persona).window_from
    return opened is not None and hub.world.now() < opened + hub.world.settings.behaviour.window_hours * 3600


def mark_read(hub: Hub, line: Line, body: Json) -> None:
    """Everything up to that message turns blue; a typing indicator shows for 25 seconds at most."""
    wamid = checks.text(body, "message_id", 400)
    world = hub.world
    message = world.messages.get(wamid)
    if message is None or message.direction != "in" or message.phone_number_id != line.phone_number_id:
        raise GraphError(100, "Invalid parameter: message_id", status=400)
    for one in world.thread(line.phone_number_id, message.persona):
        if one.direction == "in" and one.seq <= message.seq and not one.has("read"):
            one.states.append({"status": "read", "at": world.now()})
            world.save_message(one)
    if body.get("typing_indicator") is not None:
        if checks.part(body, "typing_indicator").get("type") != "text":
            raise checks.invalid("typing_indicator.type")
        world.chat(line.phone_number_id, message.persona).typing_until = world.now() + TYPING_S
        world.announce("typing", message)


async def read_json(request: Request) -> Json:
    """Clients send JSON; Meta takes forms too, with JSON inside the fields."""
    raw = await request.body()
    if request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        return {key: _loose(str(value)) for key, value in (await request.form()).items()}
    try:
        body = json.loads(raw)
    except ValueError:
        raise GraphError(100, "The request body is not valid JSON.") from None
    if not isinstance(body, dict):
        raise GraphError(100, "The request body must be a JSON object.")
    return body


async def _read_endpoint(hub: Hub, request: Request, line: Line, body: Json) -> Response:
    quoted = hub.world.messages.get(str(body.get("message_id")))
    call = faults.Call("read", line.phone_number_id, quoted.persona if quoted else "")
    hits = hub.faults.strike(call, request.headers.get("x-emu-fault"))
    if (spoiled := await faults.instead(hits, request)) is not None:
        return spoiled
    mark_read(hub, line, body)
    return await faults.afterwards(hits, JSONResponse({"success": True}))


def _recipient(hub: Hub, line: Line, body: Json) -> tuple[Persona, str]:
    """The customer behind `to` (a phone number) or `recipient` (a business-scoped user id)."""
    to, recipient = body.get("to"), body.get("recipient")
    if not to and not recipient:
        raise checks.missing("to")
    if not to:
        return _by_bsuid(hub, line, body, str(recipient)), str(recipient)
    if body.get("recipient_type") == "group":
        return _group(hub, line, str(to)), str(to)
    digits = identity.digits_of(str(to))
    if not digits:
        raise checks.invalid("to", "must be a phone number")
    if digits == line.digits:
        raise GraphError(131021)
    persona = hub.world.find_persona(digits)
    if line.allowed_recipients is not None and not set(identity.variants(digits)) & set(
        line.allowed_recipients
    ):
        raise GraphError(131030)
    if persona is None:
        persona = hub.world.stranger(digits)
        if hub.world.settings.behaviour.strangers == "unregistered":
            persona.presence = "unregistered"
            hub.world.save_persona(persona)
    if persona.id in line.blocked:
        raise GraphError(130403)
    return persona, str(to)


def _group(hub: Hub, line: Line, group_id: str) -> Persona:
    group = hub.world.personas.get(group_id)
    if group is None or group.line != line.phone_number_id:
        raise GraphError(131020)
    return group


def _by_bsuid(hub: Hub, line: Line, body: Json, recipient: str) -> Persona:
    if not identity.BSUID.match(recipient):
        raise checks.invalid("recipient", "must be a business-scoped user ID")
    persona = hub.world.find_bsuid(recipient, line.portfolio)
    if persona is None:
        raise GraphError(131026, "The business-scoped user ID does not belong to this business portfolio.")
    if persona.id in line.blocked:
        raise GraphError(130403)
    if body["type"] == "template":
        template = template_sends.match(hub.world, line.waba_id, body)
        if template.category == "AUTHENTICATION":
            raise GraphError(131062)
    return persona


def _inspect(hub: Hub, line: Line, body: Json, message: Message, window_is_open: bool) -> None:
    """The checks that need the world: templates, media, the message that a reaction names, the window."""
    if message.type == "template":
        template = template_sends.match(hub.world, line.waba_id, body)
        message.category = template.category.lower()
        message.extra["template"] = template_sends.render(template, body)
    elif message.type in MEDIA_TYPES:
        if media_id := body[message.type].get("id"):
            problem = media.check_use(hub, line, str(media_id), message.type)
            _fail_later(message, 131053, problem)
        else:
            links.adopt(hub, line, message)
    elif message.type == "interactive" and (above := asks.header_file(body)) and above[1].get("id"):
        _fail_later(message, 131053, media.check_use(hub, line, str(above[1]["id"]), above[0]))
    elif message.type == "reaction" and body["reaction"]["message_id"] not in hub.world.messages:
        _fail_later(message, 131009, "The message to react to does not exist.")
    if message.type != "template" and not window_is_open:
        if hub.world.settings.behaviour.window == "sync":
            raise GraphError(131047)
        _fail_later(message, 131047, GraphError(131047).details)


def _fail_later(message: Message, code: int, details: str) -> None:
    if details and not message.fail_with:
        message.fail_with = code
        message.extra["fail_details"] = details


def _answer(hub: Hub, line: Line, message: Message) -> Json:
    persona = hub.world.personas[message.persona]
    if message.by_bsuid:
        contact = {"input": message.input, "user_id": message.input}
    else:
        contact = {
            "input": message.input,
            "wa_id": persona.id,
            "user_id": hub.world.bsuid(persona, line.portfolio),
        }
    sent: Json = {"id": message.wamid}
    if persona.is_group:
        contact, sent["group_id"] = {"input": persona.id, "wa_id": persona.id}, persona.id
    if message.type == "template":
        sent["message_status"] = "accepted"
    return {"messaging_product": "whatsapp", "contacts": [contact], "messages": [sent]}


def _call(hub: Hub, line: Line, body: Json) -> faults.Call:
    digits = identity.digits_of(str(body.get("to", "")))
    persona = hub.world.find_persona(digits) if digits else None
    template = body.get("template")
    return faults.Call(
        "messages",
        line=line.phone_number_id,
        peer=persona.id if persona else digits or str(body.get("recipient", "")),
        type=str(body.get("type", "text")),
        template=str(template.get("name")) if isinstance(template, dict) else "",
    )


def _loose(value: str) -> Any:
    try:
        return json.loads(value)
    except ValueError:
        return value
