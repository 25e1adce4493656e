"""The client through the wire: the unmodified library against the scripted provider."""

import time

import pytest

from integrations.ai import client as clients
from integrations.ai.client import OpenAI
from integrations.ai.port import AiError, Image, Request, Said, Tool, ToolCall, ToolResult

PIXEL = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
    b"\x00\x00\x00\rIDATx\x9cc\xf8\xcf\xc0\x00\x00\x00\x03\x00\x01\x9a\xa0\x98\xe4\x00\x00\x00\x00IEND\xaeB`\x82"
)
WEATHER = Tool(
    "weather", "The weather in a city.",
    {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]},
)  # fmt: skip
DIALECTS = ["/v1", "/gemini/v1beta/openai", "/ollama/v1"]


@pytest.fixture(autouse=True)
def _nothing_learned():
    clients._without_responses.clear()
    clients._without_temperature.clear()
    clients._plain_transcripts.clear()


@pytest.fixture(params=DIALECTS, ids=["openai", "gemini", "ollama"])
def anyone(request, ai_server):
    """A client of each kind of server."""
    return OpenAI(ai_server.url + request.param, "sk-some-key", timeout=10)


@pytest.fixture
def openai(ai_server):
    return OpenAI(ai_server.base_url, "sk-some-key", timeout=10)


def ask(text="Oi", **more):
    return Request(
        **{"model": "scripted-chat", "instructions": "Be kind.", "items": (Said("user", text),), **more}
    )


def failure(call, *arguments, **more):
    with pytest.raises(AiError) as caught:
        call(*arguments, **more)
    return caught.value


def test_a_question_is_answered_with_what_it_took(anyone, ai_server):
    ai_server.script({"when": {"text": "preço"}, "say": "Custa dez reais.", "usage": {
        "input_tokens": 100, "cached_tokens": 40, "output_tokens": 7}})  # fmt: skip
    reply = anyone.respond(ask("Qual o preço?"))
    assert (reply.text, reply.finish, reply.model) == ("Custa dez reais.", "done", "scripted-chat")
    assert (reply.usage.input_tokens, reply.usage.cached_tokens, reply.usage.output_tokens) == (100, 40, 7)


def test_an_answer_is_streamed_piece_by_piece(anyone, ai_server):
    ai_server.script({"say": "Um dois três."})
    pieces = []
    reply = anyone.respond(ask(), on_text=pieces.append)
    assert pieces == ["Um ", "dois ", "três."]
    assert reply.text == "Um dois três."
    assert reply.usage.output_tokens > 0


@pytest.mark.parametrize("streamed", [False, True])
def test_a_tool_is_called_and_its_result_goes_back(anyone, ai_server, streamed):
    ai_server.script(
        {"when": {"round": 0}, "calls": [{"name": "weather", "arguments": {"city": "Recife"}}]},
        {"when": {"result": "31"}, "say": "Faz 31 graus."},
    )
    listen = (lambda text: None) if streamed else None
    first = anyone.respond(ask("E o tempo?", tools=(WEATHER,)), on_text=listen)
    (call,) = first.calls
    assert (call.name, call.arguments) == ("weather", '{"city": "Recife"}')
    items = (Said("user", "E o tempo?"), call, ToolResult(call.id, '{"degrees": 31}'))
    assert anyone.respond(ask(items=items, tools=(WEATHER,)), on_text=listen).text == "Faz 31 graus."


def test_several_tools_at_once_keep_their_order(anyone, ai_server):
    ai_server.script(
        {"calls": [{"name": "weather", "arguments": {"city": name}} for name in ("Rio", "Lima")]}
    )
    reply = anyone.respond(ask(tools=(WEATHER,)), on_text=lambda text: None)
    assert [call.arguments for call in reply.calls] == ['{"city": "Rio"}', '{"city": "Lima"}']
    assert len({call.id for call in reply.calls}) == 2


def test_pictures_travel_with_what_was_said(anyone, ai_server):
    ai_server.script({"when": {"image": True}, "say": "Vejo um ponto."})
    said = Said("user", "O que é isto?", (Image("image/png", PIXEL),))
    assert anyone.respond(ask(items=(said,))).text == "Vejo um ponto."


