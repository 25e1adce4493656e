"""A WebSocket client that costs next to nothing, so that 2,000 of them can share two cores with the server."""

import asyncio
import base64
import os
import time
from collections.abc import Callable
from typing import Self
from urllib.parse import urlsplit

import orjson

FrameHandler = Callable[[bytes, float], None]


class Listener(asyncio.Protocol):
    """Connects, sends the `connect` frame and hands every text frame to `on_frame` with its arrival time."""

    def __init__(self, host: str, token: str, ready: "asyncio.Future[None]") -> None:
        self.host = host
        self.token = token
        self.ready = ready
        self.on_frame: FrameHandler = lambda frame, at: None
        self.buffer = b""
        self.upgraded = False
        self.transport: asyncio.Transport | None = None

    @classmethod
    async def open(cls, url: str, token: str) -> Self:
        parts = urlsplit(url)
        loop = asyncio.get_running_loop()
        ready: asyncio.Future[None] = loop.create_future()
        _, listener = await loop.create_connection(
            lambda: cls(parts.netloc, token, ready), "127.0.0.1", parts.port
        )
        await asyncio.wait_for(ready, 60)
        return listener

    def close(self) -> None:
        if self.transport:
            self.transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        key = base64.b64encode(os.urandom(16)).decode()
        lines = [
            "GET /ws/ HTTP/1.1", f"Host: {self.host}", "Upgrade: websocket", "Connection: Upgrade",
            f"Sec-WebSocket-Key: {key}", "Sec-WebSocket-Version: 13", f"Origin: http://{self.host}",
        ]  # fmt: skip
        transport.write("\r\n".join(lines).encode() + b"\r\n\r\n")

    def data_received(self, data: bytes) -> None:
        at = time.perf_counter()
        self.buffer += data
        if not self.upgraded:
            head, found, rest = self.buffer.partition(b"\r\n\r\n")
            if not found:
                return
            if not head.startswith(b"HTTP/1.1 101"):
                self.ready.set_exception(ConnectionError(head.decode(errors="replace")))
                return
            self.upgraded, self.buffer = True, rest
            self._send(orjson.dumps({"type": "connect", "token": self.token, "after": None}))
        self._read_frames(at)

    def _read_frames(self, at: float) -> None:
        while len(self.buffer) >= 2:
            kind, length, start = self.buffer[0] & 15, self.buffer[1] & 127, 2
            if length == 126:
                length, start = int.from_bytes(self.buffer[2:4], "big"), 4
            elif length == 127:
                length, start = int.from_bytes(self.buffer[2:10], "big"), 10
            if len(self.buffer) < start + length:
                return
            frame, self.buffer = self.buffer[start : start + length], self.buffer[start + length :]
            if kind == 1:
                if not self.ready.done():
                    self.ready.set_result(None)
                self.on_frame(frame, at)
            elif kind == 9:
                self._send(frame, kind=10)
            elif kind == 8 and not self.ready.done():
                code = int.from_bytes(frame[:2], "big")
                self.ready.set_exception(ConnectionError(f"closed with {code}"))

    def _send(self, payload: bytes, kind: int = 1) -> None:
        """A frame masked with zeros: legal, and free."""
        assert self.transport
        head = bytes([0x80 | kind])
        if len(payload) < 126:
            head += bytes([0x80 | len(payload)])
        else:
            head += bytes([0x80 | 126]) + len(payload).to_bytes(2, "big")
        self.transport.write(head + b"\0\0\0\0" + payload)
