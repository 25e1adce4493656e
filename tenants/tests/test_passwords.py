"""Forgotten, chosen and changed passwords."""

import re

import pytest
import time_machine
from django.utils.timezone import now, timedelta

from tenants.models import PasswordReset, User
from tests.support.client import PASSWORD, ApiClient

pytestmark = pytest.mark.django_db
NEW = "a-much-better-one-42"


def ask(client, email):
    return client.post("/api/auth/password/forgot/", {"email": email})


def token_in(mail):
    return re.search(r"/reset\?token=(\S+)", mail.body)[1]


def reset(token, password=NEW):
    return ApiClient().post("/api/auth/password/reset/", {"token": token, "password": password})


def can_log_in(user, password):
    answer = ApiClient().post("/api/auth/login/", {"email": user.email, "password": password})
    return answer.status_code == 200


@pytest.fixture
def token(anonymous, bruno, mailoutbox):
    ask(anonymous, bruno.email)
    return token_in(mailoutbox[-1])


def test_a_mailed_link_sets_a_new_password(bruno, token):
    assert reset(token).status_code == 204
    assert can_log_in(bruno, NEW)
    assert not can_log_in(bruno, PASSWORD)


def test_a_link_works_once(token):
    reset(token)
    answer = reset(token)
    assert (answer.status_code, answer.json()["code"]) == (400, "reset_invalid")


def test_a_link_works_for_half_an_hour(token):
    with time_machine.travel(now() + timedelta(minutes=31)):
        assert reset(token).json()["code"] == "reset_invalid"


def test_using_one_link_voids_the_others(anonymous, bruno, token, mailoutbox):
    ask(anonymous, bruno.email)
    reset(token_in(mailoutbox[-1]))
    assert reset(token).status_code == 400


def test_an_unknown_address_gets_the_same_answer_and_no_mail(anonymous, bruno, mailoutbox):
    known = ask(anonymous, bruno.email)
    unknown = ask(anonymous, "nobody@acme.example")
    assert (unknown.status_code, unknown.content) == (known.status_code, known.content) == (204, b"")
    assert [mail.to for mail in mailoutbox] == [[bruno.email]]


def test_the_letter_is_in_the_persons_language(anonymous, bruno, mailoutbox):
    for language, subject in {
        "en": "Set a new password",
        "pt-BR": "Crie uma nova senha",
        "es": "Crea una nueva contraseña",
    }.items():
        User.objects.filter(pk=bruno.pk).update(language=language)
        ask(anonymous, bruno.email)
        assert mailoutbox[-1].subject == subject


def test_only_the_hash_of_a_link_is_stored(token):
    assert PasswordReset.objects.get().token_hash not in token
    assert token not in str(PasswordReset.objects.values())


def test_a_reset_ends_every_session(api, token):
    reset(token)
    assert api.get("/api/auth/me/").status_code == 401


def test_a_reset_opens_a_locked_login(anonymous, bruno, token):
    for _ in range(5):
        anonymous.post("/api/auth/login/", {"email": bruno.email, "password": "wrong"})
    reset(token)
    assert can_log_in(bruno, NEW)


@pytest.mark.parametrize("weak", ["short", "password1234", "bruno@acme.example"])
def test_a_weak_password_is_refused_with_its_reasons(token, weak):
    answer = reset(token, weak)
    assert answer.status_code == 400
    assert answer.json()["fields"]["password"]
    assert reset(token).status_code == 204


def test_too_many_requests_for_links_are_slowed_down(anonymous, rate):
    rate("password", "2/hour")
    ask(anonymous, "a@acme.example")
    ask(anonymous, "b@acme.example")
    answer = ask(anonymous, "c@acme.example")
    assert (answer.status_code, answer.json()["code"]) == (429, "throttled")
    assert 0 < int(answer["Retry-After"]) <= 3600


def test_changing_the_password_keeps_this_session_and_ends_the_others(api, as_, bruno):
    other = as_(bruno)
    body = {"current": PASSWORD, "password": NEW}
    assert api.post("/api/auth/password/change/", body).status_code == 204
    assert api.get("/api/auth/me/").status_code == 200
    assert other.get("/api/auth/me/").status_code == 401
    assert can_log_in(bruno, NEW)


def test_changing_needs_the_current_password(api):
    answer = api.post("/api/auth/password/change/", {"current": "wrong", "password": NEW})
    assert answer.status_code == 400
    assert "current" in answer.json()["fields"]


def test_a_new_password_is_in_the_audit_list(as_, ana, token):
    reset(token)
    actions = [entry["action"] for entry in as_(ana).get("/api/audit/").json()["results"]]
    assert "user.password_reset" in actions
