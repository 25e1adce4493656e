"""The gate of personal data, as the customer meets it."""

import pytest

from whatsapp.tests.conftest import MARIA

pytestmark = pytest.mark.django_db

QUESTION = """Cuidamos dos seus dados.

https://loja.example/privacidade

Estou ciente sobre o tratamento dos meus dados pessoais.

*[ 1 ]* - Sim
*[ 2 ]* - Não"""


@pytest.fixture(autouse=True)
def gate(street):
    street.options(
        consent=True, consent_text="Cuidamos dos seus dados.", consent_link="https://loja.example/privacidade"
    )
    street.number_has(greeting="Olá!")


def history(street):
    with street.world.scope():
        return list(street.ticket().history.order_by("id").values_list("kind", flat=True))


def test_the_first_contact_gets_text_link_and_question(street):
    assert street.says("Oi, meu CPF é 123") == [QUESTION]
    assert (street.ticket().awaiting, street.ticket().status) == ("consent", "pending")
    assert street.ticket().contact.consented_at is None


def test_what_is_written_before_is_stored_and_hidden_from_nobody(street, bruno):
    street.says("Oi, meu CPF é 123")
    thread = street.client(bruno).get(f"/api/tickets/{street.ticket().pk}/messages/").json()["results"]
    assert "Oi, meu CPF é 123" in [message["body"] for message in thread]


@pytest.mark.parametrize("yes", ["1", "Sim", "sí", "YES", "[1]", "sim!"])
def test_a_yes_is_dated_and_the_conversation_goes_on(street, yes):
    street.says("oi")
    assert street.says(yes) == ["Olá!"]
    ticket = street.ticket()
    assert (ticket.awaiting, ticket.status) == ("", "pending")
    assert ticket.contact.consented_at is not None
    assert "consented" in history(street)


@pytest.mark.parametrize("no", ["2", "não", "Nao", "no", "NÃO!"])
def test_a_no_closes(street, no):
    street.options(farewell=True, farewell_waiting=True, consent_refused_text="Entendido.")
    street.says("oi")
    assert street.says(no) == ["Entendido."]
    assert street.ticket().status == "closed"
    assert street.ticket().contact.consented_at is None
    assert "refused" in history(street)


def test_anything_else_is_asked_again_a_limited_number_of_times(street):
    street.options(consent_max_tries=2)
    street.says("oi")
    assert street.says("por quê?") == [QUESTION]
    assert street.says("hein?") == []
    assert street.says("sim") == ["Olá!"]  # a late yes still counts


def test_an_agent_sees_that_consent_is_awaited_and_when_it_was_given(street, bruno):
    street.says("oi")
    client = street.client(bruno)
    assert client.get(f"/api/tickets/{street.ticket().pk}/").json()["awaiting"] == "consent"
    street.says("1")
    row = client.get(f"/api/contacts/{street.ticket().contact_id}/").json()
    assert row["consented_at"] is not None


def test_once_per_customer_is_enough(street):
    street.number_has(reopen_minutes=0)
    street.says("oi")
    street.says("1")
    street.client().post(f"/api/tickets/{street.ticket().pk}/close/")
    assert street.says("oi de novo") == ["Olá!"]
    assert street.tickets() == 2


def test_each_conversation_may_be_asked(street):
    street.options(consent_each_ticket=True)
    street.number_has(reopen_minutes=0)
    street.says("oi")
    street.says("1")
    street.client().post(f"/api/tickets/{street.ticket().pk}/close/")
    assert street.says("oi de novo") == [QUESTION]


def test_a_yes_opens_the_menu(street, sales, support):
    options = [
        {"title": "Vendas", "kind": "queue", "queue": sales.pk},
        {"title": "Suporte", "kind": "queue", "queue": support.pk},
    ]
    street.number_has(
        menu=street.make("menus", name="Main", text="Escolha:", options=options)["id"], queue=None
    )
    street.says("oi")
    [menu] = street.says("1")
    assert menu.startswith("Olá!\n\nEscolha:\n\n*[ 1 ]* - Vendas")
    assert street.ticket().awaiting == "menu"


def test_several_messages_at_once_get_one_question(street):
    street.write("oi")
    street.write("tudo bem?")
    assert street.after(seconds=2) == [QUESTION]


def test_turning_the_gate_off_lets_those_inside_through(street):
    street.says("oi")
    street.options(consent=False)
    assert street.says("alô?") == ["Olá!"]
    assert street.ticket(MARIA).awaiting == ""
