"""Passing a message on: to several contacts at once, with its files, each where that contact is talked with."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils.timezone import now

from tickets.models import Ticket


@pytest.fixture
def joao(acme_world, line, bruno, paper):
    """Bruno talks with João as well."""
    contact = acme_world.contact("João")
    acme_world.ticket(line, contact, agent=bruno, status="open", opened_at=now())
    return contact


def forward(client, message, *contacts, status=200, **given):
    given = {"client_id": str(uuid4()), "contacts": [one.pk for one in contacts], **given}
    answer = client.post(f"/api/messages/{message.pk}/forward/", given)
    assert answer.status_code == status, answer.content
    return answer.json()


def test_words_reach_the_other_conversation_marked_as_forwarded(api, acme_world, talk, joao, paper):
    said = acme_world.message(talk, "O endereço é Rua A, 10")
    (done,) = forward(api, said, joao)["results"]
    assert done["problem"] is None
    assert (done["message"]["body"], done["message"]["is_forwarded"]) == ("O endereço é Rua A, 10", True)
    assert done["message"]["ticket"] != talk.pk
    assert paper.bodies == ["O endereço é Rua A, 10"]


def test_files_go_along_and_the_original_keeps_its_own(
    api, say, talk, joao, paper, settings, tmp_path, acme_world
):
    from tickets.models import Message
    from tickets.tests.test_quick_replies_api import upload

    settings.MEDIA_ROOT = tmp_path
    sent = say("A foto", kind="media", attachments=[upload(api)])
    with acme_world.scope():
        message = Message.objects.get(pk=sent["id"])
    (done,) = forward(api, message, joao)["results"]
    copy = done["message"]["attachments"][0]
    assert copy["id"] != sent["attachments"][0]["id"]
    assert api.get(copy["url"]).status_code == api.get(sent["attachments"][0]["url"]).status_code == 200


def test_one_that_cannot_be_reached_does_not_stop_the_others(api, acme_world, talk, joao, paper):
    said = acme_world.message(talk, "Oi")
    silent = acme_world.contact("Silenciosa")
    first, second = forward(api, said, silent, joao)["results"]
    assert first["problem"]["code"] == "window_closed"
    assert second["problem"] is None
    with acme_world.scope():
        assert not Ticket.objects.filter(contact=silent).exists()


def test_a_repeated_request_sends_nothing_twice(api, acme_world, talk, joao, paper):
    said, token = acme_world.message(talk, "Oi"), str(uuid4())
    ids = {forward(api, said, joao, client_id=token)["results"][0]["message"]["id"] for _ in range(2)}
    assert len(ids) == 1
    assert paper.bodies == ["Oi"]


def test_an_agent_does_not_speak_into_a_colleagues_conversation(
    api, as_, sofia, clara, acme_world, line, talk, paper
):
    said, busy = acme_world.message(talk, "Oi"), acme_world.contact("Ocupada")
    acme_world.ticket(line, busy, agent=clara, status="open", opened_at=now())
    assert forward(api, said, busy)["results"][0]["problem"]["code"] == "ticket_of_colleague"
    assert forward(as_(sofia), said, busy)["results"][0]["problem"] is None


def test_a_place_is_passed_on_as_a_place(api, acme_world, talk, joao, paper):
    where = {
        "latitude": -23.5,
        "longitude": -46.6,
        "name": "Loja",
        "address": "",
        "url": "https://loja.example",
    }
    (done,) = forward(api, acme_world.message(talk, "", kind="location", content=where), joao)["results"]
    assert done["message"]["kind"] == "location"
    assert done["message"]["content"] == {
        key: where[key] for key in ("latitude", "longitude", "name", "address")
    }


def test_cards_are_passed_on_as_cards(api, acme_world, talk, joao, paper):
    cards = {"contacts": [{"name": "", "phones": ["+55 11 98888-0000"], "emails": []}]}
    (done,) = forward(api, acme_world.message(talk, "", kind="contacts", content=cards), joao)["results"]
    card = done["message"]["content"]["contacts"][0]
    assert (card["name"], card["phones"]) == ("+55 11 98888-0000", ["+55 11 98888-0000"])


def test_a_card_without_a_way_to_reach_anybody_is_not_passed_on(api, acme_world, talk, joao, paper):
    said = acme_world.message(talk, "", kind="contacts", content={"contacts": [{"name": "Só o nome"}]})
    assert forward(api, said, joao)["results"][0]["problem"]["code"] == "nothing_to_forward"


def test_a_note_stays_inside(api, acme_world, talk, joao, paper):
    note = acme_world.message(talk, "Segredo", direction="internal", kind="note")
    assert forward(api, note, joao, status=409)["code"] == "not_forwardable"


def test_what_one_does_not_see_cannot_be_passed_on(as_, clara, acme_world, talk, joao, paper):
    forward(as_(clara), acme_world.message(talk), joao, status=404)


def test_outside_the_window_it_is_refused(api, acme_world, talk, joao, paper):
    with acme_world.scope():
        Ticket.objects.filter(contact=joao).update(last_customer_at=now() - timedelta(days=2))
    done = forward(api, acme_world.message(talk, "Oi"), joao)["results"][0]
    assert done["problem"]["code"] == "window_closed"
