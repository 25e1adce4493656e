"""The address book: ten thousand rows of a file come in, come again, are reviewed for duplicates and go out."""

import resource
import time
from collections.abc import Callable
from typing import Any

from bench.handlers import company_of
from bench.report import Report
from bench.world import act_within, connect_number, installation, sign_up

ROWS = 10_000


def run() -> None:
    """Import of 10,000 contacts, the same again, duplicates, export: seconds, and memory beyond the start."""
    from tenants.scoping import company_scope
    from tickets import sheets
    from tickets.actions import exports
    from tickets.models import Contact
    from tickets.models.duplicates import suspicions

    report = Report("addressbook")
    with installation("addressbook") as stack:
        line = connect_number(sign_up(stack), push=False)
        stack.kill("worker")
        act_within(stack)
        company = company_of(line)
        before = _peak_mb()
        new = _timed(lambda: _imported(company))
        report.add("10,000 rows imported, all new", ROWS / new, "rows/s", lower_is_better=False)
        again = _timed(lambda: _imported(company))
        report.add("the same 10,000 rows again", ROWS / again, "rows/s", lower_is_better=False)
        with company_scope(company):
            review = _timed(lambda: suspicions(after=None, size=20))
            out = _timed(
                lambda: sum(len(line) for line in sheets.written(exports.rows(Contact.objects.live())))
            )
        report.add("duplicates among 10,000 contacts, one page", review * 1000, "ms")
        report.add("10,000 contacts exported as CSV", ROWS / out, "rows/s", lower_is_better=False)
        report.add("memory beyond the start, at most", _peak_mb() - before, "MB")


def _imported(company: int) -> None:
    from tenants.scoping import company_scope
    from tickets.actions import import_work, imports
    from tickets.models import ContactImport

    with company_scope(company):
        job = imports.upload(_sheet(), "bench.csv", by=None)
        imports.start(job, by=None)
    state = ""
    while state != "done":
        import_work.work(company, job.pk)
        with company_scope(company):
            state = ContactImport.objects.get(pk=job.pk).state


def _sheet() -> bytes:
    rows = (f"Pessoa {n},+55119{70_000_000 + n},pessoa{n}@exemplo.com,Feira" for n in range(ROWS))
    return "\n".join(["nome,telefone,e-mail,etiquetas", *rows]).encode()


def _timed(act: Callable[[], Any]) -> float:
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
