"""Health: each part is named, and 503 when one is down."""

import json
import time

import pytest
from celery.signals import heartbeat_sent
from django.db import connection
from django.test import RequestFactory

from helpdesk import health, redis


def ready():
    answer = health.ready(RequestFactory().get("/health/ready"))
    body = json.loads(answer.content)
    return answer.status_code, body["status"], {name: part["ok"] for name, part in body["parts"].items()}


@pytest.fixture
def alive():
    """A worker that has just given a sign of life."""
    redis.connection().set(f"{health.WORKER}here", time.time())


def test_live_asks_nothing_of_the_stores():
    assert health.live(RequestFactory().get("/health/live")).status_code == 200


@pytest.mark.django_db
def test_ready_when_every_part_works(alive):
    everything = {"database": True, "redis": True, "worker": True, "migrations": True}
    assert ready() == (200, "ok", everything)


@pytest.mark.django_db
def test_not_ready_without_a_worker():
    status, word, parts = ready()
    assert (status, word, parts["worker"]) == (503, "down", False)


@pytest.mark.django_db
def test_not_ready_when_the_last_worker_has_gone_quiet():
    redis.connection().set(f"{health.WORKER}here", time.time() - health.FRESH - 1)
    assert ready()[2]["worker"] is False


@pytest.mark.django_db
def test_not_ready_without_redis(settings, alive):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    redis.connection.cache_clear()
    started = time.monotonic()
    status, _, parts = ready()
    redis.connection.cache_clear()
    assert (status, parts["redis"], parts["database"]) == (503, False, True)
    assert time.monotonic() - started < 5


@pytest.mark.django_db(transaction=True)
def test_not_ready_without_the_database(alive):
    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = "no_such_database"
    health._is_migrated = False
    try:
        status, _, parts = ready()
    finally:
        connection.settings_dict["NAME"] = before
    assert (status, parts["database"], parts["migrations"], parts["redis"]) == (503, False, False, True)


@pytest.mark.django_db
def test_not_ready_before_the_migrations(alive, monkeypatch):
    monkeypatch.setattr(health, "_is_migrated", False)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'tenants'")
    status, _, parts = ready()
    assert (status, parts["migrations"]) == (503, False)


def test_celerys_heartbeat_is_the_workers_sign_of_life(monkeypatch):
    monkeypatch.setattr(health, "_last_sign", -1e9)
    heartbeat_sent.send(sender=None)
    assert min(health.worker_ages().values()) < 1


def test_the_clocks_job_leaves_its_time():
    assert health.beat_age() is None
    health.beat()
    assert health.beat_age() < 1


@pytest.mark.django_db
def test_secrets_of_addresses_do_not_show(alive):
    body = health.ready(RequestFactory().get("/health/ready")).content.decode()
    assert "://" not in body
