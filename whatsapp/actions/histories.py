"""The past of a number that a gateway carries: fetched chat by chat, when an administrator asks for it.

Each page becomes a payload like any other: a message that came before, live or in an earlier import, is there once.
The place is kept in the row, so a worker that dies loses a page at most, and that page is fetched again.
"""

import time
from datetime import date, datetime, timedelta
from datetime import time as clock
from typing import Any
from zoneinfo import ZoneInfo

import orjson
from celery import shared_task
from django.db import transaction
from django.utils.timezone import now

from helpdesk.errors import Refused
from tenants.actions import audit
from tenants.scoping import CompanyTask, platform_scope
from tickets.models import Connection
from tickets.transport import TransportError
from whatsapp.actions import devices, phones
from whatsapp.actions.past import Period
from whatsapp.devices import inbox
from whatsapp.gateway import history
from whatsapp.models import PhoneSync
from whatsapp.models.payload import Source
from whatsapp.models.phone_sync import SyncKind, SyncState

UNDER_WAY = (SyncState.WANTED, SyncState.RUNNING)
SLICE = 20.0  # seconds; then the job goes to the end of the queue
DEAD = timedelta(seconds=2 * history.SECONDS)  # a worker that has said nothing for so long
AGAIN = timedelta(seconds=60)  # after a gateway that did not answer
TRIES = 3  # then this chat is left out


@transaction.atomic
def ask(connection: Connection, period: Period, *, by: audit.Actor) -> None:
    """Import what the gateway still has of the past: all of it, or some days. What is here already stays."""
    if connection.kind != Source.GATEWAY:
        raise Refused("not_a_gateway", "This connection is no gateway.")
    devices.require_allowed(connection.company)
    period.check()
    first, last = period.days
    row, _ = PhoneSync.objects.select_for_update(of=("self",)).get_or_create(
        connection=connection, kind=SyncKind.HISTORY, defaults={"deadline": now(), "state": SyncState.DONE}
    )
    if row.state in UNDER_WAY:
        raise Refused("import_running", "Old conversations are being imported already.")
    row.state, row.progress, row.items, row.error = SyncState.WANTED, 0, 0, ""
    row.asked_at, row.heard_at, row.deadline = now(), None, now() + phones.DAY
    row.plan = _plan(first, last, ZoneInfo(connection.company.timezone))
    row.save()
    audit.record(
        "connection.past_asked",
        actor=by,
        target=f"connection:{connection.pk}",
        data={"name": connection.name, "from": str(first or ""), "until": str(last or "")},
    )
    phones.tell(connection)
    fetch.nudge(connection.company_id, connection.pk)


@shared_task(base=CompanyTask)
def fetch(company_id: int, connection_id: int) -> None:
    """Some pages; then others get their turn."""
    row = _begin(connection_id)
    stop_at = time.monotonic() + SLICE
    while row is not None and row.state in UNDER_WAY:
        if time.monotonic() >= stop_at:
            _leave(row)
            fetch.nudge(company_id, connection_id)
            return
        try:
            _step(row)
        except TransportError as error:
            _stumble(row, error)
            return


@shared_task
def sweep() -> None:
    """Imports whose nudge was lost, whose worker died, or whose gateway did not answer a minute ago."""
    with platform_scope("imports of all companies that nobody works on"):
        rows = PhoneSync.objects.filter(
            state__in=UNDER_WAY, connection__kind=Source.GATEWAY, connection__deleted_at=None
        )
        for row in rows.filter(updated_at__lt=now() - AGAIN).values("company_id", "connection_id"):
            fetch.nudge(row["company_id"], row["connection_id"])


def _plan(first: date | None, last: date | None, zone: ZoneInfo) -> dict[str, Any]:
    """`until` stays the same from page to page, so that news do not move the pages."""
    today = now().astimezone(zone).date()
    until = _start(last + timedelta(days=1), zone) if last and last < today else now()
    since = int(_start(first, zone).timestamp()) if first else None
    place = {"chats": None, "next": 0, "start": 0, "first": "", "tries": 0, "left_out": 0, "is_held": False}
    return {"since": since, "until": int(until.timestamp()), **place}


def _start(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, clock.min, zone)


@transaction.atomic
def _begin(connection_id: int) -> PhoneSync | None:
    """One worker at a time."""
    rows = PhoneSync.objects.filter(
        connection=connection_id,
        kind=SyncKind.HISTORY,
        connection__kind=Source.GATEWAY,
        connection__deleted_at=None,
    )
    row: PhoneSync | None = rows.select_related("connection__company").select_for_update(of=("self",)).first()
    if row is None or row.state not in UNDER_WAY:
        return None
    if row.plan["is_held"] and row.heard_at and row.heard_at > now() - DEAD:
        return None
    row.plan["is_held"], row.state, row.heard_at = True, SyncState.RUNNING, now()
    row.save()
    return row


def _step(row: PhoneSync) -> None:
    """The list of chats, or one page of one chat. Raises TransportError."""
    plan, connection = row.plan, row.connection
    if plan["chats"] is None:
        plan["chats"] = history.chats(connection)
    elif plan["next"] < len(plan["chats"]):
        chat = plan["chats"][plan["next"]]
        page = history.page(connection, chat, plan["start"], since=plan["since"], until=plan["until"])
        is_again = page.first != "" and page.first == plan["first"]  # an engine that knows no offset
        if page.messages and not is_again:
            document = {"event": "history", "chat": chat, "messages": page.messages}
            inbox.store(row.company_id, connection.pk, Source.GATEWAY, orjson.dumps(document))
            row.items += len(page.messages)
        plan["start"], plan["first"] = plan["start"] + history.MESSAGES, page.first
        if page.is_last or is_again:
            _next(plan)
    plan["tries"] = 0
    _note(row)


def _next(plan: dict[str, Any]) -> None:
    plan["next"], plan["start"], plan["first"] = plan["next"] + 1, 0, ""


@transaction.atomic
def _note(row: PhoneSync) -> None:
    """Where we are; consoles hear when it shows."""
    plan, before = row.plan, (row.state, row.progress)
    many = len(plan["chats"])
    row.progress, row.heard_at = plan["next"] * 100 // many if many else 100, now()
    if plan["next"] >= many:
        row.state, row.error = SyncState.DONE, "chats_left_out" if plan["left_out"] else ""
    row.save()
    if (row.state, row.progress) != before:
        phones.tell(row.connection)


@transaction.atomic
def _stumble(row: PhoneSync, error: TransportError) -> None:
    """Tried again by `sweep`. A chat that fails and fails is left out, and that is told."""
    plan = row.plan
    plan["tries"] += 1
    row.error, plan["is_held"] = str(error)[:300], False
    is_listed = plan["chats"] is not None
    if error.permanent or (plan["tries"] >= TRIES and not is_listed):
        row.state = SyncState.REFUSED
    elif plan["tries"] >= TRIES:
        plan["left_out"], plan["tries"] = plan["left_out"] + 1, 0
        _next(plan)
        _note(row)
        return
    row.save()
    phones.tell(row.connection)


def _leave(row: PhoneSync) -> None:
    row.plan["is_held"] = False
    row.save(update_fields=["plan"])
