"""Addresses between us and the provider: told by customers, learned from sends, forgotten with the contact."""

import pytest
from django.utils.timezone import now

from tickets.transport import Accepted, Address, Inbound, Refused, Sender

pytestmark = pytest.mark.django_db
MARIA_ID = Address("bsuid", "BR.1", "waba")


@pytest.fixture
def hidden(talk, acme_world):
    """The customer of the conversation hides the number: only the user id is known."""
    with acme_world.scope():
        talk.contact.addresses.all().delete()
        talk.contact.addresses.create(kind="bsuid", value="BR.1", scope="waba", last_inbound_at=now())
        talk.contact.number = ""
        talk.contact.save(update_fields=["number"])
    return talk


def card(line, world, phones, origin="contact_request"):
    from tickets.actions import inbound
    from tickets.models import Connection

    content = {"contacts": [{"name": "", "phones": phones, "emails": []}]}
    content |= {"origin": origin} if origin else {}
    item = Inbound("w9", Sender((MARIA_ID,), "Maria"), "contacts", now(), content=content)
    with world.scope():
        number = Connection.objects.select_related("company", "queue").get(pk=line.pk)
        return inbound.receive_all(number, [item])[0]


def test_the_number_that_a_customer_gave_is_theirs_with_the_message_as_evidence(
    hidden, line, acme_world, api
):
    message = card(line, acme_world, ["+55 11 98765-4321"])
    assert api.get(f"/api/contacts/{hidden.contact_id}/").json()["number"] == "5511987654321"
    phone = api.get(f"/api/contacts/{hidden.contact_id}/evidence/").json()[-1]
    assert (phone["kind"], phone["how"], phone["message"]["id"]) == ("phone", "contact_request", message.pk)


def test_a_card_that_was_shared_by_hand_teaches_nothing(hidden, line, acme_world, api):
    card(line, acme_world, ["+55 11 98765-4321"], origin="")
    assert api.get(f"/api/contacts/{hidden.contact_id}/").json()["number"] is None


def test_a_number_of_another_person_is_shown_to_people_instead(hidden, line, acme_world, as_, sofia):
    other = acme_world.contact("João", "5511987654321")
    with acme_world.scope():
        other.addresses.create(kind="bsuid", value="BR.2", scope="waba")
    card(line, acme_world, ["5511987654321"])
    boss = as_(sofia)
    assert boss.get(f"/api/contacts/{hidden.contact_id}/").json()["number"] is None
    [pair] = boss.get("/api/contact-duplicates/").json()["results"]
    assert ({pair["first"]["id"], pair["second"]["id"]}, pair["reasons"]) == (
        {hidden.contact_id, other.pk},
        ["address"],
    )
    [phone] = [
        one for one in boss.get(f"/api/contacts/{other.pk}/evidence/").json() if one["kind"] == "phone"
    ]
    assert phone["contested_by"] == hidden.contact_id


def test_what_a_user_id_cannot_get_goes_to_the_phone_once(hidden, say, paper, acme_world):
    with acme_world.scope():
        hidden.contact.addresses.create(kind="phone", value="5511987654321")
    paper.answers = [Refused("phone_required", "Needs the phone", "", needs_phone=True)]
    message = say("Seu código é 1234")
    assert [one["to"] for one in paper.sent] == [["5511987654321"]]
    with acme_world.scope():
        from tickets.models import Attempt, Message

        assert Message.objects.get(pk=message["id"]).state == "accepted"
        assert Attempt.objects.filter(message=message["id"]).count() == 1


def test_without_a_phone_the_agent_reads_why(hidden, say, paper, api, talk):
    paper.answers = [Refused("phone_required", "Needs the phone", "", needs_phone=True)]
    message = say("Seu código é 1234")
    [shown] = api.get(f"/api/tickets/{talk.pk}/messages/").json()["results"]
    assert (shown["id"], shown["state"], shown["error"]["code"]) == (
        message["id"],
        "failed",
        "phone_required",
    )


def test_a_send_that_names_somebody_else_shows_two_contacts(talk, say, paper, acme_world, as_, sofia):
    other = acme_world.contact("Maria C.")
    with acme_world.scope():
        other.addresses.create(kind="bsuid", value="BR.1", scope="waba")
    paper.answers = [Accepted("w1", (MARIA_ID,))]
    say("Olá")
    [pair] = as_(sofia).get("/api/contact-duplicates/").json()["results"]
    assert {pair["first"]["id"], pair["second"]["id"]} == {talk.contact_id, other.pk}


@pytest.fixture
def two_portfolios(hidden, line, acme_world):
    """Maria wrote to this number, and later to one of another portfolio, which knows her by another id."""
    foreign = acme_world.connection("Foreign", account="foreign", portfolio="p2")
    with acme_world.scope():
        line.account, line.portfolio = "waba", "p1"
        line.save()
        hidden.contact.addresses.create(kind="bsuid", value="BR.9", scope="foreign", last_inbound_at=now())
        acme_world.ticket(foreign, hidden.contact)
    return foreign


def test_an_answer_uses_no_user_id_of_another_portfolio(two_portfolios, hidden, say, paper):
    say("Olá")
    assert [one["to"] for one in paper.sent] == [["BR.1"]]


def test_each_number_is_told_of_the_ids_that_mean_something_to_it(
    two_portfolios, hidden, paper, as_, ana, line
):
    as_(ana).delete(f"/api/contacts/{hidden.contact_id}/")
    assert sorted(paper.forgotten) == [(line.pk, ["BR.1"]), (two_portfolios.pk, ["BR.9"])]


def test_a_deleted_contact_is_forgotten_by_the_provider(hidden, paper, as_, ana, acme_world, line):
    as_(ana).delete(f"/api/contacts/{hidden.contact_id}/")
    assert paper.forgotten == [(line.pk, ["BR.1"])]
