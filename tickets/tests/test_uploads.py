"""Uploads: believed by content, refused when dangerous, converted where WhatsApp would not take them."""

import io
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tickets.media import ffmpeg
from tickets.media.files import absolute
from tickets.models import Attachment, Message
from tickets.tests import files
from tickets.transport import TransportError

pytestmark = pytest.mark.usefixtures("media_root")


@pytest.fixture
def upload(api):
    def _upload(content, name, mime, *, status=201, **form):
        file = SimpleUploadedFile(name, content, mime)
        answer = api.post("/api/uploads/", {"file": file, **form}, format="multipart")
        assert answer.status_code == status, answer.content
        return answer.json()

    return _upload


def stored(world, row):
    with world.scope():
        return Attachment.objects.get(pk=row["id"])


def test_a_photo_is_kept_as_it_is_with_its_size_and_a_thumbnail(upload, acme_world, media_root):
    row = upload(files.picture(), "bicicleta.jpg", "image/jpeg")
    assert (row["kind"], row["mime"], row["state"], row["width"], row["height"]) == (
        "image", "image/jpeg", "stored", 800, 600,
    )  # fmt: skip
    file = stored(acme_world, row)
    assert absolute(file.path).read_bytes() == files.picture()
    assert file.path.startswith(f"{acme_world.company.pk}/")
    assert "bicicleta" not in file.path
    with Image.open(absolute(file.thumbnail_path)) as small:
        assert small.size == (480, 360)


def test_a_photo_taken_sideways_is_shown_upright(upload):
    row = upload(files.sideways(), "foto.jpg", "image/jpeg")
    assert (row["width"], row["height"]) == (600, 800)


@pytest.mark.parametrize(
    ("content", "name", "mime", "becomes"),
    [
        (files.picture("WEBP"), "a.webp", "image/webp", "image/jpeg"),
        (files.picture("PNG", "P"), "a.png", "image/png", "image/jpeg"),
        (files.picture("PNG", "I;16"), "a.png", "image/png", "image/jpeg"),
        (files.picture("WEBP", "RGBA"), "a.webp", "image/webp", "image/png"),
        (files.picture("JPEG", "CMYK"), "a.jpg", "image/jpeg", "image/jpeg"),
        (files.picture("GIF", "P"), "a.gif", "image/gif", "image/jpeg"),
    ],
)
def test_a_picture_in_another_form_is_converted(upload, content, name, mime, becomes, acme_world):
    row = upload(content, name, mime)
    assert row["mime"] == becomes
    with Image.open(absolute(stored(acme_world, row).path)) as image:
        assert image.mode in {"RGB", "RGBA"}


def test_a_moving_gif_becomes_a_film(upload):
    frames = [Image.new("RGB", (64, 64), color) for color in ("red", "green", "blue")]
    out = io.BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:], duration=200)
    row = upload(out.getvalue(), "festa.gif", "image/gif")
    assert (row["kind"], row["mime"], row["name"]) == ("video", "video/mp4", "festa.mp4")


def test_a_recording_of_the_browser_becomes_a_voice_note(upload, acme_world):
    row = upload(files.sound("webm", "-c:a", "libopus"), "voz.webm", "audio/webm;codecs=opus", voice="true")
    assert (row["kind"], row["mime"], row["is_voice"]) == ("audio", "audio/ogg", True)
    assert 1.8 < row["duration"] < 2.2
    assert len(row["waveform"]) == 64
    assert max(row["waveform"]) == 100
    assert row["playable_url"].endswith("?part=playable")
    file = stored(acme_world, row)
    inside = ffmpeg.look(absolute(file.path))
    assert (inside.sound, inside.channels) == ("opus", "mono")
    assert ffmpeg.look(absolute(file.playable_path)).sound == "aac"


def test_a_recording_of_safari_becomes_a_voice_note(upload):
    row = upload(files.sound("mp4", "-c:a", "aac"), "voz.mp4", "audio/mp4", voice="true")
    assert (row["mime"], row["is_voice"]) == ("audio/ogg", True)


