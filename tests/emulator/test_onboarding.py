"""How numbers come to the API: tokens, the signup dialog, registration, callbacks, and the owner's phone."""

import re
from html import unescape
from json import loads

import pytest

from tests.emulator.conftest import ACCOUNT, ANA, APP, LINE, SECRET, TOKEN, wait_for

REGISTER = f"/v25.0/{LINE}/register"
PLATFORM = {"app_id": "900000000000001", "app_secret": "platform-secret", "config_id": "42"}
BACK = "http://127.0.0.1:8000/connect/whatsapp"


def code(answer):
    return answer.json()["error"]["code"]


def about(emulator, token=TOKEN):
    return emulator.http.get("/v25.0/debug_token", params={"input_token": token}).json()["data"]


def test_a_token_tells_what_it_may_do(emulator):
    told = about(emulator)
    assert (told["is_valid"], told["app_id"], told["expires_at"]) == (True, APP, 0)
    assert told["granular_scopes"][0]["target_ids"] == [ACCOUNT]


def test_a_token_that_expired_or_was_revoked_is_refused_and_says_so(emulator):
    emulator.ctl("tokens", {"token": TOKEN, "expires_at": 1000}, "PUT")
    answer = emulator.http.get(f"/v25.0/{LINE}")
    assert answer.json()["error"]["error_subcode"] == 463
    emulator.ctl("tokens", {"token": TOKEN, "expires_at": 0, "revoked": True}, "PUT")
    assert emulator.http.get(f"/v25.0/{LINE}").json()["error"]["error_subcode"] == 458
    proof = {"access_token": f"{APP}|{SECRET}", "input_token": TOKEN}
    anonymous = emulator.http.get("/v25.0/debug_token", params=proof, headers={"Authorization": ""})
    assert anonymous.json()["data"]["is_valid"] is False


def test_a_token_without_the_management_scope_cannot_touch_the_account(emulator):
    emulator.ctl("tokens", {"token": TOKEN, "scopes": ["whatsapp_business_messaging"]}, "PUT")
    assert code(emulator.http.get(f"/v25.0/{ACCOUNT}/phone_numbers")) == 10
    assert emulator.http.get(f"/v25.0/{LINE}").status_code == 200


def test_the_app_secret_is_proved_by_the_apps_own_token(emulator):
    given = {"client_id": APP, "client_secret": SECRET, "grant_type": "client_credentials"}
    assert emulator.http.get("/oauth/access_token", params=given).json()["access_token"] == f"{APP}|{SECRET}"
    wrong = emulator.http.get("/oauth/access_token", params=given | {"client_secret": "no"})
    assert wrong.status_code == 400


def test_registering_sets_the_pin_and_later_must_match_it(emulator):
    assert emulator.http.post(REGISTER, json={"pin": "123456"}).json() == {"success": True}
    assert code(emulator.http.post(REGISTER, json={"pin": "654321"})) == 133005
    emulator.http.post(f"/v25.0/{LINE}", json={"pin": "654321"})
    assert emulator.http.post(REGISTER, json={"pin": "654321"}).json() == {"success": True}


def test_ten_registrations_in_three_days_lock_the_number(emulator):
    answers = [emulator.http.post(REGISTER, json={"pin": "123456"}) for _ in range(11)]
    assert [one.status_code for one in answers[:10]] == [200] * 10
    assert code(answers[10]) == 133016
    emulator.ctl("clock", {"advance_s": 72 * 3600 + 1})
    assert emulator.http.post(REGISTER, json={"pin": "123456"}).status_code == 200


