"""Whatever happens and whenever: free texts leave inside the 24-hour window only, and what was parked leaves once.

Time stands still until the story moves it. The channel is asked at every try what it was, and when; each story is
forgotten again, so that the next begins in the same company.
"""

import contextlib
import os
from collections import Counter
from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import TestCase
from django.utils.timezone import now
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from helpdesk.errors import Refused as No
from tickets.actions import lifecycle, outbound, parking, rates, undo
from tickets.actions.composing import Draft
from tickets.models import Message, Ticket
from tickets.models.ticket import WINDOW
from tickets.tests.office import NOON
from tickets.transport import Accepted, Postponed, Refused, Unclear

pytestmark = [pytest.mark.django_db, pytest.mark.no_cover]
EXAMPLES = max(60, int(os.environ.get("FUZZ_CASES", "0")) // 40)
HELLO = {"name": "hello_again", "language": "pt_BR"}
CAN_HAPPEN = {
    "released", "released several", "parked again by our clock", "parked again by theirs", "expired",
    "cancelled by closing", "cancelled by hand", "waited again after undo", "doubtful", "failed", "rewritten",
}  # fmt: skip

PAUSE, LONG_PAUSE = (Postponed("pair_rate_limited", "", "lane", seconds) for seconds in (30, 40_000))
LATE = Refused("window_closed", "Too late", "", window_closed=True)
UNREACHABLE, UNCLEAR = Refused("recipient_unreachable", "", ""), Unclear("no_answer", "")

TWO = [("parks", False), ("parks", False)]

troubles = st.sampled_from([PAUSE, PAUSE, LONG_PAUSE, LATE, UNREACHABLE, UNCLEAR])
parks = st.tuples(st.just("parks"), st.booleans())
waits = st.tuples(st.just("waits"), st.sampled_from([0.005, 0.01, 1, 11.9, 23.97, 23.99, 24, 30]))
# The same, and no worker runs meanwhile: what was due in between is late.
stands = st.tuples(st.just("stands"), st.sampled_from([0.01, 11.9, 23.99, 24, 30]))
writes = st.tuples(st.just("writes"), st.sampled_from([0, 0, 3, 30]))  # hours that the webhook was under way
trouble = st.tuples(st.just("trouble"), st.lists(troubles, min_size=1, max_size=3))
others = st.one_of(
    parks,
    waits,
    writes,
    trouble,
    st.tuples(st.just("sends"), st.none()),
    st.tuples(st.just("cancels"), st.integers(0, 3)),
    st.tuples(st.just("rewrites"), st.integers(0, 3)),
    st.tuples(st.just("closes"), st.none()),
    st.tuples(st.just("undoes"), st.none()),
    st.tuples(st.just("reopens"), st.none()),
)
# Parked, something in between, answered or not, some time: without such a shape few stories get anywhere.
rounds = st.tuples(
    st.lists(parks, min_size=1, max_size=3),
    st.lists(others, max_size=2),
    st.lists(trouble, max_size=1),
    st.lists(writes, max_size=1),
    st.sampled_from([[], [], [], [("closes", None)]]),
    st.one_of(waits, stands).map(lambda act: [act]),
).map(lambda parts: [act for part in parts for act in part])
stories = st.lists(rounds, min_size=1, max_size=2).map(lambda some: [act for acts in some for act in acts])

# Always told, so that each thing that can happen does.
ANSWERED = ("writes", 0)
ALWAYS = {
    "no worker ran until the window was closed": [*TWO, ("trouble", [PAUSE]), ANSWERED, ("stands", 30)],
    "no worker ran, and it was not parked": [ANSWERED, ("trouble", [PAUSE]), ("sends", None), ("stands", 30)],
    "the channel says that it is too late": [*TWO, ("trouble", [LATE]), ANSWERED],
    "the pause is longer than the window": [*TWO, ("trouble", [LONG_PAUSE]), ("writes", 20)],
    "the ticket is closed, and later the customer writes": [*TWO, ("closes", None), ("waits", 1), ANSWERED],
    "the closing is taken back": [*TWO, ("closes", None), ("undoes", None), ANSWERED],
    "one is taken back, one rewritten": [*TWO, *TWO, ("cancels", 0), ("rewrites", 1), ANSWERED],
    "trouble": [*TWO, *TWO, ("trouble", [UNREACHABLE, PAUSE, UNCLEAR]), ANSWERED, ("waits", 1)],
    "the window is open, so that nothing waits, and the channel says that it is too late": [
        ANSWERED,
        ("trouble", [LATE]),
        *TWO,
    ],
    "only one waits": [("parks", True), ANSWERED, ANSWERED],
}


class Story:
    """One customer whose window has just closed, one agent, and every try that the channel saw."""

    def __init__(self, office, paper, agent, customer):
        self.office, self.paper, self.agent, self.customer = office, paper, agent, customer
        self.heard, self.tries, self.parked, self.faults, self.seen = [], [], [], [], Counter()
        self.count = 0
        office._clock.move_to(NOON, tick=False)
        office.world.ticket(
            office.line, customer, status="open", agent=agent, opened_at=now(), at=now() - timedelta(hours=25)
        )
        paper.answers, paper.before_submit = [], self.tried

    def tell(self, acts):
        for act, value in acts:
            with contextlib.suppress(No):  # closed, too late, no longer parked: the door said so
                getattr(self, act)(value)
        self.end()

    def tried(self):
        """Called by the channel in the very moment of a try."""
        rows = Message.objects.filter(state="sending", ticket__contact=self.customer)
        [(pk, kind)] = rows.values_list("pk", "kind")
        answer = self.paper.answers[0] if self.paper.answers else Accepted("")
        self.tries.append(SimpleNamespace(pk=pk, answer=answer, is_free=kind != "template"))
        if kind != "template" and not any(at <= now() < at + WINDOW for at in self.heard):
            self.faults.append(f"{pk} was tried outside of the window at {now()}")
        if answer is LATE:
            self.heard.clear()  # their clock is the one that counts

    @property
    def ticket(self):
        return Ticket.objects.filter(contact=self.customer).latest("pk")

    def text(self):
        self.count += 1
        return f"text {self.count}"

    def parks(self, with_template):
        with self.office.acting():
            draft = Draft(uuid4(), "text", self.text())
            template = HELLO if with_template else None
            rows, _ = parking.park(self.ticket, draft, template=template, by=self.agent)
        if rows[0].state == "parked":  # with the window open it was sent like any other
            self.parked.append(rows[0].pk)

    def writes(self, hours):
        at = now() - timedelta(hours=hours)
        self.heard.append(at)
        waiting = self.waiting()
        self.office.writes(self.customer, "oi", at=at)
        if left := waiting - self.waiting():
            self.released(left)

    def released(self, left):
        """In the thread they stand below the answer, in the order they were written."""
        self.seen["released several" if len(left) > 1 else "released"] += 1
        with self.office.world.scope():
            rows = Message.objects.filter(pk__in=left) | Message.objects.filter(
                ticket__contact=self.customer, direction="in"
            )
            shown = [row.pk for row in rows.order_by("at", "id") if row.direction == "out"]
            if shown != sorted(left) or rows.order_by("at", "id").last().direction != "out":
                self.faults.append(f"{sorted(left)} stand as {shown}")

    def waiting(self):
        with self.office.world.scope():
            rows = Message.objects.filter(ticket__contact=self.customer, state="parked")
            return set(rows.values_list("pk", flat=True))

    def waits(self, hours):
        """In two steps, so that workers look in between."""
        for part in (0.4, 0.6):
            self.stands(hours * part)

    def stands(self, hours):
        self.passes(hours=hours)
        waiting = self.waiting()
        self.work()
        self.seen["parked again by our clock"] += bool(self.waiting() - waiting)

    def passes(self, **time):
        self.office._clock.move_to(now() + timedelta(**time), tick=False)

    def sends(self, _):
        with self.office.acting():
            outbound.send(self.ticket, by=self.agent, client_id=uuid4(), body=self.text())

    def trouble(self, answers):
        self.paper.answers = list(answers)

    def cancels(self, index):
        for pk in self.parked[index : index + 1]:
            with self.office.acting():
                outbound.cancel(Message.objects.get(pk=pk), by=self.agent)

    def rewrites(self, index):
        for pk in self.parked[index : index + 1]:
            with self.office.acting():
                parking.rewrite(Message.objects.get(pk=pk), body=self.text())
            self.seen["rewritten"] += 1

    def closes(self, _):
        with self.office.acting():
            lifecycle.close(self.ticket, by=self.agent)
        if self.waiting():
            self.faults.append(f"{self.waiting()} still wait in a closed ticket")

    def undoes(self, _):
        with self.office.acting():
            undo.undo(self.ticket, by=self.agent)
        self.seen["waited again after undo"] += bool(self.waiting())

    def reopens(self, _):
        with self.office.acting():
            lifecycle.reopen(self.ticket, by=self.agent)

    def work(self):
        with TestCase.captureOnCommitCallbacks(execute=True):
            parking.sweep()
            outbound.sweep()

    def end(self):
        """Trouble is over; the customer writes, and everything that can leave does."""
        self.paper.answers = []
        self.writes(0)
        for seconds in (100, 41_000):  # doubts end, and then the longest pause
            self.passes(seconds=seconds)
            self.work()

    def judge(self):
        assert self.faults == []
        taken = [one.pk for one in self.tries if one.is_free and isinstance(one.answer, Accepted | Unclear)]
        assert taken == sorted(taken), "in the order they were written"
        assert len(taken) == len(set(taken)), "once"
        with self.office.world.scope():
            rows = list(Message.objects.filter(ticket__contact=self.customer, direction="out", kind="text"))
        assert {*self.parked} <= {row.pk for row in rows}
        for row in rows:
            self.judge_one(row, [one.answer for one in self.tries if one.pk == row.pk])

    def judge_one(self, row, answers):
        code = (row.error or {}).get("code")
        last = answers[-1] if answers else None
        was_parked = row.pk in self.parked
        self.seen["parked again by theirs"] += was_parked and LATE in answers
        match row.state:
            case "accepted":
                assert isinstance(last, Accepted)
            case "doubtful":
                assert last is UNCLEAR
            case "failed":
                assert last is UNREACHABLE or (last is LATE and not was_parked)
            case "expired":
                assert code == "window_closed" and "parked" not in row.content
            case "cancelled":
                assert not any(isinstance(answer, Accepted | Unclear) for answer in answers)
                self.seen[f"cancelled by {'closing' if code == 'parked_ticket_closed' else 'hand'}"] += 1
            case _:
                raise AssertionError(f"{row.pk} ended as {row.state}")
        self.seen[row.state] += 1


def test_free_texts_stay_inside_the_window_and_parked_ones_leave_once_in_order(
    office, paper, bruno, monkeypatch
):
    # How fast messages may leave is not this story, and Redis does not travel in time.
    monkeypatch.setattr(rates, "take", lambda *_, **__: 0.0)
    customer, seen = office.customer(), Counter()

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(told=stories)
    def check(told):
        with transaction.atomic(), office.world.scope():
            story = Story(office, paper, bruno, customer)
            try:
                story.tell(told)
                story.judge()
            finally:
                seen.update(story.seen)
                transaction.set_rollback(True)

    for told in ALWAYS.values():
        check = example(told=told)(check)
    check()
    assert {name for name in CAN_HAPPEN if not seen[name]} == set(), (
        "told by no story: it proves nothing there"
    )
