"""Assistants in conversations, asked over real HTTP: they answer what they know, and everything else goes to people."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils.timezone import now

from integrations.models import AiCall, Assistant, Turn
from tickets.actions import automatic, inbound, rates
from tickets.models import Attachment, Menu, Message, Ticket
from tickets.transport import Address, Inbound, Sender

pytestmark = pytest.mark.django_db
HANDED_OVER = "Vou passar você para uma pessoa da nossa equipe. Em breve alguém continua com você."


@pytest.fixture
def desk(
    office: Any,
    paper: Any,
    sales: Any,
    support: Any,
    bruno: Any,
    provider: Any,
    ai_server: Any,
    monkeypatch: Any,
) -> Any:
    """Clara answers what customers of Acme write; she gives what she does not know to Support."""
    monkeypatch.setattr(rates, "take", lambda *_, **__: 0.0)
    office.paper, office.sales, office.support, office.bruno, office.ai = (
        paper,
        sales,
        support,
        bruno,
        ai_server,
    )
    office.line.queue = sales
    with office.world.scope():
        office.line.save()
        office.clara = Assistant.objects.create(
            name="Clara", instructions="Ajude.", is_on=True, uses_knowledge=False, handover_queue=support,
            debounce_seconds=4,
        )  # fmt: skip
    office.maria = office.customer()
    ai_server.script({"say": "Custa R$ 10."})
    return office


def asked(desk: Any) -> list[Any]:
    return [call["body"] for call in desk.ai.calls("/responses")]


def turn_of(desk: Any) -> Turn:
    with desk.world.scope():
        found: Turn = Turn.objects.latest("pk")
    return found


def notes(desk: Any) -> list[str]:
    with desk.world.scope():
        return list(Message.objects.filter(kind="note").order_by("pk").values_list("body", flat=True))


def duty(desk: Any, **fields: Any) -> None:
    with desk.world.scope():
        Assistant.objects.filter(pk=desk.clara.pk).update(**fields)


def test_a_customer_is_answered_and_the_ticket_tells_who_did(desk):
    ticket = desk.writes(desk.maria, "Quanto custa?")
    desk.after(seconds=5)
    assert desk.paper.bodies == ["Custa R$ 10."]
    assert desk.ticket(ticket.pk).awaiting == "bot"
    step = desk.steps(ticket, "assisted")[0]
    assert (step["who"]["name"], step["turn"]) == ("Clara", turn_of(desk).pk)
    assert [one["kind"] for one in turn_of(desk).steps] == ["sent", "said"]
    assert turn_of(desk).input_tokens > 0
    with desk.world.scope():
        assert AiCall.objects.get().ticket_id == ticket.pk


def test_a_message_from_before_its_ticket_is_read_as_well(desk):
    """WhatsApp counts whole seconds, and its messages are under way for a while."""
    desk.writes(desk.maria, "Quanto custa?", at=now() - timedelta(seconds=30))
    desk.after(seconds=5)
    assert "Quanto custa?" in str(asked(desk)[0]["input"])


def test_what_was_said_before_the_last_close_is_not_shown(desk):
    desk.line.reopen_minutes = 60
    with desk.world.scope():
        desk.line.save()
    ticket = desk.writes(desk.maria, "Quanto custa?")
    desk.after(seconds=5)
    desk.closes(desk.bruno, ticket)
    desk.after(seconds=5)
    desk.writes(desk.maria, "E o verde?", at=now() - timedelta(seconds=2))
    desk.after(seconds=5)
    assert "E o verde?" in str(asked(desk)[-1]["input"])
    assert "Quanto custa?" not in str(asked(desk)[-1]["input"])


def test_several_messages_in_a_row_are_one_question(desk):
    desk.writes(desk.maria, "Oi")
    desk.after(seconds=3)
    desk.writes(desk.maria, "Quanto custa?")
    desk.after(seconds=3.5)
    desk.writes(desk.maria, "O azul")
    desk.after(seconds=10)
    assert desk.paper.bodies == ["Custa R$ 10."]
    [question] = asked(desk)
    assert [word in str(question["input"]) for word in ("Oi", "Quanto custa?", "O azul")] == [True] * 3


def test_the_second_question_comes_with_what_was_said_before(desk):
    desk.writes(desk.maria, "Quanto custa?")
    desk.after(seconds=5)
    desk.ai.script({"say": "Amanhã."})
    desk.writes(desk.maria, "E quando chega?")
    desk.after(seconds=5)
    assert desk.paper.bodies == ["Custa R$ 10.", "Amanhã."]
    assert "Custa R$ 10." in str(asked(desk)[-1]["input"])


def test_it_hands_over_with_words_a_note_and_the_right_queue(desk):
    call = {"name": "hand_over", "arguments": {"reason": "upset", "summary": "Quer devolver o azul."}}
    desk.ai.script({"calls": [call]})
    ticket = desk.writes(desk.maria, "Isto é um absurdo")
    desk.after(seconds=5)
    row = desk.ticket(ticket.pk)
    assert (row.awaiting, row.queue, row.status) == ("", desk.support, "pending")
    assert desk.paper.bodies == [HANDED_OVER]
    [note] = notes(desk)
    assert "Clara" in note and "insatisfeito" in note and "Quer devolver o azul." in note
    desk.writes(desk.maria, "Alô?")
    desk.after(seconds=10)
    assert desk.paper.bodies == [HANDED_OVER]  # once; people have it


@pytest.mark.parametrize(
    "words",
    [
        "Falar com atendente", "quero falar com uma pessoa", "atendente por favor!", "Human",
        "I want to talk to a person",
        "real person please", "quiero hablar con una persona", "Necesito hablar con un asesor", "Humano?",
        "me passa para um atendente", "can I speak to someone",
    ],
)  # fmt: skip
def test_who_asks_for_a_person_gets_one_without_a_model(words, desk):
    desk.writes(desk.maria, words)
    desk.after(seconds=1)
    assert desk.paper.bodies == [HANDED_OVER]
    assert asked(desk) == []
    assert turn_of(desk).outcome == "asked"


@pytest.mark.parametrize(
    "words",
    [
        "A atendente de ontem disse que custa R$ 10", "não quero falar com atendente", "I don't want a person",
        "Vocês vendem para pessoa jurídica?", "preciso de uma peça", "do you ship to Argentina?",
    ],
)  # fmt: skip
def test_who_only_speaks_of_people_is_answered(words, desk):
    desk.writes(desk.maria, words)
    desk.after(seconds=5)
    assert desk.paper.bodies == ["Custa R$ 10."]


TROUBLES = {
    "down": ({"status": 503}, "falhou"),
    "rate-limited": ({"status": 429, "code": "rate_limit_exceeded"}, "pedidos demais"),
    "without credit": ({"status": 429, "code": "insufficient_quota"}, "sem crédito"),
    "wrong key": ({"status": 401, "code": "invalid_api_key"}, "recusou a chave"),
    "unknown model": ({"status": 404, "code": "model_not_found"}, "não conhece o modelo"),
    "broken JSON": ({"broken": True}, "ilegível"),
}


@pytest.mark.parametrize("trouble", TROUBLES)
def test_whatever_the_provider_does_a_person_goes_on(trouble, desk):
    answer, reason = TROUBLES[trouble]
    desk.ai.script(answer)
    ticket = desk.writes(desk.maria, "Quanto custa?")
    desk.after(seconds=5)
    assert desk.paper.bodies == [HANDED_OVER]
    assert reason in notes(desk)[0]
    assert desk.ticket(ticket.pk).awaiting == ""


def test_a_provider_that_nothing_listens_at_ends_in_a_hand_over(desk, provider):
    provider.base_url = "http://127.0.0.1:9/v1"
    with desk.world.scope():
        provider.save()
    desk.writes(desk.maria, "Quanto custa?")
    desk.after(seconds=5)
    assert desk.paper.bodies == [HANDED_OVER]
    assert "não respondeu" in notes(desk)[0]


def test_without_budget_nothing_is_asked_and_a_person_goes_on(desk, provider):
    provider.monthly_budget = 0
    with desk.world.scope():
        provider.save()
    desk.writes(desk.maria, "Quanto custa?")
    desk.after(seconds=5)
    assert asked(desk) == []
    assert desk.paper.bodies == [HANDED_OVER]
    assert "orçamento" in notes(desk)[0]


def test_a_slow_provider_ends_in_a_hand_over(desk, monkeypatch):
    from integrations.actions import asking
    from integrations.models.call import Purpose

    monkeypatch.setitem(asking.PATIENCE, Purpose.ANSWER, 0.3)
    desk.ai.script({"say": "Custa R$ 10.", "delay": 1.5})
    desk.writes(desk.maria, "Quanto custa?")
    desk.after(seconds=5)
    assert desk.paper.bodies == [HANDED_OVER]
    assert "demorou demais" in notes(desk)[0]


def test_it_answers_no_more_often_than_it_may(desk):
    duty(desk, max_answers=1)
    desk.writes(desk.maria, "Quanto custa?")
    desk.after(seconds=5)
    desk.writes(desk.maria, "E o verde?")
    desk.after(seconds=5)
    assert desk.paper.bodies == ["Custa R$ 10.", HANDED_OVER]
    assert turn_of(desk).outcome == "max_answers"


def test_two_robots_do_not_answer_each_other_for_ever(desk):
    for number in range(6):
        desk.ai.script({"say": f"Resposta {number}: como posso ajudar, e com o quê?"})
        desk.writes(desk.maria, "Obrigado pelo contato! Recebemos a sua mensagem.")
        desk.after(seconds=6)
    assert len(desk.paper.bodies) == 3  # two answers and the hand-over
    with desk.world.scope():
        assert Turn.objects.filter(outcome="loop").count() == 1


def test_a_contact_who_wants_no_bots_waits_for_people(desk):
    desk.contact(desk.maria.pk, bot_off=True)
    ticket = desk.writes(desk.maria, "Quanto custa?")
    desk.after(seconds=10)
    assert desk.paper.bodies == []
    assert desk.ticket(ticket.pk).awaiting == ""


def test_it_acts_only_where_it_is_told_to(desk):
    duty(desk, queues=[desk.support.pk])
    ticket = desk.writes(desk.maria, "Quanto custa?")
    desk.after(seconds=10)
    assert (desk.paper.bodies, desk.ticket(ticket.pk).awaiting) == ([], "")


def test_who_chooses_in_the_menu_gets_the_assistant_of_that_queue(desk):
    duty(desk, queues=[desk.support.pk])
    options = [
        {"key": str(place), "title": queue.name, "kind": "queue", "queue": queue.pk}
        for place, queue in enumerate([desk.sales, desk.support], start=1)
    ]
    with desk.world.scope():
        desk.line.menu = Menu.objects.create(name="Main", text="Olá!", options=options)
        desk.line.save()
    desk.writes(desk.maria, "Oi")
    desk.after(seconds=5)
    assert asked(desk) == []
    ticket = desk.writes(desk.maria, "2")
    desk.after(seconds=5)
    assert desk.ticket(ticket.pk).awaiting == "bot"
    assert desk.paper.bodies[-1] == "Custa R$ 10."


def test_a_greeting_comes_before_its_first_answer(desk):
    desk.line.greeting = "Bem-vindo à Acme!"
    with desk.world.scope():
        desk.line.save()
    desk.writes(desk.maria, "Quanto custa?")
    desk.after(seconds=10)
    assert desk.paper.bodies == ["Bem-vindo à Acme!", "Custa R$ 10."]


def test_while_it_is_closed_an_assistant_may_have_the_word(desk):
    from tickets.models import Hours

    with desk.world.scope():
        never = Hours.objects.create(name="Never", weekly={})
    desk.options(hours_of="company", hours=never.pk, out_of_hours=True)
    duty(desk, hours="closed")
    desk.writes(desk.maria, "Quanto custa?")
    desk.after(seconds=10)
    assert desk.paper.bodies == ["Custa R$ 10."]


def test_an_agent_who_takes_the_ticket_silences_it(desk):
    ticket = desk.writes(desk.maria, "Quanto custa?")
    desk.after(seconds=2)
    desk.answers(desk.bruno, ticket, "Já respondo")
    desk.after(seconds=30)
    desk.writes(desk.maria, "Obrigada")
    desk.after(seconds=30)
    assert desk.paper.bodies == ["Já respondo"]
    assert asked(desk) == []


def test_an_assistant_that_goes_off_duty_hands_its_conversations_over(desk):
    desk.writes(desk.maria, "Quanto custa?")
    desk.after(seconds=5)
    duty(desk, is_on=False)
    desk.writes(desk.maria, "E o verde?")
    desk.after(seconds=5)
    assert desk.paper.bodies == ["Custa R$ 10.", HANDED_OVER]


def test_a_picture_is_waited_for_and_shown_to_the_model(desk, monkeypatch, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"0" * 40)
    with desk.acting():
        sender = Sender(addresses=(Address("phone", desk.maria.number),), name="Maria")
        item = Inbound(
            provider_id=f"wamid.{uuid4().hex}", sender=sender, kind="image", body="O que é isto?", at=now()
        )
        message = inbound.receive_all(desk.line, [item])[0]
        file = Attachment.objects.create(
            message=message, kind="image", name="a.png", mime="image/png", state="fetching"
        )
    desk.after(seconds=6)
    assert asked(desk) == []
    with desk.world.scope():
        Attachment.objects.filter(pk=file.pk).update(state="stored", path="a.png", size=48)
    desk.after(seconds=3)
    assert "input_image" in str(asked(desk)[0]["input"])
    assert desk.paper.bodies == ["Custa R$ 10."]


def test_what_is_too_old_is_summarised_once(desk, monkeypatch):
    from integrations.actions import contexts

    monkeypatch.setattr(contexts, "MOST_MESSAGES", 4)
    desk.ai.script(
        {"when": {"instructions": "Summarise"}, "say": "A cliente quer o azul."}, {"say": "Certo!"}
    )
    for number in range(12):
        ticket = desk.writes(desk.maria, f"Pergunta número {number}, bem diferente: {uuid4().hex}")
        with desk.world.scope():
            Turn.objects.filter(ticket=ticket.pk, state="waiting").update(state="discarded", outcome="test")
    desk.writes(desk.maria, "E agora?")
    desk.after(seconds=10)
    desk.writes(desk.maria, "E depois?")
    desk.after(seconds=10)
    summaries = [body for body in asked(desk) if "Summarise" in body["instructions"]]
    assert len(summaries) == 1
    assert "A cliente quer o azul." in str(asked(desk)[-1])


def test_texts_of_machines_are_no_human_act(desk):
    """The greeting and the assistant's own words leave the word where it is."""
    ticket = desk.writes(desk.maria, "Quanto custa?")
    desk.after(seconds=5)
    with desk.acting():
        automatic.say(
            Ticket.objects.with_parts().select_related("company", "queue").get(pk=ticket.pk),
            "Aviso",
            occasion="notice",
        )
    assert desk.ticket(ticket.pk).awaiting == "bot"


