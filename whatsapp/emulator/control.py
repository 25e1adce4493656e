"""`/_ctl/`: set the stage, play the customers, break things, and read the truth."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from . import customers, groups, growing, keeping, owner, reviewing, truth
from .graph import accounts, dialog, oauth, templates
from .hub import Hub
from .records import PRESENCES, Json, Line, MetaApp, Persona
from .targets import is_allowed
from .voice import to_voice_note

Endpoint = Callable[[Hub, Request], Awaitable[Any]]


def routes(hub: Hub) -> list[Route]:
    table: list[tuple[str, str, Endpoint]] = [
        ("GET", "/_ctl/health", health),
        ("GET", "/_ctl/numbers", numbers),
        ("PUT", "/_ctl/numbers", put_numbers),
        ("DELETE", "/_ctl/numbers/{id}", drop_number),
        ("POST", "/_ctl/numbers/{id}/verify", verify),
        ("PUT", "/_ctl/apps", put_apps),
        ("PUT", "/_ctl/tokens", put_tokens),
        ("POST", "/_ctl/signup", dialog.finish),
        *growing.TABLE,
        *keeping.TABLE,
        *owner.TABLE,
        *reviewing.TABLE,
        ("GET", "/_ctl/personas", personas),
        ("PUT", "/_ctl/personas", put_personas),
        ("POST", "/_ctl/personas/{id}/send", send),
        ("POST", "/_ctl/personas/{id}/read", read),
        ("POST", "/_ctl/personas/{id}/change_number", change_number),
        ("POST", "/_ctl/personas/{id}/recycle", recycle),
        ("POST", "/_ctl/groups", groups.post),
        ("PATCH", "/_ctl/groups/{id:path}", groups.patch),
        ("POST", "/_ctl/windows", open_windows),
        ("POST", "/_ctl/bulk", bulk),
        ("POST", "/_ctl/media", upload),
        ("GET", "/_ctl/faults", faults),
        ("POST", "/_ctl/faults", add_faults),
        ("DELETE", "/_ctl/faults", clear_faults),
        ("GET", "/_ctl/webhooks", settings),
        ("POST", "/_ctl/webhooks", change_post),
        ("GET", "/_ctl/settings", settings),
        ("POST", "/_ctl/settings", change_behaviour),
        ("POST", "/_ctl/clock", advance),
        ("GET", "/_ctl/truth", tell_truth),
        ("GET", "/_ctl/deliveries", deliveries),
        ("POST", "/_ctl/reset", reset),
    ]
    return [Route(path, _endpoint(hub, run), methods=[method]) for method, path, run in table]


async def health(hub: Hub, request: Request) -> Json:
    return {"ok": True, "numbers": len(hub.world.lines), "pending_webhooks": hub.courier.pending}


async def numbers(hub: Hub, request: Request) -> Json:
    return {"numbers": [one.to_json() for one in hub.world.lines.values()]}


async def put_numbers(hub: Hub, request: Request) -> Json:
    """Make or change business numbers; what is not named keeps its value."""
    saved = []
    for body in _list(await request.json(), "numbers"):
        known = hub.world.lines.get(str(body.get("phone_number_id")))
        line = Line.from_json((known.to_json() if known else {}) | body)
        if line.callback_url and not is_allowed(line.callback_url, hub.world.allowed_hosts):
            raise ValueError(
                f"Webhooks go to this machine only; start with --allow to permit {line.callback_url}."
            )
        hub.world.lines[line.phone_number_id] = line
        hub.world.save(line.phone_number_id, line)
        templates.seed(hub.world, line.waba_id)
        saved.append(line.to_json())
    hub.world.publish({"type": "lines"})
    return {"numbers": saved}


async def drop_number(hub: Hub, request: Request) -> Json:
    line = _line(hub, request.path_params["id"])
    del hub.world.lines[line.phone_number_id]
    hub.world.store.drop("line", line.phone_number_id)
    hub.world.publish({"type": "lines"})
    return {"ok": True}


async def verify(hub: Hub, request: Request) -> Json:
    """Ask the callback address the question that Meta asks when it is saved."""
    line = _line(hub, request.path_params["id"])
    answered, why = await accounts.challenge(hub, line.callback_url, line.verify_token)
    return {"ok": answered, "detail": why}


async def put_apps(hub: Hub, request: Request) -> Json:
    """Apps that offer embedded signup, or that exist before their first number."""
    saved = []
    for body in _list(await request.json(), "apps"):
        known = hub.world.apps.get(str(body.get("app_id")))
        app = MetaApp.from_json((known.to_json() if known else {}) | body)
        hub.world.apps[app.app_id] = app
        hub.world.save(app.app_id, app)
        saved.append(app.to_json())
    return {"apps": saved}


async def put_tokens(hub: Hub, request: Request) -> Json:
    return {"tokens": [oauth.change(hub, body).to_json() for body in _list(await request.json(), "tokens")]}


async def personas(hub: Hub, request: Request) -> Json:
    return {"personas": [one.to_json() for one in hub.world.personas.values()]}


async def put_personas(hub: Hub, request: Request) -> Json:
    saved = []
    for body in _list(await request.json(), "personas"):
        number = "".join(filter(str.isdigit, str(body.get("id", ""))))
        if not 5 <= len(number) <= 20:
            raise ValueError("A persona's id is a phone number: 5 to 20 digits.")
        if body.get("presence", "online") not in PRESENCES:
            raise ValueError(f"Unknown presence. Known: {', '.join(PRESENCES)}.")
        known = hub.world.personas.get(number)
        start = known.to_json() if known else {"name": f"+{number}"}
        persona = Persona.from_json(start | {"automatic": False} | body | {"id": number})
        hub.world.save_persona(persona)
        hub.carrier.presence_changed(persona)
        saved.append(persona.to_json())
    return {"personas": saved}


async def send(hub: Hub, request: Request) -> Json:
    message = customers.send(hub, _persona(hub, request), await request.json())
    return {"id": message.wamid}


async def read(hub: Hub, request: Request) -> Json:
    """The customer opens the chat (or, with `wamid` and `played`, listens to a voice note)."""
    persona = _persona(hub, request)
    body = await request.json()
    if body.get("played"):
        hub.carrier.play(hub.world.messages[str(body["wamid"])])
        return {"read": 0}
    if body.get("group"):
        return {"read": groups.read(hub, hub.world.personas[str(body["group"])], persona)}
    return {"read": hub.carrier.read(str(body["phone_number_id"]), persona)}


async def change_number(hub: Hub, request: Request) -> Json:
    body = await request.json()
    return customers.change_number(hub, _persona(hub, request), str(body["to"])).to_json()


async def recycle(hub: Hub, request: Request) -> Json:
    body = await request.json()
    return customers.recycle(hub, _persona(hub, request), str(body["name"])).to_json()


async def open_windows(hub: Hub, request: Request) -> Json:
    """Pretend that customers wrote at some moment, without a message: for data that was seeded elsewhere."""
    items = _list(await request.json(), "items")
    for body in items:
        persona = hub.world.find_persona(str(body["persona"])) or hub.world.stranger(str(body["persona"]))
        chat = hub.world.chat(str(body["phone_number_id"]), persona.id)
        chat.window_from = max(chat.window_from or 0.0, float(body.get("at", hub.world.now())))
        hub.world.save(chat.id, chat)
    return {"windows": len(items)}


async def bulk(hub: Hub, request: Request) -> Json:
    """Many customers write many messages; unknown customers are introduced on the way."""
    wamids = []
    for number, draft in enumerate(_list(await request.json(), "items")):
        persona_id = str(draft["persona"])
        persona = hub.world.personas.get(persona_id)
        if persona is None:
            persona = Persona(id=persona_id, name=str(draft.get("name") or f"+{persona_id}"))
            hub.world.save_persona(persona)
        wamids.append(customers.send(hub, persona, draft).wamid)
        if number % 100 == 99:
            await asyncio.sleep(0)
    return {"ids": wamids}


async def upload(hub: Hub, request: Request) -> Json:
    """A customer's file, as the raw body; `?voice=1` turns any recording into a real voice note."""
    query = request.query_params
    content = await request.body()
    mime_type = query.get("mime_type") or request.headers.get("content-type", "application/octet-stream")
    if query.get("voice"):
        content, mime_type = await to_voice_note(content, mime_type)
    line = _line(hub, query.get("phone_number_id", ""))
    found = customers.store(hub, line, content, mime_type, query.get("filename", ""))
    return {"id": found.id, "mime_type": found.mime_type, "size": found.size}


