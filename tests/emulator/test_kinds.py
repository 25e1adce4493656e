"""Kinds that a customer can play beside words and files, as the business hears of them."""

from typing import Any

import pytest

from .conftest import ANA, LINE, Emulator, Receiver, wait_for


def send(emulator: Emulator, **draft: Any) -> str:
    return str(emulator.ctl(f"personas/{ANA}/send", {"phone_number_id": LINE, **draft})["id"])


def the_calls(receiver: Receiver) -> list[dict[str, Any]]:
    return [one for value in receiver.values() for one in value.get("calls", [])]


@pytest.mark.parametrize(
    ("ending", "status", "seconds"),
    [("missed", "FAILED", None), ("rejected", "REJECTED", None), ("answered", "COMPLETED", 62)],
)
def test_a_call_rings_and_ends(
    emulator: Emulator, receiver: Receiver, ending: str, status: str, seconds: int | None
) -> None:
    send(emulator, type="call", ending=ending, duration=62)
    wait_for(lambda: [one["event"] for one in the_calls(receiver)] == ["connect", "terminate"])
    ring, end = the_calls(receiver)
    assert ring["id"] == end["id"] and end["status"] == status and end.get("duration") == seconds
    fields = {
        change["field"] for post in receiver.posts for one in post["entry"] for change in one["changes"]
    }
    assert fields == {"calls"}


def test_a_call_opens_the_window(emulator: Emulator, receiver: Receiver) -> None:
    send(emulator, type="call")
    wait_for(lambda: len(the_calls(receiver)) == 2)
    assert emulator.sent()


def test_a_caption_is_corrected_and_a_text_for_fifteen_minutes_only(
    emulator: Emulator, receiver: Receiver
) -> None:
    photo = send(emulator, type="image", data_base64="AAAA", caption="Olha")
    words = send(emulator, type="text", body="Oi")
    send(emulator, type="edit", message_id=photo, body="Veja")
    wait_for(lambda: [one["type"] for one in receiver.messages()] == ["image", "text", "edit"])
    edit = receiver.messages()[-1]["edit"]
    assert (edit["original_message_id"], edit["message"]["image"]["caption"]) == (photo, "Veja")
    emulator.ctl("clock", {"advance_s": 16 * 60})
    answer = emulator.http.post(
        f"{emulator.root}/_ctl/personas/{ANA}/send",
        json={"phone_number_id": LINE, "type": "edit", "message_id": words, "body": "Olá"},
    )
    assert answer.status_code == 400


def test_an_ad_and_a_product_stand_beside_the_words(emulator: Emulator, receiver: Receiver) -> None:
    referral = {"source_type": "ad", "headline": "Promo", "source_url": "https://fb.me/x"}
    send(emulator, type="text", body="Oi", referral=referral)
    product = {"catalog_id": "CAT", "product_retailer_id": "SKU-1"}
    send(emulator, type="text", body="Tem?", product=product)
    wait_for(lambda: len(receiver.messages()) == 2)
    first, second = receiver.messages()
    assert first["referral"] == referral
    assert second["context"] == {"referred_product": product}


@pytest.mark.parametrize(("kind", "code"), [("poll", 131051), ("media_too_big", 131052)])
def test_what_cannot_be_carried_says_why(
    emulator: Emulator, receiver: Receiver, kind: str, code: int
) -> None:
    send(emulator, type="unsupported", body=kind)
    wait_for(lambda: bool(receiver.messages()))
    [one] = receiver.messages()
    assert (one["type"], one["errors"][0]["code"]) == ("unsupported", code)
