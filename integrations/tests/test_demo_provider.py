"""What the demo shows of AI: a provider that says it is scripted, or a real one by one key; exams, meetings, bots."""

import pytest

from integrations.demo import providers
from integrations.models import AiCall, AiProvider


@pytest.fixture(autouse=True)
def inside(acme_world, monkeypatch, ai_server):
    monkeypatch.setenv("AI_DEMO_URL", ai_server.url)
    with acme_world.scope():
        yield


def test_the_demo_answers_from_this_machine_and_says_so(acme, as_, ana):
    providers.seed(acme)
    (row,) = as_(ana).get("/api/ai/providers/").json()["results"]
    assert (row["is_scripted"], row["is_default"]) == (True, True)
    assert "demo" in row["name"] and float(row["spent"]) > 0
    assert as_(ana).post(f"/api/ai/providers/{row['id']}/check/").json()["ok"] is True
    assert AiCall.objects.count() > 100


def test_the_next_start_finds_the_server_where_it_is_then(acme, monkeypatch):
    providers.seed(acme)
    monkeypatch.setenv("AI_DEMO_URL", "http://127.0.0.1:9876")
    providers.reconnect(acme)
    assert AiProvider.objects.get().base_url == "http://127.0.0.1:9876/v1"


def test_one_key_makes_it_a_real_one(acme, monkeypatch, ai_server):
    monkeypatch.setenv("AI_API_KEY", "sk-real-key-4321")
    monkeypatch.setenv("AI_BASE_URL", ai_server.base_url)
    monkeypatch.setenv("AI_CHAT_MODEL", "scripted-chat")
    providers.seed(acme)
    real = AiProvider.objects.able_to("chat")
    assert (real.is_scripted, real.is_default, real.key_end) == (False, True, "4321")


def test_the_demo_has_an_assistant_that_answers_from_what_the_company_knows(
    acme_world, acme, as_, ana, ai_server
):
    from integrations.demo import assistants
    from integrations.tests.test_knowledge_search import BOLETO, known

    providers.seed(acme)
    assistants.seed(acme)
    assistants.seed(acme)
    known(acme_world, *BOLETO)
    client = as_(ana)
    (lia,) = client.get("/api/ai/assistants/").json()["results"]
    assert (lia["name"], lia["is_on"]) == ("Lia", True)
    (tool,) = client.get("/api/ai/tools/").json()["results"]
    assert tool["name"] == "order_status"

    def told(text):
        messages = [{"role": "user", "text": text}]
        run = client.post(
            f"/api/ai/assistants/{lia['id']}/try/", {"messages": messages}, format="json"
        ).json()
        return client.get(f"/api/ai/runs/{run['id']}/").json()

    assert "segunda via do boleto" in told("problema com boleto")["answer"]
    assert "demonstração" in told("Oi, tudo bem?")["answer"]
    assert told("Vocês consertam geladeira?")["handover"]["reason"] == "no_source"


def test_the_demo_shows_exams_with_a_trend_and_wrong_answers(acme, as_, ana):
    from integrations.demo import assistants, exams

    providers.seed(acme)
    assistants.seed(acme)
    exams.seed(acme)
    exams.seed(acme)
    client = as_(ana)
    rows = client.get("/api/ai/exams/").json()["results"]
    assert [(row["edition"], row["score"], row["is_passed"]) for row in rows] == [
        (3, 82.14, True), (2, 71.43, False), (1, 57.14, False),
    ]  # fmt: skip
    cases = client.get(f"/api/ai/exams/{rows[0]['id']}/cases/?verdict=open").json()["results"]
    assert [case["verdict"] for case in cases] == ["partly", "wrong", "needless_handover"]
    lia, teo = client.get("/api/ai/assistants/standings/").json()
    assert (lia["exam"], lia["score"], teo["why"]) == (rows[0]["id"], 82.14, "exam_needed")


def test_the_demo_shows_a_meeting_with_speakers_that_can_be_heard(
    acme, as_, ana, settings, tmp_path, ai_server
):
    from integrations.demo import recordings

    settings.MEDIA_ROOT = tmp_path
    providers.seed(acme)
    recordings.seed(acme)
    recordings.seed(acme)
    client = as_(ana)
    meeting, call = client.get("/api/transcriptions/").json()["results"]
    assert (meeting["state"], call["state"], call["error"]) == ("completed", "failed", "silence")
    heard = client.get(f"/api/transcriptions/{meeting['id']}/").json()
    assert (heard["speakers"], heard["speaker_names"]) == (["A", "B", "C"], {"A": "Ana", "B": "Caio"})
    assert heard["seconds"] > heard["utterances"][-1]["start"] > 200
    assert client.get(heard["url"]).status_code == 200
    providers.reconnect(acme)
    assert client.get("/api/transcriptions/ability/").json() == {
        "can_transcribe": True,
        "tells_speakers": True,
    }
    urls = {row["kind"]: row["base_url"] for row in client.get("/api/ai/providers/").json()["results"]}
    assert urls == {"openai": f"{ai_server.url}/v1", "assemblyai": ai_server.url}


def test_the_demo_has_bots_of_others_that_are_switched_off(acme, as_, ana):
    from integrations.demo import bots

    bots.seed(acme)
    rows = as_(ana).get("/api/bots/").json()["results"]
    assert [(row["kind"], row["is_on"]) for row in rows] == [("webhook", False), ("typebot", False)]
