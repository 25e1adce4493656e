"""The phone page's own endpoints: the page, its files, chats as a customer sees them, and live events."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from . import bubbles, groups
from .graph import media
from .hub import Hub
from .records import Json

STATIC = Path(__file__).parent / "static"
POLICY = (
    "default-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; style-src 'self'; "
    "frame-ancestors *; base-uri 'none'; object-src 'none'"
)
HEARTBEAT_S = 15

Endpoint = Callable[[Hub, Request], Awaitable[Response]]


def routes(hub: Hub) -> list[BaseRoute]:
    table: list[tuple[str, Endpoint]] = [
        ("/phone/api/state", state),
        ("/phone/api/personas/{persona}/chats", chats),
        ("/phone/api/chats/{phone_number_id}/{persona}", chat),
        ("/phone/api/events", events),
        ("/phone/media/{id}", file),
        ("/phone", slash),
        ("/phone/", page),
        ("/phone/owner/{phone_number_id}", owner),
        ("/phone/{persona}", page),
    ]
    mounted: list[BaseRoute] = [Mount("/phone/static", StaticFiles(directory=STATIC))]
    return mounted + [Route(path, _endpoint(hub, run)) for path, run in table]


async def state(hub: Hub, request: Request) -> Response:
    """Who can be played, and whom they can write to."""
    # Strangers that turned up by themselves come after the people somebody introduced.
    people = [one for one in hub.world.personas.values() if not one.is_group]
    people.sort(key=lambda one: one.automatic)
    lines = [
        {
            "phone_number_id": one.phone_number_id,
            "name": one.verified_name or one.display_phone_number,
            "number": one.display_phone_number,
        }
        for one in hub.world.lines.values()
    ]
    return JSONResponse({"personas": [bubbles.persona(one) for one in people], "lines": lines})


async def chats(hub: Hub, request: Request) -> Response:
    who = hub.world.personas[request.path_params["persona"]]
    rows = [bubbles.summary(hub, line, who) for line in hub.world.lines.values()]
    rows += [bubbles.group_summary(hub, group, who) for group in groups.of(hub, who)]
    return JSONResponse({"chats": rows})


async def chat(hub: Hub, request: Request) -> Response:
    who = hub.world.personas[request.path_params["persona"]]
    line = hub.world.lines[request.path_params["phone_number_id"]]
    limit = int(request.query_params.get("limit", "100"))
    group = hub.world.personas.get(request.query_params.get("group", ""))
    if group is not None and who.id in group.members:
        return JSONResponse(bubbles.group_chat(hub, line, group, who, limit))
    return JSONResponse(bubbles.chat(hub, line, who, limit))


async def events(hub: Hub, request: Request) -> Response:
    """Server-sent events: hints about what changed; the page then asks for it."""
    headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
    return StreamingResponse(_stream(hub), media_type="text/event-stream", headers=headers)


async def file(hub: Hub, request: Request) -> Response:
    found = hub.world.media[request.path_params["id"]]
    answer = media.serve(hub, request, found)
    # A customer's file is shown, never run: the page lives on the same origin.
    answer.headers["content-security-policy"] = "default-src 'none'; sandbox"
    answer.headers["x-content-type-options"] = "nosniff"
    return answer


async def page(hub: Hub, request: Request) -> Response:
    headers = {"content-security-policy": POLICY, "cache-control": "no-cache"}
    return FileResponse(STATIC / "index.html", headers=headers)


async def owner(hub: Hub, request: Request) -> Response:
    """The business's own phone, for a number that is used there as well."""
    headers = {"content-security-policy": POLICY, "cache-control": "no-cache"}
    return FileResponse(STATIC / "owner.html", headers=headers)


async def slash(hub: Hub, request: Request) -> Response:
    return RedirectResponse("/phone/")


async def _stream(hub: Hub) -> AsyncIterator[str]:
    queue: asyncio.Queue[Json] = asyncio.Queue()
    hub.world.listeners.add(queue)
    try:
        yield "retry: 1000\n\n"
        while True:
            try:
                event = await asyncio.wait_for(queue.get(), HEARTBEAT_S)
            except TimeoutError:
                yield ": still here\n\n"
                continue
            yield f"data: {json.dumps(event)}\n\n"
    finally:
        hub.world.listeners.discard(queue)


def _endpoint(hub: Hub, run: Endpoint) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        try:
            return await run(hub, request)
        except KeyError as name:
            return JSONResponse({"detail": f"{name} is unknown."}, 404)

    return endpoint
