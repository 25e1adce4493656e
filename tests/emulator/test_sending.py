"""What Graph accepts, what it refuses, and in which words."""

import base64
from typing import Any

import pytest

from .conftest import ANA, LINE, Emulator, Receiver, wait_for

LONG = "x" * 4097


def buttons(*titles: str) -> dict[str, Any]:
    replies = [{"type": "reply", "reply": {"id": title, "title": title}} for title in titles]
    return {"type": "button", "body": {"text": "Choose"}, "action": {"buttons": replies}}


def rows(count: int) -> dict[str, Any]:
    choices = [{"id": str(number), "title": f"Row {number}"} for number in range(count)]
    return {
        "type": "list",
        "body": {"text": "Choose"},
        "action": {"button": "Open", "sections": [{"rows": choices}]},
    }


def template(name: str = "conversation_reopen", *words: str, language: str = "pt_BR") -> dict[str, Any]:
    parameters = [{"type": "text", "text": word} for word in words]
    return {
        "name": name,
        "language": {"code": language},
        "components": [{"type": "body", "parameters": parameters}],
    }


def test_an_accepted_message_is_answered_in_graphs_shape(open_window: Emulator) -> None:
    answer = open_window.send(to="+55 (11) 98765-4321").json()
    assert answer["messaging_product"] == "whatsapp"
    assert answer["contacts"][0]["input"] == "+55 (11) 98765-4321"
    assert answer["contacts"][0]["wa_id"] == ANA
    assert answer["messages"][0]["id"].startswith("wamid.")


def test_a_wamid_holds_the_peer_as_metas_do(open_window: Emulator) -> None:
    raw = base64.b64decode(open_window.sent().removeprefix("wamid."))
    assert raw[:3] == b"\x1c\x18\x0d"
    assert raw[3:16].decode() == ANA


LINK = {"display_text": "Open", "url": "https://acme.example"}
FLOW = {"flow_message_version": "3", "flow_id": "1", "flow_cta": "Open", "flow_token": "t"}
PRODUCTS = [{"product_retailer_id": "SKU-1"}]


def asks(kind: str, **action: Any) -> dict[str, Any]:
    return {"type": kind, "body": {"text": "Hello"}, "action": action}


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ({"messaging_product": "telegram"}, 100),
        ({"to": None}, 131008),
        ({"to": "nobody"}, 131009),
        ({"to": "+55 11 4000-1000"}, 131021),
        ({"type": "poll"}, 131051),
        ({"text": {}}, 131008),
        ({"text": {"body": LONG}}, 100),
        ({"biz_opaque_callback_data": "x" * 513}, 100),
        ({"type": "image", "image": {}}, 100),
        ({"type": "image", "image": {"id": "404"}}, 131009),
        ({"type": "image", "image": {"link": "https://example.com/x.png", "caption": "x" * 1025}}, 100),
        ({"type": "location", "location": {"latitude": 91, "longitude": 0}}, 131009),
        ({"type": "contacts", "contacts": [{"name": {"formatted_name": "A"}}]}, 131008),
        ({"type": "reaction", "reaction": {"message_id": "x", "emoji": "ok"}}, 131009),
        ({"type": "interactive", "interactive": buttons("a", "b", "c", "d")}, 131009),
        ({"type": "interactive", "interactive": buttons("x" * 21)}, 100),
        ({"type": "interactive", "interactive": buttons("same", "same")}, 131009),
        ({"type": "interactive", "interactive": rows(11)}, 131009),
        (
            {
                "type": "interactive",
                "interactive": asks("cta_url", name="cta_url", parameters={"display_text": "a"}),
            },
            131008,
        ),
        (
            {
                "type": "interactive",
                "interactive": asks("cta_url", name="cta_url", parameters=LINK | {"url": "a"}),
            },
            131009,
        ),
        ({"type": "interactive", "interactive": asks("cta_url", name="link", parameters=LINK)}, 131009),
        (
            {
                "type": "interactive",
                "interactive": asks("flow", name="flow", parameters=FLOW | {"flow_cta": "x" * 21}),
            },
            100,
        ),
        (
            {
                "type": "interactive",
                "interactive": asks("flow", name="flow", parameters=FLOW | {"flow_name": "a"}),
            },
            100,
        ),
        ({"type": "interactive", "interactive": asks("product", catalog_id="1")}, 131008),
        (
            {
                "type": "interactive",
                "interactive": asks("product_list", catalog_id="1", sections=[{"product_items": PRODUCTS}]),
            },
            131008,
        ),
        ({"type": "interactive", "interactive": asks("location_request_message", name="x")}, 131009),
        ({"type": "interactive", "interactive": buttons("a") | {"footer": {"text": "x" * 61}}}, 100),
        (
            {
                "type": "interactive",
                "interactive": rows(1) | {"header": {"type": "image", "image": {"id": "1"}}},
            },
            131009,
        ),
        ({"type": "template", "template": template("no_such_thing")}, 132001),
        ({"type": "template", "template": template("conversation_reopen")}, 132000),
        ({"recipient_type": "group"}, 131020),
    ],
)
def test_a_bad_message_is_refused_with_metas_code(
    open_window: Emulator, message: dict[str, Any], code: int
) -> None:
    answer = open_window.send(**message)
    assert answer.status_code >= 400
    assert open_window.code(answer) == code
    assert open_window.truth()["accepted"] == []


