"""Throughput from end to end: webhooks through the door until they are drained, and sends at WhatsApp's own limits."""

import hashlib
import hmac
import itertools
import time
import uuid
from collections.abc import Iterator
from typing import Any

import orjson
import psycopg

from bench import limits, load
from bench.pipeline import _sends, _wait_for_tickets
from bench.report import Report
from bench.world import SERVICES, Line, connect_number, installation, sign_up
from tests.support import database
from tests.support.stack import Stack
from tickets.actions import rates

SECONDS = 6
CUSTOMERS = 400
PEOPLE = 100  # whom agents answer
NUMBER_PER_SECOND = 80  # messages of one number, as Meta allows
SENDS = 1_200


def drain() -> None:
    """Signed webhooks through the door, by one or twenty items each, until all of them are in the inbox."""
    report = Report("drain")
    limits.prepare(SERVICES.owner_url)
    bare = limits.message_writes_per_second(SERVICES.owner_url, connections=8)
    with installation("drain") as stack:
        line = connect_number(sign_up(stack), push=False)
        for batch in (1, 20):
            before, started = _messages(stack), time.perf_counter()
            outcome = load.run(stack.ports.web, _webhooks(line, stack, batch), clients=4, seconds=SECONDS)
            assert not outcome.errors, "a webhook was refused"
            sent = len(outcome.latencies) * batch
            while (done := _messages(stack) - before) < sent:
                assert time.perf_counter() - started < 300, f"{done} of {sent} drained"
                time.sleep(0.05)
            rate = sent / (time.perf_counter() - started)
            report.add(f"inbound drained end to end, {batch} per webhook", rate, "item/s", limit=bare,
                       limit_name="message + ticket commits, 8 connections", lower_is_better=False,
                       note=f"{sent} items")  # fmt: skip


def outbound() -> None:
    """What agents queue, through one number and through four, where WhatsApp allows no more than Meta does."""
    report = Report("outbound")
    for numbers in (1, 4):
        with installation(f"outbound{numbers}") as stack:
            times = _sent_through(stack, numbers)
        rate = (len(times) - 1) / (times[-1] - times[0])
        limit = {"limit": rates.NUMBER_PER_SECOND, "limit_name": "our own pace for a number, of Meta's 80"}
        report.add(f"outbound accepted, {numbers} number{'s'[: numbers - 1]}", rate, "msg/s",
                   lower_is_better=False, note=f"{SENDS} sends to {PEOPLE} people",
                   **(limit if numbers == 1 else {}))  # fmt: skip


def _sent_through(stack: Stack, numbers: int) -> list[float]:
    """When WhatsApp took each of them, by its clock."""
    console = sign_up(stack)
    lines = [connect_number(console, f"55114000100{n}") for n in range(numbers)]
    opening = [
        {
            "persona": f"5511973{n:06d}",
            "phone_number_id": lines[n % numbers].phone_number_id,
            "type": "text",
            "body": "Oi",
        }
        for n in range(PEOPLE)
    ]
    stack.control("POST", "bulk", json={"items": opening})
    tickets = _wait_for_tickets(console, PEOPLE)
    for ticket in tickets:
        console.call("POST", f"tickets/{ticket}/accept/")
    stack.control("POST", "settings", json={"number_per_second": NUMBER_PER_SECOND})
    wires = itertools.islice(_sends(console, tickets), SENDS)
    outcome = load.run(stack.ports.web, wires, clients=4, seconds=600)
    assert not outcome.errors, "a send was refused"
    started = time.perf_counter()
    while _count(stack, "tickets_attempt WHERE outcome = 'accepted'") < SENDS:
        assert time.perf_counter() - started < 300, "the queue does not drain"
        time.sleep(0.2)
    rows: list[dict[str, Any]] = stack.control("GET", "truth")["accepted"]
    return sorted(float(row["at"]) for row in rows)


def _messages(stack: Stack) -> int:
    return _count(stack, "tickets_message WHERE direction = 'in'")


def _count(stack: Stack, rows: str) -> int:
    url = database.url_for(stack.services.admin_url, stack.database_name)
    with psycopg.connect(url) as connection:
        row = connection.execute(f"SELECT count(*) FROM {rows}").fetchone()
        assert row is not None
        return int(row[0])


def _webhooks(line: Line, stack: Stack, batch: int) -> Iterator[bytes]:
    path = "/" + line.webhook.split("/", 3)[3]
    for n in itertools.count():
        body = _body(line, range(n * batch, (n + 1) * batch))
        signature = hmac.new(line.app_secret.encode(), body, hashlib.sha256).hexdigest()
        headers = {"Content-Type": "application/json", "X-Hub-Signature-256": f"sha256={signature}"}
        yield load.request("POST", f"localhost:{stack.ports.web}", path, headers, body)


def _body(line: Line, numbers: range) -> bytes:
    people = [f"5511972{number % CUSTOMERS:06d}" for number in numbers]
    messages = [
        {"from": person, "id": f"wamid.{uuid.uuid4().hex}", "timestamp": str(int(time.time())), "type": "text",
         "text": {"body": f"Mensagem {number}"}}
        for person, number in zip(people, numbers, strict=True)
    ]  # fmt: skip
    cards = [
        {"profile": {"name": f"Cliente {person[-4:]}"}, "wa_id": person} for person in dict.fromkeys(people)
    ]
    metadata = {"display_phone_number": "551140001000", "phone_number_id": line.phone_number_id}
    value = {"messaging_product": "whatsapp", "metadata": metadata, "contacts": cards, "messages": messages}
    entry = {"id": "1", "changes": [{"field": "messages", "value": value}]}
    return orjson.dumps({"object": "whatsapp_business_account", "entry": [entry]})
