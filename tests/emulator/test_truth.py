"""The answer key: complete, in order, and still there after a restart."""

import time

from .conftest import ANA, LINE, Emulator, Receiver, wait_for


def test_the_truth_tells_both_directions(open_window: Emulator, receiver: Receiver) -> None:
    theirs = open_window.says("Oi")
    ours = open_window.sent(
        text={"body": "Olá Ana"}, biz_opaque_callback_data="k1", context={"message_id": theirs}
    )
    wait_for(lambda: receiver.states(ours) == ["sent", "delivered"])
    truth = open_window.truth()
    sent, accepted, shown = truth["sent"][0], truth["accepted"][0], truth["shown"][0]
    assert (sent["wamid"], sent["from"], sent["body"], sent["type"]) == (theirs, ANA, "Oi", "text")
    assert (accepted["wamid"], accepted["to"], accepted["cookie"], accepted["body"]) == (
        ours,
        ANA,
        "k1",
        "Olá Ana",
    )
    assert accepted["context"] == theirs
    assert shown["wamid"] == ours
    assert truth["under_way"] == 0


def test_the_truth_survives_a_restart(open_window: Emulator, receiver: Receiver) -> None:
    open_window.says("Oi")
    open_window.ctl("personas", {"id": ANA, "presence": "offline"}, "PUT")
    waiting = open_window.sent()
    wait_for(lambda: receiver.states(waiting) == ["sent"])
    before = open_window.truth()
    open_window.restart()
    open_window.ctl("settings", {"delivered_ms": [0, 1]})
    after = open_window.truth()
    assert after["accepted"] == before["accepted"]
    assert after["sent"] == before["sent"]
    open_window.ctl("personas", {"id": ANA, "presence": "online"}, "PUT")
    wait_for(lambda: receiver.states(waiting) == ["sent", "delivered"])


def test_webhooks_that_were_not_acknowledged_go_out_after_a_restart(
    emulator: Emulator, receiver: Receiver
) -> None:
    emulator.ctl("webhooks", {"paused": True})
    wamid = emulator.says()
    emulator.restart()
    wait_for(lambda: [one["id"] for one in receiver.messages()] == [wamid])


def test_ids_are_never_given_twice_across_restarts(open_window: Emulator) -> None:
    before = {open_window.sent() for _ in range(5)}
    open_window.restart()
    open_window.ctl("windows", {"phone_number_id": LINE, "persona": ANA})
    assert before.isdisjoint({open_window.sent() for _ in range(5)})


def test_ten_thousand_messages_are_written_quickly(emulator: Emulator, receiver: Receiver) -> None:
    emulator.ctl("webhooks", {"batch_max": 200, "parallel": 4})
    items = [
        {"persona": f"55119{number % 500:08d}", "phone_number_id": LINE, "type": "text", "body": f"m{number}"}
        for number in range(10_000)
    ]
    since = time.monotonic()
    assert len(emulator.http.post("/_ctl/bulk", json={"items": items}, timeout=60).json()["ids"]) == 10_000
    wait_for(lambda: emulator.http.get("/_ctl/health").json()["pending_webhooks"] == 0, seconds=40)
    assert time.monotonic() - since < 40
    assert len({one["id"] for one in receiver.messages()}) == 10_000


def test_a_reset_forgets_the_traffic_and_keeps_the_people(emulator: Emulator) -> None:
    emulator.says()
    emulator.ctl("reset")
    truth = emulator.truth()
    assert (truth["sent"], truth["accepted"]) == ([], [])
    assert [one["id"] for one in emulator.http.get("/_ctl/personas").json()["personas"]] == [ANA]
