"""A real emulator on a free port and a real receiver for its webhooks, for every test."""

import hashlib
import hmac
import http.server
import json
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn

from whatsapp.emulator.serving import server

SECRET, TOKEN = "emulator-app-secret", "EAAB-emulated-token"
LINE, ACCOUNT, APP = "100000000000001", "200000000000001", "300000000000001"
ANA = "5511987654321"
QUICK = {
    "sent_ms": [0, 1],
    "delivered_ms": [0, 2],
    "read_ms": [0, 2],
    "played_ms": [0, 2],
    "template_review_ms": 1,
}


class Receiver:
    """A helpdesk's webhook door: checks the signature over the raw bytes and keeps what came."""

    def __init__(self) -> None:
        self.posts: list[dict[str, Any]] = []
        self.raws: list[tuple[bytes, str]] = []
        self.refused: list[bytes] = []
        self.answers: list[int] = []
        self.arrivals: list[float] = []
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                query = httpx.URL(self.path).params
                good = query.get("hub.verify_token") == "verify-me"
                self.reply(200 if good else 403, query.get("hub.challenge", "").encode() if good else b"")

            def do_POST(self) -> None:
                raw = self.rfile.read(int(self.headers["content-length"]))
                self.reply(outer.take(raw, self.headers.get("x-hub-signature-256", "")))

            def reply(self, status: int, body: bytes = b"") -> None:
                self.send_response(status)
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *words: object) -> None:
                """Keep the test output clean."""

        self.http = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.http.server_port}/webhook"
        threading.Thread(target=self.http.serve_forever, args=(0.02,), daemon=True).start()

    def take(self, raw: bytes, signature: str) -> int:
        expected = "sha256=" + hmac.new(SECRET.encode(), raw, hashlib.sha256).hexdigest()
        if not hmac.compare_digest(expected, signature):
            self.refused.append(raw)
            return 401
        self.arrivals.append(time.monotonic())
        status = self.answers.pop(0) if self.answers else 200
        if status == 200:
            self.posts.append(json.loads(raw))
            self.raws.append((raw, signature))
        return status

    def values(self) -> list[dict[str, Any]]:
        return [
            change["value"] for post in self.posts for entry in post["entry"] for change in entry["changes"]
        ]

    def messages(self) -> list[dict[str, Any]]:
        return [one for value in self.values() for one in value.get("messages", [])]

    def statuses(self, wamid: str = "") -> list[dict[str, Any]]:
        found = [one for value in self.values() for one in value.get("statuses", [])]
        return [one for one in found if not wamid or one["id"] == wamid]

    def states(self, wamid: str) -> list[str]:
        return [one["status"] for one in self.statuses(wamid)]


class Emulator:
    """The emulator in a thread, and short words for what tests do with it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.start()

    def start(self) -> None:
        self.server: uvicorn.Server = server(self.folder, host="127.0.0.1", port=0, seed=7)
        self.thread = threading.Thread(target=self.server.run, daemon=True)
        self.thread.start()
        wait_for(lambda: self.server.started)
        port = self.server.servers[0].sockets[0].getsockname()[1]
        self.root = f"http://127.0.0.1:{port}"
        headers = {"Authorization": f"Bearer {TOKEN}"}
        self.http = httpx.Client(base_url=self.root, headers=headers, timeout=20)

    def stop(self) -> None:
        self.http.close()
        self.server.should_exit = True
        self.thread.join(10)

    def restart(self) -> None:
        self.stop()
        self.start()

    def ctl(self, path: str, body: Any = None, method: str = "POST") -> Any:
        answer = self.http.request(method, f"/_ctl/{path}", json={} if body is None else body)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def truth(self) -> Any:
        return self.http.get("/_ctl/truth").json()

    def says(self, words: str = "Oi", persona: str = ANA, line: str = LINE, **more: Any) -> str:
        """A customer writes; returns the message id."""
        draft = {"phone_number_id": line, "type": "text", "body": words} | more
        return str(self.ctl(f"personas/{persona}/send", draft)["id"])

    def send(self, line: str = LINE, **message: Any) -> httpx.Response:
        """The business sends; text to Ana unless told otherwise."""
        body = {
            "messaging_product": "whatsapp",
            "to": f"+{ANA}",
            "type": "text",
            "text": {"body": "Olá"},
        } | message
        return self.http.post(f"/v25.0/{line}/messages", json=body)

    def sent(self, **message: Any) -> str:
        answer = self.send(**message)
        assert answer.status_code == 200, answer.text
        return str(answer.json()["messages"][0]["id"])

    def code(self, answer: httpx.Response) -> int:
        return int(answer.json()["error"]["code"])


def wait_for(question: Callable[[], Any], seconds: float = 8) -> Any:
    """Ask until the answer is yes; fail when it never is."""
    until = time.monotonic() + seconds
    while not (answer := question()):
        if time.monotonic() > until:
            pytest.fail("this never happened")
        time.sleep(0.01)
    return answer


@pytest.fixture(autouse=True)
def clean_redis() -> None:
    """The emulator knows no Redis; the project's own fixture would start one."""


@pytest.fixture(scope="module")
def _running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emulator]:
    running = Emulator(tmp_path_factory.mktemp("emulator"))
    yield running
    running.stop()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    receiver = Receiver()
    yield receiver
    receiver.http.shutdown()


@pytest.fixture
def number(receiver: Receiver) -> dict[str, Any]:
    return {
        "phone_number_id": LINE,
        "waba_id": ACCOUNT,
        "app_id": APP,
        "app_secret": SECRET,
        "access_token": TOKEN,
        "verify_token": "verify-me",
        "display_phone_number": "+55 11 4000-1000",
        "verified_name": "Loja Azul",
        "callback_url": receiver.url,
    }


@pytest.fixture
def emulator(_running: Emulator, number: dict[str, Any]) -> Emulator:
    """One business number, Ana, and delays near zero."""
    _running.ctl("reset", {"everything": True})
    _running.ctl("numbers", number, "PUT")
    _running.ctl("personas", {"id": ANA, "name": "Ana Souza"}, "PUT")
    _running.ctl("settings", QUICK)
    _running.ctl("webhooks", {"retry_scale": 0.001})
    return _running


@pytest.fixture
def open_window(emulator: Emulator) -> Emulator:
    """Ana wrote a moment ago, so that anything may be sent."""
    emulator.ctl("windows", {"phone_number_id": LINE, "persona": ANA})
    return emulator
