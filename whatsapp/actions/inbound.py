"""A webhook's way in: stored before it is answered, split into events, and those applied lane by lane.

`store` runs in the web process. `split` is the job behind it: it turns payloads into events under a lock per
company, so that events are numbered in the order of arrival, then works every lane that is due. A nudge that
is lost costs seconds: `sweep` finds what is left. Killed anywhere, nothing is lost and nothing counts twice.
"""

import hashlib
import logging
import time
from datetime import timedelta

import redis
from celery import shared_task
from django.db import connection as database
from django.utils.timezone import now

from helpdesk.redis import connection as redis_connection
from tenants.scoping import CompanyTask, platform_scope
from whatsapp.actions import lanes
from whatsapp.actions.splitting import split_some
from whatsapp.models import App, Event, EventLane, Payload
from whatsapp.models.event import State as EventState
from whatsapp.models.payload import State

logger = logging.getLogger(__name__)

NUDGED_MS = 2_000  # how long a nudge counts as pending when its job never starts
REDIS_PAUSE = 1.0  # seconds without nudges after Redis failed: Meta must not wait for it
WORK_SECONDS = 20.0  # then the job goes to the end of the queue
SWEEP_AGE = timedelta(seconds=2)
KEEP = timedelta(days=9)  # Meta repeats a webhook for seven days
KEEP_QUARANTINED = timedelta(days=60)
TIDY_ROWS = 5_000
DONE = [EventState.APPLIED, EventState.SKIPPED]
_INSERT = """
INSERT INTO whatsapp_payload
    (company_id, app_id, sha256, body, received_at, state, error, created_at, updated_at, version)
VALUES (%s, %s, %s, %s, clock_timestamp(), 'new', '', clock_timestamp(), clock_timestamp(), 1)
ON CONFLICT (app_id, sha256) DO UPDATE SET repeats = whatsapp_payload.repeats + 1
"""
_quiet_until = 0.0


def store(app: App, body: bytes) -> None:
    """Keep the raw bytes. Part of no transaction: when this returns, the payload is committed."""
    with database.cursor() as cursor:
        cursor.execute(_INSERT, [app.company_id, app.pk, hashlib.sha256(body).digest(), body])
    nudge(app.company_id)


def nudge(company_id: int) -> None:
    """Ask for a `split`, unless one is asked for that has not begun: a burst enqueues few jobs."""
    global _quiet_until
    if time.monotonic() < _quiet_until:
        return
    try:
        if redis_connection().set(_flag(company_id), 1, nx=True, px=NUDGED_MS):
            split.nudge(company_id)
    except redis.RedisError:
        _quiet_until = time.monotonic() + REDIS_PAUSE
        logger.warning("nudge lost: redis is unreachable")


@shared_task(base=CompanyTask)
def split(company_id: int) -> None:
    """Split what came in and apply what is due, until there is nothing left or the time is up."""
    _begin(company_id)
    stop_at = time.monotonic() + WORK_SECONDS
    while time.monotonic() < stop_at:
        is_more_new = split_some()
        is_more_due = lanes.drain_some()
        if not (is_more_new or is_more_due):
            return  # what comes from now on has asked for its own run
    nudge(company_id)


@shared_task
def sweep() -> None:
    """Find companies with work that no nudge will start: lost nudges, retries, parked reactions."""
    with platform_scope("inbound work of all companies that is due"):
        companies = lanes.call_parked()
        late = now() - SWEEP_AGE
        waiting = Payload.objects.filter(state=State.NEW, received_at__lt=late)
        due = EventLane.objects.filter(due_at__lt=late)
        companies.update(waiting.values_list("company_id", flat=True).distinct())
        companies.update(due.values_list("company_id", flat=True).distinct())
    for company_id in companies:
        split.nudge(company_id)


@shared_task
def tidy() -> None:
    """Forget what can no longer arrive again: the messages themselves stay where they are."""
    with platform_scope("old webhooks of all companies"):
        done = Event.objects.filter(state__in=DONE, created_at__lt=now() - KEEP)
        Event.objects.filter(pk__in=list(done.values_list("pk", flat=True)[:TIDY_ROWS])).delete()
        old = Payload.objects.filter(received_at__lt=now() - KEEP).exclude(state=State.NEW)
        old = old.exclude(state=State.QUARANTINED, received_at__gte=now() - KEEP_QUARANTINED)
        old = old.exclude(events__state=EventState.QUARANTINED)
        Payload.objects.filter(pk__in=list(old.values_list("pk", flat=True)[:TIDY_ROWS])).delete()


def _begin(company_id: int) -> None:
    """From here on a new payload asks for a new run: it may come too late for this one."""
    try:
        redis_connection().delete(_flag(company_id))
    except redis.RedisError:
        logger.warning("redis is unreachable")


def _flag(company_id: int) -> str:
    return f"inbound:{company_id}:nudged"
