"""A customer writes, a bot of others answers: the whole way, from the inbound message to what leaves."""

import json
from typing import Any

import pytest

from integrations.bots import clients
from integrations.models import Bot, BotSession
from integrations.tests.bot_desk import answers, later, notes, says, session, set_up, typebot
from integrations.tests.bot_desk import desk as desk
from integrations.tests.bot_desk import office as office
from tickets.actions import lifecycle
from tickets.models import Message, Tag

pytestmark = pytest.mark.django_db


@pytest.fixture
def meanwhile(monkeypatch: Any) -> Any:
    """`meanwhile(kind, act)`: this happens once, after a bot of this kind has thought and before it speaks."""

    def _meanwhile(kind: str, act: Any) -> None:
        real, acts = clients.CLIENTS[kind], [act]

        def ask(place: Any, question: Any) -> Any:
            answer = real(place, question)
            if acts:
                acts.pop()()
            return answer

        monkeypatch.setitem(clients.CLIENTS, kind, ask)

    return _meanwhile


def test_a_webhook_hears_the_customer_and_its_answer_leaves(desk):
    set_up(desk)
    answers(desk, {"replies": ["Olá!", {"text": "Como posso ajudar?", "buttons": ["Preços", "Horários"]}]})
    ticket = says(desk, "Oi")
    assert desk.paper.bodies == ["Olá!", "Como posso ajudar?\n\n*[ 1 ]* - Preços\n*[ 2 ]* - Horários"]
    assert ticket.awaiting == "bot" and ticket.status == "pending"
    sent = desk.bots.calls[0]["body"]
    assert sent["message"]["body"] == "Oi" and sent["contact"]["name"] == "Maria"
    assert sent["ticket"]["queue"]["name"] == "Sales" and sent["company"]["name"] == "Acme"
    assert [step["who"]["name"] for step in desk.steps(ticket, "assisted")] == ["Robô", "Robô"]


def test_quick_messages_are_one_question(desk):
    set_up(desk)
    answers(desk, {"reply": "Certo"})
    desk.writes(desk.maria, "Oi")
    desk.writes(desk.maria, "quero comprar")
    desk.after(seconds=2)
    assert [call["body"]["chatInput"] for call in desk.bots.calls] == ["Oi\nquero comprar"]
    assert desk.paper.bodies == ["Certo"]


def test_a_typebot_walks_with_the_customer_to_its_end(desk):
    typebot(desk, handover_message="Agora é com a equipe.")
    says(desk, "Oi")
    later(desk, seconds=10)
    for said in ("1", "30", "maria@example.com"):
        ticket = says(desk, said)
    assert desk.paper.bodies == [
        "Olá, *Maria*! 👋",
        "Como posso ajudar?\n\n*[ 1 ]* - Preços\n*[ 2 ]* - Horários\n*[ 3 ]* - Falar com alguém",
        "Cada unidade custa R$ 10,00.",
        "Quantas você quer?",
        "30 unidades, anotado. Qual é o seu e-mail?",
        "Obrigado! A proposta vai para maria@example.com.",
        "Agora é com a equipe.",
    ]
    assert ticket.awaiting == "" and ticket.is_waiting
    assert notes(desk, ticket) == [
        "Robô passou a conversa para a equipe. Motivo: o robô terminou a sua parte."
    ]


def test_bubbles_leave_at_the_pace_of_the_flow(desk):
    typebot(desk)
    says(desk, "Oi")
    assert desk.paper.bodies == ["Olá, *Maria*! 👋"]
    later(desk, seconds=1.5)
    assert len(desk.paper.bodies) == 2


def test_what_has_not_left_is_taken_back_when_a_person_acts(desk):
    typebot(desk)
    ticket = says(desk, "Oi")
    desk.answers(desk.bruno, ticket, "Oi Maria, sou o Bruno")
    later(desk, seconds=30)
    assert desk.paper.bodies == ["Olá, *Maria*! 👋", "Oi Maria, sou o Bruno"]
    says(desk, "Preços")
    assert len(desk.paper.bodies) == 2 and len(desk.bots.calls) == 1


