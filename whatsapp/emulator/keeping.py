"""Control of what is kept: a recording of a conversation, and snapshots of the whole world to come back to."""

import re

from starlette.requests import Request

from .customers import Mistaken
from .hub import Hub
from .records import Json

NAME = re.compile(r"[a-z0-9_-]{1,60}")


async def record(hub: Hub, request: Request) -> Json:
    """Begin; an earlier recording is forgotten."""
    hub.courier.recorder.start(await _name(request), hub.world.now())
    return hub.courier.recorder.document()


async def recorded(hub: Hub, request: Request) -> Json:
    return hub.courier.recorder.document()


async def stop(hub: Hub, request: Request) -> Json:
    hub.courier.recorder.stop()
    return hub.courier.recorder.document()


async def snapshot(hub: Hub, request: Request) -> Json:
    """Numbers, customers, templates, messages, files, the clock and what is still to be delivered."""
    name = await _name(request)
    hub.world.store.snapshot(name)
    return {"name": name}


async def restore(hub: Hub, request: Request) -> Json:
    """Everything as it was; what was under way then is delivered again."""
    name = await _name(request)
    if not hub.world.store.has_snapshot(name):
        raise Mistaken(f"There is no snapshot {name}.")
    hub.world.timers.clear()
    hub.courier.forget()
    hub.carrier.late = 0
    hub.limits.clear()
    hub.world.restore(name)
    hub.courier.take_up()
    return {"name": name, "now": hub.world.now()}


async def _name(request: Request) -> str:
    given = (await request.json()) if await request.body() else {}
    name = str(given.get("name") or "kept")
    if not NAME.fullmatch(name):
        raise Mistaken("A name has up to 60 small letters, digits, dashes and underscores.")
    return name


TABLE = [
    ("POST", "/_ctl/record", record),
    ("GET", "/_ctl/record", recorded),
    ("POST", "/_ctl/record/stop", stop),
    ("POST", "/_ctl/snapshot", snapshot),
    ("POST", "/_ctl/restore", restore),
]
