"""Talks of people with the company's gateway, through HTTP."""

import pytest

from integrations.models import Bot, Talk, TalkMessage

pytestmark = pytest.mark.django_db


@pytest.fixture
def gateway(acme_world, bot_world):
    """Acme's workflow, which answers this."""
    bot_world.answers["talks"] = {"output": "São 12 pedidos hoje."}
    with acme_world.scope():
        return Bot.objects.create(
            name="Gateway", kind="webhook", url=f"{bot_world.url}/webhook/talks", is_on=True, is_gateway=True
        )


def test_a_talk_begins_with_a_message_that_names_it(api, gateway, bot_world):
    words = "Quantos pedidos  temos hoje na região sul e quantos ontem?"
    answer = api.post("/api/talks/", {"message": words})
    assert answer.status_code == 201, answer.json()
    row = answer.json()
    assert row["talk"]["name"] == " ".join(words.split())[:50] and len(row["talk"]["name"]) == 50
    assert [(one["type"], one["content"]) for one in row["messages"]] == [
        ("user", words),
        ("bot", "São 12 pedidos hoje."),
    ]
    assert row["status"] == "ok"
    sent = bot_world.calls[0]["body"]
    assert (sent["chatInput"], sent["sessionId"]) == (words, f"talk-{row['talk']['id']}")
    assert sent["user"]["name"] == "Bruno"


def test_a_talk_goes_on_and_is_read_again(api, gateway):
    talk = api.post("/api/talks/", {"message": "Oi"}).json()["talk"]
    answer = api.post(f"/api/talks/{talk['id']}/messages/", {"message": "E ontem?"})
    assert answer.status_code == 201
    assert [one["type"] for one in answer.json()["messages"]] == ["user", "bot"]
    rows = api.get(f"/api/talks/{talk['id']}/messages/").json()["results"]
    assert [row["content"] for row in rows] == [
        "São 12 pedidos hoje.", "E ontem?", "São 12 pedidos hoje.", "Oi",
    ]  # fmt: skip


def test_a_talk_is_renamed_and_vanishes_with_its_messages(api, gateway, acme_world):
    talk = api.post("/api/talks/", {"message": "Oi"}).json()["talk"]
    path = f"/api/talks/{talk['id']}/"
    assert api.patch(path, {"name": "Pedidos"}).json()["name"] == "Pedidos"
    assert api.delete(path).status_code == 204
    assert api.get("/api/talks/").json()["results"] == []
    assert api.get(f"{path}messages/").status_code == 404
    with acme_world.scope():
        assert not Talk.objects.living().exists() and not TalkMessage.objects.living().exists()


def test_nobody_reads_anothers_talk_not_even_an_administrator(api, as_, ana, gateway):
    talk = api.post("/api/talks/", {"message": "Oi"}).json()["talk"]
    assert as_(ana).get(f"/api/talks/{talk['id']}/messages/").status_code == 404
    assert as_(ana).get("/api/talks/").json()["results"] == []


@pytest.mark.parametrize(
    ("language", "words"), [("pt-BR", "demorando"), ("en", "longer than usual"), ("es", "tardando")]
)
def test_a_slow_gateway_is_excused_in_the_callers_language(
    api, bruno, gateway, bot_world, settings, language, words
):
    settings.GATEWAY_SECONDS = 0.3
    bot_world.record.faults.append({"delay": 1})
    bruno.language = language
    bruno.save()
    row = api.post("/api/talks/", {"message": "Oi"}).json()
    assert row["status"] == "timeout" and words in row["messages"][1]["content"]
    assert row["messages"][1]["state"] == "failed"


def test_without_a_gateway_the_talk_says_so(api, acme_world):
    row = api.post("/api/talks/", {"message": "Oi"}).json()
    assert row["status"] == "no_gateway" and "configurar" in row["messages"][1]["content"]


def test_who_does_not_wait_reads_the_answer_later(api, gateway):
    answer = api.post("/api/talks/", {"message": "Oi", "wait": False})
    assert (answer.status_code, answer.json()["status"]) == (202, "waiting")
    path = f"/api/talks/{answer.json()['talk']['id']}/messages/"
    assert api.get(path).json()["results"][0]["content"] == "São 12 pedidos hoje."


def test_a_second_message_waits_for_the_first_answer(api, gateway, acme_world):
    talk = api.post("/api/talks/", {"message": "Oi"}).json()["talk"]
    with acme_world.scope():
        TalkMessage.objects.filter(type="bot").update(state="waiting")
    again = api.post(f"/api/talks/{talk['id']}/messages/", {"message": "E aí?"})
    assert (again.status_code, again.json()["code"]) == (409, "talk_waiting")


def test_another_company_has_neither_the_talk_nor_the_gateway(api, as_, raul, gateway, rival_world):
    talk = api.post("/api/talks/", {"message": "Oi"}).json()["talk"]
    rival = as_(raul)
    assert rival.post(f"/api/talks/{talk['id']}/messages/", {"message": "x"}).status_code == 404
    assert rival.post("/api/talks/", {"message": "Oi"}).json()["status"] == "no_gateway"
