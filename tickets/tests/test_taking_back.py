"""Undo send: a message waits for the seconds that the company chose, and can be taken back meanwhile."""

from datetime import timedelta

import pytest
from django.utils.timezone import now


@pytest.fixture
def hold(acme_world):
    acme_world.company.settings = {"undo_send_seconds": 10}
    acme_world.company.save()


def test_a_message_waits_before_it_leaves(hold, say, paper, run_due):
    message = say("Olá!")
    assert (message["state"], message["not_before"] is not None) == ("queued", True)
    assert paper.bodies == []
    run_due(timedelta(seconds=11))
    assert paper.bodies == ["Olá!"]


def test_meanwhile_it_can_be_taken_back(hold, api, say, paper, run_due):
    message = say("Errado")
    taken = api.post(f"/api/messages/{message['id']}/cancel/").json()
    assert (taken["state"], taken["body"]) == ("cancelled", "Errado")
    run_due(timedelta(seconds=11))
    assert paper.bodies == []


def test_the_list_shows_what_stands(hold, api, talk, say, acme_world):
    acme_world.message(talk, "Pergunta", at=now() - timedelta(minutes=1))
    message = say("Errado")
    api.post(f"/api/messages/{message['id']}/cancel/")
    assert api.get(f"/api/tickets/{talk.pk}/").json()["last_message"]["preview"] == "Pergunta"


def test_what_is_behind_it_keeps_its_place(hold, acme_world, say, talk, paper, run_due):
    from uuid import uuid4

    from tickets.actions import outbound

    say("um")
    with acme_world.scope():  # a program's message is not held, but never overtakes
        outbound.send(talk, by=None, client_id=uuid4(), body="dois")
    run_due(timedelta(seconds=1))
    assert paper.bodies == []
    run_due(timedelta(seconds=11))
    assert paper.bodies == ["um", "dois"]


def test_without_the_option_it_leaves_at_once(say, paper):
    assert say("Olá!")["not_before"] is None
    assert paper.bodies == ["Olá!"]
