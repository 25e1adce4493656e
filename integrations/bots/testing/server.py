"""The whole server on loopback: everything under one address, and a door for whoever tests with it."""

import json
import threading
import time
from dataclasses import dataclass, field
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from .flow import DEMO
from .google import Google
from .record import Record
from .typebot import Typebot

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8cfc0000003010100"
    "c9fe92ef0000000049454e44ae426082"
)


@dataclass
class World:
    """`answers`: what the workflow at /webhook/<name> answers: JSON, (status, JSON), or a str for plain text."""

    record: Record = field(default_factory=Record)
    answers: dict[str, Any] = field(default_factory=dict)
    url: str = ""

    def __post_init__(self) -> None:
        self.typebot = Typebot(self.record)
        self.google = Google(self.record)
        self.reset()

    def reset(self) -> None:
        self.record.reset()
        self.answers.clear()
        self.typebot.flows = {"demo": DEMO}
        self.typebot.sessions.clear()
        self.typebot.token = ""
        self.google.intents = []
        self.google.tokens.clear()
        self.google.texts.clear()

    @property
    def calls(self) -> list[dict[str, Any]]:
        return self.record.calls

    async def webhook(self, request: Request) -> Response:
        if failed := await self.record.note(request):
            return failed
        found = self.answers.get(request.path_params["name"])
        if found is None:
            return JSONResponse({"code": 404, "message": "The requested webhook is not registered."}, 404)
        status, body = found if isinstance(found, tuple) else (200, found)
        if status == 204:  # a body behind it would be taken for the next answer
            return Response(status_code=status)
        if isinstance(body, str):
            return PlainTextResponse(body, status)
        return Response(json.dumps(body), status, media_type="application/json")

    async def picture(self, request: Request) -> Response:
        return Response(PIXEL, media_type="image/png")

    async def control(self, request: Request) -> Response:
        """PUT {"answers": {...}, "faults": [...]}; GET what was asked; DELETE all of it."""
        if request.method == "DELETE":
            self.reset()
        if request.method == "PUT":
            given = await request.json()
            self.answers.update(given.get("answers") or {})
            self.record.faults.extend(given.get("faults") or [])
        return JSONResponse({"calls": self.calls})

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                *self.typebot.routes(),
                *self.google.routes(),
                Route("/webhook/{name}", self.webhook, methods=["POST"]),
                Route("/files/{name}", self.picture),
                Route("/_ctl", self.control, methods=["GET", "PUT", "DELETE"]),
            ]
        )


def serve(port: int = 0) -> tuple[World, uvicorn.Server]:
    """A running server in a thread; `should_exit = True` ends it."""
    world = World()
    config = uvicorn.Config(
        world.app(),
        host="127.0.0.1",
        port=port,
        log_level="warning",
        access_log=False,
        lifespan="off",
        ws="none",
    )
    server = uvicorn.Server(config)
    threading.Thread(target=server.run, daemon=True).start()
    ends = time.monotonic() + 10
    while not server.started:
        if time.monotonic() > ends:
            raise RuntimeError("The server of the bots did not start.")
        time.sleep(0.01)
    world.url = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    world.google.url = world.url
    return world, server
