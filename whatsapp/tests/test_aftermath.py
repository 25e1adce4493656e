"""What happens later, or does not happen: tidying, second looks, blocked customers, and what it all costs."""

import pytest

from whatsapp.tests.conftest import MARIA, messages_from, payload, text, text_from

pytestmark = pytest.mark.django_db


def test_old_webhooks_are_forgotten_and_their_messages_stay(acme_world, meta, number, messages, events):
    from datetime import timedelta

    from django.utils.timezone import now

    from whatsapp.actions.inbound import tidy
    from whatsapp.models import Event, Payload

    meta.post(payload("text"))
    with acme_world.scope():
        Event.objects.update(created_at=now() - timedelta(days=10))
        Payload.objects.update(received_at=now() - timedelta(days=10))
    tidy()
    assert events() == []
    with acme_world.scope():
        assert not Payload.objects.exists()
    assert len(messages()) == 1


def test_a_parked_reaction_looks_again_by_the_clock(
    acme_world, meta, number, events, django_capture_on_commit_callbacks
):
    from datetime import timedelta

    from django.utils.timezone import now

    from whatsapp.actions.inbound import sweep
    from whatsapp.models import Event

    sent = acme_world.message(acme_world.ticket(number), "Olá", direction="out", provider_id="")
    reaction = {"message_id": "wamid.OUT", "emoji": "🙏"}
    meta.post(messages_from(MARIA, {**text("", "wamid.r"), "type": "reaction", "reaction": reaction}))
    assert [event.state for event in events()] == ["parked"]
    with acme_world.scope():
        sent.provider_id = "wamid.OUT"  # the acceptance was stored a moment later
        sent.save()
        Event.objects.update(retry_at=now() - timedelta(seconds=9))
    with django_capture_on_commit_callbacks(execute=True):
        sweep()
    with acme_world.scope():
        sent.refresh_from_db()
    assert [one["emoji"] for one in sent.reactions] == ["🙏"]


def test_a_blocked_contact_is_not_heard(acme_world, meta, number, messages, events):
    acme_world.contact("Spam", MARIA, is_blocked=True)
    meta.post(text_from(MARIA, "Compre já"))
    assert messages() == []
    assert [event.state for event in events()] == ["skipped"]


def test_a_message_for_an_existing_ticket_costs_few_statements(
    meta, number, acme, acme_world, monkeypatch, django_assert_max_num_queries
):
    from whatsapp.actions import inbound

    meta.post(text_from(MARIA, "primeira"))
    monkeypatch.setattr(inbound, "nudge", lambda company_id: None)
    meta.post(text_from(MARIA, "segunda", at=1_790_000_060))
    with django_assert_max_num_queries(18):  # both halves of the way, savepoints of the test included
        inbound.split(acme.pk)
