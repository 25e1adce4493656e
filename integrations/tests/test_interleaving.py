"""Whatever happens in whichever order: nothing an assistant says leaves after a person has acted, nothing is answered
twice or past a newer message, and every customer ends with an answer or with people.

Each schedule is one customer, slow models that may die, agents, phones, rules and a channel in trouble, in an order
that its number decides. `AI_SCHEDULES=10000 pytest integrations/tests/test_interleaving.py` tells ten thousand.
"""

import contextlib
import os
from collections import Counter
from datetime import timedelta
from itertools import pairwise
from random import Random
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import TestCase
from django.utils.timezone import now

from helpdesk.errors import Refused as No
from integrations.actions import lost_turns, running
from integrations.actions.conversation import Act, Outcome
from integrations.models import Assistant, Turn
from tenants.scoping import CompanyTask
from tickets.actions import contacts, lifecycle, outbound, phone_messages, rates, snooze, timers, undo
from tickets.models import Connection, Message, Ticket
from tickets.tests.office import NOON
from tickets.transport import Accepted, Address, PhoneMessage, Postponed, Refused, Sender, Unclear

pytestmark = pytest.mark.django_db
SCHEDULES = int(os.environ.get("AI_SCHEDULES", "100"))
SHARDS = 2
JOBS = {"think", "deliver", "revive", "rescue", "consider", "drain", "freed"}
PAUSE, REFUSED, UNCLEAR = (
    Postponed("slow_down", "", "lane", 30),
    Refused("nobody_there", "", ""),
    Unclear("?", ""),
)
LEFT = (Accepted, Unclear)
CAN_HAPPEN = {
    "answered", "answered again", "handed over", "withdrawn", "discarded: person_acted", "discarded: customer_wrote_on",
    "worker died", "nudge lost", "another worker went on", "person during thought", "person before a try",
    "person during a try", "tried again after a person", "wrote during thought", "answer failed", "given by rule",
}  # fmt: skip
OFTEN = {"answered", "handed over", "withdrawn", "discarded: person_acted", "discarded: customer_wrote_on"}
PEOPLE = [
    "answers",
    "answers",
    "notes",
    "accepts",
    "moves",
    "gives",
    "closes",
    "snoozes",
    "phones",
    "turns_off",
    "undoes",
]
OTHERS = ["writes"] * 6 + ["passes"] * 7 + ["runs"] * 8 + ["sweeps"] * 2 + ["loses", "trouble", "trouble"]
# A customer writes, pauses, is thought about and answered: what else happens is put in between.
ROUND = ["writes", "pauses", "pauses", "runs", "runs", "runs"]


class WorkerDied(Exception):
    """A process that ends in the middle of its job."""


