"""A company's record, its options, its audit list, and how often one may call."""

import pytest

from tenants.company_settings import OPTIONS, Option

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(as_, ana):
    return as_(ana)


def test_everybody_in_the_company_reads_its_record(api, acme):
    row = api.get("/api/company/").json()
    assert (row["id"], row["name"], row["timezone"], row["status"]) == (
        acme.pk, "Acme", "America/Sao_Paulo", "active",
    )  # fmt: skip


def test_an_administrator_changes_it_and_everybody_hears(admin, heard):
    answer = admin.patch("/api/company/", {"name": "Acme Ltda", "timezone": "Europe/Lisbon"})
    assert answer.status_code == 200
    row = answer.json()
    assert (row["name"], row["timezone"], row["version"]) == ("Acme Ltda", "Europe/Lisbon", 2)
    assert heard("company.updated")[0]["data"] == row
    assert admin.get("/api/company/").json() == row


@pytest.mark.parametrize("role", ["sofia", "bruno"])
def test_others_cannot_change_it(request, as_, role):
    client = as_(request.getfixturevalue(role))
    assert client.patch("/api/company/", {"name": "X"}).status_code == 403
    assert client.patch("/api/company/settings/", {"signature": True}).status_code == 403


@pytest.mark.parametrize("change", [{"timezone": "Mars/Base"}, {"language": "tlh"}, {"name": ""}])
def test_a_wrong_value_is_named(admin, change):
    answer = admin.patch("/api/company/", change)
    assert answer.status_code == 400
    assert list(answer.json()["fields"]) == list(change)


def test_options_start_with_their_defaults(api):
    assert api.get("/api/company/settings/").json() == {
        key: option.default for key, option in OPTIONS.items()
    }


def test_an_option_that_is_set_stays_set(admin, acme):
    answer = admin.patch("/api/company/settings/", {"signature": True})
    assert answer.json()["signature"] is True
    assert admin.get("/api/company/settings/").json()["signature"] is True
    acme.refresh_from_db()
    assert acme.settings == {"signature": True}


def test_an_option_back_at_its_default_is_not_stored(admin, acme):
    admin.patch("/api/company/settings/", {"signature": True})
    admin.patch("/api/company/settings/", {"signature": False})
    acme.refresh_from_db()
    assert acme.settings == {}


@pytest.mark.parametrize("change", [{"signature": "perhaps"}, {"unknown": 1}, {"signature": None}])
def test_a_wrong_option_is_named(admin, change):
    answer = admin.patch("/api/company/settings/", change)
    assert answer.status_code == 400
    assert list(answer.json()["fields"]) == list(change)


@pytest.mark.parametrize("body", [[], "text", 7])
def test_options_are_an_object(admin, body):
    assert admin.patch("/api/company/settings/", body).status_code == 400


def test_the_schema_explains_every_option(api):
    rows = api.get("/api/company/settings/schema/").json()
    assert [row["key"] for row in rows] == list(OPTIONS)
    for row in rows:
        assert row["label"] and row["help"]
        assert row["type"] in {"boolean", "integer", "text", "choice"}


def test_an_option_is_an_entry_and_nothing_else():
    from tenants.serializers.company import field_of

    number = field_of(Option("days", "integer", 7, "Days", "How many.", minimum=1, maximum=30))
    assert number.run_validation(30) == 30
    choice = field_of(Option("tone", "choice", "warm", "Tone", "Which.", choices=("warm", "cool")))
    assert choice.run_validation("cool") == "cool"
    text = field_of(Option("greeting", "text", "", "Greeting", "What.", maximum=10))
    assert text.run_validation("Olá") == "Olá"


def test_changing_what_agents_see_reaches_their_sockets(admin, bruno, heard):
    admin.patch("/api/company/settings/", {"agents_see_unqueued": False})
    assert bruno.pk in {frame["data"]["user"] for frame in heard("session.changed")}


def test_changes_are_in_the_audit_list(admin):
    admin.patch("/api/company/", {"language": "es"})
    admin.patch("/api/company/settings/", {"signature": True})
    entries = admin.get("/api/audit/").json()["results"]
    assert [entry["action"] for entry in entries[:2]] == ["settings.updated", "company.updated"]
    assert entries[0]["data"] == {"signature": True}


def test_the_audit_list_can_be_narrowed(admin):
    admin.patch("/api/company/", {"language": "es"})
    entries = admin.get("/api/audit/?action=company.updated").json()["results"]
    assert [entry["action"] for entry in entries] == ["company.updated"]


@pytest.mark.parametrize(("role", "status"), [("ana", 200), ("sofia", 200), ("bruno", 403)])
def test_the_audit_list_is_for_who_answers_for_others(request, as_, role, status):
    assert as_(request.getfixturevalue(role)).get("/api/audit/").status_code == status


def test_calls_beyond_the_rate_are_refused_until_the_window_ends(api, rate):
    rate("user", "2/min")
    assert [api.get("/api/company/").status_code for _ in range(3)] == [200, 200, 429]
    answer = api.get("/api/company/")
    assert answer.json()["code"] == "throttled"
    assert 0 < int(answer["Retry-After"]) <= 60


def test_one_persons_rate_is_not_anothers(api, as_, ana, rate):
    admin = as_(ana)
    rate("user", "1/min")
    assert api.get("/api/company/").status_code == 200
    assert admin.get("/api/company/").status_code == 200


def test_strangers_are_counted_by_address(anonymous, rate):
    rate("address", "1/min")
    assert anonymous.get("/api/auth/options/").status_code == 200
    assert anonymous.get("/api/auth/options/").status_code == 429


def test_without_redis_nobody_is_counted_and_everybody_is_served(api, no_redis, rate):
    rate("user", "1/min")
    assert [api.get("/api/company/").status_code for _ in range(3)] == [200, 200, 200]
