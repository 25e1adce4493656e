"""A gateway: plain HTTP against a local server in WAHA's shape, in through its signed webhooks."""

import json
from uuid import uuid4

import pytest
from django.conf import settings as project

from whatsapp.gateway.interpret import interpret
from whatsapp.tests.gateways import CHAT, call, credentials, says

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ticket(waha, line, messages):
    assert call(waha, line, "message", says("Oi")).status_code == 200
    return messages()[0].ticket


def send(boss, ticket, body="Olá!", **more):
    form = {"client_id": str(uuid4()), "kind": "text", "body": body, **more}
    answer = boss.post(f"/api/tickets/{ticket.pk}/messages/", form)
    assert answer.status_code == 201, answer.content
    return boss.get(f"/api/tickets/{ticket.pk}/messages/").json()["results"][0]


def test_a_gateway_is_checked_when_it_is_added(boss, line):
    row = boss.get(f"/api/connections/{line}/").json()
    assert (row["status"], row["number"], row["verified_name"]) == ("connected", "5511912340000", "Acme")
    assert row["webhook"]["url"].endswith(f"/api/webhooks/gateway/{line}/")


@pytest.mark.parametrize(
    ("kind", "changed", "field", "code"),
    [
        ("gateway", {"app_secret": ""}, "app_secret", "needed"),
        ("gateway", {"accepts_risk": False}, "accepts_risk", "needed"),
        ("gateway", {"api_root": "http://169.254.169.254"}, "api_root", "address_refused"),
        ("cloud_api", {"waba_id": "acme"}, "waba_id", "id_shape"),
        ("cloud_api", {"access_token": "two words"}, "access_token", "token_shape"),
        ("cloud_api", {"graph_version": "25"}, "graph_version", "version_shape"),
        ("qr", {"accepts_risk": False}, "accepts_risk", "needed"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_in_every_language(boss, waha, kind, changed, field, code):
    meta = {
        "phone_number_id": "10001",
        "waba_id": "20001",
        "app_id": "30001",
        "app_secret": "s",
        "access_token": "t",
    }
    given = {**(meta if kind == "cloud_api" else credentials(waha)), **changed}
    given = {name: value for name, value in given.items() if value != ""}
    answer = boss.post("/api/connections/", {"name": "Other", "kind": kind, "credentials": given})
    assert (answer.status_code, answer.json()["fields"]) == (400, {field: [code]})
    for texts in (project.BASE_DIR / "console/src/features/connections/texts").glob("*.json"):
        assert json.loads(texts.read_text())["fieldErrors"][code]


def test_what_its_webhook_brings_is_a_message(ticket, messages):
    assert messages()[0].body == "Oi"
    assert ticket.contact.number == "5511987654321"


def test_a_webhook_that_does_not_know_the_key_is_refused(waha, line, messages):
    assert call(waha, line, "message", says("Oi"), key="guess").status_code == 401
    assert messages() == []


def test_an_answer_leaves_and_receipts_follow_it(boss, waha, line, ticket, messages):
    sent = send(boss, ticket)
    assert sent["state"] == "accepted"
    assert waha.sent == [("sendText", {"session": "default", "chatId": CHAT, "text": "Olá!"})]
    row = {"id": f"true_{CHAT}_3EB0000000000002", "ack": 3, "fromMe": True, "timestamp": 1_790_000_100}
    call(waha, line, "message.ack", row)
    assert boss.get(f"/api/tickets/{ticket.pk}/messages/").json()["results"][0]["state"] == "read"


def test_other_words_and_a_deletion_reach_the_gateway(boss, waha, ticket):
    sent = send(boss, ticket)
    place = f"default/chats/{CHAT}/messages/true_{CHAT}_3EB0000000000002"
    assert boss.patch(f"/api/messages/{sent['id']}/", {"body": "Oi!"}).status_code == 200
    assert boss.delete(f"/api/messages/{sent['id']}/").status_code == 200
    assert waha.told[-2:] == [(f"PUT {place}", {"text": "Oi!"}), (f"DELETE {place}", {})]
    shown = boss.get(f"/api/tickets/{ticket.pk}/messages/").json()["results"][0]
    assert shown["edited_at"] and shown["removed_at"]


def test_a_quote_names_the_message(boss, waha, ticket, messages):
    send(boss, ticket, "Sim", reply_to=messages()[0].pk)
    assert waha.sent[0][1]["reply_to"] == f"false_{CHAT}_3EB0IN"


@pytest.mark.parametrize(
    ("fault", "state"),
    [(400, "failed"), (401, "queued"), (429, "queued"), (500, "doubtful"), ("drop", "doubtful")],
)
def test_each_answer_has_its_outcome(boss, waha, ticket, fault, state):
    waha.faults = [fault]
    assert send(boss, ticket)["state"] == state


def test_a_session_that_does_not_work_keeps_the_queue(boss, waha, ticket):
    waha.status = "SCAN_QR_CODE"
    assert send(boss, ticket)["state"] == "queued"
    assert waha.sent == []


def test_news_of_the_session_reach_the_connection(boss, waha, line):
    waha.status = "FAILED"
    assert call(waha, line, "session.status", {"name": "default", "status": "FAILED"}).status_code == 200
    assert boss.get(f"/api/connections/{line}/").json()["status"] == "disconnected"


def test_a_number_moves_to_another_transport_with_its_conversations(boss, waha, acme_world, messages):
    from tickets.models import Ticket

    number = acme_world.connection("Shop", number="5511912340000")
    contact = acme_world.contact("Maria", "5511987654321")
    before = acme_world.ticket(number, contact)
    form = {"kind": "gateway", "credentials": credentials(waha)}
    moved = boss.post(f"/api/connections/{number.pk}/move/", form)
    assert (moved.status_code, moved.json()["kind"]) == (200, "gateway")
    call(waha, number.pk, "message", says("Ainda estou aqui"))
    with acme_world.scope():
        assert [ticket.pk for ticket in Ticket.objects.all()] == [before.pk]
    assert send(boss, before)["state"] == "accepted"


def test_changes_and_groups_are_understood():
    around = {"timestamp": 1_790_000_000, "from": CHAT, "fromMe": False}
    given = {"text": "👍", "messageId": f"true_{CHAT}_3EB1"}
    (reaction,) = interpret({"event": "message.reaction", "payload": {**around, "reaction": given}}, 7)
    assert (reaction.kind, reaction.what.target) == ("reaction", "3EB1")
    edited = {**around, "body": "Novo", "editedMessageId": "3EB1"}
    (edit,) = interpret({"event": "message.edited", "payload": edited}, 7)
    assert edit.what.body == "Novo"
    (removal,) = interpret({"event": "message.revoked", "payload": {**around, "revokedMessageId": "3EB1"}}, 7)
    assert removal.what.target == "3EB1"
    group = says("Oi, gente", participant=CHAT) | {"from": "120363025246125486@g.us"}
    (fact,) = interpret({"event": "message", "payload": group}, 7)
    assert fact.what.group.value == "120363025246125486"
    for nonsense in (None, {"event": []}):
        assert interpret(nonsense, 7)[0].kind == "unknown"
