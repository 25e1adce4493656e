"""Signing in: right and wrong passwords, lock-out, rate limits, and the company that opens."""

import pytest
import time_machine
from django.utils.timezone import now, timedelta

from tenants.models import AuditEntry, Session, User
from tenants.scoping import company_scope
from tenants.tokens import Access
from tests.support.client import PASSWORD

pytestmark = pytest.mark.django_db


def log_in(client, email, password=PASSWORD, **more):
    return client.post("/api/auth/login/", {"email": email, "password": password, **more})


def test_the_right_password_opens_a_session(anonymous, bruno, acme, sales):
    answer = log_in(anonymous, bruno.email)
    assert answer.status_code == 200
    body = answer.json()
    assert "refresh" not in body
    assert body["expires_in"] == 900
    assert body["me"]["user"]["email"] == bruno.email
    assert body["me"]["company"]["id"] == acme.pk
    assert body["me"]["role"] == "agent"
    assert body["me"]["queues"] == [sales.pk]
    assert "tickets.write" in body["me"]["permissions"]
    assert body["me"]["socket"]["path"] == "/ws/"


def test_the_refresh_token_can_be_asked_for_in_the_body(anonymous, bruno):
    answer = log_in(anonymous, bruno.email, refresh_in="body")
    assert answer.json()["refresh"]
    assert "hd_refresh" not in answer.cookies


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(anonymous, bruno):
    cookies = log_in(anonymous, bruno.email).cookies
    for name, path in {"hd_refresh": "/api/auth/", "hd_media": "/api/media/"}.items():
        assert cookies[name]["httponly"]
        assert cookies[name]["samesite"] == "Strict"
        assert cookies[name]["path"] == path


def test_cookies_travel_over_tls_only_when_there_is_tls(anonymous, bruno, settings):
    assert not log_in(anonymous, bruno.email).cookies["hd_refresh"]["secure"]
    settings.SECURE = True
    assert log_in(anonymous, bruno.email).cookies["hd_refresh"]["secure"]


def test_a_wrong_password_is_refused(anonymous, bruno):
    answer = log_in(anonymous, bruno.email, "wrong")
    assert answer.status_code == 401
    assert answer.json()["code"] == "invalid_credentials"


def test_an_unknown_address_gets_the_same_answer_as_a_wrong_password(anonymous, bruno):
    known = log_in(anonymous, bruno.email, "wrong")
    unknown = log_in(anonymous, "nobody@acme.example", "wrong")
    assert (unknown.status_code, unknown.json()) == (known.status_code, known.json())


def test_the_address_is_compared_without_case(anonymous, bruno):
    assert log_in(anonymous, f" {bruno.email.upper()} ").status_code == 200


def test_the_password_is_stored_by_argon2id(bruno):
    stored = User.objects.get(pk=bruno.pk).password
    assert stored.startswith("argon2$argon2id$v=19$m=7168,t=5,p=1$")
    assert PASSWORD not in stored


def test_a_password_hashed_another_way_is_renewed_at_login(anonymous, bruno):
    from django.contrib.auth.hashers import make_password

    User.objects.filter(pk=bruno.pk).update(password=make_password(PASSWORD, hasher="pbkdf2_sha256"))
    assert log_in(anonymous, bruno.email).status_code == 200
    assert User.objects.get(pk=bruno.pk).password.startswith("argon2$")


@pytest.mark.parametrize("email", ["bruno@acme.example", "nobody@acme.example"])
def test_five_wrong_passwords_lock_any_address_even_for_the_right_one(anonymous, bruno, email):
    for _ in range(5):
        assert log_in(anonymous, email, "wrong").status_code == 401
    answer = log_in(anonymous, email)
    assert answer.status_code == 429
    assert answer.json()["code"] == "login_locked"
    assert 0 < int(answer["Retry-After"]) <= 900


