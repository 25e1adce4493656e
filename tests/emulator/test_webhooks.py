"""How webhooks leave: signed, batched, repeated, and unruly on request."""

import json
from typing import Any

import httpx
import pytest

from .conftest import ANA, LINE, Emulator, Receiver, wait_for


def bulk(emulator: Emulator, count: int, people: int = 5) -> list[str]:
    items = [
        {
            "persona": f"55119{number % people:08d}",
            "phone_number_id": LINE,
            "type": "text",
            "body": f"m{number}",
        }
        for number in range(count)
    ]
    return emulator.ctl("bulk", {"items": items})["ids"]


def test_a_message_arrives_signed_and_escaped(emulator: Emulator, receiver: Receiver) -> None:
    wamid = emulator.says("Olá 😀")
    message = wait_for(receiver.messages)[0]
    assert message["id"] == wamid
    assert message["text"] == {"body": "Olá 😀"}
    assert receiver.refused == []


def test_the_bytes_are_ascii_only(
    emulator: Emulator, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    raws: list[bytes] = []
    take = receiver.take
    monkeypatch.setattr(receiver, "take", lambda raw, signature: raws.append(raw) or take(raw, signature))
    emulator.says("Olá 😀")
    raw = wait_for(lambda: raws)[0]
    assert raw.isascii()
    assert b"\\u00e1" in raw


def test_what_was_not_answered_200_comes_again(emulator: Emulator, receiver: Receiver) -> None:
    receiver.answers = [500, 503]
    wamid = emulator.says()
    wait_for(receiver.messages)
    assert [one["id"] for one in receiver.messages()] == [wamid]
    assert len(receiver.arrivals) == 3
    wait_for(lambda: emulator.truth()["sent"][0]["acknowledged"])


def test_retries_run_on_the_virtual_clock(emulator: Emulator, receiver: Receiver) -> None:
    emulator.ctl("webhooks", {"retry_scale": 1, "retry_s": [3600, 7200]})
    receiver.answers = [500, 500]
    emulator.says()
    for planned, wait in enumerate([3600, 7200], 1):
        wait_for(lambda count=planned: emulator.truth()["deliveries"]["retries"] == count)
        emulator.ctl("clock", {"advance_s": wait + 1})
    wait_for(receiver.messages)
    assert len(receiver.arrivals) == 3


def test_after_seven_days_meta_gives_up(emulator: Emulator, receiver: Receiver) -> None:
    emulator.ctl("webhooks", {"retry_s": [0]})
    receiver.answers = [500] * 2
    emulator.says()
    lost = wait_for(lambda: emulator.truth()["deliveries"]["lost"])
    assert len(lost) == 1
    assert receiver.messages() == []


def test_a_receiver_that_never_answers_gets_it_later(emulator: Emulator, receiver: Receiver) -> None:
    emulator.ctl("numbers", {"phone_number_id": LINE, "callback_url": "http://127.0.0.1:9/nobody"}, "PUT")
    emulator.says()
    wait_for(lambda: emulator.truth()["deliveries"]["retries"] > 0)
    assert emulator.truth()["sent"][0]["acknowledged"] is False


def test_batches_hold_many_updates_and_lose_none(emulator: Emulator, receiver: Receiver) -> None:
    emulator.ctl("webhooks", {"batch_max": 50, "parallel": 2})
    wamids = bulk(emulator, 300)
    wait_for(lambda: len(receiver.messages()) == 300)
    assert sorted(one["id"] for one in receiver.messages()) == sorted(wamids)
    assert len(receiver.posts) < 100


def test_one_batch_may_carry_several_accounts(
    emulator: Emulator, receiver: Receiver, number: dict[str, Any]
) -> None:
    emulator.ctl("numbers", number | {"phone_number_id": "77", "waba_id": "78"}, "PUT")
    emulator.ctl("webhooks", {"batch_max": 100, "parallel": 1, "paused": True})
    for index in range(40):
        emulator.says(line=LINE if index % 2 else "77")
    emulator.ctl("webhooks", {"paused": False})
    wait_for(lambda: len(receiver.messages()) == 40)
    assert any(len(post["entry"]) == 2 for post in receiver.posts)
    assert any(
        len(change["value"]["messages"]) > 1
        for post in receiver.posts
        for one in post["entry"]
        for change in one["changes"]
    )


def test_one_chat_arrives_in_order(emulator: Emulator, receiver: Receiver) -> None:
    emulator.ctl("webhooks", {"batch_max": 7, "parallel": 4})
    bulk(emulator, 120, people=3)
    wait_for(lambda: len(receiver.messages()) == 120)
    for person in {one["from"] for one in receiver.messages()}:
        words = [int(one["text"]["body"][1:]) for one in receiver.messages() if one["from"] == person]
        assert words == sorted(words)


def test_shuffling_mixes_the_order_and_keeps_everything(emulator: Emulator, receiver: Receiver) -> None:
    emulator.ctl("webhooks", {"shuffle": True, "parallel": 1, "batch_max": 10, "paused": True})
    wamids = bulk(emulator, 100)
    emulator.ctl("webhooks", {"paused": False})
    wait_for(lambda: len(receiver.messages()) == 100)
    arrived = [one["id"] for one in receiver.messages()]
    assert arrived != wamids
    assert sorted(arrived) == sorted(wamids)


def test_duplicates_repeat_what_was_already_acknowledged(emulator: Emulator, receiver: Receiver) -> None:
    emulator.ctl("webhooks", {"duplicate": 1.0})
    wamid = emulator.says()
    wait_for(lambda: len(receiver.messages()) == 2)
    assert {one["id"] for one in receiver.messages()} == {wamid}
    assert emulator.truth()["deliveries"]["duplicates"] == 1


def test_a_wrong_signature_is_sent_once_and_then_the_right_one(
    emulator: Emulator, receiver: Receiver
) -> None:
    emulator.ctl("webhooks", {"bad_signature_once": 1})
    emulator.says()
    wait_for(receiver.messages)
    assert len(receiver.refused) == 1
    assert emulator.truth()["deliveries"]["spoiled"] == {"bad_signature": 1}


def test_a_truncated_body_is_sent_once_and_then_the_whole(emulator: Emulator, receiver: Receiver) -> None:
    emulator.ctl("webhooks", {"truncated_once": 1})
    emulator.says()
    wait_for(receiver.messages)
    with pytest.raises(json.JSONDecodeError):
        json.loads(receiver.refused[0])


def test_a_dropped_post_comes_with_the_retry(emulator: Emulator, receiver: Receiver) -> None:
    emulator.ctl("webhooks", {"drop": 0.5, "retry_s": [0] * 40})
    bulk(emulator, 40)
    wait_for(lambda: len(receiver.messages()) == 40)
    assert emulator.truth()["deliveries"]["spoiled"]["dropped"] > 0


def test_a_rebatched_retry_is_put_together_anew(emulator: Emulator, receiver: Receiver) -> None:
    emulator.ctl("webhooks", {"rebatch": True, "batch_max": 20, "parallel": 1})
    receiver.answers = [500, 500, 500]
    wamids = bulk(emulator, 60)
    wait_for(lambda: len(receiver.messages()) == 60)
    assert sorted(one["id"] for one in receiver.messages()) == sorted(wamids)


def test_latency_is_measured(emulator: Emulator, receiver: Receiver) -> None:
    bulk(emulator, 20)
    wait_for(lambda: len(receiver.messages()) == 20)
    deliveries = emulator.truth()["deliveries"]
    assert deliveries["latency_ms"]["p50"] > 0
    assert sum(deliveries["latency_ms"]["histogram"].values()) == deliveries["answers"]["200"]


def test_webhooks_leave_this_machine_only_when_allowed(emulator: Emulator, number: dict[str, Any]) -> None:
    away = number | {"callback_url": "https://example.com/webhook"}
    answer = emulator.http.put("/_ctl/numbers", json=away)
    assert answer.status_code == 400
    assert "--allow" in answer.json()["detail"]


def test_the_callback_challenge_is_asked_before_an_override(emulator: Emulator, receiver: Receiver) -> None:
    path = "/v25.0/200000000000001/subscribed_apps"
    wrong = {"override_callback_uri": receiver.url, "verify_token": "no"}
    assert emulator.http.post(path, json=wrong).status_code == 400
    assert emulator.http.post(path, json=wrong | {"verify_token": "verify-me"}).json() == {"success": True}
    assert emulator.ctl(f"numbers/{LINE}/verify") == {"ok": True, "detail": ""}


def test_an_unsubscribed_account_hears_nothing(emulator: Emulator, receiver: Receiver) -> None:
    emulator.http.delete("/v25.0/200000000000001/subscribed_apps")
    emulator.says()
    assert emulator.truth()["deliveries"]["pending_items"] == 0
    assert receiver.posts == []


def test_every_kind_of_customer_message_has_its_shape(emulator: Emulator, receiver: Receiver) -> None:
    first = emulator.says("Oi")
    drafts = [
        {"type": "location", "latitude": -23.5, "longitude": -46.6, "name": "Sé"},
        {
            "type": "contacts",
            "contacts": [{"name": {"formatted_name": "B", "first_name": "B"}, "phones": []}],
        },
        {"type": "reaction", "message_id": first, "emoji": "👍"},
        {"type": "reaction", "message_id": first, "emoji": ""},
        {"type": "button_reply", "id": "yes", "title": "Yes", "context": first},
        {"type": "list_reply", "id": "r1", "title": "Row", "description": "one"},
        {"type": "button", "body": "Thanks", "payload": "thanks"},
        {"type": "unsupported", "body": "poll"},
        {"type": "edit", "message_id": first, "body": "Olá"},
        {"type": "revoke", "message_id": first},
    ]
    for draft in drafts:
        emulator.says(**draft)
    wait_for(lambda: len(receiver.messages()) == len(drafts) + 1)
    found = receiver.messages()[1:]
    kinds = "location contacts reaction reaction interactive interactive button unsupported edit revoke"
    assert [one["type"] for one in found] == kinds.split()
    assert found[2]["reaction"] == {"message_id": first, "emoji": "👍"}
    assert "emoji" not in found[3]["reaction"]
    assert found[4]["interactive"] == {"type": "button_reply", "button_reply": {"id": "yes", "title": "Yes"}}
    assert found[4]["context"] == {"from": ANA, "id": first}
    assert found[7]["errors"][0]["code"] == 131051


def test_forms_and_orders_have_metas_shapes(emulator: Emulator, receiver: Receiver) -> None:
    emulator.says()
    action = {"name": "flow", "parameters": {"flow_message_version": "3", "flow_id": "1", "flow_cta": "Open",
                                             "flow_token": "tok-1"}}  # fmt: skip
    asked = emulator.sent(
        type="interactive", interactive={"type": "flow", "body": {"text": "Fill in"}, "action": action}
    )
    emulator.says(type="form_reply", answers={"name": "Ana"}, context=asked)
    item = {"product_retailer_id": "SKU-1", "quantity": 2, "item_price": 10.5, "currency": "BRL"}
    emulator.says(type="order", catalog_id="77", items=[item], body="")
    wait_for(lambda: len(receiver.messages()) == 3)
    form, order = receiver.messages()[1:]
    assert json.loads(form["interactive"]["nfm_reply"]["response_json"]) == {
        "name": "Ana",
        "flow_token": "tok-1",
    }
    assert order["order"] == {"catalog_id": "77", "product_items": [item]}


def test_a_new_number_comes_as_a_system_message_without_contacts(
    emulator: Emulator, receiver: Receiver
) -> None:
    emulator.says()
    emulator.ctl(f"personas/{ANA}/change_number", {"to": "5511900000000"})
    wait_for(lambda: len(receiver.messages()) == 2)
    value = receiver.values()[-1]
    assert "contacts" not in value
    system = value["messages"][0]["system"]
    assert system["type"] == "user_changed_number"
    assert system["previous_user_id"] != system["user_id"]


def test_pages_of_other_sites_may_not_call_the_emulator(emulator: Emulator) -> None:
    assert emulator.http.get("/_ctl/health", headers={"Origin": "https://evil.example"}).status_code == 403
    assert httpx.get(f"{emulator.root}/_ctl/health", headers={"Host": "evil.example"}).status_code == 403
