"""The inbound handler alone: one message at a time, and a full backlog against the workers."""

import time
from collections.abc import Iterator

from django.db import connection

from bench import limits
from bench.pipeline import webhook_body
from bench.report import Report, p50, percentile
from bench.world import SERVICES, Line, act_within, connect_number, installation, sign_up
from tests.support.stack import Stack

BACKLOG = 3_000


def run() -> None:
    """Inbound messages: handler latency one at a time, and the saturated rate of two worker processes."""
    report = Report("inbound")
    limits.prepare(SERVICES.owner_url)
    bare = limits.message_writes_per_second(SERVICES.owner_url, connections=8)
    with installation("inbound") as stack:
        line = connect_number(sign_up(stack), push=False)
        stack.kill("worker")
        act_within(stack)
        company = company_of(line)
        _work(company, line, people(200, "74"))  # the conversations exist from here on
        existing = _work(company, line, people(400, "74", spread=200))
        report.add("inbound, existing ticket, handler p50", p50(existing), "ms", rival=29.0)
        report.add("inbound, existing ticket, handler p95", percentile(existing, 95), "ms", rival=38.8)
        new = _work(company, line, people(400, "75"))
        report.add("inbound, new contact and ticket, handler p50", p50(new), "ms", rival=32.6)
        _statements(report, company, line)
        for what, prefix, spread, rival in (
            ("existing tickets", "74", 200, 63.2),
            ("new contacts", "76", BACKLOG, 46.1),
        ):
            rate = _saturated(stack, company, line, people(BACKLOG, prefix, spread=spread))
            report.add(f"inbound saturated, {what}", rate, "msg/s", rival=rival, limit=bare,
                       limit_name="message + ticket commits, 8 connections", lower_is_better=False)  # fmt: skip


def people(count: int, prefix: str, *, spread: int = 10**6) -> Iterator[str]:
    return (f"55119{prefix}{n % spread:06d}" for n in range(count))


def company_of(line: Line) -> int:
    from tenants.scoping import platform_scope
    from tickets.models import Connection

    with platform_scope("find the bench's company"):
        company_id: int = Connection.objects.get(pk=line.id).company_id
    return company_id


def _work(company: int, line: Line, senders: Iterator[str]) -> list[float]:
    """Each payload stored (not timed), then handled (timed), as a worker would."""
    from whatsapp.actions.inbound import split

    latencies = []
    for n, sender in enumerate(senders):
        keep(company, line, sender, f"Mensagem {n}")
        started = time.perf_counter()
        split(company)
        latencies.append((time.perf_counter() - started) * 1000)
    return latencies


def _statements(report: Report, company: int, line: Line) -> None:
    from django.test.utils import CaptureQueriesContext

    from whatsapp.actions.inbound import split

    keep(company, line, "5511974000001", "Quantas consultas?")
    with CaptureQueriesContext(connection) as queries:
        split(company)
    words = [query["sql"].split(None, 1)[0] for query in queries]
    report.add("inbound, existing ticket, SQL statements in all", len(words), "", rival=18)


def _saturated(stack: Stack, company: int, line: Line, senders: Iterator[str]) -> float:
    """A backlog is stored while no worker runs; the rate is from the workers' first to their last message."""
    for n, sender in enumerate(senders):
        keep(company, line, sender, f"Fila {n}")
    before = _handled()
    stack.look()
    while _handled() == before:
        time.sleep(0.01)
    started, first = time.perf_counter(), _handled()
    deadline = started + 300
    while (done := _handled()) < before + BACKLOG:
        assert time.perf_counter() < deadline, f"{done - before} of {BACKLOG} handled"
        time.sleep(0.05)
    seconds = time.perf_counter() - started
    stack.kill("worker")
    return (done - first) / seconds


def _handled() -> int:
    from tenants.scoping import platform_scope

    with platform_scope("count the bench's messages"), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM tickets_message")
        return int(cursor.fetchone()[0])


def keep(company: int, line: Line, sender: str, text: str) -> None:
    """A payload as the webhook door stores it, without a nudge: the bench decides when it is handled."""
    from tenants.scoping import company_scope
    from whatsapp.actions import inbound
    from whatsapp.models import App

    with company_scope(company):
        app = _apps.get(company) or _apps.setdefault(company, App.objects.get())
        inbound._quiet_until = float("inf")
        inbound.store(app, webhook_body(line.phone_number_id, sender, text))


_apps: dict[int, object] = {}
