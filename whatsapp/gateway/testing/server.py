"""A gateway in the shape of WAHA, on loopback: it takes what a real one takes, and calls back as it does."""

import base64
import hashlib
import hmac
import itertools
import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

API_KEY, HMAC_KEY = "gateway-key", "hmac-key"
SEND = {"sendText", "sendImage", "sendVideo", "sendVoice", "sendFile", "sendLocation"}


@dataclass
class Waha:
    """What it was told, in order. `faults` are met by the next sends: a status, or "drop" after the send."""

    status: str = "WORKING"
    sent: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    told: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    faults: list[int | str] = field(default_factory=list)
    chats: dict[str, list[dict[str, Any]]] = field(
        default_factory=dict
    )  # of the past, the oldest message first
    broken: dict[str, int] = field(
        default_factory=dict
    )  # a chat and the status it answers, or "" for their list
    asked: list[str] = field(default_factory=list)  # for messages of which chat, from which one on
    url: str = ""
    _ids: Any = field(default_factory=lambda: itertools.count(1))

    def webhook(
        self, event: str, payload: dict[str, Any], *, key: str = HMAC_KEY
    ) -> tuple[bytes, dict[str, str]]:
        """The bytes and headers of a call to us."""
        document = {"id": f"evt_{next(self._ids)}", "event": event, "session": "default", "payload": payload}
        body = json.dumps(document).encode()
        seal = hmac.new(key.encode(), body, hashlib.sha512).hexdigest()
        return body, {"HTTP_X_WEBHOOK_HMAC": seal, "HTTP_X_WEBHOOK_HMAC_ALGORITHM": "sha512"}

    def answer(self, method: str, path: str, key: str, body: bytes) -> tuple[int, bytes]:
        if key != API_KEY:
            return 401, b'{"message": "Unauthorized"}'
        if path.startswith("files/"):
            return (200, self.files[path]) if path in self.files else (404, b"")
        if path == "sessions/default":
            me = {"id": "5511912340000@c.us", "pushName": "Acme"}
            return 200, json.dumps({"name": "default", "status": self.status, "me": me}).encode()
        if path.startswith("default/chats") and method == "GET":
            return self._past(path)
        asked = json.loads(body or b"{}")
        if path.startswith("default/chats/"):
            self.told.append((f"{method} {unquote(path)}", asked))
            return 200, b"{}"
        if asked.get("session") != "default":
            return 404, b'{"message": "Session not found"}'
        if path in SEND:
            return self._send(path, asked)
        if path == "reaction" and method != "PUT":
            return 404, b'{"message": "Cannot POST"}'
        self.told.append((path, asked))
        return 201, b"{}"

    def _past(self, path: str) -> tuple[int, bytes]:
        """The chats, or the messages of one, newest first: as much as was asked for."""
        parts = urlsplit(path)
        chat = unquote(parts.path.removeprefix("default/chats").removesuffix("/messages").removeprefix("/"))
        if status := self.broken.get(chat):
            return status, b'{"message": "Enable the store of the session"}'
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        start, many = int(asked.get("offset", 0)), int(asked["limit"])
        if not chat:
            rows: list[Any] = [{"id": {"_serialized": name}, "name": "Maria"} for name in sorted(self.chats)]
            return 200, json.dumps(rows[start : start + many]).encode()
        self.asked.append(f"{chat} {start}")
        since, until = int(asked.get("filter.timestamp.gte", 0)), int(asked["filter.timestamp.lte"])
        found = [row for row in reversed(self.chats[chat]) if since <= row["timestamp"] <= until]
        return 200, json.dumps(found[start : start + many]).encode()

    def _send(self, path: str, asked: dict[str, Any]) -> tuple[int, bytes]:
        if self.status != "WORKING":
            return 422, b'{"message": "Session status is not as expected"}'
        fault = self.faults.pop(0) if self.faults else None
        if isinstance(fault, int):
            return fault, b'{"message": "It failed"}'
        if "file" in asked:
            asked["file"]["data"] = base64.b64decode(asked["file"]["data"])
        self.sent.append((path, asked))
        if fault == "drop":
            return 0, b""
        return 201, json.dumps({"id": f"true_{asked['chatId']}_3EB0{next(self._ids):012X}"}).encode()


class _Handler(BaseHTTPRequestHandler):
    waha: Waha

    def _serve(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        path = self.path.removeprefix("/api/").removeprefix("/")
        status, answer = self.waha.answer(self.command, path, self.headers.get("X-Api-Key", ""), body)
        if not status:  # the line breaks after the message was taken
            self.close_connection = True
            return
        self.send_response(status)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    do_GET = do_POST = do_PUT = do_DELETE = _serve

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: tests look at what was kept."""


def serve() -> tuple[Waha, ThreadingHTTPServer]:
    """A running gateway; `shutdown()` and `server_close()` end it."""
    waha = Waha()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"waha": waha}))
    waha.url = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return waha, server
