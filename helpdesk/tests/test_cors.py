"""Other origins may call the API only when the operator named them, and never with cookies."""

import pytest

pytestmark = pytest.mark.django_db
ORIGIN = "https://crm.example"
ASK = {"origin": ORIGIN, "access-control-request-method": "POST"}


@pytest.fixture
def allowed(settings):
    settings.CORS_ORIGINS = [ORIGIN]


def test_a_configured_origin_may_read_the_answer(client, allowed):
    answer = client.get("/api/auth/options/", headers={"origin": ORIGIN})
    assert answer.headers["Access-Control-Allow-Origin"] == ORIGIN
    assert "Access-Control-Allow-Credentials" not in answer.headers


def test_another_origin_gets_no_allow_header(client, allowed):
    answer = client.get("/api/auth/options/", headers={"origin": "https://evil.example"})
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_a_preflight_of_a_configured_origin_is_answered(client, allowed):
    answer = client.options("/api/tickets/", headers=ASK)
    assert answer.status_code == 204
    assert "authorization" in answer.headers["Access-Control-Allow-Headers"]


def test_nothing_outside_the_api_is_opened(client, allowed):
    assert "Access-Control-Allow-Origin" not in client.get("/health/live", headers={"origin": ORIGIN}).headers
