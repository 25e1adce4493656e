"""Memory of a whole installation: at rest, and a minute after everybody was busy."""

import itertools
import os
import time
from pathlib import Path

from bench import load
from bench.pipeline import webhook_requests
from bench.report import Report
from bench.world import Console, Line, connect_number, installation, sign_up
from tests.support.stack import Stack

RIVAL_IDLE, RIVAL_AFTER = 329, 659  # the lower ends of what was measured, one process each time
SECONDS = 10.0


def run() -> None:
    """Resident memory of each process and its children: fresh, with two numbers; and after load."""
    report = Report("memory")
    with installation("memory", ai=True) as stack:
        console = sign_up(stack)
        lines = [connect_number(console, f"55114000100{n}", push=False) for n in range(2)]
        time.sleep(20)
        _tell(report, stack, "idle", RIVAL_IDLE)
        _busy(stack, console, lines)
        time.sleep(60)
        _tell(report, stack, "a minute after load", RIVAL_AFTER)


def _tell(report: Report, stack: Stack, when: str, rival: float) -> None:
    """The rival asks no AI, so that worker is told apart."""
    names = [process.name for process in stack.product()]
    sizes = {name: resident(stack.pid(name)) / 1_000_000 for name in names}
    own = {name: proportional(stack.pid(name)) / 1_000_000 for name in names}
    for name in names:
        report.add(f"{when}: {name}", sizes[name], "MB", note=f"its share {own[name]:.1f} MB")
    names.remove("ai")
    note = f"their share {sum(own[name] for name in names):.0f} MB"
    report.add(
        f"{when}: {' + '.join(names)}", sum(sizes[name] for name in names), "MB", rival=rival, note=note
    )
    report.add(f"{when}: with ai", sum(sizes.values()), "MB", note=f"their share {sum(own.values()):.0f} MB")


def _busy(stack: Stack, console: Console, lines: list[Line]) -> None:
    host = f"localhost:{stack.ports.web}"
    for line in lines:
        load.run(stack.ports.web, webhook_requests(line, stack.ports.web, contacts=300), clients=16,
                 seconds=SECONDS)  # fmt: skip
    asked = itertools.cycle(
        load.request("GET", host, f"/api/{path}", console.headers)
        for path in ("tickets/?tab=all&limit=100", "tickets/counts/", "contacts/?search=cliente", "auth/me/")
    )
    load.run(stack.ports.web, asked, clients=16, seconds=SECONDS)


def resident(pid: int) -> float:
    """Resident bytes of a process and its children; what they share counts for each."""
    return _total(pid, "Rss")


def proportional(pid: int) -> float:
    """The same with shared pages divided among those who share them: what the machine gets back."""
    return _total(pid, "Pss")


def _total(pid: int, kind: str) -> float:
    total = 0
    for one in _family(pid):
        for row in Path(f"/proc/{one}/smaps_rollup").read_text().splitlines():
            if row.startswith(f"{kind}:"):
                total += int(row.split()[1]) * 1024
    return total


def _family(pid: int) -> list[int]:
    found = [pid]
    for task in os.listdir(f"/proc/{pid}/task"):
        for child in Path(f"/proc/{pid}/task/{task}/children").read_text().split():
            found += _family(int(child))
    return found