async def faults(hub: Hub, request: Request) -> Json:
    return {"faults": [one.to_json() for one in hub.faults.rules]}


async def add_faults(hub: Hub, request: Request) -> Json:
    return {"faults": [hub.faults.add(body).to_json() for body in _list(await request.json(), "faults")]}


async def clear_faults(hub: Hub, request: Request) -> Json:
    hub.faults.rules.clear()
    return {"faults": []}


async def settings(hub: Hub, request: Request) -> Json:
    return hub.world.settings.to_json()


async def change_behaviour(hub: Hub, request: Request) -> Json:
    hub.world.settings.behaviour = hub.world.settings.behaviour.changed(await request.json())
    return hub.world.settings.to_json()


async def change_post(hub: Hub, request: Request) -> Json:
    hub.world.settings.post = hub.world.settings.post.changed(await request.json())
    hub.courier.kick()
    return hub.world.settings.to_json()


async def advance(hub: Hub, request: Request) -> Json:
    hub.world.advance(float((await request.json())["advance_s"]))
    return {"now": hub.world.now()}


async def tell_truth(hub: Hub, request: Request) -> Json:
    return truth.tell(hub, since=int(request.query_params.get("since", "0")))


async def deliveries(hub: Hub, request: Request) -> Json:
    return {"deliveries": list(hub.ledger.newest)}


