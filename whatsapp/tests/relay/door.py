"""Where engines come in: a proxy that knows the hosts of WhatsApp as ours, and takes nobody anywhere else."""

import asyncio
import json
import logging
import ssl
from collections.abc import Awaitable, Callable
from contextlib import suppress

from websockets.asyncio.server import ServerConnection, serve

CHAT_HOST, FILES_HOST = "web.whatsapp.com", "mmg.whatsapp.net"
HERE = "127.0.0.1"
LARGEST = 2**24
_quiet = logging.getLogger("relay")
_quiet.setLevel(logging.WARNING)  # that somebody came and went is no news
Talk = Callable[[ServerConnection], Awaitable[None]]


class Door:
    """`refused` names every host that somebody wanted and that is not ours; `files` is what was uploaded."""

    def __init__(self, context: ssl.SSLContext, talk: Talk) -> None:
        self.refused: list[str] = []
        self.files: dict[str, bytes] = {}
        self.port = 0
        self._context, self._talk = context, talk
        self._inside: dict[str, int] = {}
        self._servers: list[asyncio.Server] = []
        self._writers: list[asyncio.StreamWriter] = []

    async def open(self) -> None:
        options = {"compression": None, "max_size": LARGEST, "ping_interval": None, "logger": _quiet}
        chat = await serve(self._talk, HERE, 0, ssl=self._context, **options)
        files = await asyncio.start_server(self._file, HERE, 0, ssl=self._context)
        proxy = await asyncio.start_server(self._enter, HERE, 0)
        self._servers = [chat.server, files, proxy]
        chat_port, files_port, self.port = (one.sockets[0].getsockname()[1] for one in self._servers)
        self._inside = {f"{CHAT_HOST}:443": chat_port, f"{FILES_HOST}:443": files_port}

    def close(self) -> None:
        """At once: a polite end of TLS would wait for engines that were killed."""
        for server in self._servers:
            server.close()
        for writer in self._writers:
            writer.transport.abort()

    async def _enter(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """`CONNECT host:port`, as HTTPS_PROXY makes clients ask."""
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            asked = (await reader.readuntil(b"\r\n\r\n")).split(b" ")[1].decode()
            if asked in self._inside:
                inner_reader, inner_writer = await asyncio.open_connection(HERE, self._inside[asked])
                self._writers += [writer, inner_writer]
                writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
                await asyncio.gather(_pour(reader, inner_writer), _pour(inner_reader, writer))
            else:
                self.refused.append(asked)
                writer.write(b"HTTP/1.1 403 Forbidden\r\n\r\n")
        writer.close()

    async def _file(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """The file server's POST, one per connection: it says under which path the file is (whatsmeow: upload.go)."""
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode().lower().split("\r\n")
            size = next(int(line.partition(":")[2]) for line in head if line.startswith("content-length:"))
            path = f"/v/relay-{len(self.files) + 1}.enc"
            self.files[path] = await reader.readexactly(size)
            said = json.dumps({"url": f"https://{FILES_HOST}{path}", "direct_path": path}).encode()
            writer.write(
                b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\nConnection: close\r\n\r\n" % len(said) + said
            )
        writer.close()


async def _pour(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError, ssl.SSLError):
        while piece := await reader.read(65536):
            writer.write(piece)
            await writer.drain()
    writer.close()


class Frames:
    """Frames of three bytes of length and their content, out of the messages of a WebSocket."""

    def __init__(self, socket: ServerConnection, header: bytes) -> None:
        self._socket, self._header = socket, header
        self._left = b""

    async def read(self) -> bytes:
        if self._header:
            if await self._take(len(self._header)) != self._header:
                raise ValueError("the client speaks another version")
            self._header = b""
        return await self._take(int.from_bytes(await self._take(3)))

    async def write(self, frame: bytes) -> None:
        await self._socket.send(len(frame).to_bytes(3) + frame)

    async def _take(self, size: int) -> bytes:
        while len(self._left) < size:
            self._left += await self._socket.recv(decode=False)
        taken, self._left = self._left[:size], self._left[size:]
        return taken
