"""Who may still speak when an answer is ready: nothing is said after a person has acted, nor past a newer message."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction

from integrations.actions import lost_turns, turns
from integrations.actions.turns import Who
from integrations.models import Turn
from tickets.actions import contacts, lifecycle, outbound, phone_messages, rates, snooze, word
from tickets.models import Connection, Message, Ticket
from tickets.transport import Address, PhoneMessage, Sender

pytestmark = pytest.mark.django_db
BOT = Who("Robot", bot=7)


@pytest.fixture
def desk(office: Any, paper: Any, sales: Any, support: Any, bruno: Any, monkeypatch: Any) -> Any:
    """A customer has written to a number whose queue is Sales; nothing has answered."""
    monkeypatch.setattr(rates, "take", lambda *_, **__: 0.0)
    office.paper, office.sales, office.support, office.bruno = paper, sales, support, bruno
    office.line.queue = sales
    office.maria = office.customer()
    office.wrote = office.writes(office.maria, "Qual é o preço?")
    return office


def begin(desk: Any) -> Turn:
    with desk.acting(), transaction.atomic():
        ticket, message = locked(desk)
        turn = turns.begin(ticket, message, BOT)
    assert turn is not None
    return turn


def locked(desk: Any) -> tuple[Ticket, Message]:
    rows = Ticket.objects.with_parts().select_related("company", "queue", "agent")
    ticket = rows.locked(desk.wrote.pk)
    return ticket, Message.objects.filter(ticket=ticket, direction="in").latest("pk")


def speak(desk: Any, turn: Turn, text: str = "Custa R$ 10.") -> bool:
    with desk.acting():
        return turns.speak(turn, lambda floor: floor.say(text))


def test_who_has_the_turn_speaks_and_keeps_the_word(desk):
    turn = begin(desk)
    assert desk.ticket(desk.wrote.pk).awaiting == "bot"
    assert speak(desk, turn)
    assert desk.paper.bodies == ["Custa R$ 10."]
    assert desk.ticket(desk.wrote.pk).awaiting == "bot"
    assert [step["turn"] for step in desk.steps(desk.wrote, "assisted")] == [turn.pk]


def writes(desk: Any) -> None:
    desk.answers(desk.bruno, desk.wrote)


def notes(desk: Any) -> None:
    with desk.acting():
        ticket = desk.ticket(desk.wrote.pk)
        outbound.send(ticket, by=desk.bruno, client_id=uuid4(), kind="note", body="Cliente antigo")


def accepts(desk: Any) -> None:
    with desk.acting():
        lifecycle.accept(desk.ticket(desk.wrote.pk), by=desk.bruno)


def moves(desk: Any) -> None:
    desk.transfers(desk.bruno, desk.wrote, queue=desk.support)


def closes(desk: Any) -> None:
    desk.closes(desk.bruno, desk.wrote)


def snoozes(desk: Any) -> None:
    with desk.acting():
        snooze.snooze(desk.ticket(desk.wrote.pk), until=None, by=desk.bruno)


def answers_on_the_phone(desk: Any) -> None:
    peer = Sender(addresses=(Address("phone", desk.maria.number),), name="Maria")
    with desk.acting():
        at = desk.ticket(desk.wrote.pk).last_message_at
        said = PhoneMessage(
            provider_id=f"wamid.{uuid4().hex}", peer=peer, direction="out", kind="text", body="Já respondo",
            at=at, state="sent",
        )  # fmt: skip
        phone_messages.take(Connection.objects.get(pk=desk.line.pk), said)


def turns_bots_off(desk: Any) -> None:
    with desk.acting():
        contacts.update(desk.maria, bot_off=True)


def blocks(desk: Any) -> None:
    with desk.acting():
        contacts.update(desk.maria, is_blocked=True)


ACTS = [writes, notes, accepts, moves, closes, snoozes, answers_on_the_phone, turns_bots_off, blocks]


@pytest.mark.parametrize("act", ACTS)
def test_nothing_is_said_after_a_person_has_acted(act, desk):
    turn = begin(desk)
    act(desk)
    left = list(desk.paper.bodies)
    assert not speak(desk, turn)
    assert desk.paper.bodies == left
    assert desk.ticket(desk.wrote.pk).awaiting == ""
    with desk.world.scope():
        assert Turn.objects.get().outcome == "person_acted"


def test_what_was_said_before_the_end_does_not_wait_in_the_next_episode(desk):
    turn = begin(desk)
    with desk.world.scope():  # no worker runs: the answer stays in its lane
        assert turns.speak(turn, lambda floor: floor.say("Custa R$ 10."))
        lifecycle.close(desk.ticket(desk.wrote.pk), by=None)
    ticket = desk.writes(desk.maria, "Mais uma coisa")
    with desk.world.scope():
        answer = Message.objects.get(ticket=desk.wrote.pk, content__has_key="word")
        shown = Ticket.objects.select_related("last_message").get(pk=ticket.pk).last_message
    assert (ticket.pk, answer.state, shown.body) == (desk.wrote.pk, "cancelled", "Mais uma coisa")


@pytest.mark.parametrize("act", ACTS)
def test_what_was_said_and_has_not_left_is_withdrawn(act, desk):
    turn = begin(desk)
    with desk.world.scope():  # no worker runs: the answer stays in its lane
        assert turns.speak(turn, lambda floor: floor.say("Custa R$ 10."))
    act(desk)
    with desk.acting():
        outbound.sweep()
    with desk.world.scope():
        answer = Message.objects.get(body="Custa R$ 10.")
    assert "Custa R$ 10." not in desk.paper.bodies
    assert (answer.state, answer.error["code"]) == ("cancelled", "withdrawn")


def test_what_was_said_is_asked_for_its_word_when_it_leaves(desk):
    """As if the act had not looked for it: it was being tried, and came back."""
    turn = begin(desk)
    with desk.world.scope():
        assert turns.speak(turn, lambda floor: floor.say("Custa R$ 10."))
        Ticket.objects.filter(pk=desk.wrote.pk).update(word=word.PEOPLE)
    with desk.acting():
        outbound.sweep()
    with desk.world.scope():
        assert Message.objects.get(body="Custa R$ 10.").state == "cancelled"
    assert desk.paper.bodies == []


def test_a_newer_message_is_answered_by_another_turn(desk):
    turn = begin(desk)
    desk.writes(desk.maria, "E o prazo?")
    assert not speak(desk, turn)
    second = begin(desk)
    assert second.token > turn.token
    assert speak(desk, second)
    assert desk.paper.bodies == ["Custa R$ 10."]


def test_of_two_turns_only_the_newer_speaks(desk):
    first = begin(desk)
    second = begin(desk)
    assert second.since == first.since
    assert not speak(desk, first)
    assert speak(desk, second)
    assert not speak(desk, second)
    assert desk.paper.bodies == ["Custa R$ 10."]


def test_handing_over_speaks_explains_and_lets_people_on(desk):
    turn = begin(desk)
    with desk.acting():
        assert turns.hand_over(turn, "out_of_budget")
    ticket = desk.ticket(desk.wrote.pk)
    assert (ticket.awaiting, ticket.status, ticket.agent) == ("", "pending", None)
    assert "uma pessoa da nossa equipe" in desk.paper.bodies[0]
    with desk.world.scope():
        note = Message.objects.get(ticket=ticket.pk, kind="note")
    assert "o orçamento de IA do mês acabou" in note.body
    assert desk.steps(ticket, "handed_over")[0]["reason"] == "out_of_budget"
    desk.writes(desk.maria, "Olá?")
    with desk.acting(), transaction.atomic():
        assert turns.begin(*locked(desk), BOT) is None  # once in a conversation


def test_a_turn_whose_worker_died_ends_in_a_hand_over(desk):
    turn = begin(desk)
    desk.after(seconds=100)
    with desk.acting():
        lost_turns.sweep()
    assert len(desk.paper.bodies) == 1
    assert not speak(desk, turn)  # the worker was only slow
    assert desk.steps(desk.wrote, "handed_over")[0]["reason"] == "worker_lost"


def test_a_customer_who_comes_back_later_begins_anew(desk):
    desk.line.reopen_minutes = 60
    with desk.world.scope():
        desk.line.save()
    closes(desk)
    desk.writes(desk.maria, "Mais uma coisa")
    assert speak(desk, begin(desk))