def test_a_song_stays_a_song(upload):
    row = upload(files.sound("mp3"), "jingle.mp3", "audio/mpeg")
    assert (row["kind"], row["mime"], row["is_voice"], row["playable_url"]) == (
        "audio", "audio/mpeg", False, None,
    )  # fmt: skip


def test_a_film_has_a_poster_and_its_length(upload):
    content = files.film("mp4", "-c:v", "libx264", "-pix_fmt", "yuv420p", "-c:a", "aac")
    row = upload(content, "video.mp4", "video/mp4")
    assert (row["kind"], row["mime"], row["width"], row["height"]) == ("video", "video/mp4", 160, 120)
    assert row["thumbnail_url"]
    assert 0.8 < row["duration"] < 1.3


def test_a_film_in_another_form_is_converted(upload, acme_world):
    content = files.film("webm", "-c:v", "libvpx", "-c:a", "libopus")
    row = upload(content, "video.webm", "video/webm")
    assert (row["mime"], row["name"]) == ("video/mp4", "video.mp4")
    assert ffmpeg.look(absolute(stored(acme_world, row).path)).film == "h264"


@pytest.mark.parametrize(
    ("content", "name", "mime"),
    [
        (b"%PDF-1.7\n", "contrato.pdf", "application/pdf"),
        (b"Bom dia;10\n", "lista.csv", "text/csv"),
        (files.office(), "carta.docx", "application/octet-stream"),
    ],
)
def test_documents_are_kept(upload, content, name, mime):
    row = upload(content, name, mime)
    assert (row["kind"], row["name"]) == ("document", name)


