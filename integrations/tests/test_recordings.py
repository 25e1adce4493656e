"""Recordings that people upload: from the file to speakers, papers and the end of both."""

import io

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.testcases import TestCase
from django.utils.timezone import now

from integrations.actions import recording_work
from integrations.models import AiCall, AiProvider, Recording
from tickets.actions import media
from tickets.media.files import absolute
from tickets.models import Attachment
from tickets.tests import files

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media_root")]

SAID = [
    {"speaker": "A", "text": "Bom dia, aqui é a Ana.", "start": 0.0, "end": 1.0},
    {"speaker": "B", "text": "Olá! Quero cancelar.", "start": 1.1, "end": 1.6},
    {"speaker": "A", "text": "Claro.", "start": 1.7, "end": 2.0},
]


@pytest.fixture
def telling(ai_server, acme_world):
    """Acme's account at AssemblyAI, which tells speakers apart."""
    ai_server.script({"when": {"endpoint": "order"}, "utterances": SAID})
    return ai_server.provider_of(
        acme_world, kind="assemblyai", base_url=ai_server.url, transcription_model="universal-3-pro",
        chat_model="", embedding_model="", speech_model="",
        prices={"universal-3-pro": {"minute": "0.6"}},
    )  # fmt: skip


@pytest.fixture
def upload(api):
    def _upload(content=None, name="Reunião de vendas.mp3", *, status=202, client=api, **fields):
        file = SimpleUploadedFile(name, content or files.sound("mp3"), "audio/mpeg")
        with TestCase.captureOnCommitCallbacks(execute=True):
            answer = client.post("/api/transcriptions/", {"file": file, **fields}, format="multipart")
        assert answer.status_code == status, answer.content
        return answer.json()

    return _upload


def later(seconds=0.0):
    """The sweeper runs after so long, with the jobs that it starts."""
    at = now().timestamp() + seconds
    with time_machine.travel(at, tick=True), TestCase.captureOnCommitCallbacks(execute=True):
        recording_work.sweep()


def one(api, pk, path=""):
    answer = api.get(f"/api/transcriptions/{pk}/{path}")
    assert answer.status_code == 200, answer.content
    return answer


def finished(api, row):
    for seconds in (5, 30, 90):
        later(seconds)
    return one(api, row["id"]).json()


@pytest.mark.parametrize(
    ("ending", "options"),
    [
        ("mp3", ()),
        ("wav", ()),
        ("opus", ("-c:a", "libopus", "-ac", "1")),
        ("m4a", ("-c:a", "aac")),
        ("ogg", ("-c:a", "libopus")),
    ],
)
def test_a_recording_of_every_usual_form_gets_its_speakers(api, upload, telling, ai_server, ending, options):
    row = upload(files.sound(ending, *options), f"Reunião.{ending}", speakers_expected=2, language="pt")
    assert (row["state"], row["name"], row["speakers_expected"]) == ("queued", "Reunião", 2)
    done = finished(api, row)
    assert (done["state"], done["progress"], done["has_speakers"]) == ("completed", 100, True)
    assert [(line["speaker"], line["text"]) for line in done["utterances"]] == [
        (line["speaker"], line["text"]) for line in SAID
    ]
    assert (done["speakers"], done["heard_language"], round(done["seconds"])) == (["A", "B"], "pt", 2)
    assert ai_server.calls("/transcript")[0]["body"]["speakers_expected"] == 2


def test_its_status_tells_how_far_it_is(api, upload, telling, ai_server):
    row = upload()
    states = [one(api, row["id"], "status/").json()["state"]]
    for seconds in (5, 30):
        later(seconds)
        states.append(one(api, row["id"], "status/").json()["state"])
    assert states == ["processing", "processing", "completed"]
    assert one(api, row["id"], "status/").json() == {
        "id": row["id"], "state": "completed", "progress": 100, "error": "",
    }  # fmt: skip


@pytest.mark.parametrize("number", [0, 11, -1, "many"])
def test_only_one_to_ten_speakers_can_be_expected(upload, telling, number):
    assert "speakers_expected" in upload(status=400, speakers_expected=number)["fields"]


def test_ten_can(upload, telling, ai_server):
    upload(speakers_expected=10)
    assert ai_server.calls("/transcript")[0]["body"]["speakers_expected"] == 10


def test_what_is_no_recording_is_refused(upload, telling):
    assert upload(files.picture(), "a.jpg", status=400)["code"] == "upload_type_refused"


def test_what_is_too_large_is_refused(upload, telling, settings):
    settings.RECORDING_MAX_BYTES = 1000
    assert upload(status=413)["code"] == "upload_too_large"


