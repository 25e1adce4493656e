"""A load generator light enough to share two cores with what it measures: prepared bytes over plain sockets."""

import selectors
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass
class Outcome:
    seconds: float
    latencies: list[float] = field(default_factory=list)  # milliseconds
    errors: int = 0
    bytes: int = 0

    @property
    def rate(self) -> float:
        return len(self.latencies) / self.seconds


def request(method: str, host: str, path: str, headers: dict[str, str], body: bytes = b"") -> bytes:
    lines = [f"{method} {path} HTTP/1.1", f"Host: {host}", f"Content-Length: {len(body)}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def run(port: int, requests: Iterator[bytes], *, clients: int, seconds: float) -> Outcome:
    """Closed loop: each client sends its next request when the answer to the last has arrived."""
    selector = selectors.DefaultSelector()
    outcome = Outcome(seconds)
    lines = [_Client(port) for _ in range(clients)]
    started = time.perf_counter()
    for line in lines:
        selector.register(line.socket, selectors.EVENT_READ, line)
        line.send(next(requests))
    until = started + seconds
    open_lines = clients
    while open_lines:
        for key, _ in selector.select(timeout=30):
            line = key.data
            if not line.read():
                continue
            outcome.latencies.append((time.perf_counter() - line.sent_at) * 1000)
            outcome.errors += not line.status.startswith(b"HTTP/1.1 2")
            outcome.bytes = line.length
            following = next(requests, None) if time.perf_counter() < until else None
            if following is None:
                selector.unregister(line.socket)
                line.socket.close()
                open_lines -= 1
            else:
                line.send(following)
    outcome.seconds = time.perf_counter() - started
    return outcome


class _Client:
    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.buffer = b""
        self.status = b""
        self.sent_at = 0.0
        self.length = 0

    def send(self, data: bytes) -> None:
        self.buffer = b""
        self.sent_at = time.perf_counter()
        self.socket.sendall(data)

    def read(self) -> bool:
        """True once the whole answer is here."""
        piece = self.socket.recv(262_144)
        if not piece:
            raise ConnectionError("The server closed the connection.")
        self.buffer += piece
        head, found, body = self.buffer.partition(b"\r\n\r\n")
        if not found:
            return False
        self.status = head[:12]
        fields = dict(line.split(b": ", 1) for line in head.lower().split(b"\r\n")[1:])
        if fields.get(b"transfer-encoding") == b"chunked":
            return self.buffer.endswith(b"0\r\n\r\n")
        self.length = int(fields.get(b"content-length", b"0"))
        return len(body) >= self.length
