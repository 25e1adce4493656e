"""AssemblyAI's API through our client: what is sent, what comes back, and what goes wrong in which words."""

import pytest

from integrations.ai.assemblyai import AssemblyAI, cut
from integrations.ai.port import AiError
from tickets.tests import files

BETTER = "universal-3-pro, universal-2"


@pytest.fixture
def client(ai_server):
    return AssemblyAI(ai_server.url, "key-of-acme-1234")


def ordered(client, **given):
    given = {"model": BETTER, **given}
    return client.order(client.upload(cut(files.sound("wav"))), **given)


def test_a_file_leaves_in_pieces_and_is_not_held_twice(client, ai_server):
    client.upload(iter([b"RIFF" + b"\0" * 1000, b"\1" * 5000, b"\2" * 10]))
    assert ai_server.calls("/upload")[0]["body"]["bytes"] == 6014
    assert ai_server.calls("/upload")[0]["headers"]["transfer-encoding"] == "chunked"
    assert ai_server.calls("/upload")[0]["headers"]["authorization"] == "…1234"


def test_the_order_names_models_language_and_speakers(client, ai_server):
    ordered(client, language="pt", speakers=3)
    body = ai_server.calls("/transcript")[0]["body"]
    assert body["speech_models"] == ["universal-3-pro", "universal-2"]
    assert (body["language_code"], body["speaker_labels"], body["speakers_expected"]) == ("pt", True, 3)
    assert "language_detection" not in body


def test_unknown_languages_are_found_out_and_unknown_numbers_of_speakers_left_open(client, ai_server):
    ordered(client, speakers=0)
    body = ai_server.calls("/transcript")[0]["body"]
    assert (body["language_detection"], body["speaker_labels"]) == (True, True)
    assert "speakers_expected" not in body


def test_a_transcript_is_waited_for_and_read(client, ai_server):
    said = [
        {"speaker": "A", "text": "Bom dia.", "start": 0.1, "end": 0.9},
        {"speaker": "B", "text": "Olá!", "start": 1.0, "end": 1.75},
    ]
    ai_server.script({"when": {"endpoint": "order"}, "utterances": said, "language": "pt_br"})
    order = ordered(client, speakers=2)
    looks = [client.look(order) for _ in range(2)]
    assert [(one.is_begun, one.heard is None) for one in looks] == [(True, True), (True, False)]
    heard = looks[1].heard
    assert (heard.text, heard.language, heard.usage.seconds, heard.model) == (
        "Bom dia. Olá!", "pt", 2.0, "universal-3-pro",
    )  # fmt: skip
    assert [(one.speaker, one.text, one.start, one.end) for one in heard.utterances] == [
        ("A", "Bom dia.", 0.1, 0.9),
        ("B", "Olá!", 1.0, 1.75),
    ]


def test_a_voice_note_is_heard_at_once(client, ai_server):
    ai_server.script({"when": {"endpoint": "order"}, "say": "Quero cancelar.", "looks": 1})
    heard = client.transcribe(BETTER, "a.ogg", "audio/ogg", files.voice_note())
    assert (heard.text, heard.utterances) == ("Quero cancelar.", ())


@pytest.mark.parametrize(
    ("status", "message", "code", "passing"),
    [
        (401, "", "not_authenticated", False),
        (429, "", "rate_limited", True),
        (500, "", "failed", True),
        (503, "", "failed", True),
        (400, "Your current account balance is negative. Please top up to continue.", "quota", False),
        (400, "audio_url should start with http", "bad_request", False),
    ],
)
def test_refusals_have_our_codes(client, ai_server, status, message, code, passing):
    rule = {"when": {"endpoint": "order"}, "status": status, "message": message, "retry_after": 7}
    ai_server.script(rule)
    with pytest.raises(AiError) as caught:
        ordered(client)
    assert (caught.value.code, caught.value.is_passing, caught.value.retry_after) == (code, passing, 7.0)
    assert "key-of-acme" not in caught.value.detail


def test_a_model_that_does_not_exist_is_named_as_such(client):
    with pytest.raises(AiError) as caught:
        ordered(client, model="nano-0")
    assert caught.value.code == "no_model"


def test_what_is_no_sound_ends_in_an_error(client):
    order = client.order(client.upload([b"not a sound at all"]), model=BETTER)
    client.look(order)
    with pytest.raises(AiError) as caught:
        client.look(order)
    assert (caught.value.code, "audio" in caught.value.detail) == ("bad_request", True)


def test_a_wrong_key_does_not_pass_the_check(ai_server):
    assert AssemblyAI(ai_server.url, "right").models()[0]["id"] == "universal-3-pro"
    with pytest.raises(AiError) as caught:
        AssemblyAI(ai_server.url, "wrong-key").models()
    assert caught.value.code == "not_authenticated"


def test_nobody_there_is_unreachable():
    with pytest.raises(AiError) as caught:
        AssemblyAI("http://127.0.0.1:9", "key").models()
    assert caught.value.code == "unreachable"
