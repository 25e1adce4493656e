"""Media: upload, look up, download from the CDN with a link that dies after five minutes, delete."""

import asyncio
import hashlib
import hmac
import re
from collections.abc import AsyncIterator

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from .. import faults
from ..errors import GraphError, unknown_object
from ..hub import Hub
from ..records import Json, Line, Media
from . import access

MEGABYTE = 1024 * 1024
DOCUMENTS = (
    "text/plain", "application/pdf", "application/vnd.ms-powerpoint", "application/msword",
    "application/vnd.ms-excel",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
)  # fmt: skip
# kind: (mime types, largest size)
RULES: dict[str, tuple[tuple[str, ...], int]] = {
    "audio": (
        ("audio/aac", "audio/mp4", "audio/mpeg", "audio/amr", "audio/ogg", "audio/opus"),
        16 * MEGABYTE,
    ),
    "image": (("image/jpeg", "image/png"), 5 * MEGABYTE),
    "sticker": (("image/webp",), 500 * 1024),
    "video": (("video/mp4", "video/3gpp"), 16 * MEGABYTE),
    "document": (DOCUMENTS, 100 * MEGABYTE),
}
KNOWN = tuple(mime for mimes, _ in RULES.values() for mime in mimes)
MAGIC = {
    "image/jpeg": (0, b"\xff\xd8\xff"),
    "image/png": (0, b"\x89PNG"),
    "image/webp": (8, b"WEBP"),
    "audio/ogg": (0, b"OggS"),
    "video/mp4": (4, b"ftyp"),
    "audio/mp4": (4, b"ftyp"),
    "application/pdf": (0, b"%PDF"),
}
DAY = 86400
RECEIVED_LIVES, UPLOADED_LIVES = 7 * DAY, 30 * DAY


async def upload(hub: Hub, request: Request, phone_number_id: str) -> Response:
    line = access.line_of(hub.world, request, phone_number_id)
    hits = hub.faults.strike(faults.Call("media_upload", phone_number_id), request.headers.get("x-emu-fault"))
    if (spoiled := await faults.instead(hits, request)) is not None:
        return spoiled
    form = await request.form(max_part_size=110 * MEGABYTE)
    if form.get("messaging_product") != "whatsapp":
        raise GraphError(100, "The parameter messaging_product is required.")
    file = form.get("file")
    if not isinstance(file, UploadFile):
        raise GraphError(100, "The parameter file is required.")
    mime_type = str(form.get("type") or file.content_type or "").strip()
    media = store(hub, line, await file.read(), mime_type, file.filename or "")
    return await faults.afterwards(hits, JSONResponse({"id": media.id}))


def store(hub: Hub, line: Line, content: bytes, mime_type: str, filename: str) -> Media:
    base = mime_type.split(";")[0].lower()
    if base not in KNOWN:
        raise GraphError(
            100,
            f"Param file must be a file with one of the following types: {', '.join(KNOWN)}. "
            f"Received file of type '{base}'.",
        )
    largest = max(size for mimes, size in RULES.values() if base in mimes)
    if len(content) > largest:
        raise GraphError(131053, f"File size {len(content)} exceeds the limit of {largest} bytes for {base}.")
    if not content:
        raise GraphError(131053, "The file is empty.")
    problem = trouble(content, base)
    return hub.world.add_media(line, content, mime_type, filename=filename, problem=problem)


def trouble(content: bytes, mime_type: str) -> str:
    """What Meta finds out only when it processes the file for a send."""
    at, magic = MAGIC.get(mime_type, (0, b""))
    if content[at : at + len(magic)] != magic:
        return f"Media file uploaded with mimetype {mime_type}, but its content is something else."
    if mime_type == "audio/ogg":
        head = content.find(b"OpusHead", 0, 256)
        if head < 0:
            return "audio/ogg must hold the Opus codec."
        if content[head + 9 : head + 10] != b"\x01":
            return "audio/ogg; codecs=opus must be mono."
    if mime_type == "image/webp" and len(content) > 100 * 1024 and b"ANIM" not in content[:64]:
        return "A static sticker must not exceed 100 KB."
    return ""


def check_use(hub: Hub, line: Line, media_id: str, kind: str) -> str:
    """Refuse an id that cannot be used at all; return what will make the send fail later."""
    media = find(hub, media_id)
    if media is None or media.phone_number_id != line.phone_number_id:
        raise GraphError(
            131009, f"Parameter value is not valid: {kind}.id {media_id!r} is unknown or expired."
        )
    base = media.mime_type.split(";")[0].lower()
    # A document may be any file; everything else must be what it says.
    if kind != "document" and base not in RULES[kind][0]:
        return f"Unsupported {kind} mime type {base}. Please use one of {', '.join(RULES[kind][0])}."
    return media.problem


