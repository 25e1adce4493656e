"""Resumable upload (`/{app}/uploads`, then `/upload:…`): how examples of header files reach the reviewers."""

import base64
import binascii
import json
import secrets

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from ..errors import GraphError, unknown_object
from ..hub import Hub
from ..records import Json
from ..world import World
from . import access

MOST_BYTES = 100 * 1024 * 1024
TYPES = {"image/jpeg", "image/jpg", "image/png", "video/mp4", "application/pdf"}


async def answer(hub: Hub, request: Request, parts: list[str]) -> Response:
    if len(parts) == 2:
        return announce(hub, request, parts[0])
    return await take(hub, request, parts[0])


def announce(hub: Hub, request: Request, app_id: str) -> Response:
    """What will come; the answer is the address to send it to."""
    lines = [line for line in access.lines_of(hub.world, request) if line.app_id == app_id]
    if not lines:
        raise unknown_object(app_id)
    mime = request.query_params.get("file_type", "")
    length = request.query_params.get("file_length", "")
    if mime not in TYPES:
        raise GraphError(100, f"Param file_type {mime!r} is not supported.")
    if not length.isdigit() or not 0 < int(length) <= MOST_BYTES:
        raise GraphError(100, "Param file_length must be the size in bytes.")
    told = {
        "line": lines[0].phone_number_id,
        "mime": mime,
        "length": int(length),
        "salt": secrets.token_hex(4),
    }
    return JSONResponse({"id": f"upload:{_packed(told)}"})


async def take(hub: Hub, request: Request, node: str) -> Response:
    """The bytes, in one piece or from `file_offset` on."""
    told = _unpacked(node.removeprefix("upload:"))
    access.line_of(hub.world, request, str(told.get("line", "")))
    parts = hub.world.uploads.setdefault(node, bytearray())
    if request.method == "GET":
        return JSONResponse({"id": node, "file_offset": len(parts)})
    offset = request.headers.get("file_offset", "")
    if not offset.isdigit() or int(offset) != len(parts):
        raise GraphError(100, f"The header file_offset must be {len(parts)}.")
    parts += await request.body()
    if len(parts) < told["length"]:
        return JSONResponse({"id": node, "file_offset": len(parts)})
    del hub.world.uploads[node]
    line = hub.world.lines[told["line"]]
    media = hub.world.add_media(line, bytes(parts), told["mime"])
    return JSONResponse({"h": f"4::{_packed({'media': media.id})}"})


def is_known(world: World, handle: str) -> bool:
    """Whether a header_handle is one that we gave; media is forgotten with the traffic, handles stay good."""
    return handle.startswith("4::") and "media" in _unpacked(handle.removeprefix("4::"), strict=False)


def _packed(told: Json) -> str:
    return base64.urlsafe_b64encode(json.dumps(told).encode()).decode().rstrip("=")


def _unpacked(text: str, *, strict: bool = True) -> Json:
    try:
        found = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (ValueError, binascii.Error):
        found = None
    if not isinstance(found, dict):
        if strict:
            raise unknown_object(f"upload:{text}")
        return {}
    return found
