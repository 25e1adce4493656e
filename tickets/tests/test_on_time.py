"""Every kind of timer, in an office whose clock stands still: not a moment early, then once.

A kind that is added to `settings.TIMERS` needs a story here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings as project
from django.core import mail
from django.utils.timezone import now

from tickets.actions import notices, ratings, schedules, snooze, timers
from tickets.models import Rating, ScheduledSend, SlaPolicy, Ticket, TicketHistory

pytestmark = pytest.mark.django_db
MOMENT = timedelta(milliseconds=1)


@dataclass
class Story:
    """What is under way, when it must happen, and how often it has happened."""

    after: timedelta
    happened: Callable[[], int]


@pytest.fixture
def desk(office: Any, paper: Any, sales: Any, support: Any, bruno: Any, acme_world: Any) -> Any:
    """Acme with a second agent and nothing decided yet."""
    office.dora = acme_world.person("Dora", "agent", (sales,))
    office.sales, office.support, office.bruno, office.paper = sales, support, bruno, paper
    return office


def rule(desk: Any, **fields: Any) -> None:
    for name, value in fields.items():
        setattr(desk.sales, name, value)
    with desk.world.scope():
        desk.sales.save()


def count(desk: Any, kind: str, **data: Any) -> Callable[[], int]:
    def _count() -> int:
        with desk.world.scope():
            wanted = {f"data__{key}": value for key, value in data.items()}
            return int(TicketHistory.objects.filter(kind=kind, **wanted).count())

    return _count


def held(desk: Any) -> Ticket:
    """Bruno has just been given what a customer wrote."""
    rule(desk, assignment="round_robin")
    desk.says(desk.bruno, "online")
    ticket: Ticket = desk.waits(desk.sales)
    assert ticket.agent == desk.bruno
    return ticket


def answer(desk: Any) -> Story:
    """The company's own words, once the customer has stopped typing."""
    desk.line.greeting = "Olá! Já vamos atender."
    with desk.world.scope():
        desk.line.save()
    desk.waits(None)
    return Story(timedelta(seconds=1), lambda: len(desk.paper.bodies))


def sla(desk: Any) -> Story:
    with desk.world.scope():
        SlaPolicy.objects.create(name="All", is_default=True, first_reply_minutes=10, warn_percent=80)
    desk.waits(desk.sales)
    return Story(timedelta(minutes=8), count(desk, "sla_warned"))


def idle(desk: Any) -> Story:
    rule(desk, idle_minutes=5)
    held(desk)
    desk.says(desk.dora, "online")
    return Story(timedelta(minutes=5), count(desk, "assigned", reason="idle"))


def overflow(desk: Any) -> Story:
    rule(desk, overflow_minutes=7, overflow_queue=desk.support)
    desk.waits(desk.sales)
    return Story(timedelta(minutes=7), count(desk, "overflowed"))


def inactivity(desk: Any) -> Story:
    desk.options(inactivity_minutes=30, inactivity_warning="Ainda está aí?")
    desk.answers(desk.bruno, held(desk), "Posso ajudar?")
    return Story(timedelta(minutes=30), lambda: desk.paper.bodies.count("Ainda está aí?"))


def snoozed(desk: Any) -> Story:
    with desk.acting():
        snooze.snooze(held(desk), until=now() + timedelta(minutes=15), by=desk.bruno)
    return Story(timedelta(minutes=15), count(desk, "woken"))


def rating(desk: Any) -> Story:
    desk.options(rating="csat", rating_hours=24)
    ticket = held(desk)
    with desk.world.scope():
        Ticket.objects.filter(pk=ticket.pk).update(status="closed", closed_at=now())
    with desk.acting():
        ratings.ask(Ticket.objects.with_parts().select_related("company").get(pk=ticket.pk), {})

    def expired() -> int:
        with desk.world.scope():
            return int(Rating.objects.filter(state="expired").count())

    # The window is shorter than the time to answer; nothing is said when it ends.
    return Story(timedelta(hours=24), expired)


