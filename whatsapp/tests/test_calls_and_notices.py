"""Calls, orders, forms and news of customers, from the webhook to the thread."""

import itertools

import pytest

from whatsapp.tests.conftest import messages_from, payload, text

pytestmark = pytest.mark.django_db
NEWS = ["call_ringing", "call_missed"]
ANA = "5511987654321"


@pytest.mark.parametrize("order", list(itertools.permutations(NEWS)))
def test_a_missed_call_is_one_line_in_whatever_order_it_is_told(meta, number, messages, order):
    for name in order:
        meta.post(payload(name))
    [message] = messages()
    assert (message.kind, message.content) == (
        "call", {"event": "missed", "direction": "in", "duration": None},
    )  # fmt: skip
    assert message.ticket.unread_count == 1


def test_a_call_opens_the_window_although_nobody_answers(meta, number, as_, ana, messages):
    meta.post(payload("call_ringing"))
    row = as_(ana).get(f"/api/tickets/{messages()[0].ticket_id}/").json()
    assert row["window_expires_at"].startswith("2026-09-22T")
    assert (row["last_message"]["kind"], row["last_message"]["preview"]) == ("call", "ringing")


def test_an_answered_call_says_how_long_it_was(meta, number, messages):
    meta.post(payload("call_answered"))
    assert messages()[0].content["duration"] == 62


def test_a_call_of_a_conversation_goes_on_in_it(meta, number, messages):
    meta.post(payload("text"))
    meta.post(payload("call_missed"))
    assert len({message.ticket_id for message in messages()}) == 1


@pytest.mark.parametrize("name", ["order", "form_reply"])
def test_what_a_customer_filled_in_is_shown_as_it_is_read(meta, number, messages, as_, ana, name):
    meta.post(payload(name))
    [message] = messages()
    [row] = as_(ana).get(f"/api/tickets/{message.ticket_id}/messages/").json()["results"]
    assert (row["kind"], row["content"]) == (name, message.content)


@pytest.mark.parametrize(
    ("name", "event"), [("identity_changed", "identity_changed"), ("number_changed", "number_changed")]
)
def test_news_of_the_customer_is_a_line_that_nobody_has_to_answer(meta, number, messages, name, event):
    meta.post(payload("text"))
    meta.post(payload(name))
    _, line = messages()
    assert (line.kind, line.direction, line.content) == ("system", "internal", {"event": event})
    assert line.ticket.unread_count == 1
    assert line.ticket.last_message.kind == "text"


def test_news_of_somebody_without_a_conversation_opens_none(meta, number, messages, events):
    meta.post(payload("identity_changed"))
    meta.post(payload("request_welcome"))
    assert messages() == []
    assert {event.state for event in events()} == {"applied"}


def test_an_advertisement_and_a_product_stay_with_the_message(meta, number, messages):
    meta.post(payload("referral"))
    meta.post(messages_from(ANA, {
        **text("Tem no P?", "wamid.product", at=1_790_000_100),
        "context": {"referred_product": {"catalog_id": "CAT-1", "product_retailer_id": "SKU-BLUE"}},
    }))  # fmt: skip
    first, second = messages()
    assert first.content["referral"]["headline"]
    assert second.content["product"] == {"catalog_id": "CAT-1", "product_id": "SKU-BLUE"}