@pytest.mark.parametrize(
    ("content", "name", "mime"),
    [
        (b"MZ\x90\x00" + bytes(64), "foto.jpg", "image/jpeg"),
        (b"MZ\x90\x00" + bytes(64), "setup.exe", "application/pdf"),
        (b"\x7fELF" + bytes(64), "a.pdf", "application/pdf"),
        (b"#!/bin/sh\nrm -rf /\n", "a.txt", "text/plain"),
        (b"<!DOCTYPE html><script>alert(1)</script>", "a.txt", "text/plain"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.png", "image/png"),
        (b"texto", "virus.js", "text/plain"),
        (bytes(range(256)), "a.bin", "application/octet-stream"),
    ],
)
def test_programs_and_pages_are_refused_whatever_they_are_called(upload, content, name, mime, media_root):
    assert upload(content, name, mime, status=400)["code"] == "upload_type_refused"
    assert not [path for path in media_root.rglob("*") if path.is_file()]


def test_a_damaged_picture_is_refused(upload):
    assert upload(files.picture()[:40], "a.jpg", "image/jpeg", status=400)["code"] == "upload_unreadable"


def test_a_bomb_is_refused_before_it_is_unpacked(upload):
    bomb = files.picture("PNG", "1", (12_000, 12_000))
    assert upload(bomb, "a.png", "image/png", status=400)["code"] == "upload_unreadable"


def test_a_file_that_is_too_large_is_refused(upload, settings):
    settings.UPLOAD_MAX_BYTES = 1000
    assert (
        upload(b"%PDF-" + bytes(2000), "a.pdf", "application/pdf", status=413)["code"] == "upload_too_large"
    )


def test_a_form_without_a_file_is_refused(api):
    answer = api.post("/api/uploads/", {"voice": "true"}, format="multipart")
    assert (answer.status_code, answer.json()["code"]) == (400, "upload_missing")


def test_photos_are_sent_one_message_each_with_the_text_under_the_first(upload, say, paper):
    first = upload(files.picture(), "1.jpg", "image/jpeg")
    second = upload(files.picture(), "2.jpg", "image/jpeg")
    token = str(uuid4())
    sent = say("Veja", kind="media", attachments=[first["id"], second["id"]], client_id=token)
    assert (sent["kind"], sent["body"], sent["attachments"][0]["id"]) == ("image", "Veja", first["id"])
    assert [row["attachments"][0]["id"] for row in sent["also"]] == [second["id"]]
    assert [(one["body"], one["files"]) for one in paper.sent] == [("Veja", ["file.1"]), ("", ["file.2"])]
    again = say("Veja", kind="media", attachments=[first["id"], second["id"]], client_id=token, status=200)
    assert (again["id"], len(again["also"])) == (sent["id"], 1)
    fewer = say("Veja", kind="media", attachments=[first["id"]], client_id=token, status=409)
    assert fewer["code"] == "client_id_reused"


def test_a_recording_named_as_voice_is_converted_when_sent(upload, say, acme_world, paper):
    row = upload(files.sound("mp3"), "voz.mp3", "audio/mpeg")
    sent = say("", kind="media", attachments=[row["id"]], voice=True)
    assert (sent["attachments"][0]["mime"], sent["attachments"][0]["is_voice"]) == ("audio/ogg", True)
    assert paper.uploads[0].startswith(b"OggS")


def test_a_photo_cannot_be_a_voice_note(upload, say):
    row = upload(files.picture(), "1.jpg", "image/jpeg")
    assert (
        say("", kind="media", attachments=[row["id"]], voice=True, status=400)["code"] == "voice_needs_audio"
    )


def test_an_upload_is_sent_once(upload, say):
    row = upload(files.picture(), "1.jpg", "image/jpeg")
    say("", kind="media", attachments=[row["id"]])
    assert say("", kind="media", attachments=[row["id"]], status=409)["code"] == "attachment_used"


def test_the_upload_of_somebody_else_cannot_be_sent(upload, as_, ana, talk):
    row = upload(files.picture(), "1.jpg", "image/jpeg")
    given = {"client_id": str(uuid4()), "kind": "media", "attachments": [row["id"]]}
    answer = as_(ana).post(f"/api/tickets/{talk.pk}/messages/", given, format="json")
    assert (answer.status_code, answer.json()["code"]) == (400, "attachment_unknown")


def test_a_file_is_given_to_the_provider_once_and_again_after_a_retry(upload, say, paper, api, acme_world):
    from tickets.transport import Postponed, Refused

    paper.answers = [Postponed("131056", "", "lane", 0), Refused("131053", "Media upload error", "")]
    row = upload(files.picture(), "1.jpg", "image/jpeg")
    sent = say("", kind="media", attachments=[row["id"]])
    assert len(paper.uploads) == 1
    with acme_world.scope():
        Message.objects.update(not_before=None)
    from tickets.actions import outbound
    from tickets.models import OutboundLane

    with acme_world.scope():
        lane_id = OutboundLane.objects.get().pk
    outbound.deliver(acme_world.company.pk, lane_id)
    assert len(paper.uploads) == 1
    assert api.post(f"/api/messages/{sent['id']}/retry/").status_code == 200
    assert len(paper.uploads) == 2
    assert len(paper.sent) == 1


def test_a_failed_upload_to_the_provider_is_tried_again(upload, say, paper, acme_world, run_due):
    paper.upload_error = TransportError("Busy", permanent=False, code="unreachable")
    row = upload(files.picture(), "1.jpg", "image/jpeg")
    sent = say("", kind="media", attachments=[row["id"]])
    paper.upload_error = None
    run_due(later=timedelta(minutes=2))
    with acme_world.scope():
        assert Message.objects.get(pk=sent["id"]).state == "accepted"


def test_a_file_that_the_provider_refuses_fails_the_message(upload, say, paper, acme_world):
    paper.upload_error = TransportError("Wrong type", permanent=True, code="131053")
    row = upload(files.picture(), "1.jpg", "image/jpeg")
    sent = say("", kind="media", attachments=[row["id"]])
    with acme_world.scope():
        message = Message.objects.get(pk=sent["id"])
    assert (message.state, message.error["code"]) == ("failed", "131053")