async def reset(hub: Hub, request: Request) -> Json:
    """Forget the traffic, faults and settings; `{"everything": true}` forgets numbers and customers too."""
    body = json.loads(await request.body() or b"{}")
    hub.world.advance(-hub.world.clock.offset)
    hub.world.timers.clear()
    hub.courier.forget()
    hub.carrier.late = 0
    hub.ledger.clear()
    hub.limits.clear()
    hub.faults.rules.clear()
    hub.world.settings = type(hub.world.settings)()
    if body.get("everything"):
        hub.world.forget_everything()
    else:
        hub.world.forget_traffic()
    return {"ok": True}


def _endpoint(hub: Hub, run: Endpoint) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        try:
            answer = JSONResponse(await run(hub, request))
            hub.world.store.commit()
            return answer
        except (customers.Mistaken, ValueError, TypeError) as problem:
            return JSONResponse({"detail": str(problem)}, 400)
        except KeyError as name:
            return JSONResponse({"detail": f"{name} is missing or unknown."}, 404)

    return endpoint


def _list(body: Any, key: str) -> list[Json]:
    """One thing, a bare list, or a list under its name: all are understood."""
    if isinstance(body, dict):
        body = body.get(key, [body])
    if not isinstance(body, list) or not all(isinstance(one, dict) for one in body):
        raise ValueError(f"Send one object, a list of objects, or {{{key!r}: [...]}}.")
    return body


def _line(hub: Hub, phone_number_id: str) -> Line:
    return hub.world.lines[phone_number_id]


def _persona(hub: Hub, request: Request) -> Persona:
    return hub.world.personas[request.path_params["id"]]
