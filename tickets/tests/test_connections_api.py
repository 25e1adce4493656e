"""Connections: a number is added with secrets that never come out again."""

import pytest

from tickets.models import Connection

CREDENTIALS = {
    "phone_number_id": "106540352242922",
    "waba_id": "102290129340398",
    "app_id": "67890123456",
    "app_secret": "0123456789abcdef-the-secret",
    "access_token": "EAAG-the-access-token",
}


@pytest.fixture
def admin(as_, ana):
    return as_(ana)


def connect(client, name="Main", **changes):
    credentials = {**CREDENTIALS, **changes.pop("credentials", {})}
    return client.post(
        "/api/connections/", {"name": name, "kind": "cloud_api", "credentials": credentials, **changes}
    )


def test_the_first_number_is_the_default_and_waits_for_a_check(admin):
    answer = connect(admin)
    assert answer.status_code == 201, answer.content
    row = answer.json()
    assert (row["is_default"], row["status"]) == (True, "pending")
    assert row["webhook"]["url"].endswith("/") and row["webhook"]["verify_token"]


def test_secrets_go_in_and_never_come_out(admin):
    pk = connect(admin).json()["id"]
    for answer in (admin.get("/api/connections/"), admin.get(f"/api/connections/{pk}/")):
        assert CREDENTIALS["app_secret"] not in answer.content.decode()
        assert CREDENTIALS["access_token"] not in answer.content.decode()
    shown = answer.json()["credentials"]
    assert shown["has_access_token"] and shown["has_app_secret"]
    assert shown["phone_number_id"] == CREDENTIALS["phone_number_id"]


def test_secrets_that_are_not_given_stay(admin, acme_world):
    pk = connect(admin).json()["id"]
    admin.patch(f"/api/connections/{pk}/", {"credentials": {"waba_id": "111222333444"}})
    with acme_world.scope():
        kept = Connection.objects.get(pk=pk)
    assert kept.credentials["access_token"] == CREDENTIALS["access_token"]
    assert kept.external_id == CREDENTIALS["phone_number_id"]


def test_one_default_at_a_time(admin):
    connect(admin)
    connect(admin, "Second", credentials={"phone_number_id": "2222222222"}, is_default=True)
    rows = admin.get("/api/connections/").json()["results"]
    assert [(row["name"], row["is_default"]) for row in rows] == [("Main", False), ("Second", True)]


def test_the_default_cannot_be_switched_off(admin):
    pk = connect(admin).json()["id"]
    assert admin.patch(f"/api/connections/{pk}/", {"is_default": False}).status_code == 409


def test_deleting_the_default_passes_it_on(admin):
    first = connect(admin).json()
    second = connect(admin, "Second", credentials={"phone_number_id": "2222222222"}).json()
    assert admin.delete(f"/api/connections/{first['id']}/").status_code == 204
    assert admin.get(f"/api/connections/{second['id']}/").json()["is_default"]
    assert admin.post(f"/api/connections/{first['id']}/restore/").json()["is_deleted"] is False


def test_a_number_answers_for_one_company(admin, as_, raul):
    connect(admin)
    answer = connect(as_(raul))
    assert answer.status_code == 409
    assert answer.json()["code"] == "connection_number_taken"


def test_two_connections_cannot_share_a_name(admin):
    connect(admin)
    answer = connect(admin, credentials={"phone_number_id": "2222222222"})
    assert answer.json()["code"] == "connection_name_taken"
    assert answer.json()["fields"] == {"name": ["taken"]}


def test_the_plan_limits_the_number_of_connections(admin, acme):
    acme.limits = {"connections": 0}
    acme.save()
    assert connect(admin).status_code == 402


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "pigeon"},
        {"credentials": {"phone_number_id": "abc"}},
        {"credentials": {"access_token": ""}},
        {"reopen_minutes": -1},
        {"queue": 10**12},
    ],
)
def test_nonsense_is_refused(admin, changes):
    assert connect(admin, **changes).status_code == 400


def test_agents_do_not_connect_numbers(api):
    assert connect(api).status_code == 403


def test_a_number_that_cannot_be_reached_says_so(admin, settings):
    settings.WHATSAPP_API_ROOT = "http://127.0.0.1:9"
    pk = connect(admin).json()["id"]
    answer = admin.post(f"/api/connections/{pk}/check/")
    assert answer.status_code == 200, answer.content
    assert answer.json()["ok"] is False
    row = admin.get(f"/api/connections/{pk}/").json()
    assert row["status"] == "disconnected" and row["status_reason"]


def test_new_credentials_are_checked_without_being_asked(admin, acme_world):
    pk = connect(admin).json()["id"]
    assert admin.get(f"/api/connections/{pk}/").json()["status"] == "disconnected"
    with acme_world.scope():
        Connection.objects.filter(pk=pk).update(status="connected")
    answer = admin.patch(f"/api/connections/{pk}/", {"credentials": {"access_token": "EAAG-another"}})
    assert answer.json()["status"] == "pending"
    assert admin.get(f"/api/connections/{pk}/").json()["status"] == "disconnected"


def test_other_changes_need_no_check(admin, acme_world):
    pk = connect(admin).json()["id"]
    with acme_world.scope():
        Connection.objects.filter(pk=pk).update(status="connected")
    admin.patch(f"/api/connections/{pk}/", {"name": "Shop"})
    assert admin.get(f"/api/connections/{pk}/").json()["status"] == "connected"
