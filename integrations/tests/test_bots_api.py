"""Setting up bots of others, through HTTP."""

import json

import pytest

from integrations.models import Bot

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(as_, ana):
    return as_(ana)


def test_a_bots_token_goes_to_no_other_host(admin):
    given = {"kind": "typebot", "name": "Loja", "url": "https://one.example", "secrets": {"token": "tok"}}
    path, elsewhere = f"/api/bots/{admin.post('/api/bots/', given).json()['id']}/", "https://two.example"
    refused = admin.patch(path, {"url": elsewhere})
    assert (refused.status_code, refused.json()["code"]) == (400, "secrets_needed")
    assert admin.patch(path, {"url": "https://one.example/api"}).status_code == 200
    assert admin.patch(path, {"url": elsewhere, "secrets": {"token": "new"}}).status_code == 200


def test_a_bot_keeps_its_secrets_to_itself(admin, acme_world):
    given = {
        "kind": "typebot", "name": "Vendas", "url": "https://typebot.example.com",
        "options": {"slug": "shop"}, "secrets": {"token": "tok-123"}, "start_words": ["oi", "olá"],
    }  # fmt: skip
    answer = admin.post("/api/bots/", given)
    assert answer.status_code == 201, answer.json()
    row = answer.json()
    assert (row["has_secrets"], row["options"]) == (["token"], {"slug": "shop"})
    assert "tok-123" not in json.dumps(row) and "secrets" not in row
    with acme_world.scope():
        assert Bot.objects.get(pk=row["id"]).secrets == {"token": "tok-123"}


def test_a_secret_stays_until_another_or_none_is_given(admin, acme_world):
    bot = admin.post("/api/bots/", {"kind": "webhook", "name": "n8n", "secrets": {"token": "a"}}).json()
    assert bot["has_secrets"] == ["secret", "token"]  # its signature's key is made with it
    admin.patch(f"/api/bots/{bot['id']}/", {"name": "n8n 2"})
    admin.patch(f"/api/bots/{bot['id']}/", {"secrets": {"token": ""}})
    with acme_world.scope():
        assert sorted(Bot.objects.get(pk=bot["id"]).secrets) == ["secret"]


@pytest.mark.parametrize("kind", ["typebot", "dialogflow", "webhook"])
def test_a_bot_goes_on_duty_only_when_it_could_work(admin, kind):
    answer = admin.post("/api/bots/", {"kind": kind, "name": "Robô", "is_on": True})
    assert (answer.status_code, answer.json()["code"]) == (400, "bot_incomplete")


def test_two_bots_never_share_a_name_or_the_talks(admin):
    first = {"kind": "webhook", "name": "n8n", "is_gateway": True}
    assert admin.post("/api/bots/", first).status_code == 201
    assert admin.post("/api/bots/", {"kind": "webhook", "name": "n8n"}).json()["code"] == "bot_name_taken"
    other = {"kind": "webhook", "name": "other", "is_gateway": True}
    assert admin.post("/api/bots/", other).json()["code"] == "bot_gateway_taken"
    wrong = {"kind": "typebot", "name": "third", "is_gateway": True}
    assert admin.post("/api/bots/", wrong).json()["code"] == "bot_gateway_kind"


def test_a_deleted_bot_comes_back_off_duty(admin):
    bot = admin.post(
        "/api/bots/", {"kind": "webhook", "name": "n8n", "url": "https://n8n.example.com/a", "is_on": True}
    )
    path = f"/api/bots/{bot.json()['id']}/"
    assert admin.delete(path).status_code == 204
    assert admin.get("/api/bots/").json()["results"] == []
    assert [row["name"] for row in admin.get("/api/bots/?deleted=true").json()["results"]] == ["n8n"]
    assert admin.post(f"{path}restore/").json()["is_on"] is False


def test_agents_do_not_set_up_bots_and_supervisors_only_look(admin, api, as_, sofia):
    bot = admin.post("/api/bots/", {"kind": "webhook", "name": "n8n"}).json()
    assert api.get("/api/bots/").status_code == 403
    assert as_(sofia).get("/api/bots/").status_code == 200
    assert as_(sofia).patch(f"/api/bots/{bot['id']}/", {"name": "x"}).status_code == 403


def test_a_trial_walks_a_typebot_without_any_ticket(admin, bot_world):
    given = {"kind": "typebot", "name": "Loja", "url": bot_world.url, "options": {"slug": "demo"}}
    path = f"/api/bots/{admin.post('/api/bots/', given).json()['id']}/check/"
    first = admin.post(path, {"text": "Oi"}).json()
    assert first["ok"] and [bubble["text"] for bubble in first["bubbles"]][-1] == "Como posso ajudar?"
    again = {"text": "1", "talk": first["talk"], "session": first["session"], "state": first["state"]}
    assert [bubble["text"] for bubble in admin.post(path, again).json()["bubbles"]][
        -1
    ] == "Quantas você quer?"


def test_a_trial_of_dialogflow_proves_the_key(admin, bot_world):
    account = json.dumps(bot_world.google.service_account())
    given = {
        "kind": "dialogflow",
        "name": "ES",
        "url": bot_world.url,
        "secrets": {"service_account": account},
    }
    path = f"/api/bots/{admin.post('/api/bots/', given).json()['id']}/check/"
    assert admin.post(path, {"text": "oi"}).json()["bubbles"][0]["text"] == "Desculpe, não entendi."


def test_a_trial_that_fails_says_why_and_the_list_remembers(admin, bot_world):
    given = {"kind": "webhook", "name": "n8n", "url": f"{bot_world.url}/webhook/none"}
    bot = admin.post("/api/bots/", given).json()
    answer = admin.post(f"/api/bots/{bot['id']}/check/", {"text": "oi"}).json()
    assert (answer["ok"], answer["code"]) == (False, "not_found")
    assert admin.get(f"/api/bots/{bot['id']}/").json()["trouble"] == "not_found"


def test_a_trial_never_reaches_a_private_network(admin, settings):
    settings.PRIVATE_HOSTS_ALLOWED = set()
    bot = admin.post(
        "/api/bots/", {"kind": "webhook", "name": "n8n", "url": "http://169.254.169.254/latest"}
    ).json()
    assert admin.post(f"/api/bots/{bot['id']}/check/", {"text": "oi"}).json()["code"] == "address_refused"


def test_the_token_is_shown_once_and_replaces_the_one_before(admin, acme_world):
    bot = admin.post("/api/bots/", {"kind": "webhook", "name": "n8n"}).json()
    first = admin.post(f"/api/bots/{bot['id']}/token/").json()["token"]
    second = admin.post(f"/api/bots/{bot['id']}/token/").json()["token"]
    assert first.startswith("bot_") and first != second
    assert admin.get(f"/api/bots/{bot['id']}/").json()["has_token"] is True
