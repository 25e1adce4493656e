"""Prometheus metrics of all processes: count where things happen, read at /metrics.

With PROMETHEUS_MULTIPROC_DIR the processes of one machine share a folder and any of them answers for all.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

# The library looks for the folder when it is imported.
if _shared := os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
    Path(_shared).mkdir(parents=True, exist_ok=True)

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotFound
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
    multiprocess,
    start_http_server,
)
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from redis import RedisError

from helpdesk import redis

FAST = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
SLOW = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800)

REQUESTS = Histogram(
    "helpdesk_request_seconds", "HTTP requests by route.", ["method", "route", "status"], buckets=FAST
)
INBOUND_LAG = Histogram(
    "helpdesk_inbound_lag_seconds", "From the webhook's arrival to the message in its ticket.", buckets=SLOW
)
OUTBOUND = Counter("helpdesk_outbound_total", "Attempts to send, by outcome.", ["outcome"])
SOCKETS_OPEN = Gauge("helpdesk_sockets_open", "Open console sockets.", multiprocess_mode="livesum")
JOBS = Histogram(
    "helpdesk_job_seconds", "Background jobs by name and result.", ["job", "result"], buckets=SLOW
)

Reading = Callable[[], float]
_at_scrape: dict[str, tuple[str, Reading]] = {}


def at_scrape(name: str, words: str) -> Callable[[Reading], Reading]:
    """Register a function whose value is read when Prometheus asks, such as the age of the oldest payload."""

    def register(reading: Reading) -> Reading:
        _at_scrape[name] = (words, reading)
        return reading

    return register


class MetricsMiddleware:
    """Measures each request under its route, so that ids in paths do not multiply the series."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        started = time.perf_counter()
        response = self.get_response(request)
        route = request.resolver_match.route if request.resolver_match else "(none)"
        labels = (request.method or "", route, str(response.status_code))
        REQUESTS.labels(*labels).observe(time.perf_counter() - started)
        return response


def page(request: HttpRequest) -> HttpResponse:
    """The metrics page. The proxy adds X-Forwarded-For, and whoever comes through it gets nothing."""
    if "X-Forwarded-For" in request.headers:
        return HttpResponseNotFound()
    return HttpResponse(generate_latest(_registry()), content_type=CONTENT_TYPE_LATEST)


def serve_if_asked() -> None:
    """Answer on METRICS_PORT in a process that has no web server of its own, such as a worker."""
    if port := os.environ.get("METRICS_PORT"):
        start_http_server(int(port), registry=_registry())


def forget_process(pid: int) -> None:
    """Drop the live gauges of a process that has ended."""
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        multiprocess.mark_process_dead(pid)  # type: ignore[no-untyped-call]


def _registry() -> CollectorRegistry:
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        _register_once(REGISTRY)
        return REGISTRY
    registry = CollectorRegistry()
    multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    registry.register(AtScrape())
    return registry


_registered: set[int] = set()


def _register_once(registry: CollectorRegistry) -> None:
    if id(registry) not in _registered:
        _registered.add(id(registry))
        registry.register(AtScrape())


class AtScrape(Collector):
    """Values that are true for the whole installation and are looked up when asked for."""

    def describe(self) -> Iterator[Metric]:
        """Nothing in advance, so that registering this does not query the stores."""
        return iter(())

    def collect(self) -> Iterator[Metric]:
        queues = GaugeMetricFamily("helpdesk_queue_length", "Jobs waiting in each queue.", labels=["queue"])
        for queue, length in _queue_lengths().items():
            queues.add_metric([queue], length)
        yield queues
        for name, (words, reading) in _at_scrape.items():
            yield GaugeMetricFamily(name, words, value=reading())


def _queue_lengths() -> dict[str, float]:
    names = sorted(
        {settings.CELERY_TASK_DEFAULT_QUEUE, *(r["queue"] for r in settings.CELERY_TASK_ROUTES.values())}
    )
    try:
        with redis.connection().pipeline(transaction=False) as pipe:
            for name in names:
                pipe.llen(name)
            return dict(zip(names, map(float, pipe.execute()), strict=True))
    except RedisError:
        return {}
