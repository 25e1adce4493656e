"""The people of a company: roles, queues, limits, removal and return."""

import re

import pytest

from tenants.models import Membership, User
from tenants.scoping import company_scope
from tests.support.client import PASSWORD, ApiClient

pytestmark = pytest.mark.django_db
DANI = {"name": "Dani", "email": "dani@acme.example", "role": "agent", "queues": []}


@pytest.fixture
def admin(as_, ana):
    return as_(ana)


def add(client, **changes):
    return client.post("/api/users/", {**DANI, **changes})


def test_an_administrator_adds_a_person_with_queues(admin, sales, heard):
    answer = add(admin, queues=[sales.pk])
    assert answer.status_code == 201
    row = answer.json()
    assert (row["name"], row["role"], row["queues"]) == ("Dani", "agent", [sales.pk])
    assert row["is_active"] and row["presence"] == "offline" and row["version"] == 1
    assert heard("user.created")[0]["data"] == row
    assert heard("queue.updated")[0]["data"]["members"] == [row["id"]]


def test_a_person_without_a_password_is_invited_by_mail(admin, mailoutbox):
    add(admin)
    mail = mailoutbox[-1]
    assert mail.to == ["dani@acme.example"]
    token = re.search(r"/reset\?token=(\S+)", mail.body)[1]
    body = {"token": token, "password": "a-much-better-one-42"}
    assert ApiClient().post("/api/auth/password/reset/", body).status_code == 204
    login = {"email": "dani@acme.example", "password": "a-much-better-one-42"}
    assert ApiClient().post("/api/auth/login/", login).status_code == 200


def test_a_person_with_a_password_can_log_in_at_once(admin, mailoutbox):
    add(admin, password=PASSWORD)
    assert not mailoutbox
    login = {"email": "dani@acme.example", "password": PASSWORD}
    assert ApiClient().post("/api/auth/login/", login).json()["me"]["role"] == "agent"


def test_somebody_from_another_company_joins_with_the_same_account(admin, raul, acme):
    row = add(admin, email=raul.email, name="Another name").json()
    assert (row["id"], row["name"]) == (raul.pk, "Raul")
    me = ApiClient().log_in(raul, acme)["me"]
    assert [entry["company"]["name"] for entry in me["memberships"]] == ["Acme", "Rival"]


def test_the_same_person_cannot_be_added_twice(admin, bruno):
    answer = add(admin, email=bruno.email)
    assert (answer.status_code, answer.json()["code"]) == (409, "email_taken")


@pytest.mark.parametrize(
    ("field", "value"), [("email", "a@b"), ("role", "king"), ("queues", [987654]), ("password", "short")]
)
def test_each_wrong_value_is_named(admin, field, value):
    answer = add(admin, **{field: value})
    assert answer.status_code == 400
    assert list(answer.json()["fields"]) == [field]


def test_a_queue_of_another_company_is_unknown(admin, rival_world):
    assert add(admin, queues=[rival_world.queue("Theirs").pk]).status_code == 400


def test_the_plan_limits_the_number_of_people(admin, acme, bruno):
    type(acme).objects.filter(pk=acme.pk).update(limits={"users": 3})
    assert add(admin).status_code == 201
    answer = add(admin, email="eva@acme.example")
    assert (answer.status_code, answer.json()["code"]) == (402, "limit_reached")


@pytest.mark.parametrize(
    ("role", "may"),
    [("ana", {"read": 200, "write": 201}), ("sofia", {"read": 200, "write": 403}),
     ("bruno", {"read": 200, "write": 403})],
)  # fmt: skip
def test_everybody_sees_the_team_and_administrators_change_it(request, as_, ana, role, may):
    client = as_(request.getfixturevalue(role))
    assert client.get("/api/users/").status_code == may["read"]
    assert add(client).status_code == may["write"]


def test_a_new_role_counts_at_once(admin, api, bruno, heard):
    answer = admin.patch(f"/api/users/{bruno.pk}/", {"role": "admin"})
    assert answer.json()["role"] == "admin"
    assert add(api).status_code == 201
    told = heard("session.changed")
    assert told[0]["data"]["user"] == bruno.pk
    assert told[0]["audience"] == {f"user.{bruno.pk}"}


def test_every_change_grows_the_version(admin, bruno):
    before = admin.get(f"/api/users/{bruno.pk}/").json()
    after = admin.patch(f"/api/users/{bruno.pk}/", {"role": "supervisor"}).json()
    assert after["version"] > before["version"]
    assert after["updated_at"] > before["updated_at"]
    assert after["created_at"] == before["created_at"]


def test_queues_can_be_changed(admin, bruno, sales, support, heard):
    row = admin.patch(f"/api/users/{bruno.pk}/", {"queues": [support.pk]}).json()
    assert row["queues"] == [support.pk]
    assert {frame["data"]["id"] for frame in heard("queue.updated")} == {sales.pk, support.pk}
    assert heard("session.changed")[0]["data"]["user"] == bruno.pk


def test_a_deleted_queue_is_served_by_nobody(admin, bruno, sales, acme_world):
    from django.utils.timezone import now

    with acme_world.scope():
        sales.deleted_at = now()
        sales.save()
    assert admin.get(f"/api/users/{bruno.pk}/").json()["queues"] == []


