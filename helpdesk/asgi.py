"""The `sockets` process: one WebSocket per open console, and nothing else."""

import io
import os
from collections.abc import Callable
from importlib import import_module
from typing import Any

import django
from asgiref.sync import sync_to_async
from channels.routing import ProtocolTypeRouter, URLRouter
from django.conf import settings
from django.core.handlers.asgi import ASGIRequest
from django.db import close_old_connections
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.urls import path
from django.utils.module_loading import import_string

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "helpdesk.settings")
django.setup(set_prefix=False)

from helpdesk import health, metrics  # noqa: E402  (models must be loaded first)
from helpdesk.sockets import ConsoleSocket, allowed_origins_only  # noqa: E402

# Loaded now: the first console would wait for it.
import_module(settings.SOCKET_DOOR)
for listener in (*settings.SOCKET_FRAMES.values(), *settings.SOCKET_LEFT):
    import_string(listener)

# Answered without Django's handler, which would load every view of the API for them.
PROBES: dict[str, Callable[[HttpRequest], HttpResponse]] = {
    "/health/live": health.live,
    "/health/ready": health.ready,
    "/metrics": metrics.page,
}


async def probes_only(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """REST belongs to `web`: here it would run one request at a time."""
    answer = await sync_to_async(_answer)(scope)
    headers = [(name.lower().encode(), value.encode()) for name, value in answer.items()]
    headers.append((b"content-length", str(len(answer.content)).encode()))
    await send({"type": "http.response.start", "status": answer.status_code, "headers": headers})
    await send({"type": "http.response.body", "body": answer.content})


def _answer(scope: dict[str, Any]) -> HttpResponse:
    probe = PROBES.get(scope["path"])
    if probe is None or scope["method"] not in {"GET", "HEAD"}:
        return HttpResponseNotFound()
    close_old_connections()
    return probe(ASGIRequest(scope, io.BytesIO()))


application = ProtocolTypeRouter(
    {
        "http": probes_only,
        "websocket": allowed_origins_only(URLRouter([path("ws/", ConsoleSocket.as_asgi())])),
    }
)