def test_a_lock_ends_after_fifteen_minutes_and_the_next_lasts_twice_as_long(anonymous, bruno):
    start = now()
    with time_machine.travel(start, tick=False) as clock:
        for _ in range(5):
            log_in(anonymous, bruno.email, "wrong")
        clock.shift(timedelta(minutes=15, seconds=1))
        for _ in range(5):
            assert log_in(anonymous, bruno.email, "wrong").status_code == 401
        clock.shift(timedelta(minutes=29))
        assert log_in(anonymous, bruno.email).status_code == 429
        clock.shift(timedelta(minutes=2))
        assert log_in(anonymous, bruno.email).status_code == 200


def test_a_right_password_starts_the_count_again(anonymous, bruno):
    for _ in range(4):
        log_in(anonymous, bruno.email, "wrong")
    assert log_in(anonymous, bruno.email).status_code == 200
    for _ in range(4):
        log_in(anonymous, bruno.email, "wrong")
    assert log_in(anonymous, bruno.email).status_code == 200


def test_a_lock_and_a_login_are_in_the_audit_list(anonymous, as_, ana, bruno):
    for _ in range(5):
        log_in(anonymous, bruno.email, "wrong")
    entries = as_(ana).get("/api/audit/").json()["results"]
    assert [entry["action"] for entry in entries] == ["user.logged_in", "login.locked"]
    assert entries[0]["actor"] == {"id": ana.pk, "name": "Ana"}
    assert entries[1]["target"] == f"user:{bruno.pk}"


def test_too_many_logins_from_one_address_are_slowed_down(anonymous, bruno, rate):
    rate("login", "3/min")
    for _ in range(3):
        assert log_in(anonymous, bruno.email).status_code == 200
    answer = log_in(anonymous, bruno.email)
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 60


def test_the_company_last_used_is_opened(anonymous, bruno, rival, rival_world):
    join(rival_world, bruno)
    with time_machine.travel(now() - timedelta(days=1)):
        log_in(anonymous, bruno.email)
    with time_machine.travel(now() - timedelta(hours=1)):
        log_in(anonymous, bruno.email, company=rival.pk)
    assert log_in(anonymous, bruno.email).json()["me"]["company"]["id"] == rival.pk


def test_a_company_one_does_not_belong_to_is_refused(anonymous, bruno, rival):
    answer = log_in(anonymous, bruno.email, company=rival.pk)
    assert answer.status_code == 403
    assert answer.json()["code"] == "not_a_member"


def test_switching_opens_the_other_company(api, bruno, acme, rival, rival_world):
    join(rival_world, bruno, "admin")
    answer = api.post("/api/auth/switch/", {"company": rival.pk})
    assert answer.status_code == 200
    me = answer.json()["me"]
    assert (me["company"]["id"], me["role"]) == (rival.pk, "admin")
    assert [row["company"]["id"] for row in me["memberships"]] == [acme.pk, rival.pk]
    assert Access.read(answer.json()["access"]).company_id == rival.pk


def test_a_switched_session_is_refreshed_in_the_new_company(api, anonymous, bruno, rival, rival_world):
    join(rival_world, bruno)
    api.post("/api/auth/switch/", {"company": rival.pk})
    answer = anonymous.post("/api/auth/refresh/", {"refresh": api.signed_in["refresh"]})
    assert answer.json()["me"]["company"]["id"] == rival.pk


def test_switching_to_a_foreign_company_is_refused(api, rival):
    assert api.post("/api/auth/switch/", {"company": rival.pk}).status_code == 403


def test_me_has_exactly_the_declared_fields(api):
    from tenants.serializers.user import MeSerializer

    answer = api.get("/api/auth/me/").json()
    declared = MeSerializer().fields
    assert list(answer) == list(declared)
    for part in ("user", "company", "socket"):
        assert set(answer[part]) == set(declared[part].fields)
    assert set(answer["memberships"][0]) == {"company", "role"}


def test_me_costs_few_queries(api, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):  # who, the fence told thrice at most, memberships, queues
        api.get("/api/auth/me/")


