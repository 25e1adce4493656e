"""How a message fares at the customer's phone, by how that phone is."""

import pytest

from .conftest import ANA, LINE, Emulator, Receiver, wait_for


def presence(emulator: Emulator, state: str) -> None:
    emulator.ctl("personas", {"id": ANA, "presence": state}, "PUT")


def look(emulator: Emulator) -> None:
    emulator.ctl(f"personas/{ANA}/read", {"phone_number_id": LINE})


def test_a_phone_that_is_on_gets_the_message_and_reading_it_shows(
    open_window: Emulator, receiver: Receiver
) -> None:
    wamid = open_window.sent(biz_opaque_callback_data="c-1")
    wait_for(lambda: receiver.states(wamid) == ["sent", "delivered"])
    look(open_window)
    wait_for(lambda: receiver.states(wamid) == ["sent", "delivered", "read"])
    assert {one["biz_opaque_callback_data"] for one in receiver.statuses(wamid)} == {"c-1"}


def test_in_airplane_mode_a_message_waits(open_window: Emulator, receiver: Receiver) -> None:
    presence(open_window, "offline")
    first, second = open_window.sent(), open_window.sent()
    wait_for(lambda: receiver.states(second) == ["sent"])
    assert open_window.truth()["shown"] == []
    presence(open_window, "online")
    wait_for(lambda: receiver.states(second) == ["sent", "delivered"])
    assert [one["wamid"] for one in open_window.truth()["shown"]] == [first, second]


def test_with_receipts_off_nobody_learns_of_reading(open_window: Emulator, receiver: Receiver) -> None:
    presence(open_window, "receipts_off")
    wamid = open_window.sent()
    wait_for(lambda: receiver.states(wamid) == ["sent", "delivered"])
    look(open_window)
    presence(open_window, "online")
    look(open_window)
    assert receiver.states(wamid) == ["sent", "delivered"]


def test_what_is_sent_to_somebody_who_blocked_the_business_never_arrives(
    open_window: Emulator, receiver: Receiver
) -> None:
    presence(open_window, "blocked")
    wamid = open_window.sent()
    wait_for(lambda: receiver.states(wamid) == ["sent"])
    presence(open_window, "online")
    later = open_window.sent()
    wait_for(lambda: receiver.states(later) == ["sent", "delivered"])
    assert receiver.states(wamid) == ["sent"]


def test_a_number_that_is_not_on_whatsapp_fails(open_window: Emulator, receiver: Receiver) -> None:
    presence(open_window, "unregistered")
    wamid = open_window.sent()
    wait_for(lambda: receiver.states(wamid) == ["failed"])
    assert receiver.statuses(wamid)[0]["errors"][0]["code"] == 131026


def test_strangers_can_be_told_to_be_unreachable(open_window: Emulator, receiver: Receiver) -> None:
    open_window.ctl("settings", {"strangers": "unregistered"})
    wamid = open_window.sent(to="+551133334444")
    wait_for(lambda: receiver.states(wamid) == ["failed"])


def test_a_message_read_at_once_is_never_reported_delivered(
    open_window: Emulator, receiver: Receiver
) -> None:
    open_window.ctl("settings", {"read_without_delivered": 1.0})
    wamid = open_window.sent()
    wait_for(lambda: receiver.states(wamid) == ["sent", "read"])


def test_customers_whom_nobody_plays_can_read_by_themselves(
    open_window: Emulator, receiver: Receiver
) -> None:
    open_window.ctl("settings", {"auto_read": 1.0})
    wamid = open_window.sent()
    wait_for(lambda: receiver.states(wamid) == ["sent", "delivered", "read"])


def test_the_customer_sees_the_order_of_acceptance(open_window: Emulator) -> None:
    open_window.ctl("settings", {"sent_ms": [0, 40], "delivered_ms": [0, 40]})
    wamids = [open_window.sent() for _ in range(20)]
    wait_for(lambda: len(open_window.truth()["shown"]) == 20)
    assert [one["wamid"] for one in open_window.truth()["shown"]] == wamids


def test_reading_marks_everything_before_it_and_typing_shows(emulator: Emulator) -> None:
    emulator.says("one")
    last = emulator.says("two")
    body = {
        "messaging_product": "whatsapp",
        "status": "read",
        "message_id": last,
        "typing_indicator": {"type": "text"},
    }
    assert emulator.http.post(f"/v25.0/{LINE}/messages", json=body).json() == {"success": True}
    assert [one["read"] for one in emulator.truth()["sent"]] == [True, True]
    assert emulator.http.get(f"/phone/api/chats/{LINE}/{ANA}").json()["typing_s"] > 20
    emulator.sent()
    assert emulator.http.get(f"/phone/api/chats/{LINE}/{ANA}").json()["typing_s"] == 0


def test_an_unknown_message_cannot_be_marked_read(emulator: Emulator) -> None:
    body = {"messaging_product": "whatsapp", "status": "read", "message_id": "wamid.none"}
    assert emulator.code(emulator.http.post(f"/v25.0/{LINE}/messages", json=body)) == 100


def test_in_airplane_mode_the_customer_cannot_send(emulator: Emulator) -> None:
    presence(emulator, "offline")
    answer = emulator.http.post(f"/_ctl/personas/{ANA}/send", json={"phone_number_id": LINE, "body": "Oi"})
    assert answer.status_code == 400
    assert "airplane" in answer.json()["detail"]


@pytest.mark.parametrize(("day", "kind"), [(0, "regular"), (-90 * 86400, "free_customer_service")])
def test_free_form_messages_cost_money_since_october_2026(
    emulator: Emulator, receiver: Receiver, day: int, kind: str
) -> None:
    emulator.ctl("clock", {"advance_s": day})
    emulator.says()
    wamid = emulator.sent()
    status = wait_for(lambda: receiver.statuses(wamid))[0]
    emulator.ctl("clock", {"advance_s": -day})
    assert status["pricing"]["type"] == kind


def test_a_chat_from_an_ad_is_free_for_three_days(emulator: Emulator, receiver: Receiver) -> None:
    emulator.says(referral={"source_type": "ad", "source_id": "1", "source_url": "https://fb.me/x"})
    wamid = emulator.sent()
    status = wait_for(lambda: receiver.statuses(wamid))[0]
    assert status["pricing"] == {
        "billable": False,
        "pricing_model": "PMP",
        "type": "free_entry_point",
        "category": "service",
    }
    assert status["conversation"]["origin"] == {"type": "referral_conversion"}


def test_a_window_opened_by_hand_never_moves_back(emulator: Emulator) -> None:
    emulator.ctl("settings", {"window": "sync"})
    emulator.says()
    emulator.ctl("windows", {"phone_number_id": LINE, "persona": ANA, "at": 1})
    assert emulator.send().status_code == 200


def test_an_old_number_is_dead_after_moving(emulator: Emulator, receiver: Receiver) -> None:
    emulator.says()
    emulator.ctl(f"personas/{ANA}/change_number", {"to": "5511900000000"})
    wamid = emulator.sent()
    wait_for(lambda: receiver.states(wamid) == ["failed"])