def test_a_person_who_acts_while_the_bot_thinks_has_the_word(desk, meanwhile):
    set_up(desk)
    answers(desk, {"reply": "tarde demais", "closeTicket": True})
    ticket = desk.writes(desk.maria, "Oi")
    meanwhile("webhook", lambda: lifecycle.accept(ticket, by=desk.bruno))
    desk.after(seconds=2)
    ticket = desk.ticket(ticket.pk)
    assert desk.paper.bodies == [] and len(desk.bots.calls) == 1
    assert (ticket.agent, ticket.status) == (desk.bruno, "open")


def test_a_bot_tags_transfers_and_says_why(desk):
    set_up(desk)
    with desk.world.scope():
        Tag.objects.create(name="VIP")
    answers(desk, {"reply": "Vou transferir.", "setTags": ["vip", "nenhuma"], "transferQueue": "support"})
    ticket = says(desk, "Quero suporte")
    assert desk.paper.bodies == ["Vou transferir."]
    assert ticket.queue == desk.support and ticket.awaiting == "" and ticket.is_waiting
    with desk.world.scope():
        assert [row.tag.name for row in ticket.ticket_tags.select_related("tag")] == ["VIP"]
    first, second = notes(desk, ticket)
    assert "o robô pediu que uma pessoa continue" in first and "tag nenhuma" in second


def test_a_bot_gives_the_ticket_to_an_agent(desk):
    set_up(desk)
    answers(desk, {"reply": "O Bruno continua.", "transferAgent": desk.bruno.pk})
    ticket = says(desk, "Oi")
    assert ticket.agent == desk.bruno and ticket.status == "open"


def test_a_bot_closes_the_ticket(desk):
    set_up(desk)
    answers(desk, {"reply": "Até logo!", "closeTicket": True})
    ticket = says(desk, "Tchau")
    assert ticket.is_closed and desk.paper.bodies[0] == "Até logo!"


def test_a_timeout_never_stops_the_conversation(desk, settings):
    settings.BOT_SECONDS = 0.3
    set_up(desk, handover_message="Um atendente já vem.", handover_queue=desk.support)
    answers(desk, {"reply": "tarde"})
    desk.bots.record.faults.append({"delay": 1})
    ticket = says(desk, "Oi")
    assert desk.paper.bodies == ["Um atendente já vem."]
    assert ticket.queue == desk.support and ticket.awaiting == ""
    assert "demorou demais" in notes(desk, ticket)[0]


@pytest.mark.parametrize("fault", [{"status": 500}, {"status": 401}, {"broken": True}])
def test_a_failure_is_excused_once_then_people_go_on(desk, fault):
    set_up(desk, fallback_text="Não entendi, pode repetir?")
    answers(desk, {"reply": "certo"})
    desk.bots.record.faults.append({**fault, "times": 2})
    ticket = says(desk, "Oi")
    assert desk.paper.bodies == ["Não entendi, pode repetir?"] and ticket.awaiting == "bot"
    ticket = says(desk, "Oi?")
    assert len(desk.paper.bodies) == 2 and ticket.awaiting == ""
    assert "o robô falhou" in notes(desk, ticket)[0]


def test_an_address_inside_the_network_is_never_called(desk, settings):
    settings.PRIVATE_HOSTS_ALLOWED = set()
    set_up(desk)
    ticket = says(desk, "Oi")
    assert desk.bots.calls == [] and ticket.awaiting == ""
    assert "não é permitido" in notes(desk, ticket)[0]


def test_a_bot_that_answers_nothing_leaves_nobody_waiting(desk):
    set_up(desk, answer_seconds=60)
    answers(desk, (204, {}))
    ticket = says(desk, "Oi")
    assert desk.paper.bodies == [] and ticket.awaiting == "bot"
    desk.after(seconds=61)
    ticket = desk.ticket(ticket.pk)
    assert ticket.awaiting == "" and "demorou demais" in notes(desk, ticket)[0]


def test_words_start_restart_and_finish_a_talk(desk):
    typebot(
        desk,
        start_words=["Começar"],
        restart_words=["voltar"],
        finish_words=["chega"],
        restart_text="De novo!",
    )
    assert says(desk, "Oi").awaiting == ""
    says(desk, "começar!")
    later(desk, seconds=10)
    says(desk, "1")
    says(desk, "VOLTAR")
    later(desk, seconds=10)
    assert desk.paper.bodies[-3:] == ["De novo!", "Olá, *Maria*! 👋", desk.paper.bodies[1]]
    ticket = says(desk, "Chega")
    assert ticket.awaiting == "" and "o cliente encerrou" in notes(desk, ticket)[0]


