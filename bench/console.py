"""An agent's console in a real browser: how fast conversations open, and what a busy day costs its machine."""

import os
import socket
import time
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from bench.pipeline import webhook_request
from bench.report import Report, p50, percentile
from bench.world import PASSWORD, connect_number, installation, large_database, sign_in, sign_up
from tests.journeys.conftest import FLAGS, chromium

AIM_PAINT_MS = 100
AIM_CORE = 30  # per cent of one core
MESSAGES_A_MINUTE = 150  # each is two events: the message, and its ticket
SECONDS = 60
SWITCHES = 40
RESTS_MS = 250  # how long a hand rests on a row before it presses

# Clicks a row and answers the milliseconds until a frame with the other conversation's messages was painted.
SWITCH = """id => new Promise(done => {
    const ids = () => [...document.querySelectorAll('[data-testid^="bubble-"]')].map(one => one.dataset.testid)
    const before = new Set(ids())
    const row = document.querySelector(`[data-ticket="${id}"]`)
    const started = performance.now()
    row.click()
    const look = () => {
        const now = ids()
        if (now.length && !now.some(one => before.has(one)))
            return requestAnimationFrame(() => setTimeout(() => done(performance.now() - started)))
        requestAnimationFrame(look)
    }
    look()
})"""


def run(*, contacts: int = 100_000, tickets: int = 200_000, messages: int = 2_000_000) -> None:
    """Opening conversations in Chromium, and the load of 300 events a minute on one console."""
    report = Report("console")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright keeps a loop in this thread
    name = large_database(contacts=contacts, tickets=tickets, messages=messages)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        with installation("console", existing_database=name) as stack:
            email = "agent1.c1@bench.example"
            sign_in(stack, email)
            _switching(report, _open(browser, stack, email))
            _pointed_at(report, _open(browser, stack, email))
        with installation("busy") as stack:
            _busy(report, browser, stack)
        browser.close()


def _open(browser: Browser, stack: Any, email: str) -> Page:
    page = browser.new_context(viewport={"width": 1440, "height": 900}, locale="pt-BR").new_page()
    page.goto(f"{stack.web}/login")
    page.locator('input[type="email"]').fill(email)
    page.locator('input[autocomplete="current-password"]').fill(PASSWORD)
    page.locator('button[type="submit"]').click()
    page.get_by_test_id("tab-all").click()
    page.locator("[data-ticket]").first.wait_for()
    return page


def _switching(report: Report, page: Page) -> None:
    """Each conversation for the first time, then once more."""
    ids = _rows(page)
    fresh: list[float] = []
    again: list[float] = []
    order = (ids[1:] + ids[:1]) * (SWITCHES // len(ids) + 1)
    seen = {ids[0]}
    for ticket in order[: max(SWITCHES, 2 * len(ids))]:
        took = page.evaluate(SWITCH, ticket)
        (again if ticket in seen else fresh).append(took)
        seen.add(ticket)
    _tell(report, "first time", fresh)
    _tell(report, "again", again)


def _pointed_at(report: Report, page: Page) -> None:
    """For the first time, as a hand does it: the pointer comes to rest on the row before it is pressed."""
    took = []
    for ticket in _rows(page)[1:]:
        page.locator(f'[data-ticket="{ticket}"]').hover()
        page.wait_for_timeout(RESTS_MS)
        took.append(page.evaluate(SWITCH, ticket))
    _tell(report, "first time, pointed at", took)


def _rows(page: Page) -> list[str]:
    """The tickets in sight; the first is opened, which loads the thread's own code."""
    ids: list[str] = page.evaluate(
        "[...document.querySelectorAll('[data-ticket]')].map(row => row.dataset.ticket)"
    )
    page.evaluate(SWITCH, ids[0])
    return ids


def _tell(report: Report, what: str, values: list[float]) -> None:
    report.add(f"conversation painted, {what}, p50", p50(values), "ms")
    worst = percentile(values, 95)
    report.add(f"conversation painted, {what}, p95", worst, "ms", limit=AIM_PAINT_MS, limit_name="aim",
               note=f"{len(values)} switches")  # fmt: skip


def _busy(report: Report, browser: Browser, stack: Any) -> None:
    """A conversation is open, the list is shown, and customers write all the time."""
    console = sign_up(stack)
    line = connect_number(console, push=False)
    for n in range(30):
        _write(stack, line, n)
    page = _open(browser, stack, "admin@bench.example")
    page.locator("[data-ticket]").first.click()
    page.locator('[data-testid^="bubble-"]').first.wait_for()
    frames: list[int] = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda _: frames.append(1)))
    page.reload()
    page.locator('[data-testid^="bubble-"]').first.wait_for()
    inspector = browser.new_browser_cdp_session()
    page.wait_for_timeout(3_000)
    frames.clear()
    before, started = _cpu(inspector), time.perf_counter()
    every = 60 / MESSAGES_A_MINUTE
    for n in range(int(SECONDS / every)):
        _write(stack, line, n)
        page.wait_for_timeout(max(0.0, started + (n + 1) * every - time.perf_counter()) * 1000)
    took = time.perf_counter() - started
    after = _cpu(inspector)
    note = f"{len(frames)} frames in {took:.0f} s"
    for kinds, what in ((("renderer",), "the page's process"), (tuple(after), "the whole browser")):
        used = sum(after.get(kind, 0) - before.get(kind, 0) for kind in kinds)
        report.add(f"300 events a minute, {what}", used / took * 100, "% core", limit=AIM_CORE,
                   limit_name="aim", note=note)  # fmt: skip


def _cpu(inspector: Any) -> dict[str, float]:
    """Seconds of processor time so far, by kind of Chromium's processes."""
    totals: dict[str, float] = {}
    for process in inspector.send("SystemInfo.getProcessInfo")["processInfo"]:
        totals[process["type"]] = totals.get(process["type"], 0.0) + process["cpuTime"]
    return totals


def _write(stack: Any, line: Any, n: int) -> None:
    """The n-th message; thirty customers take turns."""
    wire = webhook_request(line, stack.ports.web, f"5511973{n % 30:06d}", f"Mensagem número {n} do dia")
    with socket.create_connection(("127.0.0.1", stack.ports.web)) as door:
        door.sendall(wire)
        assert door.recv(4096).startswith(b"HTTP/1.1 200")
