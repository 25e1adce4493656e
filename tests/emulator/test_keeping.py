"""Recordings and snapshots: a conversation to keep as a test, and a world to come back to."""

from .conftest import ANA, LINE, Emulator, Receiver, wait_for


def test_a_recording_holds_what_the_business_was_told_in_order(emulator: Emulator) -> None:
    emulator.says("before")
    emulator.ctl("record", {"name": "greeting"})
    first = emulator.says("Oi")
    emulator.says(type="edit", message_id=first, body="Oi!")
    kept = emulator.ctl("record/stop")
    emulator.says("after")
    assert emulator.http.get("/_ctl/record").json() == kept
    values = [one["body"]["entry"][0]["changes"][0]["value"] for one in kept["webhooks"]]
    assert [value["messages"][0]["type"] for value in values] == ["text", "edit"]
    assert (kept["name"], kept["numbers"][0]["phone_number_id"]) == ("greeting", LINE)


def test_a_snapshot_brings_everything_back(emulator: Emulator, receiver: Receiver) -> None:
    emulator.says("kept")
    wait_for(receiver.messages)
    emulator.ctl("clock", {"advance_s": 3600})
    emulator.ctl("snapshot", {"name": "start"})
    then = emulator.truth()
    emulator.says("forgotten")
    emulator.ctl("reset", {"everything": True})
    restored = emulator.ctl("restore", {"name": "start"})
    now = emulator.truth()
    assert [one["body"] for one in now["sent"]] == [one["body"] for one in then["sent"]] == ["kept"]
    assert 0 <= restored["now"] - then["now"] < 60
    assert emulator.sent(), "the window is open as it was"


def test_what_was_under_way_is_delivered_after_coming_back(emulator: Emulator, receiver: Receiver) -> None:
    emulator.ctl("webhooks", {"paused": True})
    emulator.says("late")
    emulator.ctl("snapshot", {"name": "paused"})
    emulator.ctl("reset", {"everything": True})
    assert receiver.messages() == []
    emulator.ctl("restore", {"name": "paused"})
    wait_for(lambda: [one["text"]["body"] for one in receiver.messages()] == ["late"])


def test_an_unknown_snapshot_is_refused(emulator: Emulator) -> None:
    answer = emulator.http.post("/_ctl/restore", json={"name": "never"})
    assert (answer.status_code, answer.json()["detail"]) == (400, "There is no snapshot never.")
    assert emulator.http.post("/_ctl/snapshot", json={"name": "../x"}).status_code == 400


def test_a_number_in_standby_is_told_under_another_field(
    emulator: Emulator, receiver: Receiver, number: dict[str, object]
) -> None:
    emulator.ctl("numbers", {"phone_number_id": LINE, "standby": True}, "PUT")
    emulator.says("to the other app", persona=ANA)
    wait_for(lambda: receiver.posts)
    assert receiver.posts[0]["entry"][0]["changes"][0]["field"] == "standby"
