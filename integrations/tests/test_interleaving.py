"""Whatever happens in whichever order: nothing an assistant says leaves after a person has acted, nothing is answered
twice or past a newer message, and every customer ends with an answer or with people.

`AI_SCHEDULES=10000 pytest integrations/tests/test_interleaving.py` tells ten thousand; `AI_FIRST=2500` goes on from
there, for those who tell them in several runs.
"""

import os
from collections import Counter
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction

from integrations.actions import running
from integrations.models import Assistant, Turn
from integrations.tests.schedule import Schedule
from tenants.scoping import CompanyTask
from tickets.actions import rates
from tickets.models import Message, Ticket
from tickets.transport import Accepted, Unclear

# Each schedule is a transaction of its own that is rolled back: tables stay small however many are told.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.no_cover]
SCHEDULES = int(os.environ.get("AI_SCHEDULES", "100"))
FIRST = int(os.environ.get("AI_FIRST", "0"))
SHARDS = 2
LEFT = (Accepted, Unclear)
CAN_HAPPEN = {
    "answered", "answered again", "handed over", "withdrawn", "discarded: person_acted", "discarded: customer_wrote_on",
    "worker died", "nudge lost", "nudged twice", "another worker went on", "person during thought",
    "person before a try", "person during a try", "tried again after a person", "wrote during thought", "answer failed",
    "given by rule",
}  # fmt: skip
OFTEN = {"answered", "handed over", "withdrawn", "discarded: person_acted", "discarded: customer_wrote_on"}


class Judge:
    """What came of a schedule, in `faults`; what happened in it is counted in its `seen`."""

    def __init__(self, story: Schedule) -> None:
        self.story, self.desk, self.seen = story, story.desk, story.seen
        self.faults = story.faults

    def judge(self) -> None:
        for ticket in Ticket.objects.filter(contact=self.desk.maria).select_related("contact"):
            self.judge_ticket(ticket)
        taken = Counter(one.pk for one in self.story.tries if isinstance(one.answer, LEFT) and one.is_theirs)
        self.faults += [f"{pk} left {count} times" for pk, count in taken.items() if count > 1]
        story = "\n".join(self.story.told)
        assert self.faults == [], f"schedule {self.story.number}: {self.faults}\n{story}"

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
        self.story.look_back(ticket.pk)
        self.count(turns)
        self.judge_end(ticket, turns, heard)

    def judge_end(self, ticket: Ticket, turns: list[Turn], heard: list[int]) -> None:
        """No silent dead end: people have it, or the last thing the customer wrote has its answer."""
        if any(turn.is_under_way for turn in turns):
            self.faults.append("a turn never ended")
        if ticket.pk in self.story.acted or ticket.is_closed or ticket.agent_id or ticket.contact.bot_off:
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
    told = SimpleNamespace(story=None)
    monkeypatch.setattr(CompanyTask, "_try_to_enqueue", lambda task, args, _: told.story.enqueued(task, args))
    # How fast messages may leave is not this story; what happens before a try is.
    monkeypatch.setattr(rates, "take", lambda *_, **__: told.story.before_try())
    monkeypatch.setattr(running, "run", lambda conversation, **_: told.story.think(conversation))
    for number in range(FIRST + shard, FIRST + SCHEDULES, SHARDS):
        with transaction.atomic(), desk.office.world.scope():
            story = told.story = Schedule(desk, number)
            story.tell()
            Judge(story).judge()
            seen.update(story.seen)
            transaction.set_rollback(True)
    print(f"{SCHEDULES // SHARDS} schedules from {FIRST + shard}: {dict(seen)}")
    wanted = CAN_HAPPEN if SCHEDULES >= 2000 else OFTEN if SCHEDULES >= 100 else set()
    missing = {name for name in wanted if not seen[name]}
    assert missing == set(), f"told by no schedule, so nothing is proved there: {missing} of {seen}"
