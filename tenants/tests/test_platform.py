"""The operator runs the platform and belongs to no company."""

import pytest

from tenants.models import Company, User
from tests.support.client import PASSWORD, ApiClient
from tests.support.world import password_hash

pytestmark = pytest.mark.django_db
NEW = {"name": "Nova", "admin": {"name": "Nina", "email": "nina@nova.example", "password": PASSWORD}}


@pytest.fixture
def olga(db):
    return User.objects.create(
        email="olga@platform.example", name="Olga", password=password_hash(), is_operator=True
    )


@pytest.fixture
def operator(as_, olga):
    return as_(olga)


def test_the_operator_belongs_to_no_company(operator):
    me = operator.get("/api/auth/me/").json()
    assert me["is_operator"]
    assert (me["company"], me["role"], me["permissions"], me["memberships"]) == (None, None, [], [])


def test_the_operator_sees_no_companys_rows(operator, bruno):
    for path in ("users", "company", "audit", "api-keys"):
        assert operator.get(f"/api/{path}/").status_code == 403


def test_an_administrator_is_no_operator(as_, ana, acme):
    client = as_(ana)
    assert client.get("/api/platform/companies/").status_code == 403
    assert client.post(f"/api/platform/companies/{acme.pk}/block/").status_code == 403
    assert client.patch("/api/platform/settings/", {"sign_up_open": False}).status_code == 403


def test_the_operator_lists_companies_with_their_size(operator, ana, bruno, raul):
    rows = operator.get("/api/platform/companies/").json()["results"]
    assert {row["name"]: row["users"] for row in rows} == {"Acme": 2, "Rival": 1}


def test_the_operator_creates_a_company_whose_administrator_can_log_in(operator):
    answer = operator.post("/api/platform/companies/", {**NEW, "limits": {"users": 5}})
    assert answer.status_code == 201
    row = answer.json()
    assert (row["name"], row["users"], row["limits"]["users"]) == ("Nova", 1, 5)
    login = {"email": "nina@nova.example", "password": PASSWORD}
    me = ApiClient().post("/api/auth/login/", login).json()["me"]
    assert (me["role"], me["company"]["id"]) == ("admin", row["id"])


def test_an_administrator_without_a_password_is_invited(operator, mailoutbox):
    admin = {"name": "Nina", "email": "nina@nova.example"}
    assert operator.post("/api/platform/companies/", {**NEW, "admin": admin}).status_code == 201
    assert mailoutbox[0].to == ["nina@nova.example"]


def test_the_operator_changes_name_and_limits(operator, acme):
    answer = operator.patch(f"/api/platform/companies/{acme.pk}/", {"limits": {"queues": 3}})
    assert answer.status_code == 200
    assert answer.json()["limits"]["queues"] == 3
    assert answer.json()["version"] == 2


def test_a_blocked_company_is_out_at_once_until_it_is_unblocked(operator, api, bruno, acme, heard):
    row = operator.post(f"/api/platform/companies/{acme.pk}/block/").json()
    assert row["status"] == "blocked"
    assert api.get("/api/company/").json()["code"] == "company_blocked"
    assert bruno.pk in {frame["data"]["user"] for frame in heard("session.changed")}
    assert operator.post(f"/api/platform/companies/{acme.pk}/unblock/").json()["status"] == "active"
    assert api.get("/api/company/").status_code == 200


def test_a_deleted_company_is_hidden_shut_and_can_come_back(operator, api, acme):
    path = f"/api/platform/companies/{acme.pk}/"
    assert operator.delete(path).status_code == 204
    assert Company.objects.filter(pk=acme.pk).exists()
    assert operator.get("/api/platform/companies/").json()["results"] == []
    assert len(operator.get("/api/platform/companies/?deleted=true").json()["results"]) == 1
    assert operator.get(path).status_code == 404
    assert api.get("/api/company/").status_code == 403
    assert operator.post(f"{path}restore/").status_code == 200
    assert api.get("/api/company/").status_code == 200


def test_the_company_sees_what_the_operator_did_to_it(operator, as_, ana, acme):
    operator.post(f"/api/platform/companies/{acme.pk}/block/")
    operator.post(f"/api/platform/companies/{acme.pk}/unblock/")
    entries = as_(ana).get("/api/audit/").json()["results"]
    done = [entry for entry in entries if entry["actor"]["name"] == "Olga"]
    assert [entry["action"] for entry in done] == ["company.unblocked", "company.blocked"]


def test_the_operator_closes_and_opens_sign_up(operator, anonymous):
    for is_open in (False, True):
        answer = operator.patch("/api/platform/settings/", {"sign_up_open": is_open})
        assert answer.json() == {"sign_up_open": is_open}
        assert operator.get("/api/platform/settings/").json() == {"sign_up_open": is_open}
        assert anonymous.get("/api/auth/options/").json()["sign_up_open"] is is_open


def test_an_operators_session_is_refreshed_and_ended_like_any_other(operator):
    answer = ApiClient().post("/api/auth/refresh/", {"refresh": operator.signed_in["refresh"]})
    assert answer.json()["me"]["company"] is None
    assert operator.post("/api/auth/logout/").status_code == 204
    assert operator.get("/api/auth/me/").json()["code"] == "session_ended"


def test_the_list_costs_the_same_queries_however_many_companies(operator, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    Company.objects.create(name="One")
    with CaptureQueriesContext(connection) as few:
        operator.get("/api/platform/companies/")
    Company.objects.bulk_create([Company(name=f"Company {number}") for number in range(20)])
    with django_assert_num_queries(len(few)):
        operator.get("/api/platform/companies/")


def test_an_operator_who_also_has_a_company_sees_both(anonymous, bruno, raul):
    User.objects.filter(pk=bruno.pk).update(is_operator=True)
    client = ApiClient().sign_in(bruno)
    names = [row["name"] for row in client.get("/api/platform/companies/").json()["results"]]
    assert sorted(names) == ["Acme", "Rival"]
    people = [row["name"] for row in client.get("/api/users/").json()["results"]]
    assert people == ["Bruno"]
