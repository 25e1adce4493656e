"""The ASGI application: Graph, the media CDN, the control API and the phone page."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from . import control, phone
from .graph import media
from .graph.router import Graph
from .hub import Hub
from .targets import is_loopback


def build(folder: Path, *, seed: int = 1, allow: frozenset[str] = frozenset()) -> ASGIApp:
    """The whole emulator over one data folder."""
    hub = Hub.open(folder, seed, allow)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        clockwork = asyncio.get_running_loop().create_task(hub.world.timers.run())
        hub.courier.start()
        hub.carrier.resume()
        yield
        clockwork.cancel()
        await hub.courier.stop()
        hub.world.store.close()

    async def cdn(request: Request) -> Response:
        return await media.download(hub, request)

    async def home(request: Request) -> Response:
        return RedirectResponse("/phone/")

    routes = [Route("/", home), Route("/_cdn/{token}", cdn), *control.routes(hub), *phone.routes(hub)]
    return Guard(Starlette(routes=[*routes, Mount("/", Graph(hub))], lifespan=lifespan), allow)


class Guard:
    """Only this machine: refuses foreign Host names (DNS rebinding) and other sites' pages as callers."""

    def __init__(self, app: ASGIApp, allow: frozenset[str]) -> None:
        self.app = app
        self.allow = allow

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            headers = dict(scope["headers"])
            host = urlsplit(f"//{headers.get(b'host', b'').decode('latin-1')}").hostname or ""
            origin = headers.get(b"origin", b"").decode("latin-1")
            if not self._is_welcome(host) or (
                origin and not self._is_welcome(urlsplit(origin).hostname or "")
            ):
                await PlainTextResponse("The emulator answers this machine only.", 403)(scope, receive, send)
                return
        await self.app(scope, receive, send)

    def _is_welcome(self, host: str) -> bool:
        return is_loopback(host) or host in self.allow
