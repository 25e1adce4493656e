"""Whatever people, customers and time do, and however the rules are combined: what the rules promise holds.

Hypothesis plays an office in which time stands still between acts, with a database and the real jobs. After each
act, every step that rules took is looked at.
"""

import itertools
import os
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from unittest import mock

import pytest
import time_machine
from django.utils.timezone import now
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tenants.actions import team
from tenants.models import Membership
from tests.support.world import make_company
from tickets.actions import assignment, desks, lifecycle, snooze
from tickets.models import Message, Queue, Ticket, TicketHistory
from tickets.models.ticket import WINDOW
from tickets.tests.office import Office

EXAMPLES = max(6, int(os.environ.get("FUZZ_CASES", "0")) // 500)
PEOPLE = ("Ana", "Bia", "Caio")
_companies = itertools.count(1)
wrong: list[str] = []

minutes = st.sampled_from([None, 2, 2, 7])  # most rules are on, so that they meet
ACTS = ("answer", "answer", "close", "put aside", "hand on", "take")
agents = st.integers(0, len(PEOPLE) - 1)
queues = st.integers(0, 2)


class Clock:
    """What `time_machine`'s fixture does, for a test that needs a new clock for each example."""

    def __init__(self) -> None:
        self._travel: Any = None

    def move_to(self, at: Any, *, tick: bool) -> None:
        self.stop()
        self._travel = time_machine.travel(at, tick=tick)
        self._travel.start()

    def stop(self) -> None:
        if self._travel is not None:
            self._travel.stop()
            self._travel = None


class AnyOffice(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.clock = Clock()
        world = make_company(f"Office {next(_companies)}")
        self.office = Office(world, world.connection(), self.clock)
        self.queues = [world.queue(name) for name in ("Norte", "Sul", "Leste")]
        self.people = [
            world.person(name, "agent", tuple(self.queues[: place + 1])) for place, name in enumerate(PEOPLE)
        ]
        self.customers = [self.office.customer(f"Cliente {n}") for n in range(6)]
        self.tickets: list[int] = []

    @initialize(
        data=st.data(), owner_first=st.booleans(), busy=st.booleans(), capacity=st.sampled_from([0, 0, 2]),
        after=st.sampled_from(["ours", "any"]), warn=st.sampled_from([0, 60, 60 * 25]),
    )  # fmt: skip
    def rules(self, data: Any, owner_first: bool, busy: bool, capacity: int, after: str, warn: int) -> None:
        """Any combination of the rules."""
        self.office.options(
            owner_first=owner_first, assign_to_busy=busy, agent_capacity=capacity, inactivity_minutes=warn,
            inactivity_warning="Ainda está aí?", inactivity_close_minutes=10, inactivity_closing="Até logo.",
            inactivity_after=after,
        )  # fmt: skip
        with self.office.world.scope():
            for queue in self.queues:
                queue.assignment = data.draw(st.sampled_from(["round_robin", "least_busy", "manual"]))
                queue.previous_first = data.draw(st.booleans())
                queue.capacity = data.draw(st.sampled_from([None, None, 1, 2]))
                queue.idle_minutes = data.draw(minutes)
                queue.away_minutes = data.draw(minutes)
                queue.overflow_minutes = data.draw(minutes)
                others = [other for other in self.queues if other.pk != queue.pk]
                queue.overflow_queue = data.draw(st.sampled_from(others))
                queue.save()
        for customer in self.customers[:3]:
            self.office.contact(customer.pk, owner=data.draw(st.sampled_from([None, *self.people])))
        for person in self.people:
            self.office.says(person, data.draw(st.sampled_from(["online", "online", "online", "busy"])))
        for customer in range(len(self.customers)):
            self.customers_write([customer], data.draw(queues))

    @rule(who=st.lists(st.integers(0, 5), min_size=1, max_size=4), queue=queues)
    def customers_write(self, who: list[int], queue: int) -> None:
        self.office.line.queue = self.queues[queue]
        for customer in who:
            ticket = self.office.writes(self.customers[customer])
            if ticket.pk not in self.tickets:
                self.tickets.append(ticket.pk)

    @rule(person=agents, said=st.sampled_from(["online", "online", "online", "busy", "away", "offline"]))
    def somebody_comes_or_goes(self, person: int, said: str) -> None:
        who = self.people[person]
        self.office.leaves(who) if said == "offline" else self.office.says(who, said)

    @precondition(lambda self: self.tickets)
    @rule(place=st.integers(0, 20), act=st.sampled_from(ACTS), person=agents, queue=queues)
    def somebody_acts(self, place: int, act: str, person: int, queue: int) -> None:
        """What is possible of: answer, close, put aside, hand on, take by hand."""
        ticket = self.office.ticket(self.tickets[place % len(self.tickets)])
        if ticket.is_closed:
            return
        if act == "take" and ticket.is_waiting:
            with self.office.acting():
                lifecycle.accept(ticket, by=self.people[person])
        elif act == "hand on":
            self.office.transfers(self.people[person], ticket, queue=self.queues[queue])
        elif ticket.agent is None:
            return
        elif act == "answer" and ticket.window_is_open(now() + timedelta(minutes=2)):
            self.office.answers(ticket.agent, ticket)
        elif act == "close":
            self.office.closes(ticket.agent, ticket)
        elif act == "put aside":
            with self.office.acting():
                snooze.snooze(ticket, until=now() + timedelta(minutes=15), by=ticket.agent)

    @rule(person=agents, capacity=st.sampled_from([None, 0, 1, 3]))
    def somebody_may_carry_more_or_less(self, person: int, capacity: int | None) -> None:
        member = self.office.member(self.people[person])
        with self.office.acting():
            team.change(member, {"capacity": capacity}, by=None)

    @rule(passed=st.sampled_from([1, 3, 8, 8, 21]))
    def time_passes(self, passed: int) -> None:
        self.office.after(minutes=passed)

    @rule(passed=st.sampled_from([8, 21, 70, 60 * 26]))
    def the_clock_was_down(self, passed: int) -> None:
        """Everything that became due meanwhile rings late, and at once."""
        self.clock.move_to(now() + timedelta(minutes=passed), tick=False)
        self.office.ring()

    @invariant()
    def nobody_absent_or_full_is_given_anything(self) -> None:
        assert wrong == []

    @invariant()
    def nobody_moves_in_circles(self) -> None:
        """Between two answers or acts of people, rules send a ticket to each queue and each idle agent once."""
        with self.office.world.scope():
            said = Message.objects.filter(author__isnull=False).order_by("created_at")
            answers = list(said.values_list("ticket", "created_at"))
            steps = list(TicketHistory.objects.order_by("ticket", "id"))
        for ticket, taken in itertools.groupby(steps, lambda step: step.ticket_id):
            look_for_circles(list(taken), [at for answered, at in answers if answered == ticket])

    @invariant()
    def nothing_leaves_outside_the_window(self) -> None:
        with self.office.world.scope():
            heard = list(Message.objects.filter(direction="in").values_list("ticket", "at"))
            for message in Message.objects.filter(content__has_key="automatic"):
                last = max(at for ticket, at in heard if ticket == message.ticket_id and at <= message.at)
                assert message.at < last + WINDOW

    @invariant()
    def who_waits_where_somebody_is_free_does_not_wait(self) -> None:
        with self.office.world.scope():
            waiting = Ticket.objects.filter(status="pending", agent=None, snoozed_at=None, awaiting="")
            ids = set(waiting.values_list("queue", flat=True))
            for queue in Queue.objects.filter(pk__in=ids, assignment__in=["round_robin", "least_busy"]):
                free = desks.Desks([queue]).free(queue)
                assert not free, f"{free} could take what waits in {queue.name}"

    def teardown(self) -> None:
        self.clock.stop()


def look_for_circles(steps: list[TicketHistory], answers: list[Any]) -> None:
    seen: set[tuple[str, int]] = set()
    last = steps[0].created_at
    for step in steps:
        if step.by_id is not None or any(last <= at <= step.created_at for at in answers):
            seen.clear()
        last = step.created_at
        if step.kind == "overflowed":
            key, is_move = ("queue", step.data["to_queue"]["id"]), True
        elif step.kind == "assigned":
            # Who was absent and comes back may be given it again, but not because a colleague is idle.
            key, is_move = ("agent", step.data["agent"]["id"]), step.data["reason"] == "idle"
        else:
            if step.kind in {"closed", "reopened"}:
                seen.clear()
            continue
        assert not (is_move and key in seen), f"{step.kind} {step.data}"
        seen.add(key)


def wrongs(ticket: Ticket, user_id: int, company: Any, reason: str) -> Iterator[str]:
    """What is wrong with giving this ticket to this person, in the moment before it is given."""
    person = Membership.objects.get(user=user_id)
    present = {"online", "busy"} if company.option("assign_to_busy") else {"online"}
    held = Ticket.objects.filter(agent=user_id, status="open", snoozed_at=None)
    most = desks.capacity_of(person, company)
    served = set(person.queue_members.values_list("queue_id", flat=True))
    queue = ticket.queue
    if person.presence not in present:
        yield "given to somebody absent"
    if most is not None and held.count() >= most:
        yield "given more than they can carry"
    if (
        queue is not None
        and queue.capacity is not None
        and held.filter(queue=queue).count() >= queue.capacity
    ):
        yield "given more than the queue allows"
    if reason != assignment.OWNER and ticket.queue_id not in served:
        yield "given to somebody who does not serve the queue"
    if ticket.is_closed or ticket.snoozed_at is not None:
        yield "given although nobody waits"


@pytest.mark.django_db
@pytest.mark.no_cover
def test_no_combination_of_the_rules_breaks_what_they_promise(paper):
    """Each ticket that a rule gives to somebody is looked at in the moment before."""
    give = assignment.give
    wrong.clear()

    def checked(ticket: Ticket, user_id: int, present: desks.Desks, reason: str) -> None:
        wrong.extend(wrongs(ticket, user_id, present.company, reason))  # raised, it would stay in the job
        give(ticket, user_id, present, reason)

    with mock.patch.object(assignment, "give", checked):
        run_state_machine_as_test(
            AnyOffice,
            settings=settings(
                max_examples=EXAMPLES, stateful_step_count=20, deadline=None, derandomize=EXAMPLES < 100,
                suppress_health_check=list(HealthCheck), print_blob=True,
            ),
        )  # fmt: skip
