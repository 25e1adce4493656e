"""Models, embeddings and answers: what is common to all calls, and how slow or broken they can be made."""

import asyncio
import base64
import json
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from . import chat, checks, reading, responses, vectors
from .answer import Answer, decide
from .errors import Wrong, no_such_address
from .reading import Asked
from .state import State

Handler = Callable[[Request, dict[str, Any]], Awaitable[Response]]


@dataclass
class Dialect:
    """One way to speak: openai, gemini or ollama."""

    state: State
    name: str

    def door(self, handle: Handler) -> Callable[[Request], Awaitable[Response]]:
        """Note the call, check the key, answer refusals in this dialect."""

        async def enter(request: Request) -> Response:
            key = request.headers.get("authorization", "").removeprefix("Bearer ").strip()
            raw = b"" if _is_form(request) else await request.body()
            call = self.state.note(
                {
                    "method": request.method, "path": request.url.path, "dialect": self.name,
                    "headers": _masked(request), "body": json.loads(raw) if raw else None, "status": 200,
                }
            )  # fmt: skip
            try:
                checks.key(key, self.name)
                answer = await handle(request, call)
            except Wrong as wrong:
                model = str((call["body"] or {}).get("model", ""))
                answer = wrong.answer(self.name, model=model, key=f"{key[:3]}***{key[-4:]}")
            call["status"] = answer.status_code
            return answer

        return enter


def routes(dialect: Dialect) -> list[BaseRoute]:
    state = dialect.state

    async def models(request: Request, call: dict[str, Any]) -> Response:
        decide(state, Asked("models"))
        rows = [
            {"object": "model", "created": 1_700_000_000, "owned_by": "scripted", **row}
            for row in state.models
        ]
        return JSONResponse({"object": "list", "data": rows})

    async def embeddings(request: Request, call: dict[str, Any]) -> Response:
        body = call["body"]
        checks.model(state, body.get("model", ""), dialect.name)
        texts = [body["input"]] if isinstance(body["input"], str) else list(body["input"])
        then, _ = decide(state, Asked("embed", body["model"], turns=[("user", text) for text in texts]))
        await _wait(then)
        if not texts or any(not text for text in texts):
            raise Wrong(400, "invalid_value", "'input' must not be empty.", "input")
        return _maybe_broken(then, _embedded(body, texts))

    async def answer_responses(request: Request, call: dict[str, Any]) -> Response:
        if dialect.name != "openai":
            return no_such_address(dialect.name)
        return await _respond(dialect, call, reading.of_responses(call["body"]), responses)

    async def answer_chat(request: Request, call: dict[str, Any]) -> Response:
        return await _respond(dialect, call, reading.of_chat(call["body"]), chat)

    return [
        Route("/models", dialect.door(models), methods=["GET"]),
        Route("/embeddings", dialect.door(embeddings), methods=["POST"]),
        Route("/responses", dialect.door(answer_responses), methods=["POST"]),
        Route("/chat/completions", dialect.door(answer_chat), methods=["POST"]),
    ]


async def _respond(dialect: Dialect, call: dict[str, Any], asked: Asked, shape: Any) -> Response:
    state, body = dialect.state, call["body"]
    checks.model(state, asked.model, dialect.name)
    checks.request(body, asked)
    then, answer = decide(state, asked)
    call["answer"] = {"text": answer.text, "calls": answer.calls}
    await _wait(then)
    if not body.get("stream"):
        return _maybe_broken(then, shape.whole(state, body, answer))
    lines = _events(state, body, answer) if shape is responses else _chunks(state, body, answer)
    return StreamingResponse(_paced(lines, then, state.pace), media_type="text/event-stream")


def _events(state: State, body: dict[str, Any], answer: Answer) -> list[tuple[bool, str]]:
    """Lines of the stream; True marks the pieces of a text."""
    made = []
    for number, event in enumerate(responses.events(state, body, answer)):
        text = json.dumps({**event, "sequence_number": number}, ensure_ascii=False)
        made.append((event["type"].endswith("text.delta"), f"event: {event['type']}\ndata: {text}\n\n"))
    return made


def _chunks(state: State, body: dict[str, Any], answer: Answer) -> list[tuple[bool, str]]:
    made = []
    for chunk in chat.chunks(state, body, answer):
        is_piece = any(choice["delta"].get("content") for choice in chunk["choices"])
        made.append((is_piece, f"data: {json.dumps(chunk, ensure_ascii=False)}\n\n"))
    return [*made, (False, "data: [DONE]\n\n")]


async def _paced(lines: list[tuple[bool, str]], then: dict[str, Any], pace: float) -> AsyncIterator[bytes]:
    """`first_after`: seconds before the first piece; `pace`: between two; `cut_after`: pieces until the line breaks."""
    pieces = 0
    for is_piece, line in lines:
        if is_piece:
            await asyncio.sleep(then.get("first_after", 0) if pieces == 0 else then.get("pace", pace))
            if pieces == then.get("cut_after"):
                raise ConnectionResetError("as the script says")
            pieces += 1
        elif pieces and then.get("broken"):
            yield b'data: {"type": "resp\n\n'
            return
        yield line.encode()


def _maybe_broken(then: dict[str, Any], body: dict[str, Any]) -> Response:
    text = json.dumps(body, ensure_ascii=False).encode()
    if then.get("broken"):
        return Response(text[: len(text) // 2], media_type="application/json")
    if "drip" in then:  # the body in single bytes, so many seconds apart
        return StreamingResponse(_drip(text, then["drip"]), media_type="application/json")
    if "cut_after" in then:
        return StreamingResponse(_cut(text), media_type="application/json")
    return Response(text, media_type="application/json")


async def _drip(text: bytes, seconds: float) -> AsyncIterator[bytes]:
    for place in range(len(text)):
        yield text[place : place + 1]
        await asyncio.sleep(seconds)


async def _cut(text: bytes) -> AsyncIterator[bytes]:
    yield text[:20]
    raise ConnectionResetError("as the script says")


async def _wait(then: dict[str, Any]) -> None:
    await asyncio.sleep(then.get("delay", 0))


def _embedded(body: dict[str, Any], texts: list[str]) -> dict[str, Any]:
    size = body.get("dimensions") or vectors.SIZE
    rows = []
    for place, text in enumerate(texts):
        vector: Any = vectors.embed(text, size)
        if body.get("encoding_format") == "base64":
            vector = base64.b64encode(struct.pack(f"<{size}f", *vector)).decode()
        rows.append({"object": "embedding", "index": place, "embedding": vector})
    count = sum(vectors.tokens(text) for text in texts)
    usage = {"prompt_tokens": count, "total_tokens": count}
    return {"object": "list", "data": rows, "model": body["model"], "usage": usage}


def _is_form(request: Request) -> bool:
    return request.headers.get("content-type", "").startswith("multipart/")


def _masked(request: Request) -> dict[str, str]:
    """The headers, with the key's last four characters only."""
    headers = dict(request.headers)
    if "authorization" in headers:
        headers["authorization"] = f"…{headers['authorization'][-4:]}"
    return headers
