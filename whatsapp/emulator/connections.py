"""The open TCP connections, so that a fault can hang up on a client; ASGI itself cannot."""

import asyncio
import socket
import struct

from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

TRANSPORTS: dict[tuple[str, int], asyncio.Transport] = {}


class Protocol(H11Protocol):
    """Remembers each connection's transport by the client's address."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        if self.client:
            TRANSPORTS[self.client] = transport

    def connection_lost(self, exc: Exception | None) -> None:
        if self.client:
            TRANSPORTS.pop(self.client, None)
        super().connection_lost(exc)


class Hangup(Response):
    """No answer at all: the TCP connection ends, in order or with a reset."""

    def __init__(self, *, reset: bool) -> None:
        super().__init__()
        self.reset = reset

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        transport = TRANSPORTS[tuple(scope["client"])]
        if self.reset:
            # Linger zero makes the kernel send RST instead of FIN.
            connection = transport.get_extra_info("socket")
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        transport.abort()
        # uvicorn answers 500 for a handler that said nothing, unless it has seen the connection go.
        await asyncio.sleep(0.01)
