"""Trying again what the ledger shows as quarantined, one by one or all of a sort, for instance after a fix."""

from typing import Any

from django.db import transaction
from django.utils.timezone import now

from helpdesk.errors import Refused
from tenants.actions import audit
from tenants.scoping import current_company_id
from whatsapp.actions.inbound import nudge
from whatsapp.models import Event, EventLane, Payload
from whatsapp.models.event import State
from whatsapp.models.payload import State as PayloadState

MOST = 5_000  # at once; whoever asks again goes on


def replay_event(event: Event, *, by: audit.Actor) -> None:
    with transaction.atomic():
        if not _replay(Event.objects.filter(pk=event.pk)):
            raise Refused("event_not_quarantined", "Only what is in quarantine can be tried again.")
        audit.record("ledger.replayed", actor=by, target=f"event:{event.pk}")
    nudge(event.company_id)


def replay_all(found: Any, *, by: audit.Actor, filters: dict[str, str]) -> int:
    """Of these events, all that are quarantined. Answers how many."""
    with transaction.atomic():
        count = _replay(found)
        if count:
            audit.record("ledger.replayed", actor=by, data={**filters, "count": count})
    if count:
        nudge(current_company_id())
    return count


def replay_payload(payload: Payload, *, by: audit.Actor) -> None:
    """Read it once more: a webhook that could not be taken apart."""
    with transaction.atomic():
        quarantined = Payload.objects.filter(pk=payload.pk, state=PayloadState.QUARANTINED)
        if not quarantined.update(state=PayloadState.NEW, error=""):
            raise Refused("payload_not_quarantined", "Only what is in quarantine can be tried again.")
        audit.record("ledger.replayed", actor=by, target=f"payload:{payload.pk}")
    nudge(payload.company_id)


def _replay(found: Any) -> int:
    rows = found.filter(state=State.QUARANTINED).order_by("pk").select_for_update()
    events = list(rows.only("pk", "lane", "payload", "connection")[:MOST])
    known = [event for event in events if event.connection_id and event.lane_id]
    Event.objects.filter(pk__in=[one.pk for one in known]).update(state=State.PENDING, tries=0, retry_at=None)
    EventLane.objects.filter(pk__in=[event.lane_id for event in known if event.lane_id]).update(due_at=now())
    return len(known) + _read_again([event for event in events if event not in known and event.payload_id])


def _read_again(homeless: list[Event]) -> int:
    """Their number had no connection then: the webhook is taken apart anew, and finds one if there is one now."""
    if not homeless:
        return 0
    payloads = {event.payload_id for event in homeless if event.payload_id}
    Event.objects.filter(pk__in=[event.pk for event in homeless]).delete()
    Payload.objects.filter(pk__in=payloads).update(state=PayloadState.NEW)
    return len(homeless)
