"""Messages in and out: the webhook door, the way to a console, the way to WhatsApp, and the handlers alone."""

import asyncio
import hashlib
import hmac
import itertools
import time
import uuid
from collections.abc import Iterator

import orjson

from bench import limits, load
from bench.report import Report, p50, percentile
from bench.socket_client import Listener
from bench.world import SERVICES, Line, connect_number, installation, sign_up


def webhook() -> None:
    """Webhook POST → 200, against single-row insert commits on the same PostgreSQL."""
    report = Report("webhook")
    limits.prepare(SERVICES.owner_url)
    with installation("webhook") as stack:
        line = connect_number(sign_up(stack), push=False)
        for clients in (1, 16):
            wires = webhook_requests(line, stack.ports.web, contacts=500)
            outcome = load.run(stack.ports.web, wires, clients=clients, seconds=5)
            assert not outcome.errors, "a webhook was refused"
            bare = limits.commits_per_second(SERVICES.owner_url, connections=min(clients, 8))
            name = f"bare insert commits, {min(clients, 8)} connections"
            report.add(f"webhook POST → 200, c={clients} rate", outcome.rate, "req/s", limit=bare,
                       limit_name=name, lower_is_better=False)  # fmt: skip
            report.add(f"webhook POST → 200, c={clients} p50", p50(outcome.latencies), "ms")
            report.add(f"webhook POST → 200, c={clients} p99", percentile(outcome.latencies, 99), "ms")


def latency() -> None:
    """Webhook POST → event at a console's socket, at steady rates."""
    report = Report("latency")
    with installation("latency") as stack:
        console = sign_up(stack)
        line = connect_number(console, push=False)
        for rate in (10, 50, 100):
            seconds = 8
            latencies = asyncio.run(
                _paced(stack.sockets, console.access, line, stack.ports.web, rate, seconds)
            )
            expected = rate * seconds
            report.add(
                f"webhook → console, {rate}/s p50", p50(latencies), "ms", rival=23.3 if rate == 10 else None
            )
            report.add(f"webhook → console, {rate}/s p99", percentile(latencies, 99), "ms",
                       note=f"{len(latencies)} of {expected} seen")  # fmt: skip


async def _paced(url: str, token: str, line: Line, port: int, rate: int, seconds: int) -> list[float]:
    listener = await Listener.open(url, token)
    sent: dict[str, float] = {}
    latencies: list[float] = []

    def on_frame(frame: bytes, at: float) -> None:
        if b'"message.created"' in frame:
            body = orjson.loads(frame)["data"]["body"]
            if body in sent:
                latencies.append((at - sent.pop(body)) * 1000)

    listener.on_frame = on_frame
    await asyncio.sleep(0.5)
    started = time.perf_counter()
    posts = []
    for n in range(rate * seconds):
        await asyncio.sleep(max(0, started + n / rate - time.perf_counter()))
        text = f"paced {uuid.uuid4().hex}"
        wire = webhook_request(line, port, f"5511970{n % 50:06d}", text)
        sent[text] = time.perf_counter()
        posts.append(asyncio.ensure_future(_post(port, wire)))
    await asyncio.gather(*posts)
    deadline = time.perf_counter() + 10
    while sent and time.perf_counter() < deadline:
        await asyncio.sleep(0.05)
    listener.close()
    return latencies


