"""Assistants are written, changed and put on duty through the API; only who may write them does."""

import pytest

from integrations.models import Assistant

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss(as_, ana):
    return as_(ana)


def made(client, **fields):
    answer = client.post(
        "/api/ai/assistants/", {"name": "Lia", "instructions": "Be kind.", **fields}, format="json"
    )
    assert answer.status_code == 201, answer.content
    return answer.json()


def patched(client, assistant, **fields):
    return client.patch(f"/api/ai/assistants/{assistant['id']}/", fields, format="json")


def test_an_administrator_writes_reads_changes_and_deletes_an_assistant(boss):
    lia = made(boss, model="scripted-chat", tools=["look_up_tickets"])
    assert (lia["model"], lia["instructions"], lia["tools"]) == (
        "scripted-chat",
        "Be kind.",
        ["look_up_tickets"],
    )
    assert patched(boss, lia, name="Bia").json()["name"] == "Bia"
    assert boss.delete(f"/api/ai/assistants/{lia['id']}/").status_code == 204
    assert boss.get("/api/ai/assistants/").json()["results"] == []
    assert boss.post(f"/api/ai/assistants/{lia['id']}/restore/").json()["name"] == "Bia"
    assert [row["id"] for row in boss.get("/api/ai/assistants/").json()["results"]] == [lia["id"]]


def test_an_assistant_is_written_for_queues_and_connections(boss, sales, line):
    lia = made(boss, queues=[sales.pk], connections=[line.pk], hours="closed")
    bia = made(boss, name="Bia", instructions="Be brief.")
    assert (lia["queues"], lia["connections"], lia["hours"]) == ([sales.pk], [line.pk], "closed")
    rows = boss.get("/api/ai/assistants/").json()["results"]
    assert [(row["name"], row["instructions"]) for row in rows] == [("Lia", "Be kind."), ("Bia", "Be brief.")]
    assert bia["position"] > lia["position"]


def test_only_keys_that_may_write_make_assistants(boss, anonymous):
    for scopes, expected in ((["read"], 403), (["write"], 403), (["ai"], 201), (["admin"], 201)):
        key = boss.post("/api/api-keys/", {"name": "Key", "scopes": scopes}, format="json").json()["key"]
        anonymous.credentials(HTTP_AUTHORIZATION=f"Api-Key {key}")
        answer = anonymous.post(
            "/api/ai/assistants/", {"name": f"Lia {scopes[0]}", "instructions": "x"}, format="json"
        )
        assert answer.status_code == expected, scopes


@pytest.mark.parametrize(
    ("change", "renewed"),
    [
        ({"chat_model": "another"}, True),
        ({"base_url": "http://127.0.0.1:9/v1", "api_key": "sk-new"}, True),
        ({"name": "Other", "embedding_model": "another"}, False),
    ],
)
def test_another_model_behind_it_takes_an_assistant_off_duty(boss, provider, acme_world, change, renewed):
    lia, own = made(boss), made(boss, name="Own", model="its-own")
    with acme_world.scope():
        Assistant.objects.update(is_on=True)  # it passed
    assert boss.patch(f"/api/ai/providers/{provider.pk}/", change, format="json").status_code == 200
    row = boss.get(f"/api/ai/assistants/{lia['id']}/").json()
    assert (row["edition"] > lia["edition"], row["is_on"]) == (renewed, not renewed)
    keeps = boss.get(f"/api/ai/assistants/{own['id']}/").json()["edition"] == own["edition"]
    assert keeps == ("base_url" not in change)


def test_another_default_provider_is_another_voice(boss, provider, acme_world, ai_server):
    named, unnamed = made(boss, name="Named", provider=provider.pk), made(boss)
    other = ai_server.provider_of(acme_world, name="Other", is_default=False, chat_model="other")
    boss.patch(f"/api/ai/providers/{other.pk}/", {"is_default": True}, format="json")
    rows = {row["id"]: row["edition"] for row in boss.get("/api/ai/assistants/").json()["results"]}
    assert (rows[named["id"]], rows[unnamed["id"]] > unnamed["edition"]) == (named["edition"], True)


def test_two_assistants_have_two_names(boss):
    made(boss)
    answer = boss.post("/api/ai/assistants/", {"name": "Lia", "instructions": "x"}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (409, "assistant_name_taken")


def test_what_changes_its_words_makes_a_new_edition_and_its_name_does_not(boss):
    lia = made(boss)
    assert patched(boss, lia, name="Bia", debounce_seconds=9).json()["edition"] == 1
    assert patched(boss, lia, instructions="Be kind.").json()["edition"] == 1
    assert patched(boss, lia, instructions="Be brief.").json()["edition"] == 2
    assert patched(boss, lia, tools=["close_ticket"]).json()["edition"] == 3


def test_it_goes_on_duty_only_with_an_exam_passed_or_none_asked_for(boss):
    lia = made(boss)
    refused = patched(boss, lia, is_on=True)
    assert (refused.status_code, refused.json()["code"]) == (409, "exam_needed")
    assert patched(boss, lia, is_on=True, exam_threshold=0).json()["is_on"] is True


def test_a_change_that_needs_a_new_exam_takes_it_off_duty(boss):
    lia = made(boss, exam_threshold=0, is_on=True)
    answer = patched(boss, lia, exam_threshold=80, instructions="Be brief.")
    assert (answer.status_code, answer.json()["is_on"]) == (200, False)


@pytest.mark.parametrize(
    ("field", "value"), [("tools", ["rm_rf"]), ("queues", [987654]), ("connections", [987654])]
)
def test_what_does_not_exist_cannot_be_chosen(boss, field, value):
    answer = boss.post(
        "/api/ai/assistants/", {"name": "Lia", "instructions": "x", field: value}, format="json"
    )
    assert answer.status_code == 400
    assert field in answer.json()["fields"]


def test_every_change_is_in_the_audit_log(boss):
    lia = made(boss, exam_threshold=0)
    patched(boss, lia, is_on=True)
    actions = [row["action"] for row in boss.get("/api/audit/").json()["results"]]
    assert {"assistant.created", "assistant.updated", "assistant.switched_on"} <= set(actions)
