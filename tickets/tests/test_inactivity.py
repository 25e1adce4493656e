"""Silence: the customer is warned once, the ticket is closed later, and a word from anybody stops it."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from tickets.models import Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def rule(office, paper):
    office.options(
        inactivity_minutes=30,
        inactivity_warning="Ainda está aí, {{firstName}}?",
        inactivity_close_minutes=10,
        inactivity_closing="Encerramos por falta de resposta.",
    )


@pytest.fixture
def maria(office):
    return office.customer()


@pytest.fixture
def talk(office, rule, maria, bruno, sales):
    """Bruno has just answered Maria."""
    office.line.queue = sales
    ticket = office.writes(maria)
    accepts(office, bruno, ticket)
    office.answers(bruno, ticket, "Posso ajudar?")
    return ticket


def accepts(office, user, ticket):
    from tickets.actions import lifecycle

    with office.acting():
        lifecycle.accept(office.ticket(ticket.pk), by=user)


def said(office, ticket):
    """Automatic texts that left, in order."""
    with office.world.scope():
        rows = Message.objects.filter(ticket=ticket.pk, content__has_key="automatic").order_by("id")
        return [(row.content["automatic"], row.body) for row in rows]


def test_the_customer_is_warned_once_and_then_the_ticket_is_closed(office, talk):
    office.after(minutes=29, seconds=59)
    assert said(office, talk) == []
    office.after(seconds=1)
    assert said(office, talk) == [("inactivity_warning", "Ainda está aí, Maria?")]
    office.after(minutes=9, seconds=59)
    assert office.ticket(talk.pk).status == "open"
    office.after(seconds=1)
    row = office.ticket(talk.pk)
    assert (row.status, row.closed_at) == ("closed", now())
    assert said(office, talk)[1:] == [("inactivity_closing", "Encerramos por falta de resposta.")]
    assert office.steps(talk, "closed")[0]["because"] == "inactivity"
    office.after(days=2)
    assert len(said(office, talk)) == 2


@pytest.mark.parametrize("who", ["customer", "agent"])
def test_a_word_from_anybody_before_the_warning_begins_again(office, talk, maria, bruno, who):
    office.after(minutes=20)
    if who == "customer":
        office.writes(maria, "Um momento")
    office.answers(bruno, talk, "Claro")
    office.after(minutes=29, seconds=59)
    assert said(office, talk) == []
    office.after(seconds=1)
    assert len(said(office, talk)) == 1


def test_an_answer_to_the_warning_keeps_the_ticket_open(office, talk, maria):
    office.after(minutes=35)
    office.writes(maria, "Estou aqui!")
    office.after(hours=8)
    assert office.ticket(talk.pk).status == "open"
    assert len(said(office, talk)) == 1


def test_while_the_customer_waits_for_us_nobody_is_warned(office, rule, maria, bruno, sales):
    office.line.queue = sales
    ticket = office.writes(maria)
    accepts(office, bruno, ticket)
    office.after(hours=10)
    assert said(office, ticket) == []
    office.answers(bruno, ticket)
    answered = now()
    office.after(minutes=30)
    assert len(said(office, ticket)) == 1
    office.after(minutes=10)
    assert office.ticket(ticket.pk).closed_at == answered + timedelta(minutes=40)


def test_where_anybodys_silence_counts_a_forgotten_ticket_closes_too(office, rule, maria, bruno, sales):
    office.options(inactivity_after="any")
    office.line.queue = sales
    ticket = office.writes(maria)
    accepts(office, bruno, ticket)
    office.after(minutes=40)
    assert office.ticket(ticket.pk).status == "closed"


def test_a_ticket_that_waits_for_an_agent_is_never_closed_by_silence(office, rule, maria, sales):
    office.options(inactivity_after="any")
    office.line.queue = sales
    ticket = office.writes(maria)
    office.after(days=3)
    assert office.ticket(ticket.pk).status == "pending"


def test_a_queue_has_patience_of_its_own(office, talk, acme_world, sales):
    sales.inactivity_minutes, sales.inactivity_close_minutes = 60, 5
    with acme_world.scope():
        sales.save()
    office.after(minutes=59)
    assert said(office, talk) == []
    office.after(minutes=6)
    assert office.ticket(talk.pk).status == "closed"


def test_a_queue_may_turn_it_off(office, talk, acme_world, sales):
    sales.inactivity_minutes = 0
    with acme_world.scope():
        sales.save()
    office.after(days=2)
    assert (said(office, talk), office.ticket(talk.pk).status) == ([], "open")


def test_without_a_time_to_close_the_ticket_is_only_warned_of(office, talk):
    office.options(inactivity_close_minutes=0)
    office.after(days=3)
    assert (len(said(office, talk)), office.ticket(talk.pk).status) == (1, "open")


def test_outside_the_window_nothing_is_sent_and_the_ticket_closes(office, talk):
    office.options(inactivity_minutes=60 * 30)
    office.after(hours=30, minutes=10)
    assert said(office, talk) == []
    assert office.ticket(talk.pk).status == "closed"


def test_a_sleeping_ticket_may_be_silent(office, talk, bruno):
    from tickets.actions import snooze

    with office.acting():
        snooze.snooze(office.ticket(talk.pk), until=now() + timedelta(hours=6), by=bruno)
    office.after(hours=5)
    assert (said(office, talk), office.ticket(talk.pk).status) == ([], "open")


def test_the_rule_counts_for_what_is_open_when_it_is_turned_on(office, maria, bruno, sales, paper):
    office.line.queue = sales
    ticket = office.writes(maria)
    accepts(office, bruno, ticket)
    office.answers(bruno, ticket)
    office.after(minutes=10)
    office.options(inactivity_minutes=30, inactivity_close_minutes=5)
    office.after(minutes=26)
    assert office.ticket(ticket.pk).status == "closed"


def test_a_reopened_conversation_begins_anew(office, talk, maria, bruno):
    office.after(minutes=40)
    again = office.writes(maria, "Voltei")
    assert again.pk == talk.pk
    accepts(office, bruno, again)
    office.answers(bruno, again, "Oi de novo")
    office.after(minutes=29)
    assert len(said(office, talk)) == 2
    office.after(minutes=1)
    assert len(said(office, talk)) == 3