def test_a_new_number_is_verified_with_the_code_that_came_by_sms(emulator, number):
    emulator.ctl("numbers", number | {"verified": False, "registered": False}, "PUT")
    assert code(emulator.http.post(REGISTER, json={"pin": "123456"})) == 133015
    emulator.http.post(f"/v25.0/{LINE}/request_code", json={"code_method": "SMS", "language": "pt_BR"})
    sms = emulator.http.get(f"/_ctl/owner/{LINE}").json()["code"]
    assert code(emulator.http.post(f"/v25.0/{LINE}/verify_code", json={"code": "x"})) == 136025
    assert emulator.http.post(f"/v25.0/{LINE}/verify_code", json={"code": sms}).status_code == 200
    assert emulator.http.post(REGISTER, json={"pin": "123456"}).status_code == 200


def test_an_apps_callback_is_asked_before_it_is_trusted(emulator, receiver):
    given = {
        "access_token": f"{APP}|{SECRET}", "object": "whatsapp_business_account", "fields": "messages",
        "callback_url": receiver.url, "verify_token": "wrong",
    }  # fmt: skip
    anonymous = {"headers": {"Authorization": ""}}
    path = f"/v25.0/{APP}/subscriptions"
    assert code(emulator.http.post(path, params=given, **anonymous)) == 2200
    right = given | {"verify_token": "verify-me"}
    assert emulator.http.post(path, params=right, **anonymous).json() == {"success": True}
    [row] = emulator.http.get(path, params={"access_token": f"{APP}|{SECRET}"}, **anonymous).json()["data"]
    assert row["callback_url"] == receiver.url


@pytest.fixture
def dialog(emulator):
    """The signup dialog of a platform's app, filled in and continued; answers what the page would do."""
    emulator.ctl("apps", PLATFORM, "PUT")

    def go(**choices):
        asked = {
            "client_id": PLATFORM["app_id"], "config_id": "42", "response_type": "code", "state": "s1",
            "redirect_uri": BACK,
        } | {name: choices.pop(name) for name in ("extras",) if name in choices}  # fmt: skip
        page = emulator.http.get("/v25.0/dialog/oauth", params=asked)
        assert page.status_code == 200, page.text
        given = loads(unescape(re.search(r'data-given="([^"]*)"', page.text)[1]))
        return emulator.ctl("signup", given | {"name": "Padaria", "number": "+55 11 97777-0001"} | choices)

    return go


def exchange(emulator, code, **other):
    given = {
        "client_id": PLATFORM["app_id"], "client_secret": "platform-secret", "redirect_uri": BACK, "code": code,
    }  # fmt: skip
    return emulator.http.get("/v25.0/oauth/access_token", params=given | other)


def test_the_dialogs_code_becomes_a_token_for_the_chosen_account_once(emulator, dialog):
    found = dialog()
    assert found["message"]["event"] == "FINISH"
    assert found["redirect"].startswith(f"{BACK}?code=")
    token = exchange(emulator, found["code"]).json()["access_token"]
    assert about(emulator, token)["granular_scopes"][0]["target_ids"] == [found["message"]["data"]["waba_id"]]
    assert exchange(emulator, found["code"]).json()["error"]["error_subcode"] == 36009


def test_a_code_dies_after_half_a_minute_and_belongs_to_its_redirect(emulator, dialog):
    assert exchange(emulator, dialog()["code"], redirect_uri="http://127.0.0.1/x").status_code == 400
    late = dialog()["code"]
    emulator.ctl("clock", {"advance_s": 31})
    assert exchange(emulator, late).json()["error"]["error_subcode"] == 36007


def test_a_dialog_for_an_unknown_app_is_an_error_page(emulator):
    assert emulator.http.get("/dialog/oauth", params={"client_id": "1"}).status_code == 400


@pytest.fixture
def on_phone(emulator, number):
    """The number lives in the owner's phone as well, since a moment ago."""
    now = emulator.truth()["now"]
    emulator.ctl("numbers", number | {"on_phone": True, "onboarded_at": now, "synced": []}, "PUT")
    return emulator


def owner(emulator, path, **body):
    return emulator.ctl(f"owner/{LINE}/{path}", body)


