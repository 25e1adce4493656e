"""Two of everything at once: requests with one id, workers on one lane, a receipt and its answer."""

import threading
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.utils.timezone import now

from tenants.scoping import company_scope
from tickets.actions import lanes, outbound, receipts
from tickets.models import Attempt, Message, OutboundLane, Ticket
from tickets.transport import Receipt

pytestmark = pytest.mark.django_db(transaction=True)


def together(*stories):
    """Run each in a thread of its own, all at once; answers what they returned."""
    answers, barrier = [None] * len(stories), threading.Barrier(len(stories))

    def run(place, story):
        barrier.wait()
        try:
            answers[place] = story()
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(stories)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return answers


@pytest.fixture
def no_nudge(monkeypatch):
    monkeypatch.setattr(outbound.deliver, "apply_async", lambda **_: None)


def test_one_client_id_from_two_requests_is_one_message(acme, talk, bruno, paper, no_nudge):
    token = uuid4()

    def send():
        with company_scope(acme.pk):
            ticket = Ticket.objects.get(pk=talk.pk)
            message, created = outbound.send(ticket, by=bruno, client_id=token, body="Olá")
            return message.pk, created

    answers = together(*[send] * 6)
    assert len({pk for pk, _ in answers}) == 1
    assert sum(created for _, created in answers) == 1


def test_two_workers_on_one_lane_send_each_message_once_and_in_order(acme, talk, bruno, paper, no_nudge):
    with company_scope(acme.pk):
        for number in range(8):
            outbound.send(talk, by=bruno, client_id=uuid4(), body=str(number))
        lane_id = OutboundLane.objects.get().pk
    together(*[lambda: outbound.deliver(acme.pk, lane_id)] * 4)
    assert paper.bodies == [str(number) for number in range(8)]
    with company_scope(acme.pk):
        assert Attempt.objects.count() == 8


def test_writing_while_the_lane_is_being_emptied_leaves_nothing_behind(acme, talk, bruno, paper, no_nudge):
    def write():
        for number in range(15):
            with company_scope(acme.pk):
                outbound.send(talk, by=bruno, client_id=uuid4(), body=str(number))

    def deliver():
        for _ in range(60):
            with company_scope(acme.pk):
                lane = OutboundLane.objects.first()
            if lane:
                outbound.deliver(acme.pk, lane.pk)

    together(write, deliver, deliver)
    with company_scope(acme.pk):
        lane = OutboundLane.objects.get()
        waiting = Message.objects.filter(state="queued").count()
    assert waiting == 0 or lane.due_at is not None
    outbound.deliver(acme.pk, lane.pk)
    assert paper.bodies == [str(number) for number in range(15)]


def test_a_receipt_in_the_moment_of_the_answer_is_not_lost(acme, talk, line, bruno, paper, no_nudge):
    for number in range(10):
        with company_scope(acme.pk):
            message, _ = outbound.send(talk, by=bruno, client_id=uuid4(), body=str(number))
            lane_id = OutboundLane.objects.get().pk

        def news(number=number):
            with company_scope(acme.pk):
                receipts.record(line, Receipt(f"paper.{number + 1}", "delivered", now()))

        together(lambda lane_id=lane_id: outbound.deliver(acme.pk, lane_id), news)
        with company_scope(acme.pk):
            assert Message.objects.get(pk=message.pk).state == "delivered"


def test_an_outcome_is_written_down_although_somebody_is_queueing_behind_it(
    acme, talk, bruno, paper, no_nudge
):
    """An agent's transaction holds the lane when the provider answers: what it answered is kept all the same."""
    with company_scope(acme.pk):
        message, _ = outbound.send(talk, by=bruno, client_id=uuid4(), body="Um")
        lane_id = OutboundLane.objects.get().pk
    begun, is_held, is_seen = threading.Event(), threading.Event(), threading.Event()
    paper.before_submit = lambda: (begun.set(), is_held.wait(20))

    def queue():
        begun.wait(20)
        with company_scope(acme.pk), transaction.atomic():
            lanes.wake(talk)
            is_held.set()
            assert is_seen.wait(20), "the outcome waited for the lane"
        return True

    def watch():
        is_held.wait(20)
        with company_scope(acme.pk):
            for _ in range(500):
                if Attempt.objects.filter(message=message, outcome="accepted"):
                    is_seen.set()
                    return
                is_seen.wait(0.02)

    def deliver():
        outbound.deliver(acme.pk, lane_id)
        return True

    assert together(deliver, queue, watch)[:2] == [True, True]
    with company_scope(acme.pk):
        assert OutboundLane.objects.get().due_at is None
    assert paper.bodies == ["Um"]
