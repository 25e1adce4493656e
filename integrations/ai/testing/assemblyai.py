"""AssemblyAI's part: a file comes in pieces, a transcript is ordered, waits, is worked on, and is there.

A rule for the endpoint `order` may say: `say`, `utterances` ([{"speaker", "text", "start", "end"}], in seconds),
`language`, `looks` (how many of them until it is finished), `error` (it ends in that); rules for `upload`, `order`
and `look` a `status`.
"""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from .reading import Asked
from .sound import seconds_of
from .state import State

MODELS = {"universal-3-pro", "universal-3-5-pro", "universal-2"}
UPLOADS = "https://cdn.assemblyai.com/upload/"
LINES = ("Esta é a transcrição de demonstração de um servidor local.", "Entendi, obrigado.")
SOUNDS = (b"OggS", b"ID3", b"RIFF", b"\x1aE\xdf\xa3", b"\xff\xf1", b"\xff\xfb", b"\xff\xf3")
SILENT = "Transcoding failed. File does not appear to contain audio. File type is application/octet-stream."
MESSAGES = {
    401: "Authentication error, API token missing/invalid",
    429: "Too many requests. Please try again later.",
    500: "Server error, developers have been alerted.",
}

Handle = Callable[[Request, dict[str, Any]], Awaitable[Response]]


class Wrong(Exception):
    def __init__(self, status: int, message: str = "", headers: dict[str, str] | None = None) -> None:
        self.answer = JSONResponse(
            {"error": message or MESSAGES.get(status, "Bad request")}, status, headers=headers
        )


def routes(state: State) -> list[BaseRoute]:
    part = _Part(state)
    doors: list[tuple[str, Handle, str]] = [
        ("/v2/upload", part.upload, "POST"),
        ("/v2/transcript", part.order, "POST"),
        ("/v2/transcript", part.listed, "GET"),
        ("/v2/transcript/{id}", part.look, "GET"),
        ("/v2/transcript/{id}", part.remove, "DELETE"),
    ]
    return [Route(path, part.door(handle), methods=[method]) for path, handle, method in doors]


class _Part:
    def __init__(self, state: State) -> None:
        self.state = state

    async def upload(self, request: Request, call: dict[str, Any]) -> Response:
        data, pieces = b"", 0
        async for piece in request.stream():
            data, pieces = data + piece, pieces + bool(piece)
        call["body"] = {"bytes": len(data), "pieces": pieces}
        await _scripted(self.state, Asked("upload"))
        if not data:
            raise Wrong(
                422, "Upload failed, please try again. If you continue to have issues please reach out."
            )
        name = self.state.id("upload")
        self.state.jobs[UPLOADS + name] = {"sounds": _sounds(data), "seconds": seconds_of(data)}
        return JSONResponse({"upload_url": UPLOADS + name})

    async def order(self, request: Request, call: dict[str, Any]) -> Response:
        call["body"] = body = json.loads(await request.body())
        _check(body)
        then = await _scripted(self.state, Asked("order", ",".join(body.get("speech_models") or [])))
        file = self.state.jobs.get(body["audio_url"])
        job = {"id": self.state.id("transcript"), "asked": body, "file": file, "then": then, "looks": 0}
        self.state.jobs[job["id"]] = job
        return JSONResponse(_shown(job, "queued"))

    async def look(self, request: Request, call: dict[str, Any]) -> Response:
        await _scripted(self.state, Asked("look"))
        job = _known(self.state, request.path_params["id"])
        job["looks"] += 1
        return JSONResponse(_shown(job, _status(job)))

    async def remove(self, request: Request, call: dict[str, Any]) -> Response:
        job = _known(self.state, request.path_params["id"])
        if _status(job) not in {"completed", "error"}:
            raise Wrong(400, "Cannot delete a transcript that is still being processed.")
        self.state.jobs.pop(job["asked"]["audio_url"], None)
        job["is_deleted"] = True
        return JSONResponse({**_shown(job, "completed"), "text": "Deleted by user.", "utterances": None})

    async def listed(self, request: Request, call: dict[str, Any]) -> Response:
        await _scripted(self.state, Asked("models"))
        return JSONResponse({"page_details": {"limit": 1, "result_count": 0}, "transcripts": []})

    def door(self, handle: Handle) -> Callable[[Request], Awaitable[Response]]:
        async def enter(request: Request) -> Response:
            key = request.headers.get("authorization", "")
            headers = {**request.headers, "authorization": f"…{key[-4:]}"}
            call = self.state.note(
                {
                    "method": request.method, "path": request.url.path, "dialect": "assemblyai",
                    "headers": headers, "body": None, "status": 200,
                }
            )  # fmt: skip
            try:
                if not key or key.startswith("wrong"):
                    raise Wrong(401)
                answer = await handle(request, call)
            except Wrong as wrong:
                answer = wrong.answer
            call["status"] = answer.status_code
            return answer

        return enter


