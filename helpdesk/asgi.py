"""The `sockets` process: one WebSocket per open console, and nothing else."""

import os

from channels.routing import ProtocolTypeRouter, URLRouter
from django.core.asgi import get_asgi_application
from django.urls import path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "helpdesk.settings")
django_application = get_asgi_application()

from helpdesk.sockets import ConsoleSocket, allowed_origins_only  # noqa: E402  (models must be loaded first)

application = ProtocolTypeRouter(
    {
        "http": django_application,
        "websocket": allowed_origins_only(URLRouter([path("ws/", ConsoleSocket.as_asgi())])),
    }
)
