"""Files that customers send: fetched apart from their message, until the provider forgets them."""

from datetime import timedelta

import pytest
from django.test.testcases import TestCase
from django.utils.timezone import now

from tickets.actions import media, reading
from tickets.media.files import absolute
from tickets.models import Attachment
from tickets.tests import files
from tickets.transport import TransportError

pytestmark = pytest.mark.usefixtures("media_root")


@pytest.fixture
def arrives(acme_world, talk, paper):
    """A customer's file that is still with the provider; answers its id."""

    def _arrives(content, kind="image", mime="image/jpeg", *, at=None, **fields):
        message = acme_world.message(talk, "", kind=kind, at=at or now())
        paper.files["m1"] = content
        with acme_world.scope():
            return Attachment.objects.create(
                message=message, kind=kind, mime=mime, remote={"id": "m1"}, **fields
            ).pk

    return _arrives


@pytest.fixture
def fetch(acme):
    def _fetch(attachment_id):
        from tenants.scoping import company_scope

        with TestCase.captureOnCommitCallbacks(execute=True):
            media.fetch(acme.pk, attachment_id)
        with company_scope(acme.pk):
            return Attachment.objects.get(pk=attachment_id)

    return _fetch


def test_a_photo_is_fetched_and_previewed(arrives, fetch):
    file = fetch(arrives(files.picture()))
    assert (file.state, file.width, file.height) == ("stored", 800, 600)
    assert absolute(file.path).read_bytes() == files.picture()
    assert file.thumbnail_path


def test_a_voice_note_can_be_played_in_safari(arrives, fetch):
    file = fetch(arrives(files.voice_note(), "audio", "audio/ogg; codecs=opus", is_voice=True))
    assert (file.state, file.is_voice, len(file.waveform)) == ("stored", True, 64)
    assert file.playable_path.endswith(".m4a")


def test_a_sticker_is_kept(arrives, fetch):
    file = fetch(arrives(files.picture("WEBP", "RGBA", (512, 512)), "sticker", "image/webp"))
    assert (file.kind, file.state, file.width) == ("sticker", "stored", 512)


def test_the_console_hears_that_the_file_is_there(arrives, fetch, acme_world):
    attachment_id = arrives(files.picture())
    fetch(attachment_id)
    with acme_world.scope():
        assert Attachment.objects.get(pk=attachment_id).message.version == 2


def test_fetching_twice_fetches_once(arrives, fetch, paper):
    attachment_id = arrives(files.picture())
    first = fetch(attachment_id)
    assert fetch(attachment_id).path == first.path


def test_a_passing_failure_is_tried_again_later(arrives, fetch, paper):
    attachment_id = arrives(files.picture())
    paper.download_error = TransportError("Busy", permanent=False, code="unreachable")
    file = fetch(attachment_id)
    assert (file.state, file.tries) == ("wanted", 1)
    assert file.fetch_after > now()


def test_the_clock_fetches_what_waits(arrives, fetch, paper, acme_world):
    attachment_id = arrives(files.picture())
    with TestCase.captureOnCommitCallbacks(execute=True):
        media.sweep()
    with acme_world.scope():
        assert Attachment.objects.get(pk=attachment_id).state == "stored"


def test_a_fetch_that_died_is_taken_up_again(arrives, fetch):
    attachment_id = arrives(
        files.picture(), state="fetching", tries=1, fetch_after=now() - timedelta(seconds=1)
    )
    assert fetch(attachment_id).state == "stored"


@pytest.mark.parametrize(
    ("code", "state"),
    [
        ("too_big", "too_big"),
        ("host_refused", "refused"),
        ("address_refused", "refused"),
        ("expired", "expired"),
        ("131052", "failed"),
    ],
)
def test_a_final_failure_has_its_own_state(arrives, fetch, paper, code, state):
    paper.download_error = TransportError("No", permanent=True, code=code)
    assert fetch(arrives(files.picture())).state == state


def test_after_nearly_seven_days_the_file_has_expired(arrives, fetch):
    attachment_id = arrives(files.picture(), at=now() - timedelta(days=6, hours=21))
    assert fetch(attachment_id).state == "expired"


def test_a_program_is_refused(arrives, fetch, media_root):
    file = fetch(arrives(b"MZ" + bytes(100), "document", "application/pdf", name="boleto.pdf"))
    assert (file.state, file.path) == ("refused", "")
    assert not [path for path in media_root.rglob("*") if path.is_file()]


def test_what_is_not_what_it_claims_becomes_a_document(arrives, fetch):
    file = fetch(arrives(b"%PDF-1.4 not a picture", "image", "image/jpeg"))
    assert (file.state, file.kind, file.mime) == ("stored", "document", "application/octet-stream")


def test_a_damaged_picture_is_still_there_to_download(arrives, fetch):
    file = fetch(arrives(files.picture()[:300]))
    assert (file.state, file.thumbnail_path) == ("stored", "")


def test_uploads_that_nobody_sent_are_forgotten(acme_world, bruno, media_root):
    folder = media_root / str(acme_world.company.pk) / "old"
    folder.mkdir(parents=True)
    (folder / "x").write_bytes(b"x")
    with acme_world.scope():
        row = Attachment.objects.create(
            kind="image", mime="image/jpeg", state="stored", path=f"{acme_world.company.pk}/old/x"
        )
        Attachment.objects.filter(pk=row.pk).update(created_at=now() - timedelta(days=3))
    media.sweep()
    with acme_world.scope():
        assert not Attachment.objects.filter(pk=row.pk).exists()
    assert not folder.exists()


def test_reading_a_ticket_turns_the_customers_ticks_blue(acme, acme_world, talk, paper):
    acme_world.message(talk, "Primeira", at=now() - timedelta(minutes=1))
    last = acme_world.message(talk, "Segunda")
    reading.show_read(acme.pk, talk.pk)
    assert paper.read == [(last.provider_id, False)]


def test_typing_is_shown_at_most_every_twenty_seconds(acme, acme_world, talk, paper):
    last = acme_world.message(talk, "Oi")
    reading.show_typing(acme.pk, talk.pk)
    reading.show_typing(acme.pk, talk.pk)
    assert paper.read == [(last.provider_id, True)]