async def _scripted(state: State, asked: Asked) -> dict[str, Any]:
    then = state.what_to_do(asked)
    await asyncio.sleep(then.get("delay", 0))
    if "status" in then:
        headers = {"retry-after": str(then["retry_after"])} if "retry_after" in then else None
        raise Wrong(then["status"], then.get("message", ""), headers)
    return then


def _check(body: dict[str, Any]) -> None:
    """What the real service refuses."""
    if not str(body.get("audio_url", "")).startswith("http"):
        raise Wrong(400, "audio_url must be a valid URL")
    if "speech_model" in body:
        raise Wrong(400, '"speech_model" is deprecated. Use "speech_models" instead.')
    models = body.get("speech_models")
    if models is not None and (not isinstance(models, list) or not models or set(models) - MODELS):
        known = ", ".join(sorted(MODELS))
        raise Wrong(400, f'"speech_models" must be a non-empty list containing one or more of: {known}')
    if body.get("language_code") and body.get("language_detection"):
        raise Wrong(400, "language_detection is not available when language_code is specified.")
    expected = body.get("speakers_expected")
    if expected is not None and not (isinstance(expected, int) and 1 <= expected <= 10):
        raise Wrong(400, "speakers_expected must be an integer between 1 and 10")
    if expected is not None and not body.get("speaker_labels"):
        raise Wrong(400, "speakers_expected is only available when speaker_labels is true")


def _known(state: State, name: str) -> dict[str, Any]:
    job: dict[str, Any] | None = state.jobs.get(name)
    if job is None or "asked" not in job:
        raise Wrong(404, "Transcript lookup error, transcript id not found")
    return job


def _status(job: dict[str, Any]) -> str:
    needed = int(job["then"].get("looks", 2))
    if job["looks"] < needed:
        return "processing" if job["looks"] else "queued"
    return "error" if _error(job) else "completed"


def _error(job: dict[str, Any]) -> str:
    if job["then"].get("error"):
        return str(job["then"]["error"])
    if job.get("is_deleted"):
        return ""
    if job["file"] is None:
        return f"Download error, unable to download {job['asked']['audio_url']}. 403 Forbidden"
    return "" if job["file"]["sounds"] else SILENT


def _shown(job: dict[str, Any], status: str) -> dict[str, Any]:
    asked, is_done = job["asked"], status == "completed"
    language = asked.get("language_code") or job["then"].get("language", "pt")
    lines = _lines(job) if is_done else []
    text = " ".join(line["text"] for line in lines)
    models = asked.get("speech_models") or ["universal-3-pro"]
    shown = {
        "id": job["id"], "status": status, "audio_url": asked["audio_url"], "created": time.time(),
        "text": text if is_done else None, "words": [], "confidence": 0.94 if is_done else None,
        "audio_duration": round(job["file"]["seconds"]) if is_done and job["file"] else None,
        "language_code": language if is_done or asked.get("language_code") else None,
        "language_detection": bool(asked.get("language_detection")), "punctuate": True, "format_text": True,
        "speech_models": models, "speech_model_used": models[0] if is_done else None,
        "speaker_labels": bool(asked.get("speaker_labels")),
        "speakers_expected": asked.get("speakers_expected"),
        "utterances": lines if is_done and asked.get("speaker_labels") else None,
    }  # fmt: skip
    return {**shown, "error": _error(job)} if status == "error" else shown


def _lines(job: dict[str, Any]) -> list[dict[str, Any]]:
    """Milliseconds, as the real service counts."""
    given = job["then"].get("utterances") or _spoken(job)
    return [
        {
            "speaker": line["speaker"], "text": line["text"], "confidence": 0.94, "words": [],
            "start": round(line["start"] * 1000), "end": round(line["end"] * 1000),
        }
        for line in given
    ]  # fmt: skip


def _spoken(job: dict[str, Any]) -> list[dict[str, Any]]:
    if said := job["then"].get("say"):
        return [{"speaker": "A", "text": said, "start": 0, "end": job["file"]["seconds"]}]
    count = int(job["asked"].get("speakers_expected") or 2) if job["asked"].get("speaker_labels") else 1
    turns = max(count, 2) if count > 1 else 1
    each = job["file"]["seconds"] / turns
    return [
        {
            "speaker": chr(65 + turn % count),
            "text": LINES[turn % 2],
            "start": turn * each,
            "end": (turn + 1) * each,
        }
        for turn in range(turns)
    ]


def _sounds(data: bytes) -> bool:
    return data.startswith(SOUNDS) or data[4:8] == b"ftyp"