def test_an_unknown_token_is_refused_with_190(emulator: Emulator) -> None:
    answer = emulator.http.get(f"/v25.0/{LINE}", headers={"Authorization": "Bearer wrong"})
    assert answer.status_code == 401
    assert emulator.code(answer) == 190


def test_a_token_of_another_business_is_refused_with_200(emulator: Emulator, number: dict[str, Any]) -> None:
    other = number | {"phone_number_id": "9", "waba_id": "8", "access_token": "other"}
    emulator.ctl("numbers", other, "PUT")
    answer = emulator.send(line="9")
    assert answer.status_code == 403
    assert emulator.code(answer) == 200


def test_an_unregistered_number_cannot_send(open_window: Emulator) -> None:
    assert open_window.http.post(f"/v25.0/{LINE}/deregister").json() == {"success": True}
    assert open_window.code(open_window.send()) == 133010
    open_window.http.post(f"/v25.0/{LINE}/register", json={"messaging_product": "whatsapp", "pin": "123456"})
    assert open_window.send().status_code == 200


def test_a_number_outside_the_test_list_is_refused(open_window: Emulator) -> None:
    open_window.ctl("numbers", {"phone_number_id": LINE, "allowed_recipients": []}, "PUT")
    assert open_window.code(open_window.send()) == 131030


@pytest.mark.parametrize(
    ("account", "typed"),
    [
        ("551187654321", "+55 11 98765-4321"),
        ("5215512345678", "+52 55 1234 5678"),
        ("5491123456789", "+54 11 2345 6789"),
    ],
)
def test_whatsapp_finds_the_account_behind_another_spelling(
    emulator: Emulator, account: str, typed: str
) -> None:
    emulator.ctl("personas", {"id": account, "name": "Someone"}, "PUT")
    emulator.ctl("personas", {"id": ANA, "name": "Ana", "presence": "offline"}, "PUT")
    expected = account if typed != "+55 11 98765-4321" else ANA
    assert emulator.send(to=typed).json()["contacts"][0]["wa_id"] == expected


def test_an_old_brazilian_account_keeps_its_twelve_digits(emulator: Emulator) -> None:
    emulator.ctl("personas", {"id": "552187654321", "name": "Bia"}, "PUT")
    assert emulator.send(to="+5521987654321").json()["contacts"][0]["wa_id"] == "552187654321"


def test_outside_the_window_a_send_fails_later(emulator: Emulator, receiver: Receiver) -> None:
    wamid = emulator.sent(biz_opaque_callback_data="cookie-1")
    wait_for(lambda: receiver.states(wamid) == ["failed"])
    value = next(one for one in receiver.values() if "statuses" in one)
    assert "contacts" not in value
    assert value["statuses"][0]["errors"][0]["code"] == 131047
    assert value["statuses"][0]["biz_opaque_callback_data"] == "cookie-1"
    assert emulator.truth()["shown"] == []


def test_outside_the_window_a_send_can_be_refused_at_once(emulator: Emulator) -> None:
    emulator.ctl("settings", {"window": "sync"})
    assert emulator.code(emulator.send()) == 131047


def test_the_window_closes_a_day_after_the_customer_wrote(emulator: Emulator) -> None:
    emulator.ctl("settings", {"window": "sync"})
    emulator.says()
    assert emulator.send().status_code == 200
    emulator.ctl("clock", {"advance_s": 24 * 3600 + 1})
    assert emulator.code(emulator.send()) == 131047


