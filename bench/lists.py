"""Lists, one ticket, a thread, contact search and login, on the large data set."""

import itertools
import random
from collections.abc import Iterator

from bench import limits, load
from bench.report import Report, p50, percentile
from bench.world import SERVICES, Console, installation, large_database, sign_in
from tests.support import database
from tests.support.stack import Stack

SECONDS = 6.0


def run(*, contacts: int = 100_000, tickets: int = 200_000, messages: int = 2_000_000) -> None:
    name = large_database(contacts=contacts, tickets=tickets, messages=messages)
    report = Report("lists")
    with installation("lists", existing_database=name) as stack:
        admin = sign_in(stack, "agent1.c1@bench.example")
        agent = sign_in(stack, "agent2.c1@bench.example")
        _login(report, stack)
        opened = _ids(admin, "tickets/?tab=all&limit=100")
        closed = _ids(admin, "tickets/?tab=closed&limit=100")
        for tab, rival in (("mine", 9.4), ("waiting", 10.8), ("all", 9.4), ("closed", 11.2)):
            _measure(report, f"ticket tab {tab}, 40 rows", agent if tab in {"mine", "waiting"} else admin,
                     [f"tickets/?tab={tab}"], rival_ms=rival, rival_rate=127)  # fmt: skip
        _measure(
            report, "open one ticket", admin, [f"tickets/{i}/" for i in opened], rival_ms=3.3, rival_rate=444
        )
        _measure(report, "messages of an open ticket, 100", admin,
                 [f"tickets/{i}/messages/?limit=100" for i in opened], rival_ms=17.8, rival_rate=73,
                 rival_kb=139)  # fmt: skip
        _measure(report, "messages of a closed ticket", admin,
                 [f"tickets/{i}/messages/?limit=100" for i in closed], rival_ms=7.6, rival_rate=187)  # fmt: skip
        words = ["maria", "silva", "joao", "patricia lima", "nascimento", "fernanda souza", "xyzzy", "araujo"]
        numbers = [f"9{random.Random(n).randrange(10**6):06d}" for n in range(20)]
        for kind, terms, rival in (("name", words, 94.7), ("number", numbers, 99.8)):
            paths = [f"contacts/?search={term.replace(' ', '%20')}" for term in terms]
            _measure(report, f"contact search by {kind}", admin, paths, rival_ms=rival, rival_rate=10.7)
        tickets_found = [f"tickets/?tab=all&search={term.replace(' ', '%20')}" for term in words]
        _measure(
            report, "ticket search by contact name", admin, tickets_found, rival_ms=5205, rival_rate=0.27
        )
        _plans(report, name)


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
) -> None:
    requests = _endless(console, paths)
    port = console.stack.ports.web
    load.run(port, requests, clients=1, seconds=0.5)
    one = load.run(port, requests, clients=1, seconds=SECONDS / 2)
    many = load.run(port, requests, clients=16, seconds=SECONDS / 2)
    assert not one.errors and not many.errors, what
    report.add(f"{what}, c=1 p50", p50(one.latencies), "ms", rival=rival_ms)
    report.add(f"{what}, c=1 p95", percentile(one.latencies, 95), "ms")
    report.add(f"{what}, c=16 rate", many.rate, "req/s", rival=rival_rate, lower_is_better=False)
    if rival_kb is not None:
        report.add(f"{what}, size", one.bytes / 1000, "KB", rival=rival_kb)


def _endless(console: Console, paths: list[str]) -> Iterator[bytes]:
    host = f"localhost:{console.stack.ports.web}"
    wires = [load.request("GET", host, f"/api/{path}", console.headers) for path in paths]
    return itertools.cycle(wires)


def _ids(console: Console, path: str) -> list[int]:
    return [row["id"] for row in console.call("GET", path)["results"]]


def _plans(report: Report, name: str) -> None:
    """The buffers that each list touches, read as the application's own role."""
    from tenants.models import Membership
    from tenants.scoping import company_scope, platform_scope
    from tickets.models import Message, Ticket
    from tickets.models.ticket import viewer_of

    database.point_at(name)
    with platform_scope("find the bench's big company"):
        member = Membership.objects.filter(user__email="agent2.c1@bench.example").get()
    with company_scope(member.company_id):
        viewer = viewer_of(member, sees_unqueued=True)
        visible = Ticket.objects.visible_to(viewer).order_by("-last_message_at", "-id")
        ticket = Ticket.objects.filter(status="open").first()
        assert ticket
        for title, rows in (
            ("tab mine", visible.filter(status="open", agent=viewer.user_id)[:41]),
            ("tab waiting", visible.filter(status="pending")[:41]),
            ("tab closed, supervisor", Ticket.objects.filter(status="closed").order_by("-last_message_at", "-id")[:41]),
            ("thread", Message.objects.filter(ticket=ticket).order_by("-at", "-id")[:101]),
        ):  # fmt: skip
            report.say(f"\n-- plan: {title}\n{rows.explain(analyze=True, buffers=True)}")


def limit_line(report: Report) -> None:
    limits.prepare(SERVICES.owner_url)
    report.add(
        "limit: message + ticket in one commit", limits.message_writes_per_second(SERVICES.owner_url), "tx/s"
    )
