"""Voice notes of conversations as text: by themselves, on demand, and what goes wrong."""

from datetime import timedelta

import pytest
import time_machine
from django.test.testcases import TestCase
from django.utils.timezone import now

from integrations.actions import speaking, transcribing
from integrations.models import AiCall
from tenants.actions import company as companies
from tickets.actions import media
from tickets.media import ffmpeg
from tickets.media.files import absolute
from tickets.models import Attachment
from tickets.tests import files

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media_root")]


@pytest.fixture
def automatic(acme_world, ana, provider):
    with acme_world.scope():
        companies.set_options({"ai_transcribe": True}, by=ana)


@pytest.fixture
def arrives(acme, acme_world, talk, paper):
    """A customer's voice note is fetched; answers its message."""

    def _arrives(content=None, **fields):
        message = acme_world.message(talk, "", kind="audio")
        paper.files["m1"] = content or files.voice_note()
        with acme_world.scope():
            fields = {"kind": "audio", "mime": "audio/ogg", "is_voice": True, **fields}
            file = Attachment.objects.create(message=message, remote={"id": "m1"}, **fields)
        with TestCase.captureOnCommitCallbacks(execute=True):
            media.fetch(acme.pk, file.pk)
        return message

    return _arrives


def transcript(api, message):
    thread = api.get(f"/api/tickets/{message.ticket_id}/messages/").json()["results"]
    return next(row for row in thread if row["id"] == message.pk)["attachments"][0]["transcript"]


def ask(client, message, status=202):
    with TestCase.captureOnCommitCallbacks(execute=True):
        answer = client.post(f"/api/transcriptions/for-message/{message.pk}/")
    assert answer.status_code == status, answer.content
    return answer.json()


def found(api, words):
    return [hit["message"]["id"] for hit in api.get(f"/api/search/tickets/?q={words}").json()["results"]]


def test_a_voice_note_becomes_text_by_itself(api, automatic, arrives, ai_server):
    ai_server.script({"when": {"endpoint": "transcribe"}, "say": "Quero cancelar a assinatura."})
    message = arrives()
    assert transcript(api, message) == {
        "state": "done", "text": "Quero cancelar a assinatura.", "language": "pt", "error": "",
    }  # fmt: skip
    assert found(api, "assinatura") == [message.pk]
    sent = ai_server.calls("/transcriptions")
    assert [(call["body"]["mime"], call["body"]["file"]) for call in sent] == [("audio/ogg", "recording.ogg")]


def test_ours_do_too(api, automatic, talk, ai_server, paper):
    file = api.post(
        "/api/uploads/",
        {"file": files_upload("a.ogg", files.voice_note()), "voice": "true"},
        format="multipart",
    ).json()
    given = {
        "client_id": "6f3c1f0e-8b7e-4b8e-9d53-0c7b1d1d2a11",
        "kind": "media",
        "attachments": [file["id"]],
    }
    with TestCase.captureOnCommitCallbacks(execute=True):
        sent = api.post(f"/api/tickets/{talk.pk}/messages/", {**given, "voice": True}).json()
    thread = api.get(f"/api/tickets/{talk.pk}/messages/").json()["results"]
    row = next(row for row in thread if row["id"] == sent["id"])
    assert row["attachments"][0]["transcript"]["state"] == "done"


def files_upload(name, content):
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile(name, content, "audio/ogg")


def test_nothing_is_sent_where_the_company_did_not_ask_for_it(api, provider, arrives, ai_server):
    assert transcript(api, arrives()) is None
    assert ai_server.calls() == []


def test_somebody_can_ask_for_one(api, provider, arrives, ai_server, acme_world, bruno, talk):
    message = arrives()
    assert ask(api, message)["attachments"][0]["transcript"]["state"] in {"queued", "done"}
    assert transcript(api, message)["state"] == "done"
    ask(api, message)
    assert len(ai_server.calls("/transcriptions")) == 1
    with acme_world.scope():
        call = AiCall.objects.get()
    assert (call.user_id, call.ticket_id, call.purpose) == (bruno.pk, talk.pk, "transcription")


def test_without_a_provider_asking_is_refused(api, arrives):
    assert ask(api, arrives(), 409)["code"] == "ai_no_provider"