def test_an_answer_can_be_json_of_a_schema(anyone, ai_server):
    ai_server.script({"when": {"schema": True}, "json": {"tags": ["boleto"]}})
    schema = {
        "type": "object", "properties": {"tags": {"type": "array", "items": {"type": "string"}}},
        "required": ["tags"], "additionalProperties": False,
    }  # fmt: skip
    assert anyone.respond(ask(answer_schema=schema)).text == '{"tags": ["boleto"]}'


def test_what_the_server_does_not_know_is_asked_for_once(ai_server):
    home = OpenAI(f"{ai_server.url}/ollama/v1", timeout=10)
    home.respond(ask())
    home.respond(ask())
    paths = [call["path"].rsplit("/v1/")[1] for call in ai_server.calls()]
    assert paths == ["responses", "chat/completions", "chat/completions"]


def test_nothing_is_kept_at_the_provider(openai, ai_server):
    openai.respond(ask())
    (call,) = ai_server.calls("/responses")
    assert call["body"]["store"] is False


def test_a_model_without_a_temperature_is_asked_without(openai, ai_server):
    request = ask(model="scripted-reasoning", temperature=0.2)
    openai.respond(request)
    openai.respond(request)
    assert ["temperature" in call["body"] for call in ai_server.calls("/responses")] == [True, False, False]


def test_an_answer_that_is_cut_short_or_refused_says_so(openai, ai_server):
    ai_server.script(
        {"when": {"text": "long"}, "say": "Era uma", "finish": "length"},
        {"when": {"text": "bad"}, "refusal": "I cannot help with that."},
    )
    assert openai.respond(ask("long")).finish == "length"
    refused = openai.respond(ask("bad"))
    assert (refused.finish, refused.text) == ("refused", "I cannot help with that.")


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        ({"status": 401}, "not_authenticated"),
        ({"status": 403}, "not_authenticated"),
        ({"status": 429, "code": "insufficient_quota"}, "quota"),
        ({"status": 400}, "bad_request"),
        ({"status": 500}, "failed"),
        ({"status": 503}, "failed"),
        ({"say": "x", "broken": True}, "bad_answer"),
        ({"say": "x", "cut_after": 0}, "unreachable"),
        ({"say": "x", "delay": 5}, "timeout"),
        ({"say": "x", "drip": 0.05}, "timeout"),
    ],
)
@pytest.mark.parametrize("dialect", ["/v1", "/ollama/v1"])
def test_whatever_goes_wrong_has_one_name(ai_server, rule, code, dialect):
    ai_server.script(rule)
    assert failure(OpenAI(ai_server.url + dialect, "sk-key", timeout=0.5).respond, ask()).code == code


@pytest.mark.parametrize("dialect", ["/v1", "/ollama/v1"])
@pytest.mark.parametrize(
    ("rule", "code"),
    [
        ({"say": "um dois", "cut_after": 1}, "unreachable"),
        ({"say": "um dois", "broken": True}, "bad_answer"),
        ({"say": "um dois", "first_after": 5}, "timeout"),
        ({"say": "um dois três quatro", "pace": 0.2}, "timeout"),
        ({"status": 429}, "rate_limited"),
    ],
)
def test_a_stream_that_breaks_has_a_name_too(ai_server, rule, code, dialect):
    ai_server.script(rule)
    client = OpenAI(ai_server.url + dialect, "sk-key", timeout=0.5)
    assert failure(client.respond, ask(), on_text=lambda text: None).code == code


def test_a_rate_limit_says_when_to_try_again(openai, ai_server):
    ai_server.script({"status": 429, "retry_after": 7})
    error = failure(openai.respond, ask())
    assert (error.code, error.retry_after, error.is_passing) == ("rate_limited", 7.0, True)


def test_nothing_is_tried_twice(openai, ai_server):
    ai_server.script({"status": 500})
    failure(openai.respond, ask())
    assert len(ai_server.calls()) == 1


def test_an_unknown_model_is_told_from_an_unknown_address(anyone, ai_server):
    assert failure(anyone.respond, ask(model="nobody")).code == "no_model"
    astray = OpenAI(f"{ai_server.url}/nowhere", "sk-key", timeout=5)
    assert failure(astray.respond, ask()).code == "bad_request"


def test_a_wrong_key_is_named_without_being_quoted(ai_server):
    for dialect in ("/v1", "/gemini/v1beta/openai"):
        error = failure(OpenAI(ai_server.url + dialect, "wrong-key-of-mine-9999", timeout=5).respond, ask())
        assert error.code == "not_authenticated"
        assert "9999" not in str(error)


