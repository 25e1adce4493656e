"""The control door, for tests and the demo: what to say next, and what was asked."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from .state import State


def routes(state: State) -> list[BaseRoute]:
    async def health(request: Request) -> Response:
        return JSONResponse({"ok": True})

    async def script(request: Request) -> Response:
        given = await request.json()
        state.write(given["rules"] if isinstance(given, dict) else given)
        return JSONResponse({"rules": len(state.rules)})

    async def models(request: Request) -> Response:
        state.models = await request.json()
        return JSONResponse({"models": len(state.models)})

    async def calls(request: Request) -> Response:
        return JSONResponse(state.calls)

    async def reset(request: Request) -> Response:
        state.reset()
        return JSONResponse({"ok": True})

    return [
        Route("/_ctl/health", health),
        Route("/_ctl/script", script, methods=["PUT"]),
        Route("/_ctl/models", models, methods=["PUT"]),
        Route("/_ctl/calls", calls),
        Route("/_ctl/reset", reset, methods=["POST"]),
    ]
