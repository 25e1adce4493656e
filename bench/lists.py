"""Lists, one ticket, a thread, contact search and login, on the large data set."""

import itertools
import random
from collections.abc import Iterator
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench import limits, load
from bench.report import Report, p50, percentile
from bench.world import SERVICES, Console, installation, large_database, sign_in
from tenants.scoping import company_scope
from tests.support import database
from tests.support.stack import Stack

SECONDS = 6.0


def run(*, contacts: int = 100_000, tickets: int = 200_000, messages: int = 2_000_000) -> None:
    name = large_database(contacts=contacts, tickets=tickets, messages=messages)
    report = Report("lists")
    with installation("lists", existing_database=name) as stack:
        admin = sign_in(stack, "agent1.c1@bench.example")
        agent = sign_in(stack, "agent2.c1@bench.example")
        opened = _ids(admin, "tickets/?tab=all&limit=100")
        closed = _ids(admin, "tickets/?tab=closed&limit=100")
        with limits.plain_views(stack) as plain:
            one_row = plain([f"rows/{pk}" for pk in opened], 64)
            forty_rows = plain([f"pages/{admin.me['company']['id']}"], 16)
        report.add("limit: plain Django view, one row, c=64", one_row, "req/s")
        report.add("limit: plain Django view, 40 raw rows, c=16", forty_rows, "req/s")
        _login(report, stack)
        for tab, rival in (("mine", 9.4), ("waiting", 10.8), ("all", 9.4), ("closed", 11.2)):
            _measure(report, f"ticket tab {tab}, 40 rows", agent if tab in {"mine", "waiting"} else admin,
                     [f"tickets/?tab={tab}"], rival_ms=rival, rival_rate=127, limit=forty_rows,
                     limit_name="plain view, 40 raw rows")  # fmt: skip
        _measure(report, "open one ticket", admin, [f"tickets/{pk}/" for pk in opened], clients=64,
                 rival_ms=3.3, rival_rate=444, limit=one_row, limit_name="plain view, one row")  # fmt: skip
        _measure(report, "messages of an open ticket, 100", admin,
                 [f"tickets/{pk}/messages/?limit=100" for pk in opened], rival_ms=17.8, rival_rate=73,
                 rival_kb=139)  # fmt: skip
        _measure(report, "messages of a closed ticket", admin,
                 [f"tickets/{pk}/messages/?limit=100" for pk in closed], rival_ms=7.6, rival_rate=187)  # fmt: skip
        words = ["maria", "silva", "joao", "patricia lima", "nascimento", "fernanda souza", "xyzzy", "araujo"]
        numbers = [f"9{random.Random(n).randrange(10**6):06d}" for n in range(20)]
        for kind, terms, rival in (("name", words, 94.7), ("number", numbers, 99.8)):
            paths = [f"contacts/?search={term.replace(' ', '%20')}" for term in terms]
            _measure(report, f"contact search by {kind}", admin, paths, rival_ms=rival, rival_rate=10.7)
        found = [f"tickets/?tab=all&search={term.replace(' ', '%20')}" for term in words]
        _measure(report, "ticket search by contact name", admin, found, rival_ms=5205, rival_rate=0.27)
        _plans(report, name, admin, agent, opened[0])


def _login(report: Report, stack: Stack) -> None:
    body = b'{"email":"agent3.c1@bench.example","password":"bench-horse-battery-staple","refresh_in":"body"}'
    headers = {"Content-Type": "application/json"}
    host = f"localhost:{stack.ports.web}"
    wire = load.request("POST", host, "/api/auth/login/", headers, body)
    one = load.run(stack.ports.web, itertools.repeat(wire), clients=1, seconds=SECONDS)
    many = load.run(stack.ports.web, itertools.repeat(wire), clients=64, seconds=SECONDS)
    assert not one.errors, "login failed"
    report.add("login (argon2id), c=1 p50", p50(one.latencies), "ms", rival=22.4)
    report.add("login (argon2id), c=64 p95", percentile(many.latencies, 95), "ms", rival=4679)


def _measure(
    report: Report,
    what: str,
    console: Console,
    paths: list[str],
    *,
    rival_ms: float,
    rival_rate: float,
    rival_kb: float | None = None,
    clients: int = 16,
    **limit: Any,
) -> None:
    requests = _endless(console, paths)
    port = console.stack.ports.web
    load.run(port, requests, clients=1, seconds=0.5)
    one = load.run(port, requests, clients=1, seconds=SECONDS / 2)
    many = load.run(port, requests, clients=clients, seconds=SECONDS / 2)
    assert not one.errors and not many.errors, what
    report.add(f"{what}, c=1 p50", p50(one.latencies), "ms", rival=rival_ms)
    report.add(f"{what}, c=1 p95", percentile(one.latencies, 95), "ms")
    report.add(
        f"{what}, c={clients} rate", many.rate, "req/s", rival=rival_rate, lower_is_better=False, **limit
    )
    if rival_kb is not None:
        report.add(f"{what}, size", one.bytes / 1000, "KB", rival=rival_kb)


def _endless(console: Console, paths: list[str]) -> Iterator[bytes]:
    host = f"localhost:{console.stack.ports.web}"
    wires = [load.request("GET", host, f"/api/{path}", console.headers) for path in paths]
    return itertools.cycle(wires)


def _ids(console: Console, path: str) -> list[int]:
    return [row["id"] for row in console.call("GET", path)["results"]]


def _plans(report: Report, name: str, admin: Console, agent: Console, ticket: int) -> None:
    """The buffers of each list: the very statement that the API sends, explained in the company's scope."""
    database.point_at(name)
    for title, console, path in (
        ("tab mine", agent, "tickets/?tab=mine"),
        ("tab waiting", agent, "tickets/?tab=waiting"),
        ("tab closed", admin, "tickets/?tab=closed"),
        ("thread", admin, f"tickets/{ticket}/messages/"),
    ):
        statement = _last_statement(console, path)
        with company_scope(console.me["company"]["id"]), connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS) {statement.replace('%', '%%')}", [])
            plan = "\n".join(line for (line,) in cursor.fetchall())
        report.say(f"\n-- plan: {title}\n{plan}")


def _last_statement(console: Console, path: str) -> str:
    """What the view sends to the database, run in this process."""
    with CaptureQueriesContext(connection) as queries:
        answer = Client().get(f"/api/{path}", headers=console.headers, SERVER_NAME="localhost")
    assert answer.status_code == 200, path
    return str(queries[-1]["sql"])


def limit_line(report: Report) -> None:
    limits.prepare(SERVICES.owner_url)
    report.add(
        "limit: message + ticket in one commit", limits.message_writes_per_second(SERVICES.owner_url), "tx/s"
    )