def test_a_person_changes_own_name_and_preferences(api, heard):
    answer = api.patch("/api/auth/me/", {"name": "Bruno Lima", "theme": "dark", "notify_sound": False})
    user = answer.json()["user"]
    assert (user["name"], user["theme"], user["notify_sound"]) == ("Bruno Lima", "dark", False)
    assert [frame["data"]["name"] for frame in heard("user.updated")] == ["Bruno Lima"]


def test_the_lifetime_of_a_token_is_configuration(anonymous, bruno, settings):
    settings.SIMPLE_JWT = {**settings.SIMPLE_JWT, "ACCESS_TOKEN_LIFETIME": timedelta(minutes=5)}
    body = log_in(anonymous, bruno.email).json()
    assert body["expires_in"] == 300
    assert abs(Access.read(body["access"]).expires_at - now().timestamp() - 300) < 5


def test_a_token_of_the_previous_key_still_opens_until_it_expires(anonymous, bruno, settings):
    settings.JWT_KEYS = ["the-key-of-last-year-which-is-long-enough"]
    old = log_in(anonymous, bruno.email).json()["access"]
    settings.JWT_KEYS = ["the-key-of-this-year-which-is-long-enough", *settings.JWT_KEYS]
    anonymous.credentials(HTTP_AUTHORIZATION=f"Bearer {old}")
    assert anonymous.get("/api/auth/me/").status_code == 200
    settings.JWT_KEYS = settings.JWT_KEYS[:1]
    assert anonymous.get("/api/auth/me/").json()["code"] == "token_invalid"


def test_an_expired_token_is_refused(api):
    with time_machine.travel(now() + timedelta(minutes=16)):
        answer = api.get("/api/auth/me/")
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Bearer")


def test_a_refresh_token_does_not_open_the_api(anonymous, api):
    anonymous.credentials(HTTP_AUTHORIZATION=f"Bearer {api.signed_in['refresh']}")
    assert anonymous.get("/api/auth/me/").status_code == 401


def test_a_blocked_company_lets_nobody_in(api, anonymous, bruno, acme):
    type(acme).objects.filter(pk=acme.pk).update(status="blocked")
    assert api.get("/api/auth/me/").json()["code"] == "company_blocked"
    assert log_in(anonymous, bruno.email).json()["code"] == "company_blocked"
    answer = anonymous.post("/api/auth/refresh/", {"refresh": api.signed_in["refresh"]})
    assert (answer.status_code, answer.json()["code"]) == (403, "company_blocked")


def test_a_login_writes_its_address_and_browser_down(anonymous, bruno):
    anonymous.post(
        "/api/auth/login/", {"email": bruno.email, "password": PASSWORD}, HTTP_USER_AGENT="Firefox"
    )
    session = Session.objects.get(user=bruno)
    assert (session.ip, session.user_agent) == ("127.0.0.1", "Firefox")


def test_old_failures_are_forgotten(anonymous, bruno):
    from tenants.actions import credentials
    from tenants.models import LoginLock

    with time_machine.travel(now() - timedelta(days=2)):
        log_in(anonymous, bruno.email, "wrong")
    credentials.forget_old_failures()
    assert not LoginLock.objects.exists()


def test_a_login_without_redis_still_works(anonymous, bruno, no_redis):
    assert log_in(anonymous, bruno.email).status_code == 200


def test_the_audit_of_a_lock_stays_in_the_persons_companies(anonymous, bruno, rival):
    for _ in range(5):
        log_in(anonymous, bruno.email, "wrong")
    with company_scope(rival.pk):
        assert not AuditEntry.objects.exists()


def join(world, user, role="agent"):
    from tenants.models import Membership

    with world.scope():
        return Membership.objects.create(user=user, role=role)


def test_to_sign_in_asks_the_database_seven_times(anonymous, bruno, django_assert_max_num_queries):
    """Person and lock, companies, a transaction with session and audit, queues."""
    with django_assert_max_num_queries(7):
        anonymous.sign_in(bruno)
