"""Metrics: counted by route, summed over processes, closed to the outside."""

import os
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import ResolverMatch
from prometheus_client.parser import text_string_to_metric_families

from helpdesk import metrics, redis
from helpdesk.supervisor import ports

ROOT = Path(__file__).resolve().parents[2]


def samples(text):
    return {
        (sample.name, *sorted(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def page(**headers):
    return metrics.page(RequestFactory().get("/metrics", **headers))


def test_requests_are_counted_by_route_not_by_path():
    def answer(request):
        request.resolver_match = ResolverMatch(answer, (), {"pk": "1"}, route="api/things/<pk>/")
        return HttpResponse()

    for number in (1, 2, 3):
        metrics.MetricsMiddleware(answer)(RequestFactory().get(f"/api/things/{number}/"))
    labels = (("method", "GET"), ("route", "api/things/<pk>/"), ("status", "200"))
    assert samples(page().content.decode())[("helpdesk_request_seconds_count", *labels)] == 3


def test_waiting_jobs_are_counted_when_asked():
    redis.connection().rpush("outbound", "one", "two")
    assert samples(page().content.decode())[("helpdesk_queue_length", ("queue", "outbound"))] == 2


def test_an_app_can_add_a_value_that_is_read_when_asked():
    metrics.at_scrape("helpdesk_test_age_seconds", "How old.")(lambda: 12.5)
    assert samples(page().content.decode())[("helpdesk_test_age_seconds",)] == 12.5
    del metrics._at_scrape["helpdesk_test_age_seconds"]


def test_whoever_comes_through_the_proxy_sees_nothing():
    assert page(HTTP_X_FORWARDED_FOR="203.0.113.9").status_code == 404


COUNTING = (
    "import django; django.setup(); from helpdesk import metrics, redis; import sys;"
    "metrics.OUTBOUND.labels('accepted').inc(int(sys.argv[1])); metrics.SOCKETS_OPEN.inc(5);"
)

SHOW = (
    "from django.test import RequestFactory;"
    "print(metrics.page(RequestFactory().get('/metrics')).content.decode())"
)


@pytest.fixture
def shared(tmp_path):
    return {
        **os.environ,
        "PROMETHEUS_MULTIPROC_DIR": str(tmp_path / "metrics"),
        "DJANGO_SETTINGS_MODULE": "helpdesk.settings",
    }


def run(code, *arguments, environment):
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_any_process_answers_for_all_of_its_machine(shared):
    for count in ("2", "3"):
        run(COUNTING, count, environment=shared)
    found = samples(run(COUNTING + SHOW, "0", environment=shared))
    assert found[("helpdesk_outbound_total", ("outcome", "accepted"))] == 5


def test_the_sockets_of_a_dead_process_are_no_longer_counted(shared):
    pid = run(COUNTING + "import os; print(os.getpid())", "1", environment=shared).strip()
    forget = f"metrics.SOCKETS_OPEN.dec(5); metrics.forget_process({pid});"
    assert samples(run(COUNTING + forget + SHOW, "0", environment=shared))[("helpdesk_sockets_open",)] == 0


def test_a_worker_answers_on_its_own_port_when_asked(shared, monkeypatch):
    port = next(port for port in range(29_000, 29_500) if ports.is_free(port))
    monkeypatch.setenv("METRICS_PORT", str(port))
    metrics.serve_if_asked()
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=5) as answer:
        assert b"helpdesk_queue_length" in answer.read()
