"""Recordings to text and text to sound."""

import asyncio
import io
import math
import struct
import wave
from functools import lru_cache
from typing import Any

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from . import checks
from .answer import decide
from .doors import Dialect
from .errors import Wrong
from .reading import Asked

TYPES = {"opus": "audio/ogg", "wav": "audio/wav", "mp3": "audio/mpeg"}
CODECS = {"opus": ("libopus", "ogg"), "mp3": ("libmp3lame", "mp3")}
HEARD = "Esta é a transcrição de demonstração de um servidor local."


def routes(dialect: Dialect) -> list[BaseRoute]:
    state = dialect.state

    async def transcriptions(request: Request, call: dict[str, Any]) -> Response:
        form = await request.form()
        file, model = form.get("file"), str(form.get("model") or "")
        if not isinstance(file, UploadFile):
            raise Wrong(400, "missing_required_parameter", "Missing required parameter: 'file'.", "file")
        data = await file.read()
        fields = {name: str(value) for name, value in form.items() if name != "file"}
        call["body"] = {**fields, "file": file.filename, "mime": file.content_type, "bytes": len(data)}
        checks.model(state, model, dialect.name)
        shape = fields.get("response_format", "json")
        if shape == "verbose_json" and model.endswith("plain"):
            message = "response_format 'verbose_json' is not compatible with this model. Use 'json' instead."
            raise Wrong(400, "unsupported_value", message, "response_format")
        if not data:
            raise Wrong(400, "invalid_value", "Audio file is empty.", "file")
        then, _ = decide(state, Asked("transcribe", model, file=file.filename or ""))
        await asyncio.sleep(then.get("delay", 0))
        return _heard(then, shape, seconds_of(data), fields.get("language", ""))

    async def speech(request: Request, call: dict[str, Any]) -> Response:
        body = call["body"]
        checks.model(state, body.get("model", ""), dialect.name)
        then, _ = decide(state, Asked("speak", body["model"], turns=[("user", body["input"])]))
        await asyncio.sleep(then.get("delay", 0))
        shape = body.get("response_format", "mp3")
        sound = await _sound(min(8.0, 0.06 * len(body["input"]) + 0.4), shape)
        return Response(sound, media_type=TYPES.get(shape, "application/octet-stream"))

    return [
        Route("/audio/transcriptions", dialect.door(transcriptions), methods=["POST"]),
        Route("/audio/speech", dialect.door(speech), methods=["POST"]),
    ]


def _heard(then: dict[str, Any], shape: str, seconds: float, language: str) -> Response:
    text = str(then.get("say") or HEARD)
    usage = {"type": "duration", "seconds": math.ceil(seconds)}
    if shape == "text":
        return PlainTextResponse(text)
    if shape == "json":
        return JSONResponse({"text": text, "usage": usage})
    spoken = {"pt": "portuguese", "es": "spanish", "en": "english"}
    name = spoken.get(str(then.get("language") or language or "pt"), "portuguese")
    parts = then.get("segments") or [{"text": text, "start": 0.0, "end": seconds}]
    segments = [
        {
            "id": place, "seek": 0, "tokens": [], "temperature": 0.0, "avg_logprob": -0.2,
            "compression_ratio": 1.1, "no_speech_prob": 0.01, **part,
        }
        for place, part in enumerate(parts)
    ]  # fmt: skip
    return JSONResponse(
        {
            "task": "transcribe",
            "language": name,
            "duration": seconds,
            "text": text,
            "segments": segments,
            "usage": usage,
        }
    )


def seconds_of(data: bytes) -> float:
    """How long it takes: exactly for WAV, by its size for the rest."""
    try:
        with wave.open(io.BytesIO(data)) as sound:
            return float(round(sound.getnframes() / sound.getframerate(), 2))
    except (wave.Error, EOFError):
        return round(max(1.0, len(data) / 4000), 2)


async def _sound(seconds: float, shape: str) -> bytes:
    """A soft tone; ffmpeg makes the packed formats."""
    plain = _tone(round(seconds, 1))
    if shape not in CODECS:
        return plain
    import imageio_ffmpeg

    codec, container = CODECS[shape]
    program = imageio_ffmpeg.get_ffmpeg_exe()
    pipe = asyncio.subprocess.PIPE
    arguments = ["-loglevel", "error", "-i", "pipe:0", "-c:a", codec, "-f", container, "pipe:1"]
    process = await asyncio.create_subprocess_exec(program, *arguments, stdin=pipe, stdout=pipe, stderr=pipe)
    made, _ = await process.communicate(plain)
    return made


@lru_cache(maxsize=64)
def _tone(seconds: float) -> bytes:
    rate = 16_000
    count = int(rate * seconds)
    waves = (
        int(6000 * math.sin(2 * math.pi * 220 * n / rate) * math.sin(math.pi * n / count))
        for n in range(count)
    )
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(rate)
        sound.writeframes(b"".join(struct.pack("<h", value) for value in waves))
    return file.getvalue()
