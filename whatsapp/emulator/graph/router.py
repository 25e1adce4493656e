"""The Graph side as one endpoint: strips the version, finds the node, and answers in Meta's error shape."""

import logging
import re

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from .. import faults
from ..errors import GraphError, unknown_object
from ..hub import Hub
from . import (
    access,
    accounts,
    coexistence,
    dialog,
    extras,
    media,
    messages,
    oauth,
    registration,
    templates,
    uploads,
)

log = logging.getLogger("emulator.graph")
VERSION = re.compile(r"^v\d{1,2}\.\d$")


class Graph:
    """Any `/v2x.0` prefix, or none; a version is accepted and otherwise ignored."""

    def __init__(self, hub: Hub) -> None:
        self.hub = hub

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        try:
            answer = await self._answer(request)
        except GraphError as error:
            headers = (
                {"www-authenticate": 'OAuth "Facebook Platform" "invalid_token"'}
                if error.status == 401
                else None
            )
            answer = JSONResponse(error.body(), error.status, headers)
        except Exception:
            log.exception("%s %s", request.method, request.url.path)
            answer = JSONResponse(GraphError(1).body(), 500)
        await answer(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        parts = [one for one in request.url.path.split("/") if one]
        if parts and VERSION.match(parts[0]):
            parts = parts[1:]
        if len(parts) == 2 and parts[1] == "messages" and request.method == "POST":
            return await messages.post(self.hub, request, parts[0])
        if len(parts) == 2 and parts[1] == "marketing_messages" and request.method == "POST":
            return await messages.post(self.hub, request, parts[0], marketing=True)
        if len(parts) == 2 and parts[1] == "media" and request.method == "POST":
            return await media.upload(self.hub, request, parts[0])
        if len(parts) == 1 and parts[0] in self.hub.world.media:
            return await self._media(request, parts[0])
        named = {"message_templates": "templates", "smb_app_data": "sync"}
        endpoint = named.get(parts[1], "other") if len(parts) == 2 else "other"
        hits = self.hub.faults.strike(faults.Call(endpoint), request.headers.get("x-emu-fault"))
        if (spoiled := await faults.instead(hits, request)) is not None:
            return spoiled
        return await faults.afterwards(hits, await self._manage(request, parts))

    async def _media(self, request: Request, media_id: str) -> Response:
        found = self.hub.world.media[media_id]
        if request.method == "DELETE":
            return await media.delete(self.hub, request, found)
        return await media.look_up(self.hub, request, found)

    async def _manage(self, request: Request, parts: list[str]) -> Response:
        match parts:
            case ["oauth", "access_token"]:
                given = dict((request.query_params or await request.form()).items())
                return oauth.access_token(self.hub, given)
            case ["debug_token"]:
                return oauth.debug_token(self.hub, request)
            case ["dialog", "oauth"]:
                return await dialog.page(self.hub, request)
            case [node] if node in self.hub.world.templates:
                return await self._template(request, node)
            case [node] | [_, "uploads" as node] if node.startswith("upload"):
                return await uploads.answer(self.hub, request, parts)
            case [node, "subscriptions"]:
                given = dict((request.query_params or await request.form()).items())
                return await registration.subscribe_app(self.hub, request, node, given)
            case [node, *rest] if node in self.hub.world.lines:
                return await self._line(request, node, rest)
            case [node, *rest] if self.hub.world.lines_of_account(node):
                return await self._account(request, node, rest)
            case [node]:
                return oauth.app(self.hub, request, node)
        access.lines_of(self.hub.world, request)
        raise unknown_object(parts[0] if parts else "")

    async def _line(self, request: Request, node: str, rest: list[str]) -> Response:
        hub = self.hub
        line = access.line_of(hub.world, request, node)
        is_read = request.method == "GET"
        body = {} if is_read else await messages.read_json(request) if await request.body() else {}
        match request.method, rest:
            case "GET", []:
                return accounts.number(hub, request, line)
            case "POST", []:
                return registration.change_pin(hub, line, body)
            case "POST", [act] if act in registration.ACTS:
                return registration.ACTS[act](hub, line, body)
            case "POST", ["smb_app_data"]:
                return coexistence.synchronise(hub, line, body)
            case "DELETE", ["contact_book"]:
                return accounts.erase_contact(hub, request, line)
            case "GET", ["block_users"]:
                return accounts.blocked(hub, line)
            case ("POST" | "DELETE") as method, ["block_users"]:
                return accounts.block(hub, line, body, add=method == "POST")
        if (known := extras.answer(hub, request, line, rest, body)) is not None:
            return known
        raise _unsupported(request, rest)

    async def _template(self, request: Request, node: str) -> Response:
        world, courier = self.hub.world, self.hub.courier
        template = world.templates[node]
        lines = access.account_of(world, request, template.waba_id)
        if request.method == "GET":
            return templates.one(template)
        return templates.change(world, courier, lines[0], template, await messages.read_json(request))

    async def _account(self, request: Request, node: str, rest: list[str]) -> Response:
        hub = self.hub
        lines = access.account_of(hub.world, request, node)
        hub.limits.manage(node, hub.world.now(), hub.world.settings.behaviour)
        match request.method, rest:
            case "GET", []:
                return accounts.account(hub, request, node)
            case "GET", ["phone_numbers"]:
                return accounts.numbers(hub, request, node)
            case "GET", ["subscribed_apps"]:
                return accounts.subscriptions(hub, request, node)
            case "POST", ["subscribed_apps"]:
                body = await messages.read_json(request) if await request.body() else {}
                return await accounts.subscribe(hub, request, node, body)
            case "DELETE", ["subscribed_apps"]:
                return accounts.unsubscribe(hub, request, node)
            case "GET", ["message_templates"]:
                return templates.index(hub.world, request, node)
            case "POST", ["message_templates"]:
                return templates.create(hub.world, hub.courier, lines[0], await messages.read_json(request))
            case (("GET" | "POST"), ["flows"]):
                body = await messages.read_json(request) if request.method == "POST" else {}
                return extras.flows(hub, request, lines[0], body)
            case "DELETE", ["message_templates"]:
                return templates.delete(hub.world, node, request)
        raise _unsupported(request, rest)


def _unsupported(request: Request, rest: list[str]) -> GraphError:
    return GraphError(
        100,
        f"Unsupported {request.method.lower()} request on /{'/'.join(rest)}: the emulator does not know it.",
    )
