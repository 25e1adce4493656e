"""Logs: one JSON line per request that can be followed, and nothing that people wrote."""

import io
import json
import logging
import logging.config
import sys

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import ResolverMatch

from helpdesk import logs


@pytest.fixture
def lines():
    """What the logs say, as parsed lines."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.JsonFormatter())
    root = logging.getLogger()
    root.addHandler(handler)
    before, root.level = root.level, logging.INFO
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.removeHandler(handler)
    root.level = before


def visit(path, route, view, **options):
    request = RequestFactory().get(path, **options)

    def answer(request):
        request.resolver_match = ResolverMatch(view, (), options.get("kwargs", {}), route=route)
        return view(request)

    return logs.RequestMiddleware(answer)(request)


def test_a_request_is_one_line_with_route_status_and_time(lines):
    visit("/api/tickets/7/", "api/tickets/<pk>/", lambda request: HttpResponse(status=204))
    (line,) = lines()
    assert (line["route"], line["method"], line["status"]) == ("api/tickets/<pk>/", "GET", 204)
    assert line["ms"] >= 0
    assert line["level"] == "info"


def test_company_and_user_are_on_every_line_after_they_are_known(lines):
    def view(request):
        logs.bind(company=3, user=9)
        logging.getLogger("tickets").info("accepted")
        return HttpResponse()

    visit("/api/tickets/7/accept/", "api/tickets/<pk>/accept/", view)
    assert [(line["company"], line["user"]) for line in lines()] == [(3, 9), (3, 9)]
    assert len({line["request"] for line in lines()}) == 1


def test_the_next_request_of_a_thread_starts_without_the_last_ones_company(lines):
    visit("/a/", "a/", lambda request: logs.bind(company=3) or HttpResponse())
    visit("/b/", "b/", lambda request: HttpResponse())
    assert "company" not in lines()[1]


def test_a_proxys_request_id_is_kept_and_answered(lines):
    answer = visit("/a/", "a/", lambda request: HttpResponse(), HTTP_X_REQUEST_ID="from-the-proxy-1")
    assert answer.headers["X-Request-ID"] == "from-the-proxy-1" == lines()[0]["request"]


def test_a_request_id_that_would_forge_a_line_is_replaced(lines):
    answer = visit("/a/", "a/", lambda request: HttpResponse(), HTTP_X_REQUEST_ID='x"} {"level": "error')
    assert '"' not in answer.headers["X-Request-ID"]


def test_what_people_searched_for_is_not_logged(lines):
    visit("/api/contacts/?search=Maria+Souza", "api/contacts/", lambda request: HttpResponse())
    assert "Maria" not in json.dumps(lines())


def test_file_names_in_addresses_are_not_logged(lines):
    kwargs = {"uuid": "9f0c1d8e-1111-4222-8333-444455556666", "name": "exame-da-maria.pdf"}
    request = RequestFactory().get("/api/media/x/exame-da-maria.pdf")

    def answer(request):
        request.resolver_match = ResolverMatch(answer, (), kwargs, route="api/media/<uuid>/<name>")
        return HttpResponse()

    logs.RequestMiddleware(answer)(request)
    assert lines()[0]["ids"] == {"uuid": kwargs["uuid"]}
    assert "maria" not in json.dumps(lines())


@pytest.mark.parametrize("path", sorted(logs.QUIET))
def test_probes_are_not_logged(lines, path):
    visit(path, path, lambda request: HttpResponse())
    assert lines() == []


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("sent as wamid.HBgNNTUxMTk5OTk5AgARGBI5Rg==", "HBgNNTUx"),
        ("Authorization: Bearer abc.def-123", "abc.def"),
        ("Authorization: Api-Key hd_0123456789abcdef", "0123456789"),
        ("token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl", "c2lnbmF0dXJl"),
        ("GET https://graph.facebook.com/v25.0/1?access_token=EAAGm0PX4ZCps&x=1", "EAAGm0PX4ZCps"),
        ("postgresql://helpdesk_app:hunter2@db/helpdesk", "hunter2"),
        ("redis://:hunter2@db/0", "hunter2"),
        ("IntegrityError\nDETAIL:  Failing row contains (1, Oi, meu nome é Ana).", "Ana"),
        ("hub.mode=subscribe&hub.verify_token=open-sesame", "open-sesame"),
    ],
)
def test_tokens_ids_and_rows_that_slip_in_are_hidden(text, secret):
    assert secret not in logs.redact(text)
    assert "[hidden]" in logs.redact(text)


def test_an_ordinary_text_stays_as_it_is():
    text = "ticket 12 was accepted by user 4 in 3.5 ms (https://helpdesk.example.com/api/tickets/12/)"
    assert logs.redact(text) == text


def test_exceptions_keep_type_and_place_but_not_their_secrets(lines):
    try:
        raise ValueError("cannot send wamid.HBgNNTUxMTk5OTk5")
    except ValueError:
        logging.getLogger("outbound").exception("failed")
    (line,) = lines()
    assert "ValueError" in line["error"] and "test_logs.py" in line["error"]
    assert "HBgNNTUx" not in line["error"]


def test_djangos_own_line_about_a_failure_names_the_route_only():
    request = RequestFactory().get("/api/media/x/exame-da-maria.pdf")
    request.resolver_match = ResolverMatch(lambda: None, (), {}, route="api/media/<uuid>/<name>")
    record = logging.LogRecord(
        "django.request", 40, "", 1, "Internal Server Error: %s", (request.path,), None
    )
    record.request = request
    assert logs.ByRoute().filter(record)
    assert record.getMessage() == "failed: api/media/<uuid>/<name>"


def test_a_probe_that_is_answered_503_is_no_failure_of_ours():
    record = logging.LogRecord(
        "django.request", 40, "", 1, "Service Unavailable: %s", ("/health/ready",), None
    )
    record.request = RequestFactory().get("/health/ready")
    assert not logs.ByRoute().filter(record)


def test_the_level_is_obeyed(capsys):
    before = logging.getLogger().handlers[:], logging.getLogger().level
    try:
        logging.config.dictConfig(logs.config("WARNING"))
        logging.getLogger().handlers[0].stream = sys.stderr
        logging.getLogger("tickets").info("quiet")
        logging.getLogger("tickets").warning("loud")
    finally:
        logging.getLogger().handlers[:], logging.getLogger().level = before
    said = capsys.readouterr().err
    assert "loud" in said
    assert "quiet" not in said


def test_a_person_at_a_terminal_reads_words():
    record = logging.LogRecord("tickets", logging.INFO, "", 1, "closed ticket %s", (7,), None)
    record.fields = {"ms": 3}
    assert logs.TextFormatter().format(record).endswith("I closed ticket 7 ms=3")
