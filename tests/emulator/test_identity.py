"""Who customers are to a business: user names, hidden numbers, new numbers, and numbers that change hands."""

from tests.emulator.conftest import ANA, LINE, Emulator, Receiver, wait_for

DAY = 86_400


def hide(emulator: Emulator) -> None:
    emulator.ctl("personas", {"id": ANA, "username": "ana.s", "hide_phone": True}, "PUT")


def told(receiver: Receiver, count: int) -> dict:
    """The contact card of the newest of so many messages."""
    wait_for(lambda: len(receiver.messages()) >= count)
    return receiver.values()[-1]["contacts"][0]


def test_who_met_the_number_keeps_it_for_a_month(emulator: Emulator, receiver: Receiver) -> None:
    emulator.ctl("settings", {"contact_book": False})
    emulator.says()
    hide(emulator)
    emulator.says()
    card = told(receiver, 2)
    assert (card["wa_id"], card["profile"]["username"]) == (ANA, "ana.s")
    emulator.ctl("clock", {"advance_s": 31 * DAY})
    emulator.says()
    assert "wa_id" not in told(receiver, 3)


def test_the_contact_book_keeps_the_number_until_it_is_erased(emulator: Emulator, receiver: Receiver) -> None:
    emulator.says()
    hide(emulator)
    emulator.ctl("clock", {"advance_s": 31 * DAY})
    emulator.says()
    card = told(receiver, 2)
    assert card["wa_id"] == ANA
    erased = emulator.http.delete(
        f"/v25.0/{LINE}/contact_book", params={"messaging_product": "whatsapp", "bsuid": card["user_id"]}
    )
    assert erased.json() == {"success": True}
    emulator.says()
    assert "wa_id" not in told(receiver, 3)
    wrong = emulator.http.delete(f"/v25.0/{LINE}/contact_book", params={"bsuid": ANA})
    assert wrong.status_code == 400


def test_a_business_that_writes_to_the_number_meets_it(emulator: Emulator, receiver: Receiver) -> None:
    hide(emulator)
    emulator.says()
    assert "wa_id" not in told(receiver, 1)
    emulator.sent()
    emulator.says()
    assert told(receiver, 2)["wa_id"] == ANA


def test_a_number_that_was_given_away_has_another_id_and_nobody_is_told(
    emulator: Emulator, receiver: Receiver
) -> None:
    emulator.says()
    old = told(receiver, 1)
    emulator.ctl(f"personas/{ANA}/recycle", {"name": "Bia"})
    emulator.says()
    new = told(receiver, 2)
    assert (new["wa_id"], new["profile"]["name"]) == (ANA, "Bia")
    assert new["user_id"] != old["user_id"]
    chat = emulator.http.get(f"/phone/api/chats/{LINE}/{ANA}").json()
    assert len(chat["bubbles"]) == 1, "the new owner starts with an empty phone"


def test_chats_move_to_the_new_number(emulator: Emulator, receiver: Receiver) -> None:
    emulator.says()
    emulator.ctl(f"personas/{ANA}/change_number", {"to": "5511900000000"})
    chat = emulator.http.get(f"/phone/api/chats/{LINE}/5511900000000").json()
    assert len(chat["bubbles"]) == 1
