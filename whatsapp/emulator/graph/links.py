"""Media that a business sends by link: WhatsApp fetches it before it can deliver it."""

import asyncio

import httpx

from ..hub import Hub
from ..records import Line, Message
from ..targets import is_allowed
from . import media

FETCHING: set[asyncio.Task[None]] = set()
TIMEOUT_S = 10


def adopt(hub: Hub, line: Line, message: Message) -> None:
    """Fetch in the background; a host outside this machine is not contacted, its link is shown as it is."""
    link = message.content[message.type]["link"]
    if not is_allowed(link, hub.world.allowed_hosts):
        return
    task = asyncio.get_running_loop().create_task(_fetch(hub, line, message, link))
    FETCHING.add(task)
    task.add_done_callback(FETCHING.discard)


async def _fetch(hub: Hub, line: Line, message: Message, link: str) -> None:
    try:
        async with httpx.AsyncClient(timeout=TIMEOUT_S, trust_env=False) as client:
            answer = await client.get(link)
        answer.raise_for_status()
        mime_type = answer.headers.get("content-type", "application/octet-stream")
        problem = media.trouble(answer.content, mime_type.split(";")[0])
        found = hub.world.add_media(line, answer.content, mime_type, filename=link.rsplit("/", 1)[-1])
    except httpx.HTTPError as error:
        hub.carrier.fail(message, 131052, f"Downloading media from weblink failed: {type(error).__name__}")
        return
    if problem:
        hub.carrier.fail(message, 131053, problem)
        return
    message.extra["media_id"] = found.id
    hub.world.save_message(message)
