"""Customers correct and delete what they wrote, before or after it arrives here."""

import itertools

import pytest

from tests.support.client import ApiClient
from whatsapp.tests.conftest import MARIA, messages_from, text, text_from

pytestmark = pytest.mark.django_db
SENT = 1_790_000_000


def edit(body, wamid="wamid.e1", *, at=SENT + 60, target="wamid.T"):
    said = {"type": "text", "text": {"body": body}}
    return messages_from(MARIA, {
        **text("", wamid, at=at), "type": "edit",
        "edit": {"original_message_id": target, "message": said},
    })  # fmt: skip


def revoke(wamid="wamid.d1", *, at=SENT + 90, target="wamid.T"):
    return messages_from(
        MARIA, {**text("", wamid, at=at), "type": "revoke", "revoke": {"original_message_id": target}}
    )


@pytest.fixture
def written(meta, number):
    meta.post(text_from(MARIA, "Quero dois", wamid="wamid.T"))


@pytest.fixture
def shown(as_, ana, messages):
    """The first message of the thread as the API shows it, with its earlier texts."""

    def read():
        api: ApiClient = as_(ana)
        ticket = messages()[0].ticket_id
        row = api.get(f"/api/tickets/{ticket}/messages/").json()["results"][-1]
        edits = api.get(f"/api/messages/{row['id']}/edits/").json()["results"]
        return {**row, "earlier": [one["body"] for one in edits][::-1]}

    return read


def hide_what_is_deleted(as_, ana):
    answer = as_(ana).patch("/api/company/settings/", {"keep_removed_text": False})
    assert answer.status_code == 200


def test_a_corrected_message_says_the_new_text_and_keeps_the_old_one(meta, written, shown):
    meta.post(edit("Quero três"))
    row = shown()
    assert (row["body"], row["earlier"]) == ("Quero três", ["Quero dois"])
    assert row["edited_at"].startswith("2026-09-21T")
    assert row["removed_at"] is None


def test_a_correction_counts_as_no_new_message(meta, written, messages):
    meta.post(edit("Quero três"))
    [message] = messages()
    assert message.ticket.unread_count == 1


def test_a_corrected_message_is_found_by_its_new_words_only(meta, written, as_, ana):
    meta.post(edit("Quero três"))
    found = [
        len(as_(ana).get("/api/search/tickets/", {"q": word}).json()["results"]) for word in ("três", "dois")
    ]
    assert found == [1, 0]


def test_the_list_shows_the_corrected_words_and_says_when_they_are_gone(meta, written, as_, ana, messages):
    hide_what_is_deleted(as_, ana)
    path = f"/api/tickets/{messages()[0].ticket_id}/"
    meta.post(edit("Quero três"))
    assert as_(ana).get(path).json()["last_message"]["preview"] == "Quero três"
    meta.post(revoke())
    last = as_(ana).get(path).json()["last_message"]
    assert (last["preview"], last["is_removed"]) == ("", True)


@pytest.mark.parametrize("order", list(itertools.permutations(range(4))))
def test_the_last_text_wins_in_whatever_order_it_all_arrives(meta, number, shown, order):
    documents = [
        text_from(MARIA, "um", wamid="wamid.T", at=SENT),
        edit("dois", "wamid.e1", at=SENT + 60),
        edit("três", "wamid.e2", at=SENT + 120),
        edit("quatro", "wamid.e3", at=SENT + 180),
    ]
    for place in order:
        meta.post(documents[place])
        meta.post({**documents[place], "again": place})  # Meta repeats itself, in other bytes
    row = shown()
    assert (row["body"], row["earlier"]) == ("quatro", ["um", "dois", "três"])


def test_what_was_deleted_stays_readable_where_the_company_wants_it(meta, written, shown):
    meta.post(revoke())
    row = shown()
    assert (row["body"], row["removed_at"] is not None) == ("Quero dois", True)


def test_what_was_deleted_is_shown_to_nobody_where_the_company_hides_it(
    meta, written, shown, as_, ana, messages
):
    hide_what_is_deleted(as_, ana)
    meta.post(edit("Quero três"))
    meta.post(revoke())
    row = shown()
    assert (row["body"], row["content"], row["earlier"]) == ("", {"hidden": True}, [])
    assert row["removed_at"] is not None
    assert as_(ana).get("/api/search/tickets/", {"q": "três"}).json()["results"] == []


@pytest.mark.parametrize("hides", [True, False])
def test_deleted_before_it_arrived_is_deleted_when_it_does(meta, number, events, shown, as_, ana, hides):
    if hides:
        hide_what_is_deleted(as_, ana)
    meta.post(revoke())
    meta.post(edit("Quero três"))
    assert [event.state for event in events()] == ["parked", "parked"]
    meta.post(text_from(MARIA, "Quero dois", wamid="wamid.T"))
    row = shown()
    assert (row["body"], row["removed_at"] is not None) == ("" if hides else "Quero três", True)
    assert {event.state for event in events()} == {"applied"}


def test_a_correction_after_the_deletion_shows_nothing_again(meta, written, shown, as_, ana):
    hide_what_is_deleted(as_, ana)
    meta.post(revoke())
    meta.post(edit("Quero três"))
    assert (shown()["body"], shown()["content"]) == ("", {"hidden": True})


def test_the_file_of_a_hidden_message_is_gone_from_the_thread_and_the_door(
    meta, written, shown, as_, ana, acme_world, messages
):
    hide_what_is_deleted(as_, ana)
    meta.post(messages_from(MARIA, {
        **text("", "wamid.photo", at=SENT - 5), "type": "image",
        "image": {"id": "9", "mime_type": "image/jpeg", "sha256": "x", "caption": "Olha"},
    }))  # fmt: skip
    assert shown()["attachments"] != []
    meta.post(revoke("wamid.d2", target="wamid.photo"))
    row = shown()
    assert (row["kind"], row["attachments"], row["body"]) == ("image", [], "")


def test_another_companys_edits_are_not_found(meta, written, messages, as_, raul):
    assert as_(raul).get(f"/api/messages/{messages()[0].pk}/edits/").status_code == 404


def test_a_caption_can_be_taken_away(meta, number, messages):
    photo = {"id": "9", "mime_type": "image/jpeg", "sha256": "x", "caption": "Olha"}
    meta.post(messages_from(MARIA, {**text("", "wamid.T"), "type": "image", "image": photo}))
    meta.post(messages_from(MARIA, {
        **text("", "wamid.e", at=SENT + 9), "type": "edit",
        "edit": {"original_message_id": "wamid.T", "message": {"type": "image", "image": {"id": "9"}}},
    }))  # fmt: skip
    [message] = messages()
    assert (message.body, message.edited_at is not None) == ("", True)