def schedule(desk: Any) -> Story:
    plan(desk, desk.customer())

    def made() -> int:
        with desk.world.scope():
            return int(ScheduledSend.objects.count())

    return Story(timedelta(minutes=10), made)


def scheduled_send(desk: Any) -> Story:
    """The second of two contacts gets hers a moment after the first."""
    plan(desk, desk.customer(), desk.customer())
    desk.after(minutes=10)

    def left() -> int:
        with desk.world.scope():
            return int(ScheduledSend.objects.exclude(state="waiting").count()) - 1

    return Story(schedules.PACE, left)


def plan(desk: Any, *contacts: Any) -> None:
    with desk.acting():
        schedules.create(
            by=desk.bruno, name="", connection=desk.line, contacts=contacts, tags=[], body="Lembrete",
            first_at=now() + timedelta(minutes=10),
        )  # fmt: skip


def afterwards(desk: Any) -> Story:
    """The text of a transfer, when the transfer can no longer be undone."""
    desk.transfers(desk.bruno, held(desk), queue=desk.support, message="O suporte já responde.")
    return Story(timedelta(seconds=10), lambda: desk.paper.bodies.count("O suporte já responde."))


def digest(desk: Any) -> Story:
    from tickets.models import NotificationSettings

    ticket = held(desk)
    with desk.world.scope():
        NotificationSettings.objects.update_or_create(user=desk.bruno, defaults={"digest": "hourly"})
    desk.leaves(desk.bruno)
    with desk.acting():
        notices.tell("mentioned", [desk.bruno.pk], ticket=ticket)
    mail.outbox.clear()
    return Story(timedelta(minutes=10), lambda: len(mail.outbox))


def assistant(desk: Any) -> Story:
    """A second after the last message the responders are asked, and four after it the assistant."""
    with desk.world.scope():
        apps.get_model("integrations.Assistant").objects.create(
            name="Clara", instructions="Help.", is_on=True, debounce_seconds=4
        )
    desk.waits(desk.sales)
    # It has no provider, so people go on, and the customer hears that.
    return Story(timedelta(seconds=4), lambda: len(desk.paper.bodies))


def bot_answer(desk: Any) -> Story:
    """A bot of others promised an answer, and sends none."""
    ticket = desk.waits(desk.sales)
    with desk.acting():
        bot = apps.get_model("integrations.Bot").objects.create(
            name="Robot", kind="webhook", url="https://bot.example.com/", is_on=True
        )
        apps.get_model("integrations.BotSession").objects.create(
            bot=bot, ticket=ticket, is_pending=True, last_at=now()
        )
        Ticket.objects.filter(pk=ticket.pk).update(awaiting="bot")
        timers.start("bot_answer", ticket=ticket, due_at=now() + timedelta(minutes=2))
    return Story(timedelta(minutes=2), count(desk, "handed_over"))


STORIES: dict[str, Callable[[Any], Story]] = {
    "answer": answer,
    "assistant": assistant,
    "bot_answer": bot_answer,
    "sla": sla,
    "idle": idle,
    "overflow": overflow,
    "inactivity": inactivity,
    "snooze": snoozed,
    "rating": rating,
    "schedule": schedule,
    "scheduled_send": scheduled_send,
    "after": afterwards,
    "digest": digest,
}


def test_every_kind_of_timer_has_a_story():
    assert sorted(STORIES) == sorted(project.TIMERS)


@pytest.mark.parametrize("kind", STORIES)
def test_it_happens_on_time_and_once(kind, desk):
    story = STORIES[kind](desk)
    desk.after(seconds=(story.after - MOMENT).total_seconds())
    assert story.happened() == 0
    desk.after(seconds=MOMENT.total_seconds())
    assert story.happened() == 1
    desk.ring()  # a second clock, in the same moment
    desk.after(seconds=50)
    assert story.happened() == 1


@pytest.mark.parametrize("kind", STORIES)
def test_late_it_happens_once_too(kind, desk):
    """The clock was down: it rings a minute late, and two workers look at once."""
    story = STORIES[kind](desk)
    desk._clock.move_to(now() + story.after + timedelta(minutes=1), tick=False)
    desk.ring()
    desk.ring()
    assert story.happened() == 1
