"""A company signs up."""

import pytest

from tenants.models import Company, Membership, Platform, User
from tenants.scoping import company_scope

pytestmark = pytest.mark.django_db
BODY = {
    "company": "Padaria Sol",
    "name": "Lia",
    "email": "lia@padaria.example",
    "password": "correct-horse-battery",
    "timezone": "America/Recife",
    "language": "pt-BR",
}


def sign_up(client, **changes):
    return client.post("/api/auth/signup/", {**BODY, **changes})


def test_it_makes_a_company_with_an_administrator_who_is_signed_in(anonymous):
    answer = sign_up(anonymous)
    assert answer.status_code == 201
    me = answer.json()["me"]
    assert me["role"] == "admin"
    assert me["company"]["name"] == "Padaria Sol"
    assert me["company"]["timezone"] == "America/Recife"
    assert answer.cookies["hd_refresh"].value
    with company_scope(me["company"]["id"]):
        assert Membership.objects.get().user.email == BODY["email"]


def test_the_first_person_runs_the_platform_and_the_second_does_not(anonymous):
    assert sign_up(anonymous).json()["me"]["is_operator"]
    second = sign_up(anonymous, company="Outra", email="rui@outra.example")
    assert not second.json()["me"]["is_operator"]


def test_a_new_company_needs_only_four_values(anonymous):
    body = {key: BODY[key] for key in ("company", "name", "email", "password")}
    assert anonymous.post("/api/auth/signup/", body).status_code == 201


def test_closed_sign_up_is_refused(anonymous, bruno):
    Platform.objects.create(pk=1, sign_up_open=False)
    answer = sign_up(anonymous)
    assert (answer.status_code, answer.json()["code"]) == (403, "sign_up_closed")
    assert not anonymous.get("/api/auth/options/").json()["sign_up_open"]


def test_the_setting_decides_until_the_operator_does(anonymous, settings):
    settings.SIGN_UP_OPEN = False
    assert sign_up(anonymous).status_code == 403


def test_the_setting_still_decides_after_somebody_signed_up(anonymous, settings):
    assert sign_up(anonymous).status_code == 201
    settings.SIGN_UP_OPEN = False
    assert sign_up(anonymous, email="rui@padaria.example").status_code == 403


def test_an_address_that_has_an_account_is_refused(anonymous, bruno):
    answer = sign_up(anonymous, email=bruno.email.upper())
    assert (answer.status_code, answer.json()["code"]) == (409, "email_taken")
    assert not Company.objects.filter(name="Padaria Sol").exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", "a@b"),
        ("email", "lia"),
        ("password", "short"),
        ("password", "lia@padaria.example"),
        ("company", ""),
        ("timezone", "Recife"),
        ("language", "xx"),
    ],
)
def test_each_wrong_value_is_named(anonymous, field, value):
    answer = sign_up(anonymous, **{field: value})
    assert answer.status_code == 400
    assert list(answer.json()["fields"]) == [field]
    assert not User.objects.exists()


def test_too_many_sign_ups_from_one_address_are_slowed_down(anonymous, rate):
    rate("sign_up", "1/hour")
    sign_up(anonymous)
    answer = sign_up(anonymous, email="rui@outra.example")
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0


def test_a_sign_up_is_in_the_new_companys_audit_list(anonymous):
    anonymous.credentials(HTTP_AUTHORIZATION=f"Bearer {sign_up(anonymous).json()['access']}")
    actions = [entry["action"] for entry in anonymous.get("/api/audit/").json()["results"]]
    assert actions == ["user.logged_in", "company.signed_up"]