def find(hub: Hub, media_id: str) -> Media | None:
    media = hub.world.media.get(media_id)
    if media is None:
        return None
    lives = RECEIVED_LIVES if media.from_customer else UPLOADED_LIVES
    return media if hub.world.now() < media.created_at + lives else None


async def look_up(hub: Hub, request: Request, media: Media) -> Response:
    owner = request.query_params.get("phone_number_id", media.phone_number_id)
    _may_touch(hub, request, media)
    hits = hub.faults.strike(
        faults.Call("media_get", media.phone_number_id), request.headers.get("x-emu-fault")
    )
    if (spoiled := await faults.instead(hits, request)) is not None:
        return spoiled
    if owner != media.phone_number_id or find(hub, media.id) is None:
        raise unknown_object(media.id)
    expires = int(hub.world.now() + hub.world.settings.behaviour.media_link_s)
    body = {
        "url": f"{request.base_url}_cdn/{media.id}.{expires}.{_seal(hub, media, expires)}",
        "mime_type": media.mime_type,
        "sha256": media.sha256,
        "file_size": media.size,
        "id": media.id,
        "messaging_product": "whatsapp",
    }
    return await faults.afterwards(hits, JSONResponse(body))


async def delete(hub: Hub, request: Request, media: Media) -> Response:
    _may_touch(hub, request, media)
    hub.world.drop_media(media)
    return JSONResponse({"success": True})


async def download(hub: Hub, request: Request) -> Response:
    """The CDN behind a media URL: the token again, and only while the link lives."""
    if not hub.world.lines_of_token(access.token_of(request)):
        return Response("Unauthorized", 401)
    media_id, _, rest = request.path_params["token"].partition(".")
    expires, _, seal = rest.partition(".")
    media = find(hub, media_id)
    if media is None or not expires.isdigit() or int(expires) < hub.world.now():
        return Response("URL expired", 404)
    if not hmac.compare_digest(seal, _seal(hub, media, int(expires))):
        return Response("Bad URL hash", 403)
    hits = hub.faults.strike(faults.Call("cdn", media.phone_number_id), request.headers.get("x-emu-fault"))
    if (spoiled := await faults.instead(hits, request)) is not None:
        return spoiled
    pause = sum(rule.delay_ms for rule in hits if rule.action == "slow") / 1000
    return await faults.afterwards(hits, serve(hub, request, media, pause))


def serve(hub: Hub, request: Request, media: Media, pause: float = 0.0) -> Response:
    """The bytes, whole or one range, all at once or dripping."""
    content = hub.world.store.read_media(media.id) or b""
    headers = {"accept-ranges": "bytes", "content-type": media.mime_type}
    status, wanted = 200, re.fullmatch(r"bytes=(\d*)-(\d*)", request.headers.get("range", ""))
    if wanted and (wanted[1] or wanted[2]):
        last = len(content) - 1
        start = int(wanted[1]) if wanted[1] else max(len(content) - int(wanted[2]), 0)
        stop = min(int(wanted[2]), last) if wanted[1] and wanted[2] else last
        if start > stop:
            return Response("", 416, {"content-range": f"bytes */{len(content)}"})
        headers["content-range"] = f"bytes {start}-{stop}/{len(content)}"
        status, content = 206, content[start : stop + 1]
    headers["content-length"] = str(len(content))
    if not pause:
        return Response(content, status, headers)
    return StreamingResponse(_drip(content, pause), status, headers)


async def _drip(content: bytes, pause: float) -> AsyncIterator[bytes]:
    """Ten pieces with a rest before each, so that the whole takes about `pause` seconds."""
    size = max(len(content) // 10, 1)
    for start in range(0, len(content), size):
        await asyncio.sleep(pause / 10)
        yield content[start : start + size]


def _may_touch(hub: Hub, request: Request, media: Media) -> None:
    allowed: list[Line] = access.lines_of(hub.world, request)
    if media.phone_number_id not in {one.phone_number_id for one in allowed}:
        raise unknown_object(media.id)


def _seal(hub: Hub, media: Media, expires: int) -> str:
    secret = hub.world.lines[media.phone_number_id].app_secret
    return hmac.new(secret.encode(), f"{media.id}.{expires}".encode(), hashlib.sha256).hexdigest()[:32]


def describe(media: Media) -> Json:
    """What the phone page shows of a file."""
    return {"id": media.id, "mime_type": media.mime_type, "size": media.size, "filename": media.filename}
