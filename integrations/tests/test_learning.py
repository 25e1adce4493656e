"""Closed conversations propose answers; people judge them."""

import json

import pytest

from integrations.actions import learning
from integrations.models import KnowledgeAnswer

pytestmark = pytest.mark.django_db(transaction=True)

PAIR = {"question": "Como gero a segunda via do boleto?", "answer": "No portal, em Financeiro."}


@pytest.fixture
def closed(acme_world, line, sales, bruno):
    """Maria asked, bruno answered, and it is over."""
    maria = acme_world.contact("Maria Clara", "5511987654321")
    ticket = acme_world.ticket(line, maria, queue=sales, agent=bruno, status="closed")
    acme_world.message(ticket, "Sou a Maria, 11 98765-4321, maria@mail.example. Como gero o boleto?")
    acme_world.message(ticket, "Maria, no portal, em Financeiro.", direction="out", author=bruno)
    return ticket


def propose(ai_server, *pairs):
    ai_server.script({"when": {"endpoint": "respond"}, "json": {"pairs": list(pairs)}})


def waiting(world):
    with world.scope():
        return list(KnowledgeAnswer.objects.filter(validated_by="pending"))


def test_what_an_agent_answered_waits_for_a_persons_judgement(
    acme_world, closed, provider, ai_server, as_, sofia
):
    propose(ai_server, PAIR)
    learning.learn(acme_world.company.pk, closed.pk)
    (row,) = waiting(acme_world)
    assert (row.question, row.answer, row.is_learned) == (PAIR["question"], PAIR["answer"], True)
    assert (row.ticket_id, row.contact_id, row.operator) == (closed.pk, closed.contact_id, "Bruno")
    boss = as_(sofia)
    path = f"/api/knowledge/answers/{row.pk}/"
    assert boss.patch(path, {"validated_by": "human"}, format="json").json()["validated_by"] == "human"


def test_no_name_number_or_address_of_the_customer_reaches_the_provider(
    acme_world, closed, provider, ai_server
):
    propose(ai_server)
    learning.learn(acme_world.company.pk, closed.pk)
    (call,) = ai_server.calls("/responses")
    sent = json.dumps(call["body"], ensure_ascii=False)
    assert "boleto" in sent
    assert not [secret for secret in ("Maria", "98765", "mail.example") if secret in sent]


def test_nothing_is_learned_from_what_robots_said(acme_world, closed, provider, ai_server):
    said = {"direction": "out", "content": {"automatic": "assistant"}}
    acme_world.message(closed, "Segundo o robô, o prazo é de mil dias.", **said)
    propose(ai_server)
    learning.learn(acme_world.company.pk, closed.pk)
    (call,) = ai_server.calls("/responses")
    assert "mil dias" not in json.dumps(call["body"], ensure_ascii=False)


def test_a_proposal_with_a_customers_data_is_dropped(acme_world, closed, provider, ai_server):
    propose(ai_server, {"question": "Qual o pedido de ⟦name⟧?", "answer": "O dela."})
    learning.learn(acme_world.company.pk, closed.pk)
    assert waiting(acme_world) == []


def test_the_same_conversation_teaches_once(acme_world, closed, provider, ai_server):
    propose(ai_server, PAIR)
    learning.learn(acme_world.company.pk, closed.pk)
    learning.learn(acme_world.company.pk, closed.pk)
    assert len(waiting(acme_world)) == 1
    assert len(ai_server.calls("/responses")) == 1


def test_a_model_that_answers_nonsense_or_fails_teaches_nothing(acme_world, closed, provider, ai_server):
    for rule in ({"say": "not JSON"}, {"status": 500}):
        ai_server.script({"when": {"endpoint": "respond"}, **rule})
        learning.learn(acme_world.company.pk, closed.pk)
    assert waiting(acme_world) == []


def test_closing_teaches_only_where_the_company_wants_it(acme_world, closed, provider, ai_server, acme):
    propose(ai_server, PAIR)
    with acme_world.scope():
        learning.closed(closed, {})
    assert waiting(acme_world) == []
    acme.settings = {"ai_learn": True}
    acme.save()
    closed.company.refresh_from_db()
    with acme_world.scope():
        learning.closed(closed, {})
    assert len(waiting(acme_world)) == 1
