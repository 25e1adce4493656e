"""The `sockets` process: one WebSocket per open console, and nothing else."""

import os
from typing import Any

from channels.routing import ProtocolTypeRouter, URLRouter
from django.core.asgi import get_asgi_application
from django.urls import path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "helpdesk.settings")
django_application = get_asgi_application()

from helpdesk.sockets import ConsoleSocket, allowed_origins_only  # noqa: E402  (models must be loaded first)


async def health_only(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """REST belongs to `web`: here it would run one request at a time."""
    if scope["path"].startswith("/health/") or scope["path"] == "/metrics":
        await django_application(scope, receive, send)
        return
    await send({"type": "http.response.start", "status": 404, "headers": [(b"content-length", b"0")]})
    await send({"type": "http.response.body", "body": b""})


application = ProtocolTypeRouter(
    {
        "http": health_only,
        "websocket": allowed_origins_only(URLRouter([path("ws/", ConsoleSocket.as_asgi())])),
    }
)
