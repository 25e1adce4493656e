"""Keys for programs: scopes, secrecy, use, revocation."""

import pytest
import time_machine
from django.db import connection
from django.utils.timezone import now, timedelta

from tenants.models import ApiKey
from tests.support.client import ApiClient

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(as_, ana):
    return as_(ana)


def make(client, *scopes, **more):
    answer = client.post("/api/api-keys/", {"name": "Shop", "scopes": list(scopes), **more})
    assert answer.status_code == 201, answer.content
    return answer.json()


def program(key):
    client = ApiClient()
    client.credentials(HTTP_AUTHORIZATION=f"Api-Key {key}")
    return client


def test_a_key_is_shown_once_and_stored_hashed(admin, acme_world):
    made = make(admin, "read")
    assert made["key"].startswith(f"hd_{acme_world.company.pk}_{made['prefix']}_")
    shown = admin.get("/api/api-keys/").json()["results"]
    assert [row["prefix"] for row in shown] == [made["prefix"]]
    assert "key" not in shown[0]
    assert made["key"].rsplit("_", 1)[1] not in dump("tenants_apikey")


@pytest.mark.parametrize(
    ("scope", "read", "write", "manage"),
    [("read", 200, 403, 403), ("write", 200, 403, 403), ("ai", 403, 403, 403), ("admin", 200, 200, 201)],
)
def test_a_key_may_do_what_its_scope_says(admin, scope, read, write, manage):
    client = program(make(admin, scope)["key"])
    assert client.get("/api/users/").status_code == read
    assert client.patch("/api/company/", {"name": "Acme 2"}).status_code == write
    dani = {"name": "Dani", "email": "dani@acme.example", "role": "agent"}
    assert client.post("/api/users/", dani).status_code == manage


def test_a_key_for_ai_sees_no_conversation(admin):
    client = program(make(admin, "ai")["key"])
    for address in ("ai/providers", "ai/assistants", "knowledge/documents"):
        assert client.get(f"/api/{address}/").status_code == 200
    for address in ("tickets", "contacts", "api-keys", "audit"):
        assert client.get(f"/api/{address}/").status_code == 403


def test_a_key_is_no_person(admin):
    answer = program(make(admin, "admin")["key"]).get("/api/auth/me/")
    assert answer.status_code == 403


def test_a_revoked_key_is_refused(admin):
    made = make(admin, "read")
    client = program(made["key"])
    assert admin.delete(f"/api/api-keys/{made['id']}/").status_code == 204
    answer = client.get("/api/users/")
    assert (answer.status_code, answer.json()["code"]) == (401, "api_key_invalid")
    assert admin.get("/api/api-keys/").json()["results"] == []


def test_an_expired_key_is_refused(admin):
    soon = now() + timedelta(hours=1)
    client = program(make(admin, "read", expires_at=soon.isoformat())["key"])
    assert client.get("/api/users/").status_code == 200
    with time_machine.travel(soon + timedelta(seconds=1)):
        assert client.get("/api/users/").status_code == 401


def test_a_key_cannot_expire_in_the_past(admin):
    body = {"name": "Shop", "scopes": ["read"], "expires_at": "2020-01-01T00:00:00Z"}
    assert "expires_at" in admin.post("/api/api-keys/", body).json()["fields"]


@pytest.mark.parametrize("scopes", [[], ["king"], "read"])
def test_unknown_scopes_are_refused(admin, scopes):
    answer = admin.post("/api/api-keys/", {"name": "Shop", "scopes": scopes})
    assert answer.status_code == 400
    assert "scopes" in answer.json()["fields"]


def test_its_last_use_is_noted_once_a_minute(admin, acme_world):
    made = make(admin, "read")
    client = program(made["key"])
    start = now()
    for seconds, expected in ((0, 0), (50, 0), (70, 70)):
        with time_machine.travel(start + timedelta(seconds=seconds), tick=False):
            client.get("/api/users/")
        with acme_world.scope():
            used = ApiKey.objects.get(pk=made["id"]).last_used_at
        assert used == start + timedelta(seconds=expected)


@pytest.mark.parametrize(
    "key", ["", "hd_", "hd_1_ab_cd", "hd_x_y_z", "hd_99999999999999999999_a_b", "nonsense", "hd_²_a_b"]
)
def test_nonsense_is_not_a_key(db, key):
    client = ApiClient()
    client.credentials(HTTP_AUTHORIZATION=f"Api-Key {key}".encode().decode("latin1"))
    assert client.get("/api/users/").status_code == 401


def test_a_key_moved_to_another_company_opens_nothing(admin, acme, rival):
    key = make(admin, "admin")["key"]
    assert program(key.replace(f"hd_{acme.pk}_", f"hd_{rival.pk}_")).get("/api/users/").status_code == 401


def test_a_key_of_a_blocked_company_is_refused(admin, acme):
    client = program(make(admin, "read")["key"])
    type(acme).objects.filter(pk=acme.pk).update(status="blocked")
    answer = client.get("/api/users/")
    assert (answer.status_code, answer.json()["code"]) == (403, "company_blocked")


def test_what_a_key_does_is_written_down_under_its_prefix(admin):
    made = make(admin, "admin")
    program(made["key"]).patch("/api/company/", {"name": "Acme 2"})
    entry = admin.get("/api/audit/").json()["results"][0]
    assert (entry["action"], entry["actor"]) == ("company.updated", None)
    assert entry["data"] == {"name": "Acme 2", "api_key": made["prefix"]}


def test_making_and_revoking_keys_is_in_the_audit_list(admin):
    made = make(admin, "read")
    admin.delete(f"/api/api-keys/{made['id']}/")
    actions = [entry["action"] for entry in admin.get("/api/audit/").json()["results"]]
    assert actions[:2] == ["api_key.revoked", "api_key.created"]


def test_keys_are_counted_apart_from_people(admin, rate):
    client = program(make(admin, "read")["key"])
    rate("user", "2/min")
    assert [client.get("/api/users/").status_code for _ in range(3)] == [200, 200, 429]


def dump(table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT t::text FROM {table} t")
        return str(cursor.fetchall())