def test_a_talk_expires_and_another_begins(desk):
    typebot(desk, expires_minutes=30)
    says(desk, "Oi")
    first = session(desk)
    desk.after(minutes=31)
    says(desk, "1")
    second = session(desk)
    assert (first.talk != second.talk, session(desk).bot_id) == (True, first.bot_id)
    with desk.world.scope():
        assert BotSession.objects.get(pk=first.pk).why == "replaced"


def test_a_bot_acts_only_on_its_numbers_queues_and_hours(desk):
    set_up(desk, name="Outro número", connections=[desk.line.pk + 1])
    set_up(desk, name="Outra fila", queues=[desk.support.pk])
    set_up(desk, name="Fechado", hours="closed")
    answers(desk, {"reply": "Oi"})
    assert says(desk, "Oi").awaiting == "" and desk.bots.calls == []
    set_up(desk, name="Aqui", queues=[desk.sales.pk], hours="open")
    assert says(desk, "Oi?").awaiting == "bot"
    assert desk.bots.calls[0]["body"]["bot"]["name"] == "Aqui"


def test_who_wants_no_bots_gets_none(desk):
    set_up(desk)
    answers(desk, {"reply": "Oi"})
    who = desk.customer("Rui", bot_off=True)
    assert says(desk, "Oi", who).awaiting == "" and desk.bots.calls == []


def test_a_bot_that_went_off_duty_leaves_its_talks_to_people(desk):
    bot = typebot(desk)
    says(desk, "Oi")
    with desk.world.scope():
        Bot.objects.filter(pk=bot.pk).update(is_on=False)
    ticket = says(desk, "1")
    assert ticket.awaiting == "" and "saiu de serviço" in notes(desk, ticket)[0]


def test_a_bots_picture_is_fetched_and_sent_as_one(desk):
    set_up(desk)
    picture = f"{desk.bots.url}/files/tabela.png"
    answers(desk, {"replies": [{"text": "A tabela", "media": picture}, {"media": "http://10.0.0.1/a.png"}]})
    ticket = says(desk, "Preços")
    with desk.world.scope():
        sent = list(Message.objects.filter(ticket=ticket.pk, direction="out").order_by("pk"))
        assert [(one.kind, one.body) for one in sent] == [
            ("image", "A tabela"),
            ("text", "http://10.0.0.1/a.png"),
        ]


def test_dialogflow_answers_and_leaves(desk):
    account = json.dumps(desk.bots.google.service_account())
    desk.bots.google.intents = [
        ("tchau", {"fulfillmentText": "Até mais!", "diagnosticInfo": {"end_conversation": True}}),
        ("oi", {"fulfillmentMessages": [{"text": {"text": ["Olá!", "Sou o robô."]}}]}),
    ]
    set_up(desk, "dialogflow", secrets={"service_account": account})
    says(desk, "oi")
    ticket = says(desk, "tchau")
    assert desk.paper.bodies == ["Olá!", "Sou o robô.", "Até mais!"]
    assert ticket.awaiting == "" and len(desk.bots.google.texts) == 1


def test_what_the_bot_answered_too_late_is_said_with_the_next_turn(desk, meanwhile):
    """The flow has moved on although the customer wrote meanwhile: its question must not be lost."""
    typebot(desk)
    says(desk, "Oi")
    later(desk, seconds=10)
    meanwhile("typebot", lambda: desk.writes(desk.maria, "na verdade 30"))
    desk.writes(desk.maria, "1")
    desk.after(seconds=4)
    assert desk.paper.bodies[2:] == [
        "Cada unidade custa R$ 10,00.",
        "Quantas você quer?",
        "Invalid message. Please, try again.",
    ]


def test_characters_that_no_database_keeps_stop_nobody(desk):
    set_up(desk)
    answers(desk, {"reply": "Ol\x00á \ud83d", "setTag": "\x00"})
    says(desk, "Oi")
    assert desk.paper.bodies == ["Olá"]