class Schedule:
    def __init__(self, desk: Any, number: int) -> None:
        self.desk, self.random, self.number = desk, Random(number), number
        self.jobs: list[Any] = []
        self.faults: list[str] = []
        self.told: list[str] = []
        self.seen: Counter[str] = Counter()
        self.tries: list[Any] = []
        self.acted: set[int] = set()
        self.depth = 0
        self.is_over = False
        self.thinks = 0
        desk.office._clock.move_to(NOON, tick=False)
        desk.paper.sent.clear()
        desk.paper.answers, desk.paper.before_submit = [], self.tried

    # --- the story ---

    def tell(self) -> None:
        for _ in range(self.random.randint(1, 3)):
            for act in ROUND:
                while self.random.random() < 0.3:
                    self.do(self.next_act())
                self.do(act)
        self.end()

    def next_act(self) -> str:
        people = self.random.random() < (0.35 if self.depth else 0.12)
        return self.random.choice(PEOPLE if people else OTHERS)

    def do(self, act: str) -> None:
        self.told.append("  " * self.depth + act)
        with contextlib.suppress(No), self.desk.office.acting():  # closed, taken, too late: the door said so
            getattr(self, act)()

    def meanwhile(self, what: str, most: int) -> None:
        """Others act while something slow is under way."""
        if self.is_over or self.depth >= 2 or self.random.random() < 0.45:
            return
        self.depth += 1
        before, heard = set(self.acted), self.heard()
        for _ in range(self.random.randint(1, most)):
            self.do(self.next_act())
        self.seen[f"person {what}"] += bool(self.acted - before)
        self.seen[f"wrote {what}"] += self.heard() > heard
        self.depth -= 1

    def end(self) -> None:
        """Trouble is over, and everything that goes on by itself does."""
        self.is_over = True
        self.desk.paper.answers = []
        for _ in range(5):
            self.passes(70)
            self.sweeps()
            while self.jobs:
                self.runs()

    # --- acts ---

    def writes(self) -> None:
        words = f"pergunta {uuid4().hex}" if self.random.random() < 0.93 else "quero falar com um atendente"
        was_closed = self.live() is None
        ticket = self.desk.office.writes(self.desk.maria, words)
        if was_closed:
            self.acted.discard(ticket.pk)  # another episode, in which nobody has acted

    def passes(self, seconds: float = 0) -> None:
        seconds = seconds or self.random.choice([0.4, 1.1, 2.5, 4.5, 5, 35, 100])
        self.desk.office._clock.move_to(now() + timedelta(seconds=seconds), tick=False)
        with TestCase.captureOnCommitCallbacks(execute=True):
            timers.ring()

    def pauses(self) -> None:
        self.passes(self.random.choice([1.1, 4.5, 5]))

    def runs(self) -> None:
        if not self.jobs:
            return
        task, args = self.jobs.pop(self.random.randrange(len(self.jobs)))
        self.told.append("  " * self.depth + f"> {task.name.rpartition('.')[2]}")
        with contextlib.suppress(WorkerDied), TestCase.captureOnCommitCallbacks(execute=True):
            task(*args)

    def loses(self) -> None:
        if self.jobs:
            self.jobs.pop(self.random.randrange(len(self.jobs)))
            self.seen["nudge lost"] += 1

    def sweeps(self) -> None:
        with TestCase.captureOnCommitCallbacks(execute=True):
            lost_turns.sweep()
            outbound.sweep()

    def trouble(self) -> None:
        if not self.depth:
            self.desk.paper.answers = [self.random.choice([PAUSE, PAUSE, REFUSED, UNCLEAR])]

    def answers(self) -> None:
        self.by_a_person(
            lambda one: outbound.send(one, by=self.desk.bruno, client_id=uuid4(), body="Já respondo")
        )

    def notes(self) -> None:
        self.by_a_person(
            lambda one: outbound.send(one, by=self.desk.bruno, client_id=uuid4(), kind="note", body="Oi")
        )

    def accepts(self) -> None:
        self.by_a_person(lambda one: lifecycle.accept(one, by=self.desk.bruno))

    def moves(self) -> None:
        self.by_a_person(lambda one: lifecycle.transfer(one, by=self.desk.bruno, queue=self.desk.support))

    def gives(self) -> None:
        self.by_a_person(lambda one: lifecycle.transfer(one, by=self.desk.bruno, agent=self.desk.dora))

    def closes(self) -> None:
        self.by_a_person(lambda one: lifecycle.close(one, by=self.desk.bruno))

    def snoozes(self) -> None:
        self.by_a_person(lambda one: snooze.snooze(one, until=None, by=self.desk.bruno))

    def undoes(self) -> None:
        self.by_a_person(lambda one: undo.undo(one, by=self.desk.bruno))

    def turns_off(self) -> None:
        self.by_a_person(lambda one: contacts.update(one.contact, bot_off=True))

    def phones(self) -> None:
        peer = Sender(addresses=(Address("phone", self.desk.maria.number),), name="Maria")
        said = PhoneMessage(
            provider_id=f"wamid.{uuid4().hex}", peer=peer, direction="out", kind="text", body="Oi, sou eu", at=now(),
            state="sent",
        )  # fmt: skip
        line = Connection.objects.get(pk=self.desk.line.pk)
        self.by_a_person(lambda one: phone_messages.take(line, said))

    def by_a_person(self, act: Any) -> None:
        """Once the first such act is committed, nothing waits to leave. What was on the wire just then may come back
        into its lane: it is held when it would leave."""
        ticket = self.live()
        if ticket is None:
            return
        act(ticket)
        if ticket.pk in self.acted:
            return
        self.acted.add(ticket.pk)
        waiting = Message.objects.filter(ticket=ticket.pk, state="queued", content__has_key="word")
        if waiting.exists():
            self.faults.append("something of the assistant's still waits to leave")

    # --- what is slow ---

    def think(self, conversation: Any, **_: Any) -> Outcome:
        """A model, while others act. It may take too long, and its worker may die."""
        self.thinks += 1
        self.meanwhile("during thought", 4)
        chance = self.random.random()
        if chance < 0.12 and not self.is_over:
            self.seen["worker died"] += 1
            raise WorkerDied
        if self.random.random() < 0.3 and not conversation.may_go_on():
            return Outcome(error="overtaken")
        if chance < 0.25:
            return Outcome(handover=running.Handover("upset", "Quer falar com alguém."))
        if chance < 0.3:
            return Outcome(handover=running.Handover("failed"), error="timeout")
        acts = (Act("close_ticket", {}),) if chance < 0.33 else ()
        return Outcome(text=f"Resposta {uuid4().hex}", acts=acts)

    def before_try(self, *_: Any, **__: Any) -> float:
        self.meanwhile("before a try", 2)
        return 0.0

    def tried(self) -> None:
        """Called by the channel in the very moment of a try."""
        row = Message.objects.filter(state="sending", ticket__contact=self.desk.maria).latest("updated_at")
        answer = self.desk.paper.answers[0] if self.desk.paper.answers else Accepted("")
        is_theirs = "word" in row.content
        if is_theirs and row.ticket_id in self.acted:
            self.faults.append(f"{row.body!r} left after a person had acted")
        self.tries.append(SimpleNamespace(pk=row.pk, answer=answer, is_theirs=is_theirs))
        acted = set(self.acted)
        if answer is PAUSE and is_theirs and not self.is_over and self.random.random() < 0.5:
            self.do(self.random.choice(PEOPLE[:6]))  # it comes back into its lane, and may not leave it again
        self.meanwhile("during a try", 2)
        if answer is PAUSE and is_theirs and row.ticket_id in self.acted - acted:
            self.seen["tried again after a person"] += 1

    # --- what came of it ---

    def live(self) -> Ticket | None:
        rows = Ticket.objects.live().filter(contact=self.desk.maria).select_related("contact")
        found: Ticket | None = rows.first()
        return found

    def heard(self) -> int:
        return int(Message.objects.filter(ticket__contact=self.desk.maria, direction="in").count())

    def judge(self) -> None:
        for ticket in Ticket.objects.filter(contact=self.desk.maria).select_related("contact"):
            self.judge_ticket(ticket)
        taken = Counter(one.pk for one in self.tries if isinstance(one.answer, LEFT) and one.is_theirs)
        self.faults += [f"{pk} left {count} times" for pk, count in taken.items() if count > 1]
        story = "\n".join(self.told)
        assert self.faults == [], f"schedule {self.number}: {self.faults}\n{story}"

    def judge_ticket(self, ticket: Ticket) -> None:
        turns = list(Turn.objects.filter(ticket=ticket.pk).order_by("pk"))
        heard = list(
            Message.objects.filter(ticket=ticket.pk, direction="in")
            .order_by("pk")
            .values_list("pk", flat=True)
        )
        spoken = [turn for turn in turns if turn.state == "spoken"]
        for turn in spoken:
            if len(turn.said) != 1:
                self.faults.append(f"turn {turn.pk} said {turn.said}")
            if any(turn.upto < pk < turn.said[0] for pk in heard):
                self.faults.append(f"turn {turn.pk} answered past a newer message")
        ranges = sorted((turn.since, turn.upto) for turn in spoken)
        if any(one[1] >= other[0] for one, other in pairwise(ranges)):
            self.faults.append(f"answered twice: {ranges}")
        self.count(turns)
        self.judge_end(ticket, turns, heard)

    def judge_end(self, ticket: Ticket, turns: list[Turn], heard: list[int]) -> None:
        """No silent dead end: people have it, or the last thing the customer wrote has its answer."""
        if any(turn.is_under_way for turn in turns):
            self.faults.append("a turn never ended")
        if ticket.pk in self.acted or ticket.is_closed or ticket.agent_id or ticket.contact.bot_off:
            if ticket.awaiting:
                self.faults.append(f"awaits {ticket.awaiting} though people have it")
        elif ticket.awaiting == "bot":
            last = turns[-1] if turns else None
            said = Message.objects.filter(pk__in=last.said).first() if last else None
            if last is None or said is None or last.state != "spoken" or last.upto < heard[-1]:
                self.faults.append(f"a dead end: {[(turn.state, turn.outcome) for turn in turns]}")
            elif said.state != "accepted":
                self.faults.append(f"the answer is {said.state}, and nobody knows")
        elif not any(turn.state == "handed_over" for turn in turns) and not ticket.dialogue.get("by_hand"):
            # Whoever answered on the phone silenced what answers by itself here, in later episodes too.
            self.faults.append(f"nobody has it: {[(turn.state, turn.outcome) for turn in turns]}")

    def count(self, turns: list[Turn]) -> None:
        spoken = 0
        for turn in turns:
            spoken += turn.state == "spoken"
            self.seen["handed over"] += turn.state == "handed_over"
            self.seen["another worker went on"] += turn.tries > 0
            self.seen[f"discarded: {turn.outcome}"] += turn.state == "discarded"
        self.seen["answered"] += spoken > 0
        self.seen["answered again"] += spoken > 1
        said = Message.objects.filter(
            ticket__contact=self.desk.maria, content__has_key="turn", direction="out"
        )
        for state, code in said.values_list("state", "error__code"):
            self.seen["withdrawn"] += code == "withdrawn"
            self.seen["answer failed"] += state == "failed"
        gone = Ticket.objects.filter(contact=self.desk.maria, agent=self.desk.dora, history__kind="assigned")
        self.seen["given by rule"] += gone.exists()


