"""The page that every address of the console answers with."""

import re

import pytest


@pytest.fixture
def built(settings, tmp_path):
    page = '<script id="boot">__BOOT__</script><style nonce="__CSP_NONCE__"></style>'
    (tmp_path / "index.html").write_text(page)
    settings.CONSOLE_DIR = tmp_path
    return tmp_path


def test_any_address_of_the_console_answers_with_the_page(client, built):
    for path in ("/", "/inbox", "/inbox?c=5", "/settings/company"):
        assert client.get(path).status_code == 200


def test_the_policy_allows_only_our_own_scripts_and_the_nonce_of_this_answer(client, built):
    answer = client.get("/inbox")
    policy = answer.headers["Content-Security-Policy"]
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    nonce = re.search(r'nonce="([^"]+)"', answer.content.decode()).group(1)
    assert f"'nonce-{nonce}'" in policy
    assert nonce not in client.get("/inbox").content.decode()


def test_the_socket_of_another_port_is_allowed_by_the_policy(client, built, settings):
    settings.SOCKETS_PORT = 8001
    answer = client.get("/inbox", headers={"host": "localhost:8000"})
    assert "ws://localhost:8001" in answer.headers["Content-Security-Policy"]


def test_boot_data_cannot_end_its_script_element(client, built, settings):
    settings.BUILD = "</script><script>alert(1)"
    body = client.get("/").content.decode()
    assert "</script><script>alert" not in body
    assert "\\u003c/script>" in body


def test_a_new_build_is_served_without_a_restart(client, built):
    client.get("/")
    page = built / "index.html"
    page.write_text("the next build")
    import os

    os.utime(page, (1, 1))
    assert client.get("/").content == b"the next build"


def test_a_console_that_was_never_built_says_what_to_do(client, settings, tmp_path):
    settings.CONSOLE_DIR = tmp_path / "missing"
    answer = client.get("/")
    assert answer.status_code == 503
    assert b"make demo" in answer.content


def test_responses_carry_the_secure_headers(client, built):
    headers = client.get("/inbox").headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"


@pytest.mark.django_db
def test_an_unknown_api_address_answers_in_the_shape_of_the_api(client):
    answer = client.get("/api/nothing/here/")
    assert answer.status_code == 404
    assert answer.json() == {"code": "not_found", "detail": "There is nothing at this address.", "fields": {}}


@pytest.mark.django_db
def test_form_errors_speak_the_language_that_was_asked_for(client):
    body = {"company": "X", "name": "Y", "email": "a@b", "password": "correct-horse-battery"}
    answer = client.post("/api/auth/signup/", body, "application/json", headers={"accept-language": "pt-BR"})
    assert "válido" in str(answer.json()["fields"]["email"])
