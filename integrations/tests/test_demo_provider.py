"""The demo's provider: labelled as scripted, at this run's address, or a real one by one key."""

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

    def told(text):
        messages = [{"role": "user", "text": text}]
        run = client.post(
            f"/api/ai/assistants/{lia['id']}/try/", {"messages": messages}, format="json"
        ).json()
        return client.get(f"/api/ai/runs/{run['id']}/").json()

    assert "segunda via do boleto" in told("problema com boleto")["answer"]
    assert "demonstração" in told("Oi, tudo bem?")["answer"]
    assert told("Vocês consertam geladeira?")["handover"]["reason"] == "no_source"
