"""Typebot's chat API over small flows: sessions, bubbles in rich text, blocks that wait for an answer."""

import re
import uuid
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from .record import Record

Step = dict[str, Any]
Flow = dict[str, list[Step]]
INVALID = "Invalid message. Please, try again."


def text(words: str, *, id: str = "", **marks: bool) -> Step:
    """A text bubble; `*` in front of nothing: marks belong to the whole."""
    leaf: dict[str, Any] = {"text": words, **marks}
    rich = [{"type": "p", "children": [leaf]}]
    return _bubble("text", {"type": "richText", "richText": rich}, id)


def rich(*elements: dict[str, Any], id: str = "") -> Step:
    return _bubble("text", {"type": "richText", "richText": list(elements)}, id)


def media(kind: str, url: str, *, id: str = "", **more: Any) -> Step:
    return _bubble(kind, {"url": url, **more}, id)


def ask(kind: str, *, then: str | None = None, save: str = "answer", **more: Any) -> Step:
    """A block that waits. `then` is where it goes on; an item's own `go` comes first."""
    return {"ask": {"type": kind, **more}, "then": then, "save": save}


def choice(*titles: tuple[str, str], several: bool = False, then: str | None = None) -> Step:
    items = [{"id": f"item{n}", "content": title, "go": go} for n, (title, go) in enumerate(titles, 1)]
    return ask("choice input", then=then, items=items, options={"isMultipleChoice": several})


def wait(seconds: float, *, pause: bool = False) -> Step:
    return {"wait": seconds, "pause": pause}


def redirect(url: str) -> Step:
    return {"redirect": url}


