"""Which old conversations of a linked phone come here: all, none, or those of a period that a person chose.

What is left out stays in the ledger, which says why, and nowhere else.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeGuard
from zoneinfo import ZoneInfo

from helpdesk.errors import Invalid
from tickets.models import Connection
from tickets.transport import PhoneMessage
from whatsapp.cloud_api.payloads import What
from whatsapp.models import Device, Event
from whatsapp.models.device import Past
from whatsapp.models.event import State


@dataclass(frozen=True, slots=True)
class Period:
    """What a person chose. Both days belong to it; either side may be open."""

    past: str
    first: date | None = None
    last: date | None = None

    def check(self) -> None:
        """Raises Invalid."""
        if self.past == Past.PERIOD and not (self.first or self.last):
            raise Invalid("invalid", "Some fields need another value.", past_from=["needed"])
        if self.first and self.last and self.last < self.first:
            raise Invalid("invalid", "Some fields need another value.", past_until=["ends_before_it_begins"])

    @property
    def days(self) -> tuple[date | None, date | None]:
        """Of a period only: forms keep the days that were typed before somebody chose all."""
        return (self.first, self.last) if self.past == Past.PERIOD else (None, None)

    def put(self, device: Device) -> None:
        device.past = self.past
        device.past_from, device.past_until = self.days


def wanted(
    connection: Connection, events: Sequence[Event], facts: Sequence[What]
) -> list[tuple[Event, What]]:
    """Those that are to be applied; old messages that nobody wants are marked as skipped."""
    pairs = list(zip(events, facts, strict=True))
    if not any(_is_past(fact) for fact in facts):
        return pairs
    device = Device.objects.filter(pk=connection.pk).exclude(past=Past.ALL).first()
    if device is None:
        return pairs
    zone = ZoneInfo(connection.company.timezone)
    left_out = [event for event, fact in pairs if _is_past(fact) and not device.wants_past(_day(fact, zone))]
    for event in left_out:
        event.state = State.SKIPPED
    Event.objects.filter(pk__in=[event.pk for event in left_out]).update(state=State.SKIPPED)
    return [(event, fact) for event, fact in pairs if event.state != State.SKIPPED]


def _is_past(fact: What) -> TypeGuard[PhoneMessage]:
    return isinstance(fact, PhoneMessage) and fact.is_past


def _day(said: PhoneMessage, zone: ZoneInfo) -> date:
    return said.at.astimezone(zone).date()
