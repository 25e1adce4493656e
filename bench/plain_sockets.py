"""The least that fans a frame out: an ASGI application that passes on what Redis says to everybody connected.

No sign-in, no audiences, no numbers. What the product's sockets are measured against, under the same server.
"""

import asyncio
import os
from collections.abc import Awaitable, Callable
from typing import Any

from redis.asyncio import Redis

CHANNEL = "bench.plain"
Send = Callable[[dict[str, Any]], Awaitable[None]]
_visitors: set[Send] = set()
_listening: set[asyncio.Task[None]] = set()  # a task that nobody keeps may be collected


async def application(
    scope: dict[str, Any], receive: Callable[[], Awaitable[dict[str, Any]]], send: Send
) -> None:
    """One connection."""
    if scope["type"] != "websocket":
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"0")]})
        await send({"type": "http.response.body", "body": b""})
        return
    if not _listening:
        _listening.add(asyncio.create_task(_listen()))
    await receive()
    await send({"type": "websocket.accept"})
    await send({"type": "websocket.send", "text": '{"type":"hello"}'})
    _visitors.add(send)
    while (await receive())["type"] != "websocket.disconnect":
        pass
    _visitors.discard(send)


async def _listen() -> None:
    async with Redis.from_url(os.environ["REDIS_URL"]) as client, client.pubsub() as heard:
        await heard.subscribe(CHANNEL)
        async for message in heard.listen():
            if message["type"] == "message":
                text = message["data"].decode()
                for send in tuple(_visitors):
                    await send({"type": "websocket.send", "text": text})