def test_a_failure_never_quotes_the_customer(openai, ai_server):
    ai_server.script({"status": 400, "message": "I do not like: my card is 4111"})
    assert "4111" not in failure(openai.respond, ask("my card is 4111")).detail


def test_nobody_listens_there():
    assert failure(OpenAI("http://127.0.0.1:9/v1", "sk-key", timeout=2).respond, ask()).code == "unreachable"


@pytest.mark.parametrize(
    "url", ["http://10.0.0.1/v1", "http://169.254.169.254/latest", "http://[::1]:8000/v1"]
)
def test_private_networks_are_out_of_reach(settings, url):
    settings.PRIVATE_HOSTS_ALLOWED = set()
    began = time.monotonic()
    error = failure(OpenAI(url, "sk-key", timeout=5).respond, ask())
    assert error.code == "unreachable" and "private network" in error.detail
    assert time.monotonic() - began < 2


def test_an_answer_beyond_all_measure_is_refused(ai_server, monkeypatch):
    from helpdesk import http

    small = http.library_client(2_000)
    monkeypatch.setattr(http, "library_client", lambda: small)
    ai_server.script({"say": "x" * 5_000})
    assert failure(OpenAI(ai_server.base_url, "sk-key", timeout=5).respond, ask()).code == "unreachable"


def test_texts_that_say_the_same_are_near_each_other(anyone):
    texts = [
        "Problema com o boleto",
        "Meus boletos têm problemas",
        "Quero mudar a cor do carro",
        "Problema com o boleto",
    ]
    first, near, far, same = anyone.embed("scripted-embedding", texts).vectors
    assert first == same
    assert sum(map(float.__mul__, first, near)) > sum(map(float.__mul__, first, far)) + 0.3


def test_vectors_have_the_size_that_was_asked_for(openai):
    answer = openai.embed("scripted-embedding", ["um", "dois"], dimensions=64)
    assert [len(vector) for vector in answer.vectors] == [64, 64]
    assert answer.usage.input_tokens > 0


def test_a_recording_becomes_text_with_times(openai, ai_server):
    ai_server.script({"when": {"file": "voz.ogg"}, "say": "Bom dia, tudo bem?", "segments": [
        {"text": "Bom dia,", "start": 0.0, "end": 0.8}, {"text": " tudo bem?", "start": 0.8, "end": 1.9}]})  # fmt: skip
    heard = openai.transcribe("scripted-transcription", "voz.ogg", "audio/ogg", b"OggS" * 2000)
    assert (heard.text, heard.language) == ("Bom dia, tudo bem?", "pt")
    assert [(part.text, part.start) for part in heard.utterances] == [("Bom dia,", 0.0), ("tudo bem?", 0.8)]
    assert heard.usage.seconds == 2


def test_a_model_that_gives_no_times_gives_the_text(openai, ai_server):
    ai_server.script({"say": "Bom dia!"})
    for _ in range(2):
        heard = openai.transcribe(
            "scripted-transcription-plain", "a.ogg", "audio/ogg", b"OggS", language="pt"
        )
        assert (heard.text, heard.language, heard.utterances) == ("Bom dia!", "pt", ())
    shapes = [call["body"]["response_format"] for call in ai_server.calls("/transcriptions")]
    assert shapes == ["verbose_json", "json", "json"]


def test_a_text_becomes_sound(openai):
    assert openai.speak("scripted-speech", "calm", "Bom dia!").startswith(b"OggS")


def test_the_models_are_those_that_the_server_tells(anyone, ai_server):
    ai_server.state.models = [{"id": "zeta"}, {"id": "alpha", "shutdown_date": "2027-01-31"}]
    rows = anyone.models()
    assert [row["id"] for row in rows] == ["alpha", "zeta"]
    assert rows[0]["shutdown_date"] == "2027-01-31"


def test_a_conversation_keeps_its_order(anyone, ai_server):
    items = (
        Said("user", "Um"), Said("assistant", "Olá"), ToolCall("c1", "weather", "{}"), ToolResult("c1", "frio"),
        Said("developer", "Be short."), Said("user", "Dois"),
    )  # fmt: skip
    ai_server.script({"when": {"text": "Dois", "everything": "frio"}, "say": "Certo."})
    assert anyone.respond(ask(items=items, tools=(WEATHER,))).text == "Certo."
