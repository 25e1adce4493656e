"""From a webhook to the ticket: once, in order, whatever breaks on the way."""

import random

import pytest

from whatsapp.tests.conftest import MARIA, messages_from, payload, status_of, text, text_from

pytestmark = pytest.mark.django_db


@pytest.fixture
def work(acme, django_capture_on_commit_callbacks):
    """What a worker does when it is nudged."""

    def run():
        from whatsapp.actions.inbound import split

        with django_capture_on_commit_callbacks(execute=True):
            split(acme.pk)

    return run


@pytest.fixture
def hurry(acme_world):
    """No pause between tries: as if the time had passed."""

    def skip():
        from django.utils.timezone import now

        from whatsapp.models import Event, EventLane

        with acme_world.scope():
            Event.objects.filter(state="pending").update(retry_at=None)
            EventLane.objects.filter(events__state="pending").update(due_at=now())

    return skip


def test_a_customer_who_writes_gets_a_contact_and_a_ticket(meta, number, messages):
    meta.post(payload("text"))
    [message] = messages()
    assert message.body == "Olá! Meu pedido não chegou 😕"
    assert message.ticket.status == "pending"
    assert message.ticket.queue_id == number.queue_id
    assert message.ticket.unread_count == 1
    assert message.ticket.last_message_id == message.pk
    assert message.ticket.contact.name == "Maria Clara"
    assert message.ticket.contact.number == MARIA


def test_a_batch_of_two_customers_opens_two_tickets_in_order(meta, number, messages):
    meta.post(payload("batch_2x2x2"))
    bodies = [message.body for message in messages()]
    assert sorted(bodies[:4] + bodies[4:]) == [f"mensagem {n}" for n in range(1, 9)]
    assert bodies[:4] == ["mensagem 1", "mensagem 3", "mensagem 5", "mensagem 7"]
    assert {message.ticket.unread_count for message in messages()} == {4}


def test_the_same_message_in_another_webhook_counts_once(meta, number, messages):
    first = text_from(MARIA, "Oi", wamid="wamid.same")
    again = text_from(MARIA, "Oi", wamid="wamid.same")
    again["entry"].append(text_from(MARIA, "Tudo bem?", wamid="wamid.next")["entry"][0])
    meta.post(first)
    meta.post(again)
    assert [message.body for message in messages()] == ["Oi", "Tudo bem?"]


def test_a_thread_is_ordered_by_the_customers_clock(meta, number, messages):
    written = [text_from(MARIA, str(n), at=1_790_000_000 + n * 60) for n in range(10)]
    shuffled = written[:1] + random.Random(4).sample(written[1:], 9)
    for document in shuffled:
        meta.post(document)
    assert [message.body for message in messages()] == [str(n) for n in range(10)]
    ticket = messages()[0].ticket
    assert ticket.last_message.body == "9"
    assert ticket.last_customer_at.timestamp() == 1_790_000_000 + 540
    assert any(message.arrived_late for message in messages())


def test_what_an_unknown_number_gets_is_kept(meta, whatsapp_app, messages, events):
    meta.post(payload("text"))
    assert messages() == []
    [event] = events()
    assert (event.state, event.error) == ("quarantined", "No connection has this number.")


def test_what_is_not_understood_is_stored(meta, number, events):
    meta.post(payload("group"))  # groups are off
    meta.post({"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": [
        {"field": "flows", "value": {"event": "FLOW_STATUS_CHANGE"}}]}]})  # fmt: skip
    meta.post({"hello": "world"})
    assert [(event.kind, event.state) for event in events()] == [
        ("message", "skipped"),
        ("unsupported", "applied"),
        ("unknown", "applied"),
    ]


def test_one_bad_event_does_not_stop_its_neighbours(meta, number, messages, events, monkeypatch):
    break_on(monkeypatch, "boom")
    meta.post(
        messages_from(
            MARIA, text("boom", "wamid.1"), text("after", "wamid.2"),
        )
    )  # fmt: skip
    meta.post(text_from("5511900000009", "somebody else"))
    assert [message.body for message in messages()] == ["somebody else"]
    assert [event.state for event in events()] == ["pending", "pending", "applied"]


def test_a_lane_goes_on_after_three_failures_and_gives_up_after_eight(
    meta, number, messages, events, monkeypatch, hurry, work
):
    break_on(monkeypatch, "boom")
    meta.post(messages_from(MARIA, text("boom", "wamid.1"), text("after", "wamid.2")))
    for _ in range(2):
        hurry()
        work()
    assert [message.body for message in messages()] == ["after"]
    for _ in range(5):
        hurry()
        work()
    assert [(event.state, event.tries) for event in events()] == [("quarantined", 8), ("applied", 0)]
    assert "boom" in events()[0].error


def test_a_quarantined_event_can_be_replayed(
    acme, acme_world, meta, number, messages, events, monkeypatch, hurry, work,
    django_capture_on_commit_callbacks,
):  # fmt: skip
    from whatsapp.actions.replaying import replay_event

    with monkeypatch.context() as broken:
        break_on(broken, "boom")
        meta.post(messages_from(MARIA, text("boom", "wamid.1")))
        for _ in range(8):
            hurry()
            work()
    with django_capture_on_commit_callbacks(execute=True), acme_world.scope():
        replay_event(events()[0], by=None)
    work()
    assert [message.body for message in messages()] == ["boom"]


