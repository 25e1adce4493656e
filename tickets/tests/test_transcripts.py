"""What was heard in a voice note is shown with it, found by the search, and hidden with it."""

import pytest
from django.test.testcases import TestCase
from django.utils.timezone import now

from tickets.actions import amendments, transcripts
from tickets.models import Attachment, Message
from tickets.transport import Removal

pytestmark = pytest.mark.django_db


@pytest.fixture
def note(acme_world, talk):
    """A customer's voice note that is here, the newest message of its conversation."""
    message = acme_world.message(talk, "", kind="audio")
    with acme_world.scope():
        talk.last_message = message
        talk.save()
        return Attachment.objects.create(
            message=message, kind="audio", mime="audio/ogg", state="stored", is_voice=True
        )


def shown(api, note):
    thread = api.get(f"/api/tickets/{note.message.ticket_id}/messages/").json()["results"]
    return next(row for row in thread if row["id"] == note.message_id)


def hear(world, note, text="quero cancelar a assinatura", language="pt"):
    with world.scope():
        mine = transcripts.claim(note)
        assert mine is not None
        assert transcripts.done(mine, text, language=language)


def test_the_thread_shows_what_was_heard(api, acme_world, note):
    assert shown(api, note)["attachments"][0]["transcript"] is None
    before = shown(api, note)["version"]
    hear(acme_world, note)
    row = shown(api, note)
    assert row["attachments"][0]["transcript"] == {
        "state": "done", "text": "quero cancelar a assinatura", "language": "pt", "error": "",
    }  # fmt: skip
    assert row["version"] > before


def test_events_and_threads_say_the_same_of_it(api, acme_world, note, heard):
    with TestCase.captureOnCommitCallbacks(execute=True):
        hear(acme_world, note)
    told = [frame["data"] for frame in heard("message.updated")]
    assert told[-1] == shown(api, note)


def test_lists_and_quotes_show_the_beginning_of_it(api, acme_world, note, say):
    hear(acme_world, note)
    assert (
        api.get(f"/api/tickets/{note.message.ticket_id}/").json()["last_message"]["preview"]
        == "quero cancelar a assinatura"
    )
    assert say("Claro!", reply_to=note.message_id)["reply_to"]["preview"] == "quero cancelar a assinatura"


def test_the_search_finds_it_until_its_writer_deletes_it(api, acme_world, ana, note, line):
    from tenants.actions import company

    hear(acme_world, note)
    find = "/api/search/tickets/?q=assinatura"
    assert [hit["found_in"] for hit in api.get(find).json()["results"]] == ["transcript"]
    with acme_world.scope():
        company.set_options({"keep_removed_text": False}, by=ana)
        fresh = type(line).objects.select_related("company").get(pk=line.pk)
        assert amendments.remove(fresh, Removal(target=note.message.provider_id, at=now()))
    assert api.get(find).json()["results"] == []
    assert shown(api, note)["attachments"] == []
    last = api.get(f"/api/tickets/{note.message.ticket_id}/").json()["last_message"]
    assert (last["preview"], last["is_removed"]) == ("", True)


def test_one_of_two_hears_it(acme_world, note):
    with acme_world.scope():
        first = transcripts.claim(note)
        assert transcripts.claim(note) is None
        assert first is not None
        assert transcripts.failed(first, "silence")
        again = transcripts.claim(note)
        assert again is not None
        assert not transcripts.done(first, "late")  # overtaken
        assert transcripts.done(again, "in time")
        assert transcripts.claim(note) is None
        assert Attachment.objects.get(pk=note.pk).transcript == "in time"


def test_whoever_died_hearing_it_does_not_keep_it(acme_world, note, time_machine):
    with acme_world.scope():
        assert transcripts.claim(note)
        time_machine.move_to(now() + transcripts.LEASE * 1.1)
        assert transcripts.claim(note)
        assert Message.objects.get(pk=note.message_id).version > 1
