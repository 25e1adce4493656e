"""An office in which time stands still until a test moves it: people come and go, customers write, timers ring."""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.test import TestCase
from django.utils.timezone import now

from tenants.actions import company as companies
from tenants.actions import presence
from tenants.models import Membership
from tickets.actions import inbound, lifecycle, outbound, timers
from tickets.models import Contact, Ticket, TicketHistory
from tickets.models.contact import AddressKind
from tickets.transport import Address, Inbound, Sender

NOON = datetime(2026, 3, 10, 12, 0, 0, 500, tzinfo=UTC)  # a Tuesday; not a whole second, as messages are
_numbers = itertools.count(1)


class Office:
    """`world` is the company; every act runs with the jobs that it starts, as workers would run them."""

    def __init__(self, world: Any, line: Any, clock: Any) -> None:
        self.world, self.line, self._clock = world, line, clock
        self.started = now()
        clock.move_to(NOON, tick=False)

    def after(self, **passed: float) -> None:
        """Time passes in one step, and every timer that became due in it rings at its own time."""
        until = now() + timedelta(**passed)
        while (due := self._next_timer(until)) is not None:
            self._clock.move_to(max(due, now()), tick=False)
            self.ring()
        self._clock.move_to(until, tick=False)
        self.ring()

    def ring(self) -> None:
        with TestCase.captureOnCommitCallbacks(execute=True):
            timers.ring()

    def options(self, **values: Any) -> None:
        with self.acting():
            companies.set_options(values, by=None)

    def says(self, user: Any, said: str) -> None:
        """online, busy or away, as a console says it."""
        with self.acting():
            presence.say(user.pk, said)

    def leaves(self, user: Any) -> None:
        with self.acting():
            presence.went_home(user.pk)

    def customer(self, name: str = "Maria Clara", **fields: Any) -> Any:
        return self.world.contact(name, number=f"5511977{next(_numbers):06d}", **fields)

    def writes(self, contact: Any, body: str = "Bom dia!", *, at: datetime | None = None) -> Ticket:
        """The customer writes, or wrote at that time; answers the ticket as it is afterwards."""
        sender = Sender(addresses=(Address(AddressKind.PHONE, contact.number),), name=contact.name)
        item = Inbound(
            provider_id=f"wamid.{uuid4().hex}", sender=sender, kind="text", body=body, at=at or now()
        )
        with self.acting():
            message = inbound.receive_all(self.line, [item])[0]
        return self.ticket(message.ticket_id)

    def waits(self, queue: Any, **fields: Any) -> Ticket:
        """Another customer writes to the number, whose queue is this one."""
        self.line.queue = queue
        ticket = self.writes(self.customer())
        if fields:
            with self.world.scope():
                Ticket.objects.filter(pk=ticket.pk).update(**fields)
        return self.ticket(ticket.pk)

    def answers(self, user: Any, ticket: Any, body: str = "Um momento") -> None:
        with self.acting():
            outbound.send(self.ticket(ticket.pk), by=user, client_id=uuid4(), body=body)

    def closes(self, user: Any, ticket: Any) -> None:
        with self.acting():
            lifecycle.close(self.ticket(ticket.pk), by=user)

    def transfers(self, user: Any, ticket: Any, **to: Any) -> None:
        with self.acting():
            lifecycle.transfer(self.ticket(ticket.pk), by=user, **to)

    def ticket(self, pk: int) -> Ticket:
        with self.world.scope():
            found: Ticket = Ticket.objects.select_related("agent", "queue", "contact").get(pk=pk)
            return found

    def agent_of(self, ticket: Any) -> Any:
        return self.ticket(ticket.pk).agent

    def held_by(self, user: Any) -> int:
        with self.world.scope():
            return int(Ticket.objects.live().filter(agent=user, status="open", snoozed_at=None).count())

    def steps(self, ticket: Any, kind: str) -> list[dict[str, Any]]:
        """What the history says of these steps, the oldest first."""
        with self.world.scope():
            rows = TicketHistory.objects.filter(ticket=ticket.pk, kind=kind).order_by("id")
            return list(rows.values_list("data", flat=True))

    def member(self, user: Any, **changes: Any) -> Any:
        with self.world.scope():
            if changes:
                Membership.objects.filter(user=user).update(**changes)
            return Membership.objects.get(user=user)

    def contact(self, pk: int, **changes: Any) -> None:
        with self.world.scope():
            Contact.objects.filter(pk=pk).update(**changes)

    @contextmanager
    def acting(self) -> Iterator[None]:
        with TestCase.captureOnCommitCallbacks(execute=True), self.world.scope():
            yield

    def _next_timer(self, until: datetime) -> datetime | None:
        from tickets.models import Timer

        with self.world.scope():
            due: datetime | None = (
                Timer.objects.filter(due_at__lte=until)
                .order_by("due_at")
                .values_list("due_at", flat=True)
                .first()
            )
        return due
