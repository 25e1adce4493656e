"""An agent's message: queued once, told to everyone, refused for a reason, sent in order."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from helpdesk import redis
from tenants.scoping import company_scope
from tickets.actions import outbound
from tickets.models import Attempt, Message, OutboundLane, Ticket
from tickets.transport import Accepted, Address, Postponed, Refused


def test_a_message_leaves_and_is_accepted(say, paper, acme_world, talk):
    sent = say("Bom dia, em que posso ajudar?")
    assert sent["state"] == "queued"
    assert paper.bodies == ["Bom dia, em que posso ajudar?"]
    with acme_world.scope():
        message = Message.objects.get(pk=sent["id"])
        assert message.state == "accepted"
        assert message.provider_id == "paper.1"
        attempt = Attempt.objects.get(message=message)
        assert (attempt.outcome, str(attempt.cookie)) == ("accepted", paper.sent[0]["cookie"])
        lane = OutboundLane.objects.get()
        assert (lane.due_at, lane.lease) == (None, None)


def test_answering_ends_the_wait(say, acme_world, talk):
    with acme_world.scope():
        Ticket.objects.filter(pk=talk.pk).update(waiting_since=now())
    sent = say()
    with acme_world.scope():
        ticket = Ticket.objects.get(pk=talk.pk)
    assert ticket.waiting_since is None
    assert ticket.last_message_id == sent["id"]


def test_the_same_client_id_answers_with_the_same_message(say, paper):
    token = str(uuid4())
    first = say("Uma vez", client_id=token)
    again = say("Uma vez", client_id=token, status=200)
    assert again["id"] == first["id"]
    assert paper.bodies == ["Uma vez"]


def test_the_same_client_id_with_another_text_is_refused(say):
    token = str(uuid4())
    say("Uma vez", client_id=token)
    assert say("Outra coisa", client_id=token, status=409)["code"] == "client_id_reused"


def test_a_closed_ticket_takes_no_message(say, acme_world, talk):
    with acme_world.scope():
        Ticket.objects.filter(pk=talk.pk).update(status="closed")
    assert say(status=409)["code"] == "ticket_closed"


def test_a_closed_ticket_takes_a_note(say, acme_world, talk, paper):
    with acme_world.scope():
        Ticket.objects.filter(pk=talk.pk).update(status="closed")
    note = say("Cliente pediu reembolso", kind="note")
    assert (note["direction"], note["kind"], note["state"]) == ("internal", "note", "received")
    assert paper.sent == []


def test_outside_the_window_only_a_template_is_taken(say, acme_world, talk, paper):
    with acme_world.scope():
        Ticket.objects.filter(pk=talk.pk).update(
            last_customer_at=now() - timedelta(hours=23, minutes=59, seconds=30)
        )
    refused = say(status=409)
    assert refused["code"] == "window_closed"
    assert refused["fields"] == {"hint": "template"}
    sent = say("", kind="template", template={"name": "hello", "language": "pt_BR"})
    assert sent["kind"] == "template"
    assert len(paper.sent) == 1


def test_what_the_channel_cannot_carry_is_refused_before_it_is_queued(say, acme_world):
    assert say("x" * 5000, status=409)["code"] == "text_too_long"
    with acme_world.scope():
        assert not Message.objects.exists()


@pytest.mark.parametrize(
    "given",
    [
        {"kind": "text", "body": " "},
        {"kind": "media"},
        {"kind": "template"},
        {"kind": "poem", "body": "x"},
        {"kind": "text", "body": "x", "client_id": "seven"},
        {"kind": "text", "body": "x", "attachments": [1]},
    ],
)
def test_nonsense_is_refused_with_the_field_named(say, given):
    answer = say(**{"body": "", **given}, status=400)
    assert answer["code"] == "invalid"
    assert answer["fields"]


def test_answering_a_message_quotes_it(say, acme_world, talk, paper):
    asked = acme_world.message(talk, "Quanto custa?")
    sent = say("R$ 10", reply_to=asked.pk)
    assert sent["reply_to"]["preview"] == "Quanto custa?"
    assert paper.sent[0]["reply_to"] == asked.provider_id


def test_a_message_of_another_conversation_cannot_be_answered(say, acme_world, line):
    elsewhere = acme_world.message(acme_world.ticket(line), "Outra conversa")
    assert say(reply_to=elsewhere.pk, status=400)["code"] == "reply_to_unknown"


def test_agents_of_other_queues_cannot_write_into_the_ticket(as_, clara, talk):
    given = {"client_id": str(uuid4()), "kind": "text", "body": "Oi"}
    answer = as_(clara).post(f"/api/tickets/{talk.pk}/messages/", given, format="json")
    assert answer.status_code == 404


def test_messages_leave_in_the_order_they_were_written(say, paper):
    for number in range(5):
        say(f"{number}")
    assert paper.bodies == ["0", "1", "2", "3", "4"]


def test_a_refused_message_says_why(say, paper, acme_world):
    paper.answers = [Refused("131026", "Message undeliverable", "The number is not on WhatsApp.")]
    sent = say()
    with acme_world.scope():
        message = Message.objects.get(pk=sent["id"])
    assert message.state == "failed"
    assert message.error == {
        "code": "131026",
        "title": "Message undeliverable",
        "detail": "The number is not on WhatsApp.",
        "action": "retry",
    }


def test_a_message_that_cannot_be_rendered_fails_and_the_next_one_leaves(say, paper, acme_world):
    say("cannot be rendered")
    say("Depois")
    assert paper.bodies == ["Depois"]
    with acme_world.scope():
        assert Message.objects.get(body="cannot be rendered").error["code"] == "not_expressible"


def test_a_closed_window_reported_by_the_channel_corrects_ours(say, paper, acme_world, talk):
    paper.answers = [Refused("window_closed", "Too late", "", window_closed=True)]
    say()
    with acme_world.scope():
        assert not Ticket.objects.get(pk=talk.pk).window_is_open(now())
        assert Message.objects.get().error["action"] == "template"


def test_a_refusal_of_the_number_holds_the_connection_and_the_queue_waits(say, paper, acme_world, line):
    paper.answers = [Postponed("190", "The access token has expired.", "hold", 0)]
    say("Primeira")
    say("Segunda")
    assert paper.bodies == []
    with acme_world.scope():
        line.refresh_from_db()
        assert (line.status, line.status_reason) == ("held", "The access token has expired.")
        assert set(Message.objects.values_list("state", flat=True)) == {"queued"}


def test_what_was_held_leaves_when_the_connection_works_again(say, paper, acme_world, line, run_due):
    paper.answers = [Postponed("190", "The access token has expired.", "hold", 0)]
    say("Primeira")
    say("Segunda")
    from tickets.actions import outbound

    with acme_world.scope():
        line.refresh_from_db()
        line.status = "connected"
        line.save()
        outbound.resume(line.pk)
    run_due()
    assert paper.bodies == ["Primeira", "Segunda"]


def test_a_postponed_message_blocks_those_behind_it_and_leaves_later(say, paper, acme_world, run_due):
    paper.answers = [Postponed("131056", "Too fast", "lane", 0)]
    say("Primeira")
    say("Segunda")
    assert paper.bodies == []
    with acme_world.scope():
        first = Message.objects.get(body="Primeira")
        assert (first.state, first.tries) == ("queued", 1)
        assert first.not_before > now()
        assert OutboundLane.objects.get().slow_downs == 1
    run_due(later=timedelta(seconds=5))
    assert paper.bodies == ["Primeira", "Segunda"]
    with acme_world.scope():
        assert OutboundLane.objects.get().slow_downs == 0


def test_a_message_is_given_up_after_twelve_tries(say, paper, acme_world, run_due):
    paper.answers = [Postponed("130429", "Busy", "connection", 0)] * 12
    sent = say()
    for _ in range(12):
        run_due(later=timedelta(minutes=2))
    with acme_world.scope():
        message = Message.objects.get(pk=sent["id"])
    assert (message.state, message.error["code"], message.tries) == ("expired", "gave_up", 12)
    assert paper.bodies == []


def test_a_message_expires_when_the_window_closes_while_it_waits(say, paper, acme_world, talk, run_due):
    paper.answers = [Postponed("131057", "Maintenance", "lane", 60)]
    with acme_world.scope():
        Ticket.objects.filter(pk=talk.pk).update(last_customer_at=now() - timedelta(hours=23, minutes=58))
    sent = say()
    run_due(later=timedelta(minutes=3))
    with acme_world.scope():
        message = Message.objects.get(pk=sent["id"])
    assert (message.state, message.error["code"]) == ("expired", "window_closed")
    assert paper.bodies == []


def test_the_name_is_put_above_the_text_when_the_company_signs(say, paper, acme):
    acme.settings = {"signature": True}
    acme.save()
    sent = say("Bom dia")
    assert paper.bodies == ["*Bruno:*\nBom dia"]
    assert sent["body"] == "Bom dia"


def test_addresses_learned_from_the_answer_are_kept(say, paper, acme_world, talk):
    paper.answers = [Accepted("paper.x", (Address("bsuid", "BR.abc123", "portfolio"),))]
    say()
    with acme_world.scope():
        assert talk.contact.addresses.filter(kind="bsuid", value="BR.abc123").exists()


def test_a_queued_message_can_be_taken_back(say, paper, api, acme_world, line):
    with acme_world.scope():
        line.status = "held"
        line.save()
    sent = say()
    answer = api.post(f"/api/messages/{sent['id']}/cancel/")
    assert answer.json()["state"] == "cancelled"
    assert api.post(f"/api/messages/{sent['id']}/cancel/").json()["code"] == "wrong_state"


def test_a_failed_message_is_sent_again_when_asked(say, paper, api, acme_world):
    paper.answers = [Refused("131026", "Undeliverable", "")]
    sent = say("De novo")
    answer = api.post(f"/api/messages/{sent['id']}/retry/")
    assert answer.json()["state"] == "queued"
    assert paper.bodies == ["De novo"]
    with acme_world.scope():
        assert [one.number for one in Attempt.objects.order_by("number")] == [1, 2]


def test_another_company_never_reaches_the_messages(say, as_, raul):
    sent = say()
    stranger = as_(raul)
    for verb in ("retry", "dismiss", "cancel"):
        assert stranger.post(f"/api/messages/{sent['id']}/{verb}/").status_code == 404
    assert stranger.get(f"/api/tickets/{sent['ticket']}/messages/").status_code == 404


def test_a_program_sends_with_its_key(as_, ana, anonymous, talk, paper):
    made = as_(ana).post("/api/api-keys/", {"name": "Shop", "scopes": ["write"]}, format="json")
    assert made.status_code == 201, made.content
    anonymous.credentials(HTTP_AUTHORIZATION=f"Api-Key {made.json()['key']}")
    given = {"client_id": str(uuid4()), "kind": "text", "body": "Seu pedido saiu"}
    answer = anonymous.post(f"/api/tickets/{talk.pk}/messages/", given, format="json")
    assert (answer.status_code, answer.json()["author"]) == (201, None)
    assert paper.bodies == ["Seu pedido saiu"]


def test_a_message_sent_again_leaves_before_those_written_after_it(say, paper, api, acme_world, line):
    paper.answers = [Refused("131026", "Undeliverable", "")]
    first = say("Primeira")
    with acme_world.scope():
        line.status = "held"
        line.save()
    say("Segunda")
    api.post(f"/api/messages/{first['id']}/retry/")
    with acme_world.scope():
        line.status = "connected"
        line.save()
        lane_id = OutboundLane.objects.get().pk
    from tickets.actions import outbound

    outbound.deliver(acme_world.company.pk, lane_id)
    assert paper.bodies == ["Primeira", "Segunda"]


@pytest.mark.django_db(transaction=True)
def test_to_queue_a_message_asks_the_database_eight_times(say, settings):
    """Sign-in, the ticket, begin, the ticket locked, the message, ticket and lane, how it looks, commit."""
    say("The first one reads what is kept from then on")
    settings.CELERY_TASK_ALWAYS_EAGER = False
    with CaptureQueriesContext(connection) as asked:
        say()
    redis.connection().delete("outbound")  # where the broker keeps the job that nobody takes here
    assert len(asked) <= 8, [query["sql"][:90] for query in asked]


@pytest.mark.django_db(transaction=True)
def test_to_send_a_message_asks_the_database_fifteen_times(say, settings, acme):
    """The lane, what waits in it, that message; the attempt in a transaction; the addresses; the outcome in a
    transaction, with what the lane does next."""
    say("The first one reads what is kept from then on")
    settings.CELERY_TASK_ALWAYS_EAGER = False
    say()
    settings.CELERY_TASK_ALWAYS_EAGER = True
    redis.connection().delete("outbound")
    with company_scope(acme.pk):
        lane_id = OutboundLane.objects.get().pk
    with CaptureQueriesContext(connection) as asked:
        outbound.deliver(acme.pk, lane_id)
    assert len(asked) <= 15, [query["sql"][:90] for query in asked]
