"""Is this installation alive, and can it serve: for load balancers, containers and people.

A worker says that it lives whenever Celery sends a heartbeat; `beat` says it through a job that a worker ran,
which proves the whole way from the clock through the broker to a worker.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from celery import current_app, shared_task
from celery.signals import heartbeat_sent, worker_ready
from django.apps import apps
from django.db import Error as DatabaseError
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse, JsonResponse
from redis import RedisError

from helpdesk import metrics, redis

BEAT = "health:beat"
WORKER = "health:worker:"
AI_WORKER = "health:ai:"  # workers that serve the queue `ai` and nothing else
FRESH = 45  # seconds: three beats may be missed before somebody is called
EVERY = 5  # seconds between two signs of life of a worker


@dataclass(frozen=True)
class Part:
    """One thing the installation needs, whether it works, and what is wrong in words."""

    ok: bool
    detail: str = ""
    ms: float | None = None


def live(request: HttpRequest) -> HttpResponse:
    """This process answers; nothing else is asked, so that a broken store restarts nobody."""
    return JsonResponse({"status": "ok"})


def ready(request: HttpRequest) -> HttpResponse:
    """Everything a request may need works: 200, or 503 naming what does not."""
    parts = {name: check() for name, check in PARTS.items()}
    ok = all(part.ok for part in parts.values())
    body = {"status": "ok" if ok else "down", "parts": {name: asdict(part) for name, part in parts.items()}}
    return JsonResponse(body, status=200 if ok else 503)


def database() -> Part:
    """PostgreSQL answers."""
    started = time.perf_counter()
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        connection.close()
        return Part(False, "PostgreSQL does not answer.")
    return Part(True, ms=_ms_since(started))


def redis_server() -> Part:
    """Redis answers."""
    started = time.perf_counter()
    try:
        redis.connection().ping()
    except RedisError:
        return Part(False, "Redis does not answer.")
    return Part(True, ms=_ms_since(started))


def worker() -> Part:
    """At least one worker has given a sign of life."""
    try:
        ages = worker_ages()
    except RedisError:
        return Part(False, "Unknown: Redis does not answer.")
    alive = [host for host, age in ages.items() if age < FRESH]
    if not alive:
        return Part(False, "No worker has given a sign of life lately.")
    return Part(True, f"{len(alive)} running")


_is_migrated = False


def migrations() -> Part:
    """The tables are those of this code. Once true it stays true for the life of the process."""
    global _is_migrated
    if _is_migrated:
        return Part(True)
    try:
        missing = len(_written() - MigrationRecorder(connection).applied_migrations().keys())
    except DatabaseError:
        return Part(False, "Unknown: PostgreSQL does not answer.")
    _is_migrated = missing == 0
    return Part(_is_migrated, f"{missing} migrations are not applied." if missing else "")


def _written() -> set[tuple[str, str]]:
    """Every migration by its file: whoever executes them all first would keep all of them in memory."""
    folders = {app.label: Path(app.path) / "migrations" for app in apps.get_app_configs()}
    return {(label, file.stem) for label, folder in folders.items() for file in folder.glob("[0-9]*.py")}


PARTS: dict[str, Callable[[], Part]] = {
    "database": database,
    "redis": redis_server,
    "worker": worker,
    "migrations": migrations,
}


@shared_task(ignore_result=True)
def beat() -> None:
    """Run by the clock every few seconds."""
    redis.connection().set(BEAT, time.time(), ex=86_400)


def beat_age() -> float | None:
    """Seconds since the clock's job last ran, None when it never did."""
    found = redis.connection().get(BEAT)
    return None if found is None else max(0.0, time.time() - float(found))


def worker_ages() -> dict[str, float]:
    """Seconds since each worker's last sign of life, by host name."""
    return _ages(WORKER)


def ai_worker_ages() -> dict[str, float]:
    """The same for the workers that ask AI providers."""
    return _ages(AI_WORKER)


def _ages(prefix: str) -> dict[str, float]:
    client = redis.connection()
    keys = list(client.scan_iter(match=f"{prefix}*", count=1000))
    values = client.mget(keys) if keys else []
    return {
        key.decode().removeprefix(prefix): max(0.0, time.time() - float(value))
        for key, value in zip(keys, values, strict=True)
        if value is not None
    }


_last_sign = 0.0


@worker_ready.connect
def _worker_started(**_: object) -> None:
    metrics.serve_if_asked()
    _give_sign()


@heartbeat_sent.connect
def _worker_lives(**_: object) -> None:
    if time.monotonic() - _last_sign >= EVERY:
        _give_sign()


def _give_sign() -> None:
    global _last_sign
    _last_sign = time.monotonic()
    try:
        prefix = AI_WORKER if set(current_app.amqp.queues.consume_from) == {"ai"} else WORKER
        redis.connection().set(f"{prefix}{socket.gethostname()}", time.time(), ex=FRESH * 4)
    except RedisError:
        return  # the worker itself is reconnecting; readiness shows it meanwhile


def _ms_since(started: float) -> float:
    return round((time.perf_counter() - started) * 1000, 2)
