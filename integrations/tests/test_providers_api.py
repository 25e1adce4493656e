"""Providers through their door: accounts with secrets, a live test, the models of this moment."""

import pytest

from integrations.tests.ai_server import KEY

URL = "/api/ai/providers/"


@pytest.fixture
def admin(as_, ana):
    return as_(ana)


@pytest.fixture
def given(ai_server):
    return {
        "name": "OpenAI", "base_url": ai_server.base_url, "api_key": KEY, "chat_model": "scripted-chat",
        "embedding_model": "scripted-embedding", "prices": {"scripted-chat": {"input": "2.5", "output": "10"}},
        "monthly_budget": "50.00",
    }  # fmt: skip


def test_the_first_account_is_the_default_and_its_key_never_comes_back(admin, given):
    answer = admin.post(URL, given, format="json")
    assert answer.status_code == 201, answer.content
    row = answer.json()
    assert (row["is_default"], row["key_end"], row["budget_state"]) == (True, KEY[-4:], "ok")
    for text in (answer.content, admin.get(URL).content, admin.get(f"{URL}{row['id']}/").content):
        assert KEY.encode() not in text
    assert KEY.encode() not in admin.get("/api/audit/").content


def test_the_key_is_unreadable_in_the_database(admin, given, db):
    from django.db import connection

    admin.post(URL, given, format="json")
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM integrations_aiprovider WHERE api_key LIKE %s", [f"%{KEY}%"])
        assert cursor.fetchall() == []


def test_only_one_is_the_default(admin, given):
    one = admin.post(URL, given, format="json").json()["id"]
    two = admin.post(URL, {**given, "name": "Two", "is_default": True}, format="json").json()["id"]
    assert {row["id"]: row["is_default"] for row in admin.get(URL).json()["results"]} == {
        one: False,
        two: True,
    }
    refused = admin.patch(f"{URL}{two}/", {"is_default": False}, format="json")
    assert (refused.status_code, refused.json()["code"]) == (409, "default_needed")


def test_a_key_is_not_sent_to_another_address(admin, provider):
    refused = admin.patch(f"{URL}{provider.pk}/", {"base_url": "http://127.0.0.1:9/v1"}, format="json")
    assert (refused.status_code, refused.json()["code"]) == (400, "key_needed")
    with_key = {"base_url": "http://127.0.0.1:9/v1", "api_key": "sk-another-key"}
    assert admin.patch(f"{URL}{provider.pk}/", with_key, format="json").json()["key_end"] == "-key"


@pytest.mark.parametrize(
    "url",
    [
        "http://10.1.2.3/v1", "http://169.254.169.254/", "http://[fd00::1]/v1",
        f"https://{'0' * 80}", "https://a..example", "https://example.com:99999",
    ],
)  # fmt: skip
def test_private_addresses_and_what_is_none_are_refused_at_once(admin, given, url):
    answer = admin.post(URL, {**given, "base_url": url}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (400, "address_refused")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("base_url", "ftp://example.com"),
        ("base_url", "https://user:pw@example.com/v1"),
        ("currency", "dollars"),
        ("monthly_budget", "-1"),
        ("warn_percent", 0),
        ("prices", {"m": {"input": "-1"}}),
        ("kind", "oracle"),
    ],
)
def test_each_wrong_value_is_named(admin, given, field, value):
    answer = admin.post(URL, {**given, field: value}, format="json")
    assert answer.status_code == 400
    assert field in answer.json()["fields"]


def test_a_deleted_account_hides_and_can_come_back(admin, provider, acme_world, ai_server):
    heir = ai_server.provider_of(acme_world, name="Heir", is_default=False)
    assert admin.delete(f"{URL}{provider.pk}/").status_code == 204
    assert [(row["id"], row["is_default"]) for row in admin.get(URL).json()["results"]] == [(heir.pk, True)]
    assert [row["id"] for row in admin.get(f"{URL}?deleted=true").json()["results"]] == [provider.pk]
    restored = admin.post(f"{URL}{provider.pk}/restore/")
    assert restored.json()["is_default"] is False
    actions = [row["action"] for row in admin.get("/api/audit/").json()["results"]]
    assert actions[:2] == ["ai_provider.restored", "ai_provider.deleted"]


def test_supervisors_look_and_agents_do_not(as_, sofia, bruno, provider):
    assert as_(sofia).get(URL).status_code == 200
    assert as_(sofia).patch(f"{URL}{provider.pk}/", {"name": "x"}, format="json").status_code == 403
    assert as_(bruno).get(URL).status_code == 403


def test_the_test_button_asks_for_everything(admin, provider, ai_server):
    answer = admin.post(f"{URL}{provider.pk}/check/").json()
    assert answer["ok"] is True
    assert [line["name"] for line in answer["checks"]] == [
        "key", "chat_model", "embedding_model", "transcription_model", "speech_model", "answer", "embedding",
    ]  # fmt: skip
    assert admin.get(f"{URL}{provider.pk}/").json()["checked_at"]


def test_the_test_button_names_a_model_that_is_not_there(admin, provider):
    admin.patch(f"{URL}{provider.pk}/", {"chat_model": "imaginary"}, format="json")
    answer = admin.post(f"{URL}{provider.pk}/check/").json()
    wrong = {line["name"]: line["code"] for line in answer["checks"] if not line["ok"]}
    assert wrong == {"chat_model": "unlisted", "answer": "no_model"}


