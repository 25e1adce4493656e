"""Automatic messages outside of the 24-hour window: the template that was chosen, or nothing; a free text never."""

import contextlib
import os
from collections import Counter
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils.timezone import now
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from helpdesk.errors import Refused
from tickets.actions import lifecycle, rates
from tickets.models import Message, Rating, Template
from tickets.models.ticket import WINDOW
from tickets.tests.shelf import ACCOUNT

pytestmark = pytest.mark.django_db
EXAMPLES = max(30, int(os.environ.get("FUZZ_CASES", "0")) // 200)
LATE = {"hours": 25}
OCCASIONS = ("acceptance", "transfer", "farewell", "inactivity_warning", "inactivity_closing", "rating")
STATES = st.sampled_from(["approved", "approved", "paused", "gone", "none"])


@pytest.fixture
def template(office, shelf):
    """One per occasion, approved; answers a function that changes it."""
    with office.world.scope():
        for occasion in OCCASIONS:
            text = f"{{{{1}}}}, aqui é {{{{2}}}} sobre: {occasion}."
            Template.objects.create(
                kind="cloud_api", account=ACCOUNT, name=occasion, language="pt_BR", status="approved",
                provider_id=occasion, components=[{"type": "BODY", "text": text}], synced_at=now(),
                defaults={"1": "{{firstName}}", "2": "{{userName}}"},
            )  # fmt: skip

    def _change(occasion, **fields):
        with office.world.scope():
            Template.objects.filter(name=occasion).update(**fields)

    return _change


@pytest.fixture
def chosen(office, template):
    office.options(**{f"{one}_template": f"{one}/pt_BR" for one in OCCASIONS})
    office.options(
        acceptance=True, transfer=True, farewell=True, rating="nps", undo_seconds=0,
        inactivity_minutes=1600, inactivity_warning="Ainda está aí?",
        inactivity_close_minutes=60, inactivity_closing="Encerramos.",
    )  # fmt: skip
    return template


@pytest.fixture
def maria(office):
    return office.customer()


def accept(office, user, ticket):
    with office.acting():
        lifecycle.accept(office.ticket(ticket.pk), by=user)
    office.ring()


def said(office, occasion):
    with office.world.scope():
        rows = Message.objects.filter(content__automatic=occasion).order_by("id")
        return [(row.kind, row.body) for row in rows]


def words(occasion, agent="Bruno"):
    return [("template", f"Maria, aqui é {agent} sobre: {occasion}.")]


def test_within_the_window_the_text_is_said(office, chosen, maria, bruno):
    accept(office, bruno, office.writes(maria))
    assert [kind for kind, _ in said(office, "acceptance")] == ["text"]


def test_who_wrote_yesterday_is_greeted_and_told_goodbye_by_template(office, chosen, maria, bruno):
    ticket = office.writes(maria)
    office.after(**LATE)
    accept(office, bruno, ticket)
    assert said(office, "acceptance") == words("acceptance")
    office.closes(bruno, ticket)
    office.after(seconds=5)
    assert said(office, "farewell") == words("farewell")


def test_silence_is_warned_of_and_ended_by_template(office, chosen, maria, bruno):
    ticket = office.writes(maria)
    accept(office, bruno, ticket)
    office.answers(bruno, ticket)
    office.after(minutes=1601)
    assert said(office, "inactivity_warning") == words("inactivity_warning")
    office.after(minutes=61)
    assert office.ticket(ticket.pk).status == "closed"
    assert said(office, "inactivity_closing") == words("inactivity_closing")


def test_a_rating_is_asked_by_template_and_its_answer_heard(office, chosen, maria, bruno):
    ticket = office.writes(maria)
    accept(office, bruno, ticket)
    office.after(**LATE)
    office.closes(bruno, ticket)
    office.after(seconds=5)
    assert said(office, "rating") == words("rating")
    office.writes(maria, "9")
    office.after(seconds=2)
    with office.world.scope():
        assert Rating.objects.get().score == 9
    assert office.ticket(ticket.pk).status == "closed"


@pytest.mark.parametrize("why", ["none chosen", "paused", "unknown", "not a name", "a variable stays empty"])
def test_without_a_template_that_can_be_sent_nothing_is_said(office, chosen, paper, maria, bruno, why):
    match why:
        case "none chosen":
            office.options(acceptance_template="")
        case "paused":
            chosen("acceptance", status="paused")
        case "unknown":
            office.options(acceptance_template="gone/pt_BR")
        case "not a name":
            office.options(acceptance_template="acceptance")
        case _:
            chosen("acceptance", defaults={"1": "{{firstName}}"})
    ticket = office.writes(maria)
    office.after(**LATE)
    accept(office, bruno, ticket)
    assert said(office, "acceptance") == []
    assert office.ticket(ticket.pk).agent_id == bruno.pk
    assert paper.sent == []


acts = st.one_of(
    st.tuples(st.just("writes"), st.none()),
    st.tuples(st.just("waits"), st.sampled_from([0.01, 1, 12, 23.97, 23.99, 24, 30])),
    st.tuples(st.sampled_from(["accepts", "answers", "transfers", "closes"]), st.none()),
)
days = st.lists(acts, min_size=4, max_size=12)
ALWAYS = [
    ("writes", None),
    ("waits", 24),
    ("accepts", None),
    ("transfers", None),
    ("closes", None),
    ("waits", 1),
]
SILENT = [("writes", None), ("accepts", None), ("answers", None), ("waits", 30), ("waits", 2)]


class Story:
    def __init__(self, office, paper, agent, queue):
        self.office, self.agent, self.queue = office, agent, queue
        self.customer, self.ticket, self.heard, self.late = office.customer(), None, [], Counter()
        paper.before_submit = self.tried
        self.faults = []

    def tried(self):
        """Called by the channel in the very moment of a try."""
        [message] = Message.objects.filter(state="sending", ticket__contact=self.customer)
        inside = any(at <= now() < at + WINDOW for at in self.heard)
        if message.kind != "template" and not inside:
            self.faults.append(f"{message.content} left outside of the window")
        if message.kind == "template" and inside and now() + timedelta(seconds=60) < self.heard[-1] + WINDOW:
            self.faults.append(f"{message.content} was paid for although the window is open")
        if not inside:
            self.late[message.content["automatic"]] += 1

    def writes(self, _):
        self.heard.append(now())
        self.ticket = self.office.writes(self.customer)

    def waits(self, hours):
        self.office.after(hours=hours)

    def accepts(self, _):
        accept(self.office, self.agent, self.ticket)

    def answers(self, _):
        self.office.answers(self.agent, self.ticket)

    def transfers(self, _):
        self.office.transfers(self.agent, self.ticket, queue=self.queue, agent=self.agent)
        self.office.ring()

    def closes(self, _):
        self.office.closes(self.agent, self.ticket)
        self.office.after(seconds=5)


@pytest.mark.no_cover
def test_whatever_happens_no_free_text_leaves_outside_the_window(
    office, chosen, paper, bruno, sales, monkeypatch
):
    monkeypatch.setattr(rates, "take", lambda *_, **__: 0.0)  # how fast is another story
    late: Counter[str] = Counter()

    @example(told=ALWAYS, state="approved")
    @example(told=SILENT, state="approved")
    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
    @given(told=days, state=STATES)
    def check(told, state):
        with transaction.atomic(), office.world.scope():
            if state != "approved":
                Template.objects.update(
                    status="paused"
                ) if state == "paused" else Template.objects.all().delete()
            if state == "none":
                office.options(**{f"{one}_template": "" for one in OCCASIONS})
            story = Story(office, paper, bruno, sales)
            try:
                for act, value in told:
                    if story.ticket is not None or act in {"writes", "waits"}:
                        with contextlib.suppress(Refused):  # closed, taken, too late: the door said so
                            getattr(story, act)(value)
                assert story.faults == []
                if state != "approved":
                    assert not story.late
                late.update(story.late)
            finally:
                transaction.set_rollback(True)

    check()
    assert {"acceptance", "farewell", "rating", "inactivity_warning"} <= set(late), "told by no story"