@pytest.fixture
def desk(office: Any, paper: Any, sales: Any, support: Any, bruno: Any, acme_world: Any) -> Any:
    """Clara answers on a number whose queue is Sales and hands over to Support, where rules give tickets to Dora."""
    dora = acme_world.person("Dora", "agent", (support,))
    with office.world.scope():
        support.assignment = "round_robin"
        support.save()
        office.line.queue = sales
        office.line.save()
        Assistant.objects.create(
            name="Clara", instructions="Ajude.", is_on=True, uses_knowledge=False, handover_queue=support,
            tools=["close_ticket"], max_answers=50,
        )  # fmt: skip
    office.options(undo_seconds=10)
    office.says(dora, "online")
    return SimpleNamespace(
        office=office, paper=paper, sales=sales, support=support, bruno=bruno, dora=dora, line=office.line,
        maria=office.customer(),
    )  # fmt: skip


@pytest.mark.parametrize("shard", range(SHARDS))
def test_people_have_the_last_word_and_nobody_is_left_in_silence(shard, desk, monkeypatch):
    seen: Counter[str] = Counter()
    told: list[Schedule] = []
    monkeypatch.setattr(
        CompanyTask, "_try_to_enqueue",
        lambda task, args, _: task.name.rpartition(".")[2] in JOBS and told[-1].jobs.append((task, args)),
    )  # fmt: skip
    # How fast messages may leave is not this story; what happens before a try is.
    monkeypatch.setattr(rates, "take", lambda *_, **__: told[-1].before_try())
    monkeypatch.setattr(running, "run", lambda conversation, **_: told[-1].think(conversation))
    for number in range(shard, SCHEDULES, SHARDS):
        with transaction.atomic(), desk.office.world.scope():
            story = Schedule(desk, number)
            told.append(story)
            story.tell()
            story.judge()
            seen.update(story.seen)
            transaction.set_rollback(True)
    missing = {name for name in (CAN_HAPPEN if SCHEDULES >= 2000 else OFTEN) if not seen[name]}
    assert missing == set(), f"told by no schedule, so nothing is proved there: {missing} of {seen}"
