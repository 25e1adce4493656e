"""The ASGI application: three dialects of the same server, and the control door.

/v1 speaks all of OpenAI's API; /gemini/v1beta/openai and /ollama/v1 know /chat/completions only, and refuse in
those servers' own ways. /v2 is AssemblyAI.
"""

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import BaseRoute, Mount
from starlette.types import ASGIApp, Receive, Scope, Send

from . import assemblyai, control, doors, sound
from .doors import Dialect
from .state import State

DIALECTS = {"/v1": "openai", "/gemini/v1beta/openai": "gemini", "/ollama/v1": "ollama"}


def build(state: State) -> ASGIApp:
    """The whole server over one state."""
    routes: list[BaseRoute] = [*control.routes(state), *assemblyai.routes(state)]
    for path, name in DIALECTS.items():
        dialect = Dialect(state, name)
        routes.append(Mount(path, routes=[*doors.routes(dialect), *sound.routes(dialect)]))
    return Starlette(routes=routes, middleware=[Middleware(OnlyHere)])


class OnlyHere:
    """Refuses pages of other sites that a browser on this machine may have open."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and any(name == b"origin" for name, _ in scope["headers"]):
            await PlainTextResponse("The scripted provider answers programs only.", 403)(scope, receive, send)
            return
        await self.app(scope, receive, send)
