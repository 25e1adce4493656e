"""The clock of the helpdesk: each timer rings once, at its time, whatever happens to the others."""

import threading
from datetime import timedelta

import pytest
from django.db import connection as database
from django.utils.timezone import now

from tickets.actions import timers
from tickets.models import Ticket, Timer

pytestmark = pytest.mark.django_db(transaction=True)

rung: list[tuple[str, int | None, dict]] = []


def note(timer):
    rung.append((timer.subject, timer.ticket_id, timer.data))


def again(timer):
    rung.append((timer.subject, timer.ticket_id, timer.data))
    timers.start("again", ticket=timer.ticket_id, due_at=now() + timedelta(minutes=5))


def refuse(timer):
    raise RuntimeError("a broken rule")


@pytest.fixture(autouse=True)
def kinds(settings):
    here = "tickets.tests.test_timers"
    settings.TIMERS = {"note": f"{here}.note", "again": f"{here}.again", "broken": f"{here}.refuse"}
    rung.clear()


def start(world, kind="note", *, seconds=0, **more):
    with world.scope():
        timers.start(kind, due_at=now() + timedelta(seconds=seconds), **more)


def test_a_timer_rings_once_and_not_before_its_time(acme_world, ticket, time_machine):
    time_machine.move_to("2026-03-10T12:00:00Z", tick=False)
    start(acme_world, seconds=60, ticket=ticket, data={"a": 1})
    timers.ring()
    assert rung == []
    time_machine.move_to("2026-03-10T12:01:00Z", tick=False)
    timers.ring()
    timers.ring()
    assert rung == [("", ticket.pk, {"a": 1})]


def test_starting_again_moves_the_timer(acme_world, ticket, time_machine):
    time_machine.move_to("2026-03-10T12:00:00Z", tick=False)
    start(acme_world, seconds=10, ticket=ticket)
    start(acme_world, seconds=30, ticket=ticket)
    time_machine.move_to("2026-03-10T12:00:20Z", tick=False)
    timers.ring()
    assert rung == []


def test_a_stopped_timer_does_not_ring(acme_world, ticket):
    start(acme_world, ticket=ticket)
    with acme_world.scope():
        assert timers.stop("note", ticket=ticket)
        assert not timers.stop("note", ticket=ticket)
    timers.ring()
    assert rung == []


def test_a_handler_may_start_the_same_timer_again(acme_world, ticket):
    start(acme_world, "again", ticket=ticket)
    timers.ring()
    with acme_world.scope():
        assert Timer.objects.get(kind="again").due_at > now()


def test_a_broken_handler_is_tried_again_later_and_stops_no_other(acme_world, rival_world, time_machine):
    time_machine.move_to("2026-03-10T12:00:00Z", tick=False)
    start(acme_world, "broken")
    start(rival_world, subject="theirs")
    timers.ring()
    assert rung == [("theirs", None, {})]
    with acme_world.scope():
        kept = Timer.objects.get()
    assert (kept.tries, kept.error, kept.due_at) == (1, "RuntimeError", now() + timedelta(seconds=30))


def test_two_clocks_at_once_ring_each_timer_once(acme_world):
    for number in range(30):
        start(acme_world, subject=f"{number}")

    def tick():
        timers.ring()
        database.close()

    clocks = [threading.Thread(target=tick) for _ in range(3)]
    for clock in clocks:
        clock.start()
    for clock in clocks:
        clock.join(timeout=30)
    assert sorted(subject for subject, _, _ in rung) == sorted(str(number) for number in range(30))


def test_a_worker_that_died_on_a_timer_is_replaced(acme_world, ticket, time_machine):
    time_machine.move_to("2026-03-10T12:00:00Z", tick=False)
    start(acme_world, ticket=ticket)
    with acme_world.scope():
        Timer.objects.update(claimed_until=now() + timedelta(seconds=60))
    timers.ring()
    assert rung == []
    time_machine.move_to("2026-03-10T12:01:00Z", tick=False)
    timers.ring()
    assert len(rung) == 1


def test_a_deleted_ticket_takes_its_timers_along(acme_world, ticket):
    start(acme_world, ticket=ticket)
    with acme_world.scope():
        Ticket.objects.filter(pk=ticket.pk).update(last_message=None)
        Ticket.objects.get(pk=ticket.pk).delete()
    timers.ring()
    assert rung == []
