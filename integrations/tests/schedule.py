"""One customer's conversation, told in an order that a number decides: slow models that may die, agents, phones, rules
and a channel in trouble. `test_interleaving.py` judges what came of it.
"""

import contextlib
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from random import Random
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

from django.db import connection
from django.utils.timezone import now

from helpdesk.errors import Refused as No
from integrations.actions import lost_turns, running
from integrations.actions.conversation import Act, Outcome
from integrations.models import Turn
from tenants.statements import Later, Statement
from tickets.actions import contacts, inbound, lifecycle, outbound, phone_messages, snooze, timers, undo
from tickets.models import Connection, Message, OutboundLane, Ticket, Timer
from tickets.tests.office import NOON
from tickets.transport import Accepted, Address, Inbound, PhoneMessage, Postponed, Refused, Sender, Unclear

JOBS = {"think", "deliver", "revive", "rescue", "consider", "drain", "freed"}
PAUSE, REFUSED, UNCLEAR = (
    Postponed("slow_down", "", "lane", 30),
    Refused("nobody_there", "", ""),
    Unclear("?", ""),
)
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
MOST_ROUNDS = 5  # in the end, of which each is longer than whatever looks for what was lost waits


@contextlib.contextmanager
def committing() -> Iterator[None]:
    """What waits for a commit runs at the end of the block, and once: what goes on inside has committed."""
    start = len(connection.run_on_commit)
    try:
        yield
    finally:
        while hooks := connection.run_on_commit[start:]:
            del connection.run_on_commit[start:]
            for _, hook, _ in hooks:
                hook()


@Statement
def live_tickets() -> Any:
    return Ticket.objects.live().filter(contact=Later("contact")).select_related("contact")


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
        self.acted: dict[int, set[int]] = {}  # ticket → the turns that had ended in words when a person acted
        self.depth = 0
        self.ran = 0
        self.is_over = False
        self.address = Address("phone", desk.maria.number)
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

    def do(self, act: str, *how: Any) -> None:
        self.told.append("  " * self.depth + act)
        with contextlib.suppress(No), committing():  # closed, taken, too late: the door said so
            getattr(self, act)(*how)

    def meanwhile(self, what: str, most: int) -> None:
        """Others act while something slow is under way."""
        if self.is_over or self.depth >= 2 or self.random.random() < 0.45:
            return
        self.depth += 1
        before, heard = set(self.acted), self.heard()
        for _ in range(self.random.randint(1, most)):
            self.do(self.next_act())
        self.seen[f"person {what}"] += bool(self.acted.keys() - before)
        self.seen[f"wrote {what}"] += self.heard() > heard
        self.depth -= 1

    def end(self) -> None:
        """Trouble is over, and everything that goes on by itself does."""
        self.is_over = True
        self.desk.paper.answers = []
        for _ in range(MOST_ROUNDS):
            ran = self.ran
            self.do("passes", 70)
            self.do("sweeps")
            while self.jobs:
                self.do("runs")
            if self.ran == ran and not self.goes_on():
                return

    def goes_on(self) -> bool:
        """Whether anything is under way, or expected in the rounds that are left."""
        soon = now() + timedelta(seconds=70 * MOST_ROUNDS)
        waits = OutboundLane.objects.filter(due_at__isnull=False), Timer.objects.filter(due_at__lte=soon)
        return any(rows.exists() for rows in (Turn.objects.under_way(), *waits))

    def enqueued(self, task: Any, args: tuple[Any, ...]) -> None:
        """A nudge has reached its queue: once, or now and then twice, as brokers promise no more than that."""
        if task.name.rpartition(".")[2] not in JOBS:
            return
        is_repeated = self.random.random() < 0.2
        self.seen["nudged twice"] += is_repeated
        self.jobs += [(task, args)] * (1 + is_repeated)

    # --- acts ---

    def writes(self) -> None:
        words = f"pergunta {uuid4().hex}" if self.random.random() < 0.93 else "quero falar com um atendente"
        was_closed = self.live() is None
        sender = Sender(addresses=(self.address,), name=self.desk.maria.name)
        said = Inbound(provider_id=f"wamid.{uuid4().hex}", sender=sender, kind="text", body=words, at=now())
        message = inbound.receive_all(self.desk.line, [said])[0]
        if was_closed:
            self.look_back(message.ticket_id)
            self.acted.pop(message.ticket_id, None)  # another episode, in which nobody has acted

    def passes(self, seconds: float = 0) -> None:
        seconds = seconds or self.random.choice([0.4, 1.1, 2.5, 4.5, 5, 35, 100])
        self.desk.office._clock.move_to(now() + timedelta(seconds=seconds), tick=False)
        timers.ring()

    def pauses(self) -> None:
        self.passes(self.random.choice([1.1, 4.5, 5]))

    def runs(self) -> None:
        if not self.jobs:
            return
        task, args = self.jobs.pop(self.random.randrange(len(self.jobs)))
        self.told.append("  " * self.depth + f"> {task.name.rpartition('.')[2]}")
        self.ran += 1
        with contextlib.suppress(WorkerDied):
            task(*args)

    def loses(self) -> None:
        if self.jobs:
            self.jobs.pop(self.random.randrange(len(self.jobs)))
            self.seen["nudge lost"] += 1

    def sweeps(self) -> None:
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
        peer = Sender(addresses=(self.address,), name="Maria")
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
        self.acted[ticket.pk] = self.ended(ticket.pk)
        waiting = Message.objects.filter(ticket=ticket.pk, state="queued", content__has_key="word")
        if waiting.exists():
            self.faults.append("something of the assistant's still waits to leave")

    # --- what is slow ---

    def think(self, conversation: Any, **_: Any) -> Outcome:
        """A model, while others act. It may take too long, and its worker may die."""
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
        if answer is PAUSE and is_theirs and row.ticket_id in self.acted.keys() - acted:
            self.seen["tried again after a person"] += 1

    def live(self) -> Ticket | None:
        return next(iter(live_tickets.rows(contact=self.desk.maria.pk)), None)

    def heard(self) -> int:
        return int(Message.objects.filter(ticket__contact=self.desk.maria, direction="in").count())

    def ended(self, ticket: int) -> set[int]:
        """The turns that ended in words or in a hand-over."""
        rows = Turn.objects.filter(ticket=ticket, state__in=["spoken", "handed_over"])
        return set(rows.values_list("pk", flat=True))

    def look_back(self, ticket: int) -> None:
        """No turn ends in words once a person has acted, not even in words that never leave."""
        if ticket in self.acted and self.ended(ticket) != self.acted[ticket]:
            self.faults.append("a turn went on after a person had acted")
