"""Faults on demand: what the business sees, and what really happened."""

import base64
import json
from typing import Any

import httpx
import pytest

from .conftest import ANA, LINE, Emulator, Receiver, wait_for


def fault(emulator: Emulator, action: str, **more: Any) -> None:
    emulator.ctl("faults", [{"endpoint": "messages", "action": action, "times": 1} | more])


def accepted(emulator: Emulator) -> list[Any]:
    return emulator.truth()["accepted"]


def test_a_graph_error_is_answered_and_nothing_is_accepted(open_window: Emulator) -> None:
    fault(open_window, "error", code=130429)
    assert open_window.code(open_window.send()) == 130429
    assert accepted(open_window) == []
    assert open_window.send().status_code == 200


def test_a_server_error_is_a_page_of_html(open_window: Emulator) -> None:
    fault(open_window, "http", status=502)
    answer = open_window.send()
    assert answer.status_code == 502
    assert answer.text.startswith("<!DOCTYPE html>")
    assert accepted(open_window) == []


def test_accepted_and_then_the_connection_is_dropped(open_window: Emulator, receiver: Receiver) -> None:
    fault(open_window, "drop_after_accept")
    with pytest.raises(httpx.RemoteProtocolError, match="disconnected without sending a response"):
        open_window.send(biz_opaque_callback_data="doubtful")
    assert accepted(open_window)[0]["cookie"] == "doubtful"
    statuses = wait_for(receiver.statuses)
    assert statuses[0]["biz_opaque_callback_data"] == "doubtful"


def test_the_connection_is_reset_before_anything_is_read(open_window: Emulator) -> None:
    fault(open_window, "reset_before_read")
    with pytest.raises((httpx.ReadError, httpx.RemoteProtocolError)):
        open_window.send()
    assert accepted(open_window) == []


def test_accepted_but_the_answer_is_too_late(open_window: Emulator) -> None:
    fault(open_window, "delay_after_accept", delay_ms=1500)
    with pytest.raises(httpx.ReadTimeout):
        open_window.http.post(
            f"/v25.0/{LINE}/messages",
            json={"messaging_product": "whatsapp", "to": ANA, "text": {"body": "x"}},
            timeout=0.2,
        )
    wait_for(lambda: len(accepted(open_window)) == 1)


@pytest.mark.parametrize("action", ["garbage", "empty"])
@pytest.mark.parametrize("accept", [True, False])
def test_a_good_status_with_a_bad_body(open_window: Emulator, action: str, accept: bool) -> None:
    fault(open_window, action, accept=accept)
    answer = open_window.send()
    assert answer.status_code == 200
    with pytest.raises(json.JSONDecodeError):
        answer.json()
    assert len(accepted(open_window)) == int(accept)


def test_an_accepted_message_fails_later(open_window: Emulator, receiver: Receiver) -> None:
    fault(open_window, "fail_async", code=131049)
    wamid = open_window.sent()
    wait_for(lambda: receiver.states(wamid) == ["failed"])
    assert receiver.statuses(wamid)[0]["errors"][0]["code"] == 131049


def test_a_status_is_lost(open_window: Emulator, receiver: Receiver) -> None:
    fault(open_window, "lose_status", status="sent")
    wamid = open_window.sent()
    wait_for(lambda: receiver.states(wamid) == ["delivered"])


def test_a_status_is_late(open_window: Emulator, receiver: Receiver) -> None:
    fault(open_window, "delay_status", status="sent", delay_ms=150)
    wamid = open_window.sent()
    wait_for(lambda: receiver.states(wamid) == ["delivered", "sent"])


def test_media_is_missing_once(emulator: Emulator, receiver: Receiver) -> None:
    emulator.says(type="document", data_base64="JVBERi0=", filename="a.pdf")
    media_id = wait_for(receiver.messages)[0]["document"]["id"]
    emulator.ctl("faults", {"endpoint": "media_get", "action": "http", "status": 404, "times": 1})
    assert emulator.http.get(f"/v25.0/{media_id}").status_code == 404
    assert emulator.http.get(f"/v25.0/{media_id}").status_code == 200


def test_the_cdn_is_slow(emulator: Emulator, receiver: Receiver) -> None:
    emulator.says(type="document", data_base64=base64.b64encode(b"%PDF-" * 10).decode(), filename="a.pdf")
    media_id = wait_for(receiver.messages)[0]["document"]["id"]
    emulator.ctl("faults", {"endpoint": "cdn", "action": "slow", "delay_ms": 300})
    answer = emulator.http.get(emulator.http.get(f"/v25.0/{media_id}").json()["url"])
    assert answer.elapsed.total_seconds() > 0.25


def test_rules_choose_by_peer_and_count(open_window: Emulator) -> None:
    open_window.ctl("windows", {"phone_number_id": LINE, "persona": "5521911112222"})
    open_window.ctl(
        "faults", [{"endpoint": "messages", "peer": ANA, "nth": 2, "action": "error", "code": 131000}]
    )
    others = [open_window.send(to="+5521911112222").status_code for _ in range(3)]
    mine = [open_window.send().status_code for _ in range(3)]
    assert others == [200, 200, 200]
    assert mine == [200, 500, 200]
    rule = open_window.http.get("/_ctl/faults").json()["faults"][0]
    assert (rule["seen"], rule["hits"]) == (3, 1)


def test_a_rule_strikes_with_its_probability(open_window: Emulator) -> None:
    fault(open_window, "error", code=2, probability=0.5, times=None)
    refused = sum(open_window.send().status_code != 200 for _ in range(40))
    assert 5 < refused < 35


def test_one_request_can_bring_its_own_fault(open_window: Emulator) -> None:
    headers = {"X-Emu-Fault": '{"action": "error", "code": 131016}'}
    body = {"messaging_product": "whatsapp", "to": ANA, "text": {"body": "x"}}
    answer = open_window.http.post(f"/v25.0/{LINE}/messages", json=body, headers=headers)
    assert open_window.code(answer) == 131016


def test_an_unknown_action_is_refused(emulator: Emulator) -> None:
    answer = emulator.http.post("/_ctl/faults", json={"action": "explode"})
    assert answer.status_code == 400
    assert "drop_after_accept" in answer.json()["detail"]


def test_faults_can_be_taken_away(open_window: Emulator) -> None:
    fault(open_window, "error", times=None)
    open_window.ctl("faults", method="DELETE")
    assert open_window.send().status_code == 200