@pytest.mark.parametrize("step", ["_apply", "_mark_applied"])
def test_a_worker_killed_while_applying_leaves_everything_as_it_was(
    meta, number, messages, events, monkeypatch, work, step
):
    """SystemExit passes every handler, as a kill does; the transaction is rolled back."""
    from whatsapp.actions import lanes

    whole = getattr(lanes, step)

    def killed(*args):
        whole(*args)
        raise SystemExit

    with monkeypatch.context() as dying:
        dying.setattr(lanes, step, killed)
        with pytest.raises(SystemExit):
            meta.post(payload("text"))
    assert messages() == []
    assert [event.state for event in events()] == ["pending"]
    work()
    assert len(messages()) == 1
    assert messages()[0].ticket.unread_count == 1


def test_a_worker_killed_while_splitting_starts_over(meta, number, messages, events, monkeypatch, work):
    from whatsapp.actions import splitting

    def killed(*args):
        raise SystemExit

    with monkeypatch.context() as dying:
        dying.setattr(splitting, "_event", killed)
        with pytest.raises(SystemExit):
            meta.post(payload("batch_2x2x2"))
    assert events() == []
    work()
    assert len(messages()) == 8


def test_a_lost_nudge_is_found_by_the_sweeper(
    acme_world, meta, number, messages, monkeypatch, django_capture_on_commit_callbacks
):
    from django.utils.timezone import now, timedelta

    from whatsapp.actions import inbound
    from whatsapp.models import Payload

    with monkeypatch.context() as lossy:
        lossy.setattr(inbound, "nudge", lambda company_id: None)
        meta.post(payload("text"))
    assert messages() == []
    with acme_world.scope():
        Payload.objects.update(received_at=now() - timedelta(seconds=10))
    with django_capture_on_commit_callbacks(execute=True):
        inbound.sweep()
    assert len(messages()) == 1


def test_a_reaction_waits_for_its_message(meta, number, messages, events):
    reaction = {"message_id": "wamid.T", "emoji": "👍"}
    meta.post(messages_from(MARIA, {**text("", "wamid.r"), "type": "reaction", "reaction": reaction}))
    assert [event.state for event in events()] == ["parked"]
    meta.post(text_from(MARIA, "Oi", wamid="wamid.T"))
    [message] = messages()
    assert [one["emoji"] for one in message.reactions] == ["👍"]
    assert {event.state for event in events()} == {"applied"}


def test_a_reaction_is_replaced_and_taken_back(meta, number, messages):
    meta.post(text_from(MARIA, "Oi", wamid="wamid.T"))
    for n, emoji in enumerate(["👍", "❤️", ""]):
        reaction = {"message_id": "wamid.T", "emoji": emoji}
        meta.post(messages_from(MARIA, {
            **text("", f"wamid.r{n}", at=1_790_000_100 + n), "type": "reaction", "reaction": reaction,
        }))  # fmt: skip
        shown = [one["emoji"] for one in messages()[0].reactions]
        assert shown == ([emoji] if emoji else [])


def test_receipts_never_wait_for_messages(meta, number, acme_world, monkeypatch):
    sent = acme_world.message(acme_world.ticket(number), "Olá", direction="out", provider_id="wamid.OUT")
    break_on(monkeypatch, "boom")
    document = messages_from(MARIA, text("boom", "wamid.1"))
    document["entry"].append(status_of("wamid.OUT", "read")["entry"][0])
    meta.post(document)
    assert state_of(acme_world, sent) == "read"


def test_a_customer_with_a_new_number_keeps_the_ticket(meta, number, messages):
    meta.post(payload("text"))
    meta.post(payload("number_changed"))
    meta.post(text_from("5511912340000", "Troquei de número", at=1_790_000_500))
    assert len({message.ticket_id for message in messages()}) == 1
    assert messages()[0].ticket.contact.number == "5511912340000"


def test_another_company_sees_nothing_of_it(meta, number, rival_world):
    from tickets.models import Message
    from whatsapp.models import Event, Payload

    meta.post(payload("text"))
    with rival_world.scope():
        assert not (Message.objects.exists() or Event.objects.exists() or Payload.objects.exists())


def state_of(world, message):
    with world.scope():
        message.refresh_from_db()
        return message.state


def break_on(monkeypatch, word):
    """Storing a message with this word fails, as a bug of ours would make it fail."""
    from tickets.actions import inbound

    whole = inbound._message

    def fragile(item, *others):
        if item.body == word:
            raise ValueError(f"cannot store {word}")
        return whole(item, *others)

    monkeypatch.setattr(inbound, "_message", fragile)


def test_the_first_call_of_meta_connects_a_new_number(meta, acme_world, number, as_, ana):
    from tickets.models import Connection

    with acme_world.scope():
        Connection.objects.filter(pk=number.pk).update(status="pending")
    meta.post(payload("text"))
    row = as_(ana).get(f"/api/connections/{number.pk}/").json()
    assert row["status"] == "connected" and row["webhook"]["last_received_at"]
