"""What customers wrote while a phone was away: kept with its own dates, and nobody is alarmed by it."""

from datetime import timedelta

import pytest
from django.db import connection as database
from django.test import TestCase
from django.utils.timezone import now

from tickets.models import Notification, SlaPolicy, Ticket, Timer
from whatsapp.devices import inbox
from whatsapp.devices.link import LinkEvent
from whatsapp.tests.conftest import MARIA

pytestmark = pytest.mark.django_db

GREETING = "Olá! Já respondemos."


class Phone:
    """The line of a linked device that delivers; `ago` is how long before its arrival a message was written."""

    def __init__(self, street):
        self.street, self.count = street, 0

    def delivers(self, *bodies, ago=timedelta(hours=3)):
        for body in bodies:
            self.count += 1
            written = arrival() - ago + timedelta(seconds=self.count)
            info = {"id": f"3EB{self.count}", "chat": f"{MARIA}@s.whatsapp.net", "name": "Maria"}
            info |= {"sender": info["chat"], "at": int(written.timestamp())}
            self.hears("message", info=info, message={"conversation": body})

    def hears(self, kind, **data):
        number = self.street.number
        with TestCase.captureOnCommitCallbacks(execute=True):
            inbox.keep(number.company_id, number.pk, LinkEvent(kind, data))


def arrival():
    """The database keeps the time of arrival, and its clock does not stand still."""
    with database.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]


@pytest.fixture
def phone(street, settings):
    settings.TRANSPORTS = {**settings.TRANSPORTS, "qr": "tickets.tests.paper.Paper"}
    with street.world.scope():
        type(street.number).objects.filter(pk=street.number.pk).update(kind="qr", greeting=GREETING)
    street.at(arrival())
    return Phone(street)


def test_what_was_missed_keeps_its_dates_and_waits_unread(street, phone, messages):
    phone.delivers("Bom dia", "Alguém aí?")
    first, second = messages()
    assert arrival() - first.at > timedelta(hours=2)
    assert (first.at < second.at, first.arrived_late) == (True, True)
    ticket = street.ticket()
    assert (ticket.status, ticket.unread_count, ticket.last_message_id) == ("pending", 2, second.pk)


def test_nothing_answers_by_itself_what_was_missed(street, phone):
    phone.delivers("Bom dia", "1")
    assert street.after(seconds=30) == []
    phone.delivers("Já voltaram?", ago=timedelta(seconds=20))
    assert street.after(seconds=30) == [GREETING]  # once, and for what was just written


def test_a_moment_of_delay_is_no_absence(street, phone):
    phone.delivers("Bom dia", ago=timedelta(minutes=9))
    assert street.after(seconds=30) == [GREETING]


def test_what_was_missed_goes_on_in_the_ticket_that_is_there(street, phone, messages):
    phone.delivers("Oi", ago=timedelta(seconds=5))
    with street.world.scope():
        newest = Ticket.objects.get().last_message_id
    phone.delivers("Escrevi ontem", ago=timedelta(hours=20))
    assert [message.body for message in messages() if message.direction == "in"] == ["Escrevi ontem", "Oi"]
    assert street.tickets() == 1
    assert (street.ticket().last_message_id, street.ticket().unread_count) == (newest, 2)


def test_a_promise_begins_when_we_could_know_of_it(street, phone):
    with street.world.scope():
        SlaPolicy.objects.create(name="Padrão", position=0, first_reply_minutes=60)
    phone.delivers("Bom dia")
    ticket = street.ticket()
    assert ticket.waiting_since == now()
    assert (ticket.sla_due_at, ticket.sla_breached_at) == (now() + timedelta(minutes=60), None)
    street.after(minutes=59)
    assert street.ticket().sla_breached_at is None


def test_a_heap_of_missed_messages_is_one_notice(street, phone, bruno, monkeypatch):
    from tickets.actions import notices, push

    pushed = []
    monkeypatch.setattr(push.send, "nudge", lambda *about, **_: pushed.append(about))
    phone.delivers("Oi", ago=timedelta(seconds=5))
    monkeypatch.setattr(notices, "_anybody_listens", lambda tickets: True)
    street.client(bruno).post(f"/api/tickets/{street.ticket().pk}/accept/")
    street.client(bruno).post(f"/api/tickets/{street.ticket().pk}/read/")
    pushed.clear()
    phone.delivers("um", "dois", "três", "quatro")
    assert len(pushed) == 1
    with street.world.scope():
        assert Notification.objects.filter(kind="new_ticket", ticket=street.ticket()).count() <= 1


def test_a_call_that_was_missed_long_ago_starts_no_dialogue(street, phone, messages):
    at = int((arrival() - timedelta(hours=5)).timestamp())
    phone.hears("call", state="missed", id="C1", at=at, **{"from": f"{MARIA}@s.whatsapp.net"})
    assert [message.kind for message in messages()] == ["call"]
    with street.world.scope():
        assert not Timer.objects.filter(kind="answer").exists()


def test_a_late_answer_to_a_question_for_a_rating_is_read_by_people(street, phone):
    street.options(rating="nps")
    phone.delivers("Oi", ago=timedelta(seconds=5))
    ticket = street.ticket()
    street.client().post(f"/api/tickets/{ticket.pk}/accept/")
    street.client().post(f"/api/tickets/{ticket.pk}/close/")
    street.after(seconds=30)
    phone.delivers("5", ago=timedelta(minutes=30))
    assert (street.ticket().status, street.ticket().unread_count) == ("pending", 1)
