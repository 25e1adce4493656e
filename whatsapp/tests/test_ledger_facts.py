"""What the ledger keeps of every webhook: how often it came, what was in it, and what was left out."""

import pytest

from whatsapp.tests.conftest import MARIA, payload, status_of, text_from

pytestmark = pytest.mark.django_db


@pytest.fixture
def payloads(acme_world):
    def read():
        from whatsapp.models import Payload

        with acme_world.scope():
            return list(Payload.objects.order_by("id"))

    return read


def test_the_same_bytes_are_kept_once_and_counted(meta, number, payloads, events):
    for _ in range(3):
        meta.post(payload("text"))
    assert [(one.repeats, one.facts, one.state) for one in payloads()] == [(2, 1, "split")]
    assert [event.repeats for event in events()] == [0]


def test_a_fact_in_another_webhook_is_counted_where_it_is_kept(meta, number, payloads, events):
    again = text_from(MARIA, "Oi", wamid="wamid.same")
    again["entry"].append(text_from(MARIA, "Tudo bem?", wamid="wamid.next")["entry"][0])
    meta.post(text_from(MARIA, "Oi", wamid="wamid.same"))
    meta.post(again)
    assert [(event.provider_id, event.repeats) for event in events()] == [
        ("wamid.same", 1),
        ("wamid.next", 0),
    ]
    assert [one.facts for one in payloads()] == [1, 2]


def test_a_fact_twice_in_one_webhook_is_counted(meta, number, events):
    twice = text_from(MARIA, "Oi", wamid="wamid.same")
    twice["entry"] *= 2
    meta.post(twice)
    assert [(event.state, event.repeats) for event in events()] == [("applied", 1)]


def test_what_a_blocked_contact_writes_is_skipped_and_says_so(meta, number, messages, events, acme_world):
    meta.post(payload("text"))
    contact = messages()[0].ticket.contact
    with acme_world.scope():
        contact.is_blocked = True
        contact.save()
    meta.post(text_from(MARIA, "Ainda estou aqui", wamid="wamid.unheard"))
    assert [event.state for event in events()] == ["applied", "skipped"]
    assert len(messages()) == 1


def test_every_fact_says_which_message_it_is_about(meta, number, events):
    meta.post(text_from(MARIA, "Oi", wamid="wamid.m"))
    meta.post(status_of("wamid.s", "delivered"))
    assert [event.provider_id for event in events()] == ["wamid.m", "wamid.s"]
