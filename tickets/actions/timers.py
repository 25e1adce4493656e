"""The clock of the helpdesk: what has to happen at a time happens once, however many workers look.

A timer is claimed for a minute in a statement of its own, then rung in one transaction that locks the ticket
first and the timer second: the same order as every action that starts or stops a timer of a locked ticket.
"""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from celery import shared_task
from django.conf import settings
from django.db import connection as database
from django.db import transaction
from django.utils.module_loading import import_string
from django.utils.timezone import now

from tenants.scoping import company_scope, current_company_id, platform_scope
from tenants.statements import Later, Statement
from tickets.models import Ticket, Timer

logger = logging.getLogger(__name__)

CLAIM = timedelta(seconds=60)
BATCH = 100
ROUNDS = 20  # then the next tick goes on, so that one run never lasts for long
PAUSE = timedelta(seconds=30)  # after a failure; doubled each time
LONGEST_PAUSE = timedelta(hours=6)

_TAKE = """
UPDATE tickets_timer SET claimed_until = %s WHERE id IN (
    SELECT id FROM tickets_timer
    WHERE due_at <= %s AND (claimed_until IS NULL OR claimed_until <= %s)
    ORDER BY due_at LIMIT %s FOR UPDATE SKIP LOCKED
) RETURNING company_id, id
"""


def start(
    kind: str,
    *,
    due_at: datetime,
    ticket: Ticket | int | None = None,
    subject: str = "",
    data: dict[str, Any] | None = None,
) -> None:
    """Ring at this time. A timer of the same kind, ticket and subject is moved there."""
    start_all([timer(kind, due_at=due_at, ticket=ticket, subject=subject, data=data)])


def timer(
    kind: str,
    *,
    due_at: datetime,
    ticket: Ticket | int | None = None,
    subject: str = "",
    data: dict[str, Any] | None = None,
) -> Timer:
    """One for `start_all`."""
    assert kind in settings.TIMERS, f"{kind} is not in settings.TIMERS"
    return Timer(
        company_id=current_company_id(),
        kind=kind,
        ticket_id=ticket.pk if isinstance(ticket, Ticket) else ticket,
        subject=subject,
        due_at=due_at,
        data=data or {},
    )


def start_all(timers: Iterable[Timer]) -> None:
    """Many at once, in one statement and in one order, so that two batches never wait for each other."""
    rows = sorted(timers, key=lambda one: (one.ticket_id or 0, one.kind, one.subject))
    if not rows:
        return
    Timer.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["company", "ticket", "kind", "subject"],
        update_fields=["due_at", "data", "claimed_until", "tries", "error"],
    )


def stop(kind: str, *, ticket: Ticket | int | None = None, subject: str = "") -> bool:
    """Do not ring after all. False when nothing was running."""
    pk = ticket.pk if isinstance(ticket, Ticket) else ticket
    stopped, _ = Timer.objects.filter(kind=kind, ticket=pk, subject=subject).delete()
    return bool(stopped)


@shared_task
def ring() -> None:
    """Ring everything that is due, of every company."""
    for _ in range(ROUNDS):
        claimed = _claim()
        for company_id, timer_id in claimed:
            with company_scope(company_id):
                _ring(timer_id)
        if len(claimed) < BATCH:
            return


def _claim() -> list[tuple[int, int]]:
    at = now()
    everyone = platform_scope("the timers of all companies that are due")
    with everyone, transaction.atomic(), database.cursor() as cursor:
        cursor.execute(_TAKE, [at + CLAIM, at, at, BATCH])
        return [(row[0], row[1]) for row in cursor.fetchall()]


def _ring(timer_id: int) -> None:
    try:
        with transaction.atomic():
            found = _locked(timer_id)
            if found is None:
                return
            # Deleted first: a handler may start the same timer again.
            Timer.objects.filter(pk=found.pk).delete()
            import_string(settings.TIMERS[found.kind])(found)
    except Exception as error:  # one company's broken rule must not stop the clock of the others
        logger.exception("a timer failed", extra={"fields": {"timer": timer_id}})
        _postpone(timer_id, error)


def _locked(timer_id: int) -> Timer | None:
    """The timer, when it is still due once everything is locked."""
    seen = _seen.rows(pk=timer_id)
    if not seen:
        return None
    if seen[0].ticket_id is not None:
        _ticket_lock.rows(pk=seen[0].ticket_id)
    due: list[Timer] = _due.rows(pk=timer_id, at=now())
    return due[0] if due else None


@Statement
def _seen() -> Any:
    return Timer.objects.filter(pk=Later("pk"))


@Statement
def _ticket_lock() -> Any:
    return Ticket.objects.filter(pk=Later("pk")).values_list("pk").select_for_update()


@Statement
def _due() -> Any:
    return Timer.objects.filter(pk=Later("pk"), due_at__lte=Later("at")).select_for_update()


def _postpone(timer_id: int, error: Exception) -> None:
    failed: Timer | None = Timer.objects.filter(pk=timer_id).first()
    if failed is None:
        return
    pause = min(PAUSE * 2 ** min(failed.tries, 12), LONGEST_PAUSE)
    Timer.objects.filter(pk=timer_id).update(
        due_at=now() + pause, claimed_until=None, tries=failed.tries + 1, error=type(error).__name__[:300]
    )
