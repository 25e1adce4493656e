"""Whatever happens and whenever: free texts leave inside the 24-hour window only, and what was parked leaves once.

Time stands still until the story moves it; the channel is asked what really left, and when.
"""

import contextlib
import os
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import TestCase
from django.utils.timezone import now
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpdesk.errors import Refused as No
from tickets.actions import lifecycle, outbound, parking
from tickets.actions.composing import Draft
from tickets.models import Message, Ticket
from tickets.models.ticket import WINDOW
from tickets.transport import Postponed, Refused, Unclear

pytestmark = pytest.mark.django_db
EXAMPLES = max(100, int(os.environ.get("FUZZ_CASES", "0")) // 40)
HELLO = {"name": "hello_again", "language": "pt_BR"}

troubles = st.sampled_from(
    [
        Postponed("pair_rate_limited", "", "lane", 30),
        Postponed("pair_rate_limited", "", "lane", 40_000),
        Refused("window_closed", "Too late", "", window_closed=True),
        Refused("recipient_unreachable", "", ""),
        Unclear("no_answer", ""),
    ]
)
parks = st.tuples(st.just("parks"), st.booleans())
waits = st.tuples(st.just("waits"), st.sampled_from([0.005, 0.01, 1, 11.9, 23.97, 23.99, 24, 30]))
writes = st.tuples(st.just("writes"), st.sampled_from([0, 0, 3, 30]))  # hours that the webhook was under way
others = st.one_of(
    parks,
    waits,
    writes,
    st.tuples(st.just("sends"), st.none()),
    st.tuples(st.just("trouble"), st.lists(troubles, max_size=3)),
    st.tuples(st.just("cancels"), st.integers(0, 3)),
    st.tuples(st.just("rewrites"), st.integers(0, 3)),
    st.tuples(st.just("closes"), st.none()),
    st.tuples(st.just("reopens"), st.none()),
)
# Parked, perhaps something in between, answered or not, some time: without such a shape few stories get anywhere.
rounds = st.tuples(
    st.lists(parks, min_size=1, max_size=3), st.lists(others, max_size=2), st.lists(writes, max_size=1), waits
).map(lambda parts: [act for part in parts[:3] for act in part] + [parts[3]])
stories = st.lists(rounds, min_size=1, max_size=3).map(lambda some: [act for acts in some for act in acts])


class Story:
    """One customer, one agent, and what the channel saw of it."""

    def __init__(self, office, paper, agent):
        self.office, self.paper, self.agent = office, paper, agent
        self.customer = office.customer()
        self.heard, self.left, self.parked, self.count = [], [], [], 0
        self.before = len(paper.sent)
        paper.answers = []
        paper.after_submit = self.watch
        self.writes(0)
        self.waits(25)

    @property
    def ticket(self):
        with self.office.world.scope():
            return Ticket.objects.filter(contact=self.customer).latest("pk")

    def watch(self):
        """Called by the channel in the very moment of a try that it took."""
        for one in self.paper.sent[self.before + len(self.left) :]:
            self.left.append((one["body"] or one["kind"], one["kind"], now()))

    def text(self):
        self.count += 1
        return f"text {self.count}"

    def parks(self, with_template):
        body = self.text()
        with self.office.acting():
            draft = Draft(uuid4(), "text", body)
            rows, _ = parking.park(
                self.ticket, draft, template=HELLO if with_template else None, by=self.agent
            )
        self.parked.append(rows[0].pk)

    def writes(self, hours):
        at = now() - timedelta(hours=hours)
        self.heard.append(at)
        self.office.writes(self.customer, "oi", at=at)

    def waits(self, hours):
        """In two steps, so that workers look in between."""
        for part in (0.4, 0.6):
            self.office._clock.move_to(now() + timedelta(hours=hours * part), tick=False)
            self.work()

    def sends(self, _):
        with self.office.acting():
            outbound.send(self.ticket, by=self.agent, client_id=uuid4(), body=self.text())

    def trouble(self, answers):
        self.paper.answers = list(answers)

    def cancels(self, index):
        if index < len(self.parked):
            with self.office.acting():
                outbound.cancel(Message.objects.get(pk=self.parked[index]), by=self.agent)

    def rewrites(self, index):
        if index < len(self.parked):
            with self.office.acting():
                parking.rewrite(Message.objects.get(pk=self.parked[index]), body=self.text())

    def closes(self, _):
        with self.office.acting():
            closed = lifecycle.close(self.ticket, by=self.agent)
            assert not Message.objects.filter(ticket=closed, state="parked").exists()

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
            self.office._clock.move_to(now() + timedelta(seconds=seconds), tick=False)
            self.work()
        self.writes(0)
        self.work()


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told=stories)
def test_free_texts_stay_inside_the_window_and_parked_ones_leave_once_in_order(office, paper, bruno, told):
    story = Story(office, paper, bruno)
    for act, value in told:
        with contextlib.suppress(No):  # closed, too late, no longer parked: the door said so
            getattr(story, act)(value)
    story.end()
    free = [(body, at) for body, kind, at in story.left if kind != "template"]
    for _, at in free:
        assert any(heard <= at < heard + WINDOW for heard in story.heard)
    with office.world.scope():
        rows = {row.pk: row for row in Message.objects.filter(pk__in=story.parked)}
    sent = [body for body, _ in free]
    assert len(sent) == len(set(sent))
    for row in rows.values():
        times = sent.count(row.body)
        if row.state == "accepted":
            assert times == 1
        else:
            assert times == 0
            assert row.state in {"cancelled", "failed", "doubtful"}
            assert row.state == "cancelled" or row.error
    # What was settled by a person's decision or a doubt aside, they left in the order they were written.
    order = [rows[pk].body for pk in story.parked if rows[pk].state == "accepted"]
    assert [body for body in sent if body in order] == order