def test_removing_a_person_takes_effect_now(admin, api, bruno, ticket, acme_world, heard):
    with acme_world.scope():
        ticket.agent, ticket.status = bruno, "open"
        ticket.save()
    assert admin.delete(f"/api/users/{bruno.pk}/").status_code == 204
    assert api.get("/api/auth/me/").status_code == 401
    with acme_world.scope():
        ticket.refresh_from_db()
    assert (ticket.status, ticket.agent_id) == ("pending", None)
    assert heard("session.ended")[0]["data"]["user"] == bruno.pk
    assert heard("user.updated")[-1]["data"]["is_active"] is False


def test_a_removed_person_is_hidden_kept_and_can_come_back(admin, bruno, acme_world):
    admin.delete(f"/api/users/{bruno.pk}/")
    shown = [row["id"] for row in admin.get("/api/users/").json()["results"]]
    hidden = [row["id"] for row in admin.get("/api/users/?deleted=true").json()["results"]]
    assert bruno.pk not in shown and hidden == [bruno.pk]
    with acme_world.scope():
        assert not Membership.objects.get(user=bruno).is_active
    assert admin.post(f"/api/users/{bruno.pk}/restore/").json()["is_active"]
    assert bruno.pk in [row["id"] for row in admin.get("/api/users/").json()["results"]]
    assert ApiClient().log_in(bruno)["me"]["role"] == "agent"


def test_a_removed_person_cannot_log_in(admin, bruno):
    admin.delete(f"/api/users/{bruno.pk}/")
    answer = ApiClient().post("/api/auth/login/", {"email": bruno.email, "password": PASSWORD})
    assert (answer.status_code, answer.json()["code"]) == (403, "no_company")


def test_a_person_removed_here_still_works_elsewhere(admin, bruno, rival, rival_world):
    with rival_world.scope():
        Membership.objects.create(user=bruno)
    admin.delete(f"/api/users/{bruno.pk}/")
    assert ApiClient().log_in(bruno)["me"]["company"]["id"] == rival.pk


@pytest.mark.parametrize("change", [{"role": "agent"}, {"is_active": False}])
def test_the_last_administrator_stays(admin, ana, bruno, change):
    answer = admin.patch(f"/api/users/{ana.pk}/", change)
    assert (answer.status_code, answer.json()["code"]) == (409, "last_admin")


def test_the_last_administrator_cannot_be_removed(admin, ana):
    assert admin.delete(f"/api/users/{ana.pk}/").json()["code"] == "last_admin"


def test_one_of_two_administrators_can_be_removed(admin, ana, acme_world):
    carla = acme_world.person("Carla", "admin")
    assert admin.delete(f"/api/users/{carla.pk}/").status_code == 204


def test_name_and_address_can_be_corrected(admin, bruno):
    row = admin.patch(f"/api/users/{bruno.pk}/", {"name": "Bruno L.", "email": "B@acme.example"}).json()
    assert (row["name"], row["email"]) == ("Bruno L.", "b@acme.example")


def test_an_address_of_somebody_else_is_refused(admin, bruno, raul):
    answer = admin.patch(f"/api/users/{bruno.pk}/", {"email": raul.email})
    assert (answer.status_code, answer.json()["code"]) == (409, "email_taken")


def test_who_works_elsewhere_cannot_be_renamed_from_here(admin, bruno, rival_world):
    with rival_world.scope():
        Membership.objects.create(user=bruno)
    answer = admin.patch(f"/api/users/{bruno.pk}/", {"email": "taken-over@acme.example"})
    assert (answer.status_code, answer.json()["code"]) == (409, "user_shared")


def test_nobody_becomes_the_operator_by_changing_the_operators_address(admin, bruno):
    User.objects.filter(pk=bruno.pk).update(is_operator=True)
    answer = admin.patch(f"/api/users/{bruno.pk}/", {"email": "mine@acme.example"})
    assert answer.json()["code"] == "user_shared"


def test_people_of_another_company_do_not_exist(admin, raul):
    for answer in (
        admin.get(f"/api/users/{raul.pk}/"),
        admin.patch(f"/api/users/{raul.pk}/", {"name": "X"}),
        admin.delete(f"/api/users/{raul.pk}/"),
        admin.post(f"/api/users/{raul.pk}/restore/"),
    ):
        assert answer.status_code == 404
    assert raul.pk not in [row["id"] for row in admin.get("/api/users/").json()["results"]]


def test_a_script_in_a_name_comes_back_as_text(admin):
    name = "<script>alert('x'); DROP TABLE tenants_user; --</script>"
    assert add(admin, name=name).json()["name"] == name


def test_what_is_done_to_people_is_in_the_audit_list(admin, ana, bruno):
    added = add(admin).json()
    admin.patch(f"/api/users/{bruno.pk}/", {"role": "supervisor"})
    admin.delete(f"/api/users/{added['id']}/")
    entries = admin.get("/api/audit/").json()["results"]
    assert [entry["action"] for entry in entries][:3] == ["user.removed", "user.role_changed", "user.created"]
    assert entries[1]["data"] == {"from": "agent", "to": "supervisor"}
    assert {entry["actor"]["id"] for entry in entries} == {ana.pk}


def test_the_database_itself_hides_the_team_of_another_company(ana, raul, acme, rival):
    import django_scopes

    with company_scope(rival.pk), django_scopes.scopes_disabled():
        assert [row.user_id for row in Membership.objects.all()] == [raul.pk]