def test_the_test_button_names_a_wrong_key_and_stays_200(admin, provider):
    admin.patch(f"{URL}{provider.pk}/", {"api_key": "wrong-key-1234567"}, format="json")
    answer = admin.post(f"{URL}{provider.pk}/check/")
    assert answer.status_code == 200
    assert [(line["name"], line["code"]) for line in answer.json()["checks"]] == [
        ("key", "not_authenticated")
    ]
    row = admin.get(f"{URL}{provider.pk}/").json()
    assert row["trouble"] == "not_authenticated"
    assert b"1234567" not in str(row).encode()


def test_a_check_that_passes_ends_the_trouble(admin, provider, ai_server):
    ai_server.script({"when": {"endpoint": "models"}, "status": 503, "times": 1})
    assert admin.post(f"{URL}{provider.pk}/check/").json()["ok"] is False
    assert admin.get(f"{URL}{provider.pk}/").json()["trouble"] == ""  # the question after it was answered
    assert admin.post(f"{URL}{provider.pk}/check/").json()["ok"] is True


def test_the_models_are_read_from_the_provider(admin, provider, ai_server):
    ai_server.state.models = [{"id": "new-model"}, {"id": "old-model", "shutdown_date": "2027-01-31"}]
    rows = admin.get(f"/api/ai/models/?provider={provider.pk}").json()["results"]
    assert [(row["id"], row["shutdown_date"]) for row in rows] == [
        ("new-model", None),
        ("old-model", "2027-01-31"),
    ]
    ai_server.script({"when": {"endpoint": "models"}, "status": 503})
    answer = admin.get(f"/api/ai/models/?provider={provider.pk}")
    assert (answer.status_code, answer.json()["code"]) == (409, "ai_failed")


def test_models_of_another_companys_provider_are_not_found(admin, rival_world, ai_server):
    foreign = ai_server.provider_of(rival_world)
    assert admin.get(f"/api/ai/models/?provider={foreign.pk}").status_code == 404
    assert ai_server.calls() == []


def test_a_budget_asks_for_prices(admin, given, as_, ana):
    row = admin.post(URL, {**given, "prices": {}}, format="json").json()
    assert row["price_needed"] == ["scripted-chat", "scripted-embedding"]
    lines = admin.post(f"{URL}{row['id']}/check/").json()["checks"]
    wrong = {line["name"]: line["code"] for line in lines if not line["ok"]}
    assert wrong == {"answer": "price_needed", "embedding": "price_needed"}
    notices = as_(ana).get("/api/notifications/").json()["results"]
    assert [(one["data"]["what"], one["data"]["model"]) for one in notices] == [("unpriced", "scripted-chat")]
    free = {"scripted-chat": {"input": "0"}, "scripted-embedding": {"input": "0"}}
    row = admin.patch(f"{URL}{row['id']}/", {"prices": free}, format="json").json()
    assert row["price_needed"] == []
    assert admin.post(f"{URL}{row['id']}/check/").json()["ok"] is True


@pytest.mark.parametrize("change", [{"monthly_budget": None}, {"stop_at_budget": False}])
def test_a_budget_that_stops_nothing_asks_for_no_price(admin, given, change):
    row = admin.post(URL, {**given, "prices": {}, **change}, format="json").json()
    assert (row["price_needed"], len(row["unpriced_models"])) == ([], 2)


def test_open_consoles_hear_of_a_provider(admin, provider, ai_server, heard):
    admin.patch(f"{URL}{provider.pk}/", {"monthly_budget": "0.00", "name": "Other"}, format="json")
    ai_server.script({"status": 401})
    admin.post(f"{URL}{provider.pk}/check/")
    told = [frame["data"] for frame in heard("ai_provider.updated")]
    assert (told[0]["name"], told[0]["budget_state"], told[0]["trouble"]) == ("Other", "spent", "")
    assert told[-1]["trouble"] == "not_authenticated"
    assert KEY not in str(told)


def test_chosen_models_without_a_price_are_named(admin, provider):
    row = admin.get(f"{URL}{provider.pk}/").json()
    assert row["unpriced_models"] == ["scripted-embedding", "scripted-speech", "scripted-transcription"]


def test_models_that_assistants_chose_themselves_are_among_them(admin, provider, acme_world):
    from django.utils.timezone import now

    from integrations.models import Assistant

    with acme_world.scope():
        Assistant.objects.create(name="Own", instructions="Help.", provider=provider, model="costly")
        Assistant.objects.create(name="Default", instructions="Help.", model="also-costly")
        Assistant.objects.create(name="Priced", instructions="Help.", model="scripted-chat")
        Assistant.objects.create(name="Gone", instructions="Help.", model="old", deleted_at=now())
    other = admin.post(URL, {"name": "Other", "base_url": provider.base_url, "api_key": KEY}, format="json")
    assert other.json()["unpriced_models"] == []
    row = admin.patch(f"{URL}{provider.pk}/", {"monthly_budget": "5.00"}, format="json").json()
    assert row["unpriced_models"][:2] == ["also-costly", "costly"]
    assert row["price_needed"] == row["unpriced_models"]