def test_agents_read_who_answered_and_let_it_answer_again(desk, api):
    ticket = desk.writes(desk.maria, "Quanto custa?")
    desk.after(seconds=5)
    [turn] = api.get(f"/api/ai/turns/?ticket={ticket.pk}").json()["results"]
    assert (turn["who"]["name"], turn["outcome"], turn["state"]) == ("Clara", "answered", "spoken")
    desk.answers(desk.bruno, ticket, "Só um momento")
    desk.writes(desk.maria, "E o verde?")
    desk.after(seconds=10)
    assert desk.paper.bodies[1:] == ["Só um momento"]
    with desk.acting():
        assert api.post(f"/api/ai/turns/{turn['id']}/release/").status_code == 200
    desk.after(seconds=10)
    assert desk.paper.bodies[1:] == ["Só um momento", "Custa R$ 10."]


def test_who_speaks_is_understood_and_hears_the_answer(desk, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    duty(desk, speaks=True)
    with desk.acting():
        sender = Sender(addresses=(Address("phone", desk.maria.number),), name="Maria")
        item = Inbound(provider_id=f"wamid.{uuid4().hex}", sender=sender, kind="audio", body="", at=now())
        message = inbound.receive_all(desk.line, [item])[0]
        Attachment.objects.create(
            message=message, kind="audio", name="a.ogg", mime="audio/ogg", state="stored", is_voice=True,
            transcript="Quanto custa o azul?", transcript_state="done", path="a.ogg",
        )  # fmt: skip
    desk.after(seconds=6)
    assert "Quanto custa o azul?" in str(asked(desk)[0]["input"])
    assert [one["kind"] for one in desk.paper.sent] == ["audio"]
    assert len(desk.ai.calls("/audio/speech")) == 1


def test_where_no_voice_can_be_made_the_answer_is_written(desk, provider, settings, tmp_path):
    provider.speech_model = ""
    with desk.world.scope():
        provider.save()
    settings.MEDIA_ROOT = tmp_path
    duty(desk, speaks=True)
    with desk.acting():
        sender = Sender(addresses=(Address("phone", desk.maria.number),), name="Maria")
        item = Inbound(provider_id=f"wamid.{uuid4().hex}", sender=sender, kind="audio", body="", at=now())
        message = inbound.receive_all(desk.line, [item])[0]
        Attachment.objects.create(
            message=message, kind="audio", name="a.ogg", mime="audio/ogg", state="stored", is_voice=True,
            transcript="Quanto custa?", transcript_state="done", path="a.ogg",
        )  # fmt: skip
    desk.after(seconds=6)
    assert desk.paper.bodies == ["Custa R$ 10."]
