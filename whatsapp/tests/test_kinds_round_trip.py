"""Every kind that a person can play on the phone page, from the emulator through the webhook to the thread."""

import base64

import pytest

from tests.emulator.conftest import _running, emulator, number, receiver  # noqa: F401 — fixtures
from whatsapp.tests.test_round_trip import ticket, trip  # noqa: F401 — fixtures

FILE = {"data_base64": base64.b64encode(b"not a real file").decode()}
CARD = [{"name": {"formatted_name": "Bruno Lima"}, "phones": [{"phone": "+55 21 99876-5432"}]}]
ITEM = {"product_retailer_id": "SKU-1", "quantity": 2, "item_price": 19.9, "currency": "BRL"}
AD = {"source_type": "ad", "headline": "Promo", "source_url": "https://fb.me/x"}


@pytest.mark.parametrize(
    ("played", "kind", "shown"),
    [
        ({"type": "text", "body": "Vi o anúncio", "referral": AD}, "text", {"referral": AD}),
        ({"type": "sticker", **FILE}, "sticker", {}),
        ({"type": "location", "latitude": -23.5, "longitude": -46.6, "name": "MASP"}, "location",
         {"latitude": -23.5, "longitude": -46.6, "name": "MASP", "address": ""}),
        ({"type": "contacts", "contacts": CARD}, "contacts",
         {"contacts": [{"name": "Bruno Lima", "phones": ["+55 21 99876-5432"], "emails": []}]}),
        ({"type": "order", "catalog_id": "CAT", "items": [ITEM]}, "order",
         {"catalog_id": "CAT", "total": 39.8, "currency": "BRL",
          "items": [{"product_id": "SKU-1", "quantity": 2, "price": 19.9, "currency": "BRL"}]}),
        ({"type": "form_reply", "answers": {"Tamanho": "M"}}, "form_reply",
         {"name": "flow", "answers": [{"label": "Tamanho", "value": "M"}]}),
        ({"type": "button", "body": "Sim"}, "button_reply", {"id": "Sim", "title": "Sim", "description": ""}),
        ({"type": "unsupported", "body": "poll"}, "unsupported", {"type": "poll", "code": "131051"}),
        ({"type": "unsupported", "body": "media_too_big"}, "unsupported",
         {"type": "media_too_big", "code": "131052"}),
    ],
)  # fmt: skip
def test_what_is_played_is_shown_as_what_it_is(trip, ticket, played, kind, shown):  # noqa: F811
    trip.emulator.says("", **played)
    trip.hear()
    row = trip.thread(ticket)[0]
    assert (row["kind"], row["content"]) == (kind, shown)


def test_a_call_is_shown_with_how_it_ended(trip, ticket):  # noqa: F811
    trip.emulator.says("", type="call", ending="answered", duration=62)
    trip.hear(2)
    row = trip.thread(ticket)[0]
    assert (row["kind"], row["content"]) == (
        "call", {"event": "answered", "direction": "in", "duration": 62},
    )  # fmt: skip


def test_a_message_is_quoted_corrected_and_deleted(trip, ticket):  # noqa: F811
    wamid = trip.emulator.says("Quero dois")
    trip.hear()
    trip.emulator.says("Este", context=wamid)
    trip.hear()
    assert trip.thread(ticket)[0]["reply_to"]["preview"] == "Quero dois"
    trip.emulator.says("Quero três", type="edit", message_id=wamid)
    trip.hear()
    assert trip.thread(ticket)[1]["body"] == "Quero três"
    trip.emulator.says("", type="revoke", message_id=wamid)
    trip.hear()
    row = trip.thread(ticket)[1]
    assert row["edited_at"] and row["removed_at"]