def test_without_a_provider_nothing_is_kept(upload, acme_world):
    assert upload(status=409)["code"] == "ai_no_provider"
    with acme_world.scope():
        assert not Attachment.objects.exists()


def test_a_recording_without_sound_says_so(api, upload, telling):
    row = upload(files.film("mp4", "-an"), "a.mp4")
    assert one(api, row["id"]).json()["error"] in {"silence", "unreadable"}


def test_a_provider_without_speakers_gives_lines_and_says_so(api, upload, provider, ai_server):
    ai_server.script(
        {
            "when": {"endpoint": "transcribe"},
            "say": "Bom dia. Olá!",
            "segments": [
                {"text": " Bom dia.", "start": 0.0, "end": 0.9},
                {"text": " Olá!", "start": 1.0, "end": 2.0},
            ],
        }
    )
    done = one(api, upload()["id"]).json()
    assert (done["state"], done["has_speakers"], done["speakers"]) == ("completed", False, [])
    assert [line["text"] for line in done["utterances"]] == ["Bom dia.", "Olá!"]


def test_a_long_one_is_heard_in_parts_that_survive_a_death(api, upload, provider, ai_server, monkeypatch):
    monkeypatch.setattr(recording_work, "PART", 1)
    ai_server.script(
        {"when": {"endpoint": "transcribe"}, "say": "Primeira.", "times": 1},
        {"when": {"endpoint": "transcribe"}, "status": 500, "times": 1},
        {"when": {"endpoint": "transcribe"}, "say": "Segunda.", "times": 1},
    )
    row = upload(files.sound("wav"), "a.wav")
    assert one(api, row["id"]).json()["progress"] == 50
    later(60)
    done = one(api, row["id"]).json()
    assert [(line["text"], line["start"]) for line in done["utterances"]] == [
        ("Primeira.", 0),
        ("Segunda.", 1),
    ]
    assert len(ai_server.calls("/transcriptions")) == 3


def test_whoever_died_while_sending_is_followed_by_another(api, upload, telling, acme_world):
    row = upload()
    with acme_world.scope():
        Recording.objects.filter(pk=row["id"]).update(
            remote={}, state="uploading", turn=9, due_at=now() + recording_work.LEASE
        )
    later()
    assert one(api, row["id"], "status/").json()["state"] == "uploading"  # somebody may still be at it
    later(recording_work.LEASE.total_seconds() + 1)
    assert one(api, row["id"], "status/").json()["state"] == "processing"


@pytest.mark.parametrize(("status", "state"), [(500, "processing"), (401, "failed")])
def test_passing_troubles_are_waited_out_and_others_told(api, upload, telling, ai_server, status, state):
    row = upload()
    ai_server.script({"when": {"endpoint": "look"}, "status": status, "times": 1})
    later(5)
    found = one(api, row["id"]).json()
    assert found["state"] == state
    assert found["error"] == ("" if status == 500 else "not_authenticated")
    assert finished(api, row)["state"] == ("completed" if status == 500 else "failed")


def test_what_failed_can_be_tried_again(api, upload, telling, ai_server):
    ai_server.script({"when": {"endpoint": "order"}, "status": 401, "times": 1})
    row = upload()
    assert one(api, row["id"]).json()["error"] == "not_authenticated"
    with TestCase.captureOnCommitCallbacks(execute=True):
        assert api.post(f"/api/transcriptions/{row['id']}/retry/").status_code == 202
    assert finished(api, row)["state"] == "completed"
    assert api.post(f"/api/transcriptions/{row['id']}/retry/").json()["code"] == "recording_not_failed"


def test_what_it_took_is_counted(api, upload, telling, acme_world, bruno):
    finished(api, upload(files.sound("wav"), "a.wav"))
    with acme_world.scope():
        call = AiCall.objects.get(outcome="ok")
    assert (call.purpose, call.audio_seconds, call.user_id) == ("transcription", 2.0, bruno.pk)
    assert str(call.cost) == "0.020000"


def test_of_several_models_the_price_of_the_better_counts(api, upload, telling, acme_world):
    several = {"transcription_model": "universal-3-pro, universal-2", "monthly_budget": 10}
    with acme_world.scope():
        AiProvider.objects.filter(pk=telling.pk).update(**several)
    assert finished(api, upload(files.sound("wav"), "a.wav"))["state"] == "completed"
    with acme_world.scope():
        assert str(AiCall.objects.get(outcome="ok").cost) == "0.020000"