def ask(emulator, kind):
    body = {"messaging_product": "whatsapp", "sync_type": kind}
    return emulator.http.post(f"/v25.0/{LINE}/smb_app_data", json=body)


def changes(receiver, field):
    found = [change for post in receiver.posts for entry in post["entry"] for change in entry["changes"]]
    return [one["value"] for one in found if one["field"] == field]


def test_what_the_owner_writes_edits_and_deletes_is_echoed_and_opens_no_window(on_phone, receiver):
    wamid = owner(on_phone, "send", persona=ANA, body="Já separei")["id"]
    owner(on_phone, "change", message_id=wamid, type="edit", body="Já separei!")
    owner(on_phone, "change", message_id=wamid, type="revoke")
    wait_for(lambda: len(changes(receiver, "smb_message_echoes")) == 3)
    echoes = [one["message_echoes"][0] for one in changes(receiver, "smb_message_echoes")]
    assert [one["type"] for one in echoes] == ["text", "edit", "revoke"]
    assert (echoes[0]["id"], echoes[0]["to"], echoes[0]["text"]["body"]) == (wamid, ANA, "Já separei")
    on_phone.sent()
    wait_for(lambda: any(one["status"] == "failed" for one in receiver.statuses()))


def test_the_address_book_is_told_once_and_then_as_it_changes(on_phone, receiver):
    owner(on_phone, "book", contacts=[{"name": "Ana Souza", "number": ANA}])
    assert ask(on_phone, "smb_app_state_sync").json()["request_id"]
    assert code(ask(on_phone, "smb_app_state_sync")) == 2593107
    owner(on_phone, "book", contacts=[{"name": "Bia Lima", "number": "5511988880000"}])
    wait_for(lambda: len(changes(receiver, "smb_app_state_sync")) == 2)
    rows = [one["state_sync"][0]["contact"] for one in changes(receiver, "smb_app_state_sync")]
    assert [one["full_name"] for one in rows] == ["Ana Souza", "Bia Lima"]


def test_the_history_comes_in_three_phases_with_placeholders_and_then_files(on_phone, receiver):
    photo = {"type": "image", "data_base64": "iVBORw0KGgo=", "mime_type": "image/png", "days_ago": 0.5}
    old = [{"body": "antiga", "days_ago": 100}, {"body": "do mês", "days_ago": 20, "from_me": True}, photo]
    owner(on_phone, "history", threads=[{"persona": ANA, "messages": old}])
    ask(on_phone, "history")
    wait_for(lambda: len(changes(receiver, "history")) == 4)
    told = changes(receiver, "history")
    chunks = sorted(
        (one["history"][0] for one in told if "history" in one), key=lambda one: one["metadata"]["phase"]
    )
    assert [one["metadata"]["phase"] for one in chunks] == [0, 1, 2]
    assert {one["metadata"]["progress"] for one in chunks} == {33, 67, 100}
    [[placeholder], [mine], [first]] = [one["threads"][0]["messages"] for one in chunks]
    assert (placeholder["type"], mine["to"], first["text"]["body"]) == ("media_placeholder", ANA, "antiga")
    [file] = [one["messages"][0] for one in told if "messages" in one]
    assert file["id"] == placeholder["id"] and file["image"]["id"]


def test_a_history_that_the_owner_keeps_is_declined(on_phone, number, receiver):
    on_phone.ctl("numbers", {"phone_number_id": LINE, "shares_history": False}, "PUT")
    ask(on_phone, "history")
    [told] = wait_for(lambda: changes(receiver, "history"))
    assert told["history"][0]["errors"][0]["code"] == 2593109


def test_after_a_day_nothing_can_be_synchronised(on_phone):
    on_phone.ctl("clock", {"advance_s": 86401})
    assert code(ask(on_phone, "history")) == 2593108


def test_a_number_on_a_phone_is_not_registered_again(on_phone):
    assert code(on_phone.http.post(REGISTER, json={"pin": "123456"})) == 100
