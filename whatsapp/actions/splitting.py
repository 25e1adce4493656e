"""Payloads become events: every item of a webhook gets a row and a key, and its lane is woken."""

import json
import logging
import time
from datetime import timedelta
from typing import Any

from django.db import OperationalError, transaction
from django.db import connection as database
from django.db.models import Q, QuerySet
from django.utils.timezone import now

from tenants.scoping import current_company_id
from tickets.models import Connection
from whatsapp.cloud_api.facts import pack, target_of
from whatsapp.cloud_api.payloads import Fact, interpret
from whatsapp.models import Event, EventLane, Payload
from whatsapp.models.event import State as EventState
from whatsapp.models.payload import State

logger = logging.getLogger(__name__)

PAYLOADS = 40  # per transaction
HEARD_EVERY = 60.0  # seconds between two notes that a connection's webhook works
_heard: dict[int, float] = {}


def split_some() -> bool:
    """One batch of payloads. False when no more of them wait."""
    try:
        return _split(Payload.objects.filter(state=State.NEW).order_by("id")[:PAYLOADS]) >= PAYLOADS
    except OperationalError:
        raise  # the database is the trouble, not a payload
    except Exception:
        logger.warning("a batch of payloads failed; going on one by one", exc_info=True)
    return _split_singly()


def _split_singly() -> bool:
    ids = list(Payload.objects.filter(state=State.NEW).order_by("id").values_list("pk", flat=True)[:PAYLOADS])
    for pk in ids:
        try:
            _split(Payload.objects.filter(pk=pk, state=State.NEW))
        except OperationalError:
            raise
        except Exception as error:  # noqa: BLE001  one bad payload must not stop the others
            _quarantine(pk, error)
    return len(ids) == PAYLOADS


@transaction.atomic
def _split(payloads: "QuerySet[Payload]") -> int:
    """How many were read. The lock keeps the order of arrival between workers."""
    with database.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('whatsapp.split'), %s)", [current_company_id()])
    read = list(payloads)
    if not read:
        return 0
    found = [(payload, fact) for payload in read for fact in interpret(_document(payload))]
    connections = _connections({fact.number_id for _, fact in found})
    lanes = _wake({fact.lane for _, fact in found if fact.lane and fact.number_id in connections})
    events = [
        _event(payload, fact, connections.get(fact.number_id), lanes.get(fact.lane))
        for payload, fact in found
    ]
    Event.objects.bulk_create(events, ignore_conflicts=True)
    Payload.objects.filter(pk__in=[payload.pk for payload in read]).update(state=State.SPLIT)
    return len(read)


def _document(payload: Payload) -> Any:
    return json.loads(bytes(payload.body))


def _quarantine(pk: int, error: Exception) -> None:
    """Kept for a person to look at: signed bytes that are no JSON, or that we fail to take apart."""
    Payload.objects.filter(pk=pk, state=State.NEW).update(
        state=State.QUARANTINED, error=f"{type(error).__name__}: not readable"[:300]
    )
    logger.error("payload quarantined", extra={"fields": {"payload": pk, "error": type(error).__name__}})


def _connections(number_ids: set[str]) -> dict[str, int]:
    """The company's connections behind these numbers; notes now and then that their webhook works."""
    rows = Connection.objects.live().filter(kind="cloud_api", external_id__in=number_ids - {""})
    found: dict[str, int] = dict(rows.values_list("external_id", "pk"))
    at = time.monotonic()
    quiet = [pk for pk in found.values() if _heard.get(pk, -HEARD_EVERY) <= at - HEARD_EVERY]
    if quiet:
        _heard.update(dict.fromkeys(quiet, at))
        stale = Q(last_received_at=None) | Q(last_received_at__lt=now() - timedelta(seconds=HEARD_EVERY))
        Connection.objects.filter(stale, pk__in=quiet).update(last_received_at=now())
    return found


def _wake(keys: set[str]) -> dict[str, int]:
    """Lanes by key, due from now on. In one order, so that two workers never wait for each other."""
    if not keys:
        return {}
    at, company_id = now(), current_company_id()
    rows = [EventLane(company_id=company_id, key=key, due_at=at) for key in sorted(keys)]
    woken = EventLane.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["company", "key"], update_fields=["due_at"]
    )
    return {lane.key: lane.pk for lane in woken}


def _event(payload: Payload, fact: Fact, connection_id: int | None, lane_id: int | None) -> Event:
    state, error = EventState.PENDING, ""
    if fact.what is None:
        state = EventState.APPLIED  # stored for the record
    elif connection_id is None:
        state, error = EventState.QUARANTINED, "No connection has this number."
    return Event(
        company_id=payload.company_id,
        payload=payload,
        lane_id=lane_id,
        connection_id=connection_id,
        kind=fact.kind,
        key=fact.key,
        at=fact.at or payload.received_at,
        data=pack(fact),
        target=target_of(fact),
        state=state,
        error=error,
    )
