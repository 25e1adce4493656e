"""The door to stored files: for <img>, <audio> and <video> with a cookie, for programs with a token or key.

Files never change, so browsers may keep them; only pictures, sound and film are shown in place, everything
else is downloaded, and nothing in here can run a script.
"""

import re
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.db.models import Q
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.module_loading import import_string
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from tenants.authentication import ApiKeyHeader, Bearer, MediaCookie
from tenants.doors import CompanyDoor
from tickets.api.viewing import viewer
from tickets.media import files, kinds
from tickets.models import Attachment, QuickReply, ScheduledMessage, Ticket
from tickets.models.attachment import State
from tickets.models.ticket import Viewer

CHUNK = 256 * 1024
RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")
PARTS = {"original": "path", "playable": "playable_path", "thumbnail": "thumbnail_path"}
MADE_HERE = {".m4a": "audio/mp4", ".mp4": "video/mp4", ".webp": "image/webp"}


class MediaView(CompanyDoor, APIView):
    authentication_classes = [MediaCookie, Bearer, ApiKeyHeader]
    model = Attachment
    required = {"get": "tickets.read", "head": "tickets.read"}
    throttle_classes = ()  # a thread shows a hundred pictures at once

    @extend_schema(
        operation_id="media_retrieve",
        parameters=[
            OpenApiParameter("uuid", OpenApiTypes.UUID, OpenApiParameter.PATH),
            OpenApiParameter("name", str, OpenApiParameter.PATH),
            OpenApiParameter("part", str, enum=list(PARTS)),
        ],
        responses={
            (200, "application/octet-stream"): OpenApiTypes.BINARY,
            (206, "application/octet-stream"): OpenApiTypes.BINARY,
            304: OpenApiResponse(description="The copy that you have is current."),
            416: OpenApiResponse(description="The file has no such bytes."),
        },
    )
    def get(self, request: Request, uuid: uuid.UUID, name: str) -> HttpResponseBase:
        """The file, or a part of it by Range."""
        part = request.query_params.get("part", "original")
        row = _visible(uuid, viewer(request))
        path = _path(row, part)
        return _answer(request, row, part, path)

    def head(self, request: Request, uuid: uuid.UUID, name: str) -> HttpResponseBase:
        return self.get(request, uuid, name)

    def perform_content_negotiation(self, request: Request, force: bool = False) -> Any:
        """An <img> accepts images only; errors are JSON all the same."""
        return super().perform_content_negotiation(request, force=True)


def _visible(file_id: uuid.UUID, who: Viewer) -> Attachment:
    """Of a ticket that the bearer sees, kept for use again where the bearer may use it, or an own upload."""
    mine = Q(message=None, uploaded_by=who.user_id) if who.user_id else Q(pk=None)
    hidden = Q(message__removed_at__isnull=False, message__content__has_key="hidden")
    seen = Q(message__ticket__in=Ticket.objects.visible_to(who)) & ~hidden
    kept = Q(kept__quick_reply__in=QuickReply.objects.usable_by(who.user_id)) | Q(
        kept__scheduled_message__in=ScheduledMessage.objects.visible_to(who)
    )
    for path in settings.FILE_KEEPERS:
        kept |= import_string(path)(who)
    found = Attachment.objects.filter(mine | seen | kept, uuid=file_id, state=State.STORED)
    row: Attachment | None = found.first()
    if row is None:
        raise Http404
    return row


def _path(row: Attachment, part: str) -> Path:
    kept = getattr(row, PARTS[part]) if part in PARTS else ""
    try:
        path = files.absolute(kept)
    except ValueError as error:
        raise Http404 from error
    if not path.is_file():
        raise Http404
    return path


def _answer(request: Request, row: Attachment, part: str, path: Path) -> HttpResponseBase:
    size, etag = path.stat().st_size, f'"{row.sha256[:32]}-{part[0]}"'
    headers = _headers(row, part, path, etag)
    if etag in request.headers.get("If-None-Match", ""):
        return _Plain(status=304, headers={name: headers[name] for name in ("ETag", "Cache-Control")})
    first, last, status = 0, size - 1, 200
    if request.headers.get("If-Range", etag) == etag and (asked := request.headers.get("Range")):
        span = _span(asked, size)
        if span == (0, -1):
            return _Plain(status=416, headers={**headers, "Content-Range": f"bytes */{size}"})
        if span is not None:
            first, last, status = *span, 206
            headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    headers["Content-Length"] = str(last - first + 1)
    if request.method == "HEAD":
        return _Plain(status=status, headers=headers)
    return _Stream(_bytes(path, first, last), status=status, headers=headers)


def _span(asked: str, size: int) -> tuple[int, int] | None:
    """First and last byte; None for what may be ignored, (0, -1) for what cannot be satisfied."""
    match = RANGE.fullmatch(asked.strip())
    if match is None or match.groups() == ("", ""):
        return None
    start, end = match.groups()
    if not start:
        first, last = max(0, size - int(end)), size - 1
    else:
        first, last = int(start), min(int(end), size - 1) if end else size - 1
    return (first, last) if first <= last else (0, -1)


def _headers(row: Attachment, part: str, path: Path, etag: str) -> dict[str, str]:
    mime = row.mime.split(";")[0] if part == "original" else MADE_HERE[path.suffix]
    inline = mime in kinds.INLINE
    name = quote(row.name or f"file{path.suffix}", safe="")
    return {
        "Content-Type": mime if inline or mime in kinds.DOCUMENTS.values() else kinds.UNKNOWN,
        "Content-Disposition": f"{'inline' if inline else 'attachment'}; filename*=UTF-8''{name}",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "private, max-age=31536000, immutable",
        "Accept-Ranges": "bytes",
        "ETag": etag,
    }


def _bytes(path: Path, first: int, last: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(first)
        left = last - first + 1
        while left > 0 and (chunk := file.read(min(CHUNK, left))):
            left -= len(chunk)
            yield chunk


class _Plain(HttpResponse):
    """An answer without a body that the company's door can treat like any other."""

    def render(self) -> "_Plain":
        return self


class _Stream(StreamingHttpResponse):
    def render(self) -> "_Stream":
        return self