class Typebot:
    """`flows` by public id; each begins at "start". `{name}` in a text is a variable of the session."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.flows: dict[str, Flow] = {}
        self.sessions: dict[str, dict[str, Any]] = {}
        self.token = ""  # when set, calls must bear it

    def routes(self) -> list[Route]:
        return [
            Route("/api/v1/typebots/{public_id}/startChat", self.start, methods=["POST"]),
            Route("/api/v1/sessions/{session_id}/continueChat", self.go_on, methods=["POST"]),
        ]

    async def start(self, request: Request) -> Response:
        if refused := await self._refused(request):
            return refused
        flow = self.flows.get(request.path_params["public_id"])
        if flow is None:
            return _error(404, "Typebot not found")
        asked = await request.json()
        session_id = uuid.uuid4().hex[:25]
        session: dict[str, Any] = {
            "flow": flow,
            "variables": dict(asked.get("prefilledVariables") or {}),
            "left": [],
            "ask": None,
        }
        self.sessions[session_id] = session
        session["left"] = list(flow["start"])
        reply = {"sessionId": session_id, "resultId": uuid.uuid4().hex[:25], "typebot": _about()}
        return JSONResponse({**reply, **_run(session)})

    async def go_on(self, request: Request) -> Response:
        if refused := await self._refused(request):
            return refused
        session = self.sessions.get(request.path_params["session_id"])
        if session is None:
            return _error(404, "Session not found.")
        asked = await request.json()
        message = asked.get("message")
        if session["ask"] is None:
            return JSONResponse(_run(session))
        return JSONResponse(_answered(session, message))

    async def _refused(self, request: Request) -> Response | None:
        if failed := await self.record.note(request):
            return failed
        if self.token and request.headers.get("Authorization") != f"Bearer {self.token}":
            return _error(401, "UNAUTHORIZED")
        return None


def _answered(session: dict[str, Any], message: Any) -> dict[str, Any]:
    """An answer goes on, or the question stands."""
    step = session["ask"]
    said = message if isinstance(message, str) else (message or {}).get("text", "")
    found = _understood(step["ask"], said, message)
    if found is None:
        retry = text((step["ask"].get("options") or {}).get("retryMessageContent") or INVALID)
        return {"messages": [retry["bubble"]], "input": _shown(step["ask"]), "clientSideActions": []}
    value, go = found
    session["variables"][step["save"]] = value
    session["ask"] = None
    target = go or step["then"]
    if target:
        session["left"] = list(session["flow"][target])
    return {"lastMessageNewFormat": value, **_run(session)}


def _understood(asked: dict[str, Any], said: str, message: Any) -> tuple[str, str | None] | None:
    """The value in the form that Typebot keeps, and where a choice leads. None: it does not fit."""
    kind = asked["type"]
    if kind in {"choice input", "picture choice input"}:
        meta = (message or {}).get("metadata") or {} if isinstance(message, dict) else {}
        several = (asked.get("options") or {}).get("isMultipleChoice")
        titles = {item.get("content") or item.get("title"): item for item in asked["items"]}
        if several:
            parts = [part.strip() for part in said.split(",")]
            return (", ".join(parts), None) if all(part in titles for part in parts) else None
        for item in asked["items"]:
            title = item.get("content") or item.get("title")
            if meta.get("replyId") == item["id"] or said == title:
                return title, item.get("go")
        return None
    if kind == "file input":
        urls = message.get("attachedFileUrls") if isinstance(message, dict) else None
        return (", ".join(urls), None) if urls else None
    patterns = {
        "number input": r"-?\d+([.,]\d+)?",
        "email input": r"[^@\s]+@[^@\s]+\.[^@\s]+",
        "url input": r"(https?://)?[^\s/]+\.[^\s]+",
        "phone number input": r"\+?[\d\s()-]{8,20}",
        "date input": r"\d{1,4}[/-]\d{1,2}[/-]\d{1,4}",
        "time input": r"\d{1,2}:\d{2}",
        "rating input": r"\d{1,2}",
    }
    return (said, None) if re.fullmatch(patterns.get(kind, r"(?s).+"), said.strip()) else None


def _run(session: dict[str, Any]) -> dict[str, Any]:
    """Everything up to the next block that waits, a pause, or the end."""
    messages: list[dict[str, Any]] = []
    actions: list[dict[str, Any]] = []
    reply: dict[str, Any] = {"messages": messages, "clientSideActions": actions, "logs": []}
    while session["left"]:
        step = session["left"].pop(0)
        behind = {"lastBubbleBlockId": messages[-1]["id"]} if messages else {}
        if "bubble" in step:
            messages.append(_filled(step["bubble"], session["variables"]))
        elif "redirect" in step:
            actions.append(
                {"type": "redirect", "redirect": {"url": step["redirect"], "isNewTab": True}, **behind}
            )
        elif "wait" in step:
            action = {"type": "wait", "wait": {"secondsToWaitFor": step["wait"]}, **behind}
            actions.append({**action, "expectsDedicatedReply": True} if step["pause"] else action)
            if step["pause"]:
                return reply
        elif "ask" in step:
            session["ask"] = step
            return {**reply, "input": _shown(step["ask"])}
    return reply


def _shown(asked: dict[str, Any]) -> dict[str, Any]:
    items = [{key: value for key, value in item.items() if key != "go"} for item in asked.get("items", ())]
    return {"id": "input1", **asked, **({"items": items} if items else {})}


def _filled(value: Any, variables: dict[str, Any]) -> Any:
    if isinstance(value, str) and "{" in value and not value.startswith("#{"):
        return re.sub(r"\{(\w+)\}", lambda name: str(variables.get(name[1], "")), value)
    if isinstance(value, dict):
        return {key: _filled(one, variables) for key, one in value.items()}
    return [_filled(one, variables) for one in value] if isinstance(value, list) else value


def _bubble(kind: str, content: dict[str, Any], id: str) -> Step:
    return {"bubble": {"id": id or uuid.uuid4().hex[:24], "type": kind, "content": content}}


def _about() -> dict[str, Any]:
    settings = {"general": {}, "typingEmulation": {"enabled": True, "speed": 400, "maxDelay": 3}}
    return {"id": "typebot1", "version": "6.1", "theme": {}, "settings": settings}


def _error(status: int, message: str) -> JSONResponse:
    codes = {401: "UNAUTHORIZED", 404: "NOT_FOUND"}
    return JSONResponse({"message": message, "code": codes.get(status, "BAD_REQUEST")}, status)
