"""Renewing and ending sessions: rotation, reuse, two tabs, forgery, logout."""

import pytest
import time_machine
from django.utils.timezone import now, timedelta

from tenants.models import Session
from tests.support.client import PASSWORD, ApiClient

pytestmark = pytest.mark.django_db
MARK = {"HTTP_X_REQUESTED_WITH": "helpdesk"}


@pytest.fixture
def browser(anonymous, bruno):
    """A browser that signed in: it keeps its cookies."""
    answer = anonymous.post("/api/auth/login/", {"email": bruno.email, "password": PASSWORD})
    anonymous.access = answer.json()["access"]
    return anonymous


def refresh(token):
    return ApiClient().post("/api/auth/refresh/", {"refresh": token})


def test_a_refresh_answers_a_new_pair(api):
    answer = refresh(api.signed_in["refresh"])
    assert answer.status_code == 200
    assert answer.json()["refresh"] != api.signed_in["refresh"]
    fresh = ApiClient()
    fresh.credentials(HTTP_AUTHORIZATION=f"Bearer {answer.json()['access']}")
    assert fresh.get("/api/auth/me/").status_code == 200


def test_an_old_refresh_token_ends_the_session_for_thief_and_owner(api, as_, ana, bruno, heard):
    first = api.signed_in["refresh"]
    second = refresh(first).json()["refresh"]
    with time_machine.travel(now() + timedelta(seconds=30)):
        answer = refresh(first)
        assert (answer.status_code, answer.json()["code"]) == (401, "session_ended")
        assert refresh(second).status_code == 401
        assert api.get("/api/auth/me/").json()["code"] == "session_ended"
    assert heard("session.ended")[0]["data"]["user"] == bruno.pk
    actions = [entry["action"] for entry in as_(ana).get("/api/audit/").json()["results"]]
    assert "session.reuse_detected" in actions


def test_a_token_from_two_rotations_ago_ends_the_session_even_within_seconds(api):
    first = api.signed_in["refresh"]
    second = refresh(first).json()["refresh"]
    third = refresh(second).json()["refresh"]
    assert refresh(first).status_code == 401
    assert refresh(third).status_code == 401


def test_two_tabs_that_refresh_at_once_get_the_same_token(api):
    first = api.signed_in["refresh"]
    one, two = refresh(first), refresh(first)
    assert two.status_code == 200
    assert one.json()["refresh"] == two.json()["refresh"]
    assert refresh(two.json()["refresh"]).status_code == 200


def test_a_session_that_is_used_does_not_expire(api):
    token = api.signed_in["refresh"]
    start = now()
    for days in (6, 12, 18):
        with time_machine.travel(start + timedelta(days=days)):
            answer = refresh(token)
            assert answer.status_code == 200
            token = answer.json()["refresh"]


def test_a_session_ends_after_seven_days_of_silence(api):
    with time_machine.travel(now() + timedelta(days=7, seconds=5)):
        assert refresh(api.signed_in["refresh"]).json()["code"] == "refresh_invalid"


def test_nonsense_is_not_a_refresh_token(anonymous):
    assert refresh("nonsense").status_code == 401
    assert anonymous.post("/api/auth/refresh/", {}).json()["code"] == "refresh_missing"


def test_the_cookie_renews_the_session(browser):
    before = browser.cookies["hd_refresh"].value
    answer = browser.post("/api/auth/refresh/", {}, **MARK)
    assert answer.status_code == 200
    assert "refresh" not in answer.json()
    assert browser.cookies["hd_refresh"].value != before


def test_the_cookie_alone_is_not_enough(browser):
    answer = browser.post("/api/auth/refresh/", {})
    assert (answer.status_code, answer.json()["code"]) == (403, "csrf_failed")


@pytest.mark.parametrize("page", ["https://evil.example", "null", "http://testserver.evil.example"])
def test_a_page_of_another_site_cannot_use_the_cookie(browser, page):
    assert browser.post("/api/auth/refresh/", {}, HTTP_ORIGIN=page, **MARK).status_code == 403
    assert browser.post("/api/auth/refresh/", {}, HTTP_REFERER=f"{page}/x", **MARK).status_code == 403


def test_our_own_page_can_use_the_cookie(browser, settings):
    for page in ("http://testserver", settings.PUBLIC_URL):
        assert browser.post("/api/auth/refresh/", {}, HTTP_ORIGIN=page, **MARK).status_code == 200


def test_logout_ends_the_session_and_clears_the_cookies(browser, heard):
    token = browser.cookies["hd_refresh"].value
    browser.credentials(HTTP_AUTHORIZATION=f"Bearer {browser.access}")
    answer = browser.post("/api/auth/logout/")
    assert answer.status_code == 204
    assert answer.cookies["hd_refresh"].value == answer.cookies["hd_media"].value == ""
    assert refresh(token).status_code == 401
    assert browser.get("/api/auth/me/").status_code == 401
    assert len(heard("session.ended")) == 1


def test_logout_works_with_the_cookie_alone(browser):
    assert browser.post("/api/auth/logout/", {}, **MARK).status_code == 204
    assert Session.objects.get().ended_because == "logged_out"


def test_logging_out_twice_is_no_error(api):
    assert api.post("/api/auth/logout/").status_code == 204
    assert api.post("/api/auth/logout/").status_code == 204


def test_a_person_sees_own_sessions_and_which_one_is_this(api, as_, bruno, ana):
    as_(ana)
    other = as_(bruno)
    rows = api.get("/api/auth/sessions/").json()["results"]
    assert len(rows) == 2
    assert [row["is_current"] for row in rows] == [False, True]
    assert other.get("/api/auth/sessions/").json()["results"][0]["is_current"]


def test_a_session_can_be_ended_from_another_one(api, as_, bruno):
    other = as_(bruno)
    rows = api.get("/api/auth/sessions/").json()["results"]
    there = next(row for row in rows if not row["is_current"])
    assert api.delete(f"/api/auth/sessions/{there['id']}/").status_code == 204
    assert other.get("/api/auth/me/").json()["code"] == "session_ended"
    assert api.get("/api/auth/me/").status_code == 200


def test_another_persons_session_does_not_exist(api, as_, ana):
    as_(ana)
    theirs = Session.objects.get(user=ana)
    assert api.delete(f"/api/auth/sessions/{theirs.pk}/").status_code == 404


def test_a_stale_token_does_not_stop_anybody_from_signing_in_again(api, bruno):
    api.credentials(HTTP_AUTHORIZATION="Bearer stale")
    body = {"email": bruno.email, "password": PASSWORD}
    assert api.post("/api/auth/login/", body).status_code == 200


def test_a_signed_in_person_costs_one_query(api, bruno, acme, django_assert_num_queries):
    from helpdesk.postgres.base import TELL
    from tenants.authentication import person

    token = api.signed_in["access"]
    with django_assert_num_queries(1) as queries:
        auth = person(token)
    assert (auth.user_id, auth.company_id) == (bruno.pk, acme.pk)
    assert TELL[:10] not in queries.captured_queries[0]["sql"]
