"""Consoles on real WebSockets: one `sockets` server in this process, one in a process of its own."""

import base64
import os
import socket
import subprocess
import threading
import time
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import urlsplit

import httpx
import orjson
import uvicorn
from django.conf import settings
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from helpdesk.events import EVENTS, publish_data
from helpdesk.supervisor import ports as free_ports
from helpdesk.supervisor import processes
from helpdesk.supervisor.processes import Ports
from tests.support import database
from tests.support.services import SERVICES

PATIENCE = 5.0


@dataclass
class Servers:
    """Two hubs that share nothing but Redis and PostgreSQL."""

    urls: list[str] = field(default_factory=list)

    def __enter__(self) -> Self:
        start = 42_000 + (os.getpid() * 11) % 15_000
        ports = free_ports.choose(Ports(start, start + 100, start + 200), lambda text: None)
        self.other = subprocess.Popen(processes.sockets("127.0.0.1", ports.web), env=_environment())
        config = uvicorn.Config(
            "helpdesk.asgi:application",
            port=ports.sockets,
            ws="helpdesk.line:Line",
            lifespan="off",
            log_config=None,
        )
        config.ws_max_size = int(_option(processes.sockets("127.0.0.1", 1), "--ws-max-size"))
        self.ours = uvicorn.Server(config)
        self.thread = threading.Thread(target=self.ours.run, daemon=True)
        self.thread.start()
        for port in (ports.sockets, ports.web):
            _wait(f"http://127.0.0.1:{port}/health/live")
            self.urls.append(f"ws://127.0.0.1:{port}/ws/")
        return self

    def __exit__(self, *_: object) -> None:
        self.ours.should_exit = True
        self.other.terminate()
        self.other.wait(20)
        self.thread.join(20)


@dataclass
class Console:
    """A browser's end of the line."""

    line: ClientConnection
    seen: list[dict[str, Any]] = field(default_factory=list)

    @classmethod
    def open(cls, url: str, token: str, *, after: str | None = None) -> "Console":
        """Connected and greeted; what was replayed is still to be read."""
        console = cls.dial(url)
        console.say(type="connect", token=token, after=after)
        console.hello = console.read()
        assert console.hello["type"] == "hello", console.hello
        return console

    @classmethod
    def dial(cls, url: str, origin: str | None = "http://localhost:8000") -> "Console":
        headers = {"Origin": origin} if origin else {}
        line = connect(url, additional_headers=headers, open_timeout=PATIENCE, max_size=None)
        return cls(line.__enter__())

    hello: dict[str, Any] = field(default_factory=dict)

    def say(self, **frame: Any) -> None:
        self.line.send(orjson.dumps(frame).decode())

    def read(self, timeout: float = PATIENCE) -> dict[str, Any]:
        frame: dict[str, Any] = orjson.loads(self.line.recv(timeout=timeout))
        self.seen.append(frame)
        return frame

    def until(self, kind: str) -> dict[str, Any]:
        """Reads up to the first frame of that type."""
        while (frame := self.read())["type"] != kind:
            pass
        return frame

    def heard(self, mark: str) -> list[dict[str, Any]]:
        """What came since the last look, up to the mark that `mark()` sent to everyone of the company."""
        frames = []
        while (frame := self.read())["data"].get("mark") != mark:
            frames.append(frame)
        return frames

    def closed_with(self) -> int:
        """Reads to the end and answers the close code."""
        try:
            while True:
                self.read()
        except ConnectionClosed as ended:
            assert ended.rcvd, "the line broke without a word"
            return ended.rcvd.code


@dataclass
class Sleeper:
    """A console that says `connect` and from then on takes nothing from its line, until it is asked for the end."""

    line: socket.socket

    @classmethod
    def connect(cls, url: str, token: str) -> "Sleeper":
        parts = urlsplit(url)
        line = socket.socket()
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        line.connect((parts.hostname, parts.port))
        key = base64.b64encode(os.urandom(16)).decode()
        lines = (
            f"GET {parts.path} HTTP/1.1", f"Host: {parts.netloc}", "Upgrade: websocket", "Connection: Upgrade",
            f"Sec-WebSocket-Key: {key}", "Sec-WebSocket-Version: 13", "Origin: http://localhost:8000",
        )  # fmt: skip
        line.sendall("\r\n".join(lines).encode() + b"\r\n\r\n")
        answer = b""
        while not answer.endswith(b"\r\n\r\n"):
            answer += line.recv(1)
        body = orjson.dumps({"type": "connect", "token": token, "after": None})
        # A masked text frame; the mask is zeros.
        line.sendall(bytes([0x81, 0x80 | 126]) + len(body).to_bytes(2, "big") + b"\0\0\0\0" + body)
        return cls(line)

    def is_cut_off(self) -> bool:
        """Nothing is read for this: a byte more than the peer's end takes is answered with a reset."""
        try:
            self.line.sendall(b"\x8a\x80\0\0\0\0")  # a pong that nobody asked for
        except OSError:
            return True
        return False

    def closed_with(self) -> int:
        """Reads everything that is left, frame by frame; answers the close code."""
        self.line.settimeout(PATIENCE)
        source = self.line.makefile("rb")
        while head := source.read(2):
            length = head[1] & 127
            if length >= 126:
                length = int.from_bytes(source.read(2 if length == 126 else 8), "big")
            body = source.read(length)
            if head[0] & 15 == 8:
                return int.from_bytes(body[:2], "big")
        raise AssertionError("the line broke without a word")


def mark(text: str, *companies: Any) -> str:
    """An event behind everything published so far: what has not come before it will not come."""
    for company in companies:
        publish_data(EVENTS["company.updated"], company.pk, {"mark": text}, to={"company"})
    return text


def _environment() -> dict[str, str]:
    name = settings.DATABASES["default"]["NAME"]
    return {**os.environ, "DATABASE_URL": database.url_for(SERVICES.database_url, name)}


def _option(command: list[str], name: str) -> str:
    return command[command.index(name) + 1]


def _wait(url: str) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            if httpx.get(url, timeout=2).status_code == 200:
                return
        except httpx.HTTPError:
            pass
        assert time.monotonic() < deadline, f"{url} does not answer"
        time.sleep(0.1)
