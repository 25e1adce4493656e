"""Groups: several customers and one business number in one chat."""

from typing import Any

import pytest

from tests.emulator.conftest import ANA, LINE, Emulator, Receiver, wait_for

BIA = "5511900000002"


@pytest.fixture
def group(emulator: Emulator, receiver: Receiver) -> str:
    emulator.ctl("personas", {"id": BIA, "name": "Bia"}, "PUT")
    made = emulator.ctl("groups", {"phone_number_id": LINE, "subject": "Festa", "members": [ANA, BIA]})
    wait_for(lambda: len(receiver.posts) >= 2)
    return str(made["id"])


def fields(receiver: Receiver) -> list[tuple[str, Any]]:
    return [
        (change["field"], change["value"])
        for post in receiver.posts
        for entry in post["entry"]
        for change in entry["changes"]
    ]


def test_a_new_group_is_told_with_its_people(emulator: Emulator, receiver: Receiver, group: str) -> None:
    told = dict(fields(receiver))
    made = told["group_lifecycle_update"]["groups"][0]
    assert (made["type"], made["subject"], made["group_id"]) == ("group_create", "Festa", group)
    people = told["group_participants_update"]["groups"][0]["added_participants"]
    assert [one["wa_id"] for one in people] == [ANA, BIA]


def test_what_is_written_in_a_group_names_it_and_the_author(
    emulator: Emulator, receiver: Receiver, group: str
) -> None:
    emulator.ctl(
        f"personas/{BIA}/send", {"phone_number_id": LINE, "type": "text", "body": "Oi", "group": group}
    )
    message = wait_for(receiver.messages)[0]
    assert (message["group_id"], message["from"]) == (group, BIA)
    chat = emulator.http.get(f"/phone/api/chats/{LINE}/{ANA}", params={"group": group}).json()
    assert [(one["mine"], one["author"]) for one in chat["bubbles"]] == [(False, "Bia")]
    rows = emulator.http.get(f"/phone/api/personas/{ANA}/chats").json()["chats"]
    assert [row["name"] for row in rows if "group" in row] == ["Festa"]


def test_an_answer_reaches_all_and_each_receipt_names_who(
    emulator: Emulator, receiver: Receiver, group: str
) -> None:
    emulator.ctl(
        f"personas/{BIA}/send", {"phone_number_id": LINE, "type": "text", "body": "Oi", "group": group}
    )
    answer = emulator.send(to=group, recipient_type="group").json()
    assert answer["messages"][0]["group_id"] == group
    wamid = answer["messages"][0]["id"]
    wait_for(lambda: len(receiver.statuses(wamid)) == 3)
    sent, *delivered = receiver.statuses(wamid)
    assert (sent["status"], sent["recipient_type"]) == ("sent", "group")
    assert {one["recipient_participant_id"] for one in delivered} == {ANA, BIA}
    emulator.ctl(f"personas/{ANA}/read", {"phone_number_id": LINE, "group": group})
    read = wait_for(lambda: [one for one in receiver.statuses(wamid) if one["status"] == "read"])
    assert [one["recipient_participant_id"] for one in read] == [ANA]


def test_who_leaves_can_write_there_no_more(emulator: Emulator, receiver: Receiver, group: str) -> None:
    emulator.ctl(f"groups/{group}", {"leave": [BIA], "subject": "Festa de Ana"}, "PATCH")
    wait_for(lambda: len(receiver.posts) >= 4)
    field, value = fields(receiver)[-2]
    assert field == "group_participants_update"
    assert value["groups"][0]["removed_participants"][0]["wa_id"] == BIA
    draft = {"phone_number_id": LINE, "type": "text", "body": "Oi", "group": group}
    assert emulator.http.post(f"/_ctl/personas/{BIA}/send", json=draft).status_code == 400


def test_a_group_of_another_number_is_not_found(emulator: Emulator) -> None:
    assert emulator.code(emulator.send(to="Z3JvdXA=", recipient_type="group")) == 131020