def test_speakers_get_names_and_lose_them(api, upload, telling):
    row = finished(api, upload())
    path = f"/api/transcriptions/{row['id']}/"
    named = api.patch(path, {"name": "Vendas", "speaker_names": {"A": "Ana"}}).json()
    assert (named["name"], named["speaker_names"]) == ("Vendas", {"A": "Ana"})
    assert api.patch(path, {"speaker_names": {"A": ""}}).json()["speaker_names"] == {}
    assert api.patch(path, {"speaker_names": {"C": "Caio"}}).json()["code"] == "no_such_speaker"


@pytest.mark.parametrize(
    ("language", "title", "line"),
    [
        ("pt-BR", "Transcrição: Reunião de vendas", "Ana [00:00 - 00:01]: Bom dia, aqui é a Ana."),
        ("en", "Transcript: Reunião de vendas", "Speaker B [00:01 - 00:01]: Olá! Quero cancelar."),
        ("es", "Transcripción: Reunião de vendas", "Interlocutor B [00:01 - 00:01]: Olá! Quero cancelar."),
    ],
)
def test_the_document_has_a_heading_and_a_line_per_utterance(
    api, bruno, upload, telling, language, title, line
):
    from docx import Document

    row = finished(api, upload())
    api.patch(f"/api/transcriptions/{row['id']}/", {"speaker_names": {"A": "Ana"}})
    type(bruno).objects.filter(pk=bruno.pk).update(language=language)
    answer = one(api, row["id"], "docx/")
    assert answer["Content-Disposition"] == f'attachment; filename="transcription-{row["id"]}.docx"'
    paragraphs = Document(io.BytesIO(answer.content)).paragraphs
    texts = [paragraph.text for paragraph in paragraphs]
    assert texts[0] == title
    assert any("Reunião de vendas.mp3" in text for text in texts)
    assert "Ana: 1 s" in texts
    assert line in texts
    assert len([text for text in texts if " - 00:0" in text]) == len(SAID)


def test_the_data_can_be_taken_as_a_file(api, upload, telling):
    row = finished(api, upload())
    answer = one(api, row["id"], "json/")
    assert answer.json()["utterances"] == row["utterances"]
    assert "attachment" in answer["Content-Disposition"]


def test_papers_wait_for_the_end(api, upload, telling):
    row = upload()
    for kind in ("docx", "json"):
        answer = api.get(f"/api/transcriptions/{row['id']}/{kind}/")
        assert (answer.status_code, answer.json()["code"]) == (409, "recording_not_completed")


def test_the_recording_is_played_by_whoever_may_read_it(api, as_, upload, telling, clara, sofia, raul):
    row = upload(files.voice_note(), "a.ogg")
    done = one(api, row["id"]).json()
    for client, status in ((api, 200), (as_(sofia), 200), (as_(clara), 404), (as_(raul), 404)):
        assert client.get(done["url"]).status_code == status
        assert client.get(f"/api/transcriptions/{row['id']}/").status_code == status
    assert api.get(done["playable_url"])["Content-Type"] == "audio/mp4"
    assert [found["id"] for found in as_(sofia).get("/api/transcriptions/").json()["results"]] == [row["id"]]
    assert as_(clara).get("/api/transcriptions/").json()["results"] == []


def test_uploads_are_tidied_away_and_recordings_are_not(api, upload, telling, acme_world):
    row = upload()
    with time_machine.travel(now() + media.UPLOAD_KEPT * 2):
        media.sweep()
    assert api.get(one(api, row["id"]).json()["url"]).status_code == 200


def test_what_was_ordered_is_counted_although_nobody_reads_it(api, upload, telling, acme_world, as_, sofia):
    row = upload()
    assert one(api, row["id"], "status/").json()["state"] == "processing"
    with TestCase.captureOnCommitCallbacks(execute=True):
        assert api.delete(f"/api/transcriptions/{row['id']}/").status_code == 204
    (line,) = as_(sofia).get("/api/ai/usage/?by=purpose").json()["lines"]
    assert (line["outcomes"], line["estimated"]) == ({"stopped": 1}, 1)
    assert (round(line["audio_seconds"]), float(line["cost"])) == (2, pytest.approx(0.02, rel=0.1))


def test_deleting_it_deletes_the_file_and_the_providers_copy(api, upload, telling, ai_server, acme_world):
    row = finished(api, upload())
    with acme_world.scope():
        path = absolute(Attachment.objects.get().path)
    assert path.exists()
    with TestCase.captureOnCommitCallbacks(execute=True):
        assert api.delete(f"/api/transcriptions/{row['id']}/").status_code == 204
    assert not path.exists()
    assert api.get(f"/api/transcriptions/{row['id']}/").status_code == 404
    assert ai_server.calls()[-1]["method"] == "DELETE"
    with acme_world.scope():
        assert not Attachment.objects.exists()