def test_a_text_has_nothing_to_hear(api, provider, acme_world, talk):
    assert ask(api, acme_world.message(talk, "Oi"), 409)["code"] == "nothing_to_hear"


def test_who_does_not_see_the_message_cannot_ask(as_, clara, raul, provider, arrives):
    message = arrives()
    for person in (clara, raul):
        ask(as_(person), message, 404)


def test_a_form_that_providers_do_not_take_is_sent_as_another(api, provider, arrives, ai_server):
    message = arrives(files.sound("amr", "-ar", "8000", "-ac", "1"), mime="audio/amr")
    ask(api, message)
    assert ai_server.calls("/transcriptions")[0]["body"]["mime"] == "audio/mp4"


def test_passing_troubles_are_tried_again_by_themselves(api, automatic, arrives, ai_server):
    ai_server.script({"when": {"endpoint": "transcribe"}, "status": 500, "times": 1})
    message = arrives()
    assert transcript(api, message)["state"] == "queued"
    with time_machine.travel(now() + timedelta(seconds=20)), TestCase.captureOnCommitCallbacks(execute=True):
        transcribing.sweep()
    assert transcript(api, message)["state"] == "done"


def test_others_are_told_and_can_be_tried_again(api, automatic, arrives, ai_server):
    ai_server.script({"when": {"endpoint": "transcribe"}, "status": 401, "times": 1})
    message = arrives()
    assert transcript(api, message) == {
        "state": "failed", "text": "", "language": "", "error": "not_authenticated",
    }  # fmt: skip
    ask(api, message)
    assert transcript(api, message)["state"] == "done"


def test_a_long_one_is_left_to_the_recordings_page(api, provider, arrives, acme_world, ai_server):
    message = arrives()
    with acme_world.scope():
        Attachment.objects.update(duration=transcribing.LONGEST + 1)
    ask(api, message)
    assert transcript(api, message)["error"] == "too_long"
    assert ai_server.calls() == []


def test_the_answer_to_a_customer_hears_it_where_nobody_did(acme_world, provider, arrives, ai_server):
    ai_server.script({"when": {"endpoint": "transcribe"}, "say": "Que horas abre?"})
    message = arrives()
    with acme_world.scope():
        file = message.attachments.get()
        assert transcribing.heard(file) == "Que horas abre?"
        assert transcribing.heard(file) == "Que horas abre?"
    assert len(ai_server.calls("/transcriptions")) == 1


def test_the_answer_does_without_what_cannot_be_heard(acme_world, provider, arrives, ai_server):
    ai_server.script({"when": {"endpoint": "transcribe"}, "status": 500})
    message = arrives()
    with acme_world.scope():
        assert transcribing.heard(message.attachments.get()) is None


def test_an_answer_becomes_a_voice_note(acme_world, provider, talk, ai_server):
    with acme_world.scope():
        file = speaking.voice_of("*Abrimos* às nove.", talk)
    assert (file.kind, file.mime, file.is_voice, file.state) == ("audio", "audio/ogg", True, "stored")
    streams = ffmpeg.look(absolute(file.path))
    assert (streams.sound, streams.channels) == ("opus", "mono")
    assert len(file.waveform) == 64
    assert ai_server.calls("/speech")[0]["body"]["input"] == "Abrimos às nove."


@pytest.mark.parametrize(
    "text", ["", "x" * 1501, "Veja https://acme.example/2", "Escreva a ana@acme.example"]
)
def test_what_had_better_be_read_is_not_spoken(acme_world, provider, talk, ai_server, text):
    with acme_world.scope():
        assert speaking.voice_of(text, talk) is None
    assert ai_server.calls() == []


@pytest.mark.parametrize("rule", [{"status": 500}, {"status": 401}])
def test_an_answer_that_cannot_be_spoken_stays_text(acme_world, provider, talk, ai_server, media_root, rule):
    ai_server.script({"when": {"endpoint": "speak"}, **rule})
    with acme_world.scope():
        assert speaking.voice_of("Abrimos às nove.", talk) is None
        assert not Attachment.objects.exists()
    assert list(media_root.rglob("*.ogg")) == []