def test_a_template_may_be_sent_outside_the_window(emulator: Emulator, receiver: Receiver) -> None:
    wamid = emulator.sent(type="template", template=template("conversation_reopen", "Ana"))
    wait_for(lambda: receiver.states(wamid) == ["sent", "delivered"])
    assert receiver.statuses(wamid)[0]["pricing"]["category"] == "utility"


def test_a_new_template_is_reviewed_and_then_usable(emulator: Emulator, receiver: Receiver) -> None:
    made = {
        "name": "hi",
        "language": "en",
        "category": "UTILITY",
        "components": [{"type": "BODY", "text": "Hi {{1}}, it is us!", "example": {"body_text": [["Ana"]]}}],
    }
    answer = emulator.http.post("/v25.0/200000000000001/message_templates", json=made).json()
    assert answer["status"] == "PENDING"
    wait_for(lambda: any(one.get("event") == "APPROVED" for one in receiver.values()))
    assert emulator.send(type="template", template=template("hi", "Ana", language="en")).status_code == 200


def test_too_many_messages_to_one_customer_are_refused(open_window: Emulator) -> None:
    open_window.ctl("settings", {"pair_burst": 2})
    assert [open_window.send().status_code for _ in range(2)] == [200, 200]
    assert open_window.code(open_window.send()) == 131056
    open_window.ctl("clock", {"advance_s": 6.1})
    assert open_window.send().status_code == 200


def test_too_many_messages_in_one_second_are_refused(open_window: Emulator) -> None:
    open_window.ctl("settings", {"number_per_second": 3})
    answers = [open_window.send() for _ in range(8)]
    assert 130429 in [open_window.code(one) for one in answers if one.status_code != 200]


def test_a_user_whom_the_business_blocked_cannot_be_written_to(emulator: Emulator) -> None:
    emulator.says()
    blocked = {"messaging_product": "whatsapp", "block_users": [{"user": ANA}]}
    answer = emulator.http.post(f"/v25.0/{LINE}/block_users", json=blocked).json()
    assert answer["block_users"]["added_users"][0]["wa_id"] == ANA
    assert emulator.code(emulator.send()) == 130403


def test_a_scoped_id_reaches_the_customer_and_hides_the_phone(emulator: Emulator, receiver: Receiver) -> None:
    emulator.ctl("personas", {"id": ANA, "username": "ana.s", "hide_phone": True}, "PUT")
    emulator.says()
    message = wait_for(receiver.messages)[0]
    assert "from" not in message
    assert "wa_id" not in receiver.values()[0]["contacts"][0]
    answer = emulator.send(to=None, recipient=message["from_user_id"]).json()
    assert answer["contacts"] == [{"input": message["from_user_id"], "user_id": message["from_user_id"]}]
    status = wait_for(lambda: receiver.statuses(answer["messages"][0]["id"]))[0]
    assert "recipient_id" not in status
    assert status["recipient_user_id"] == message["from_user_id"]


def test_a_scoped_id_of_another_portfolio_does_not_work(emulator: Emulator) -> None:
    assert emulator.code(emulator.send(to=None, recipient="BR.Someone1Else")) == 131026


def test_account_questions_are_answered(emulator: Emulator) -> None:
    about = emulator.http.get(
        f"/v25.0/{LINE}?fields=display_phone_number,verified_name,quality_rating"
    ).json()
    assert about == {
        "display_phone_number": "+55 11 4000-1000",
        "verified_name": "Loja Azul",
        "quality_rating": "GREEN",
        "id": LINE,
    }
    numbers = emulator.http.get("/v25.0/200000000000001/phone_numbers").json()
    assert [one["id"] for one in numbers["data"]] == [LINE]
    apps = emulator.http.get("/v25.0/200000000000001/subscribed_apps").json()
    assert apps["data"][0]["whatsapp_business_api_data"]["id"] == "300000000000001"
    token = emulator.http.get("/v25.0/debug_token", params={"input_token": "EAAB-emulated-token"}).json()[
        "data"
    ]
    assert token["is_valid"] and token["app_id"] == "300000000000001"


def test_an_app_token_comes_for_the_right_secret_only(emulator: Emulator) -> None:
    asked = {
        "client_id": "300000000000001",
        "client_secret": "emulator-app-secret",
        "grant_type": "client_credentials",
    }
    assert emulator.http.get("/oauth/access_token", params=asked).json()["token_type"] == "bearer"
    assert emulator.http.get("/oauth/access_token", params=asked | {"client_secret": "no"}).status_code == 400
