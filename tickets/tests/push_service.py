"""A push service on this machine: it speaks RFC 8030, checks the sender (RFC 8292), and reads as the browser."""

import base64
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import http_ece
import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

AUTH = b"0123456789abcdef"


def encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


class PushService:
    """`answer` is the status of the next pushes; `read` is what the browser would have shown."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.answer = 201
        self.read: list[dict[str, Any]] = []
        self.senders: list[str] = []
        self.browser = ec.generate_private_key(ec.SECP256R1())

    @property
    def subscription(self) -> dict[str, str]:
        point = self.browser.public_key().public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        )
        return {"endpoint": f"{self.url}/push/1", "p256dh": encoded(point), "auth": encoded(AUTH)}

    def receive(self, headers: Any, body: bytes) -> int:
        token, key = (part.split("=", 1)[1] for part in headers["Authorization"][6:].split(","))
        padded = key + "=" * (-len(key) % 4)
        sender = ec.EllipticCurvePublicKey.from_encoded_point(
            ec.SECP256R1(), base64.urlsafe_b64decode(padded)
        )
        claims = jwt.decode(token, sender, algorithms=["ES256"], audience=self.url)
        assert headers["TTL"].isdigit()
        if self.answer < 300:
            self.senders.append(claims["sub"])
            plain = http_ece.decrypt(body, private_key=self.browser, auth_secret=AUTH, version="aes128gcm")
            self.read.append(json.loads(plain))
        return self.answer


@contextmanager
def running() -> Iterator[PushService]:
    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(service.receive(self.headers, body))
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Door) as server:
        service = PushService(f"http://127.0.0.1:{server.server_address[1]}")
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield service
        server.shutdown()