async def _post(port: int, wire: bytes) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(wire)
    head = await reader.readuntil(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200"), head
    writer.close()


def send() -> None:
    """Agent POST → 201, and agent POST → accepted by the emulator."""
    report = Report("send")
    limits.prepare(SERVICES.owner_url)
    bare = limits.message_writes_per_second(SERVICES.owner_url, connections=8)
    with installation("send") as stack:
        console = sign_up(stack)
        line = connect_number(console)
        people = [f"5511971{n:06d}" for n in range(200)]
        stack.control("POST", "bulk", json={"items": [
            {"persona": person, "phone_number_id": line.phone_number_id, "type": "text", "body": "Oi"}
            for person in people]})  # fmt: skip
        tickets = _wait_for_tickets(console, len(people))
        for ticket in tickets:
            console.call("POST", f"tickets/{ticket}/accept/")
        wires = _sends(console, tickets)
        one = load.run(stack.ports.web, wires, clients=1, seconds=4)
        report.add("send message POST, c=1 p50", p50(one.latencies), "ms", rival=25.5)
        report.add("send message POST, c=1 p99", percentile(one.latencies, 99), "ms")
        many = load.run(stack.ports.web, wires, clients=16, seconds=4)
        assert not one.errors and not many.errors, "a send was refused"
        report.add("send message POST, c=16 rate", many.rate, "req/s", rival=44.3, limit=bare,
                   limit_name="message + ticket commits, 8 connections", lower_is_better=False)  # fmt: skip
        _drain(stack, len(one.latencies) + len(many.latencies))
        latencies = _until_accepted(console, tickets[:100])
        report.add("send → accepted by WhatsApp, p50", p50(latencies), "ms")
        report.add("send → accepted by WhatsApp, p99", percentile(latencies, 99), "ms")


def _sends(console: object, tickets: list[int]) -> Iterator[bytes]:
    stack, headers = console.stack, console.headers  # type: ignore[attr-defined]
    host = f"localhost:{stack.ports.web}"
    for n, ticket in enumerate(itertools.cycle(tickets)):
        body = orjson.dumps({"client_id": str(uuid.uuid4()), "kind": "text", "body": f"Resposta {n}"})
        yield load.request("POST", host, f"/api/tickets/{ticket}/messages/", headers, body)


def _wait_for_tickets(console: object, count: int) -> list[int]:
    for _ in range(300):
        found: list[int] = []
        path: str | None = "tickets/?tab=all&limit=100"
        while path:
            page = console.call("GET", path)  # type: ignore[attr-defined]
            found += [row["id"] for row in page["results"]]
            path = page["next"] and page["next"].split("/api/")[1]
        if len(found) >= count:
            return found
        time.sleep(0.2)
    raise AssertionError(f"only {len(found)} of {count} tickets arrived")


def _drain(stack: object, expected: int) -> None:
    """Let what was queued by the rate test leave before latency is measured."""
    for _ in range(1200):
        if len(stack.control("GET", "truth")["accepted"]) >= expected:  # type: ignore[attr-defined]
            return
        time.sleep(0.25)
    raise AssertionError("the queue does not drain")


def _until_accepted(console: object, tickets: list[int]) -> list[float]:
    async def watch() -> list[float]:
        stack = console.stack  # type: ignore[attr-defined]
        listener = await Listener.open(stack.sockets, console.access)  # type: ignore[attr-defined]
        accepted: dict[str, float] = {}

        def on_frame(frame: bytes, at: float) -> None:
            if b'"message.updated"' in frame:
                data = orjson.loads(frame)["data"]
                if data["state"] not in {"queued", "sending"}:
                    accepted.setdefault(data["client_id"], at)

        listener.on_frame = on_frame
        latencies = []
        for ticket in tickets:
            client_id = str(uuid.uuid4())
            started = time.perf_counter()
            body = {"client_id": client_id, "kind": "text", "body": "Um momento"}
            await asyncio.to_thread(console.call, "POST", f"tickets/{ticket}/messages/", body)  # type: ignore[attr-defined]
            while client_id not in accepted and time.perf_counter() - started < 10:
                await asyncio.sleep(0.001)
            latencies.append((accepted[client_id] - started) * 1000)
        listener.close()
        return latencies

    return asyncio.run(watch())


def webhook_requests(line: Line, port: int, *, contacts: int) -> Iterator[bytes]:
    for n in itertools.count():
        yield webhook_request(line, port, f"5511972{n % contacts:06d}", f"Mensagem {n}")


def webhook_request(line: Line, port: int, sender: str, text: str) -> bytes:
    """One text message in Meta's shape, signed."""
    body = webhook_body(line.phone_number_id, sender, text)
    signature = hmac.new(line.app_secret.encode(), body, hashlib.sha256).hexdigest()
    headers = {"Content-Type": "application/json", "X-Hub-Signature-256": f"sha256={signature}"}
    path = "/" + line.webhook.split("/", 3)[3]
    return load.request("POST", f"localhost:{port}", path, headers, body)


def webhook_body(phone_number_id: str, sender: str, text: str) -> bytes:
    message = {
        "from": sender, "id": f"wamid.{uuid.uuid4().hex}", "timestamp": str(int(time.time())),
        "type": "text", "text": {"body": text},
    }  # fmt: skip
    value = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "551140001000", "phone_number_id": phone_number_id},
        "contacts": [{"profile": {"name": f"Cliente {sender[-4:]}"}, "wa_id": sender}],
        "messages": [message],
    }
    change = {"field": "messages", "value": value}
    return orjson.dumps({"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": [change]}]})
