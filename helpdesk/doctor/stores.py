"""PostgreSQL, Redis and the processes that work on them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

from django.contrib.auth import get_user_model
from django.db import connection

from helpdesk import health, redis, roles
from helpdesk.doctor.finding import Finding
from helpdesk.fences import company_tables

OLDEST_POSTGRES = 160_000
OLDEST_REDIS = (6, 2)
SKEW = 2.0  # seconds; tokens and the 24-hour window are decided by these clocks
PREPARE = "Run: manage.py prepare_database --admin-url …"
MIGRATE = "Run: manage.py migrate"
OPERATOR = "Run: manage.py create_operator …"


def database() -> Iterator[Finding]:
    """The server's age and what it can do."""
    started = time.perf_counter()
    version, name = _row(
        "SELECT current_setting('server_version_num')::int, current_setting('server_version')"
    )
    milliseconds = (time.perf_counter() - started) * 1000
    if version < OLDEST_POSTGRES:
        yield Finding("bad", "database", f"PostgreSQL {name} is too old; 16 or newer is needed.")
    else:
        yield Finding("ok", "database", f"PostgreSQL {name} answers in {milliseconds:.1f} ms.")
    missing = sorted(set(roles.EXTENSIONS) - set(_column("SELECT extname FROM pg_extension")))
    if missing:
        yield Finding("bad", "database", f"Extensions are missing: {', '.join(missing)}. {PREPARE}")


def role() -> Iterator[Finding]:
    """The application's role must not be able to get around the database fence."""
    name, superuser, bypass = _row(
        "SELECT rolname, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user"
    )
    owned = _row("SELECT count(*) FROM pg_tables WHERE schemaname = 'public' AND tableowner = current_user")[
        0
    ]
    if superuser or bypass:
        yield Finding(
            "bad",
            "role",
            f"DATABASE_URL logs in as {name}, which row-level security does not bind. {PREPARE}",
        )
    elif owned:
        yield Finding(
            "bad", "role", f"{name} owns {owned} tables, and policies do not bind an owner. {PREPARE}"
        )
    else:
        yield Finding("ok", "role", f"{name} owns nothing and cannot bypass row-level security.")
    if not _row("SELECT count(*) FROM pg_roles WHERE rolname = %s", roles.PLATFORM)[0]:
        yield Finding("bad", "role", f"The role {roles.PLATFORM} does not exist. {PREPARE}")
    elif not _row("SELECT pg_has_role(current_user, %s, 'SET')", roles.PLATFORM)[0]:
        yield Finding("bad", "role", f"{name} may not switch to {roles.PLATFORM}. {PREPARE}")


def fences() -> Iterator[Finding]:
    """Each company table has its policy, whoever made the table."""
    unfenced = _column(
        "SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace "
        "AND c.relname = ANY(%s) AND (NOT c.relrowsecurity "
        "OR NOT EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid)) ORDER BY 1",
        company_tables(),
    )
    if unfenced:
        names = ", ".join(unfenced)
        yield Finding("bad", "fences", f"Tables of companies without row-level security: {names}. {MIGRATE}")
    else:
        yield Finding("ok", "fences", f"All {len(company_tables())} company tables have row-level security.")


def migrations() -> Iterator[Finding]:
    """The tables are those of this code."""
    part = health.migrations()
    yield (
        Finding("ok", "migrations", "All are applied.")
        if part.ok
        else Finding("bad", "migrations", f"{part.detail} {MIGRATE}")
    )


def redis_server() -> Iterator[Finding]:
    """Age and eviction of Redis."""
    found = redis.connection().info("server")
    version = str(found.get("valkey_version") or found["redis_version"])
    if tuple(int(part) for part in version.split(".")[:2]) < OLDEST_REDIS:
        yield Finding("bad", "redis", f"Version {version} is too old; 6.2 or newer is needed.")
    else:
        yield Finding("ok", "redis", f"Version {version} answers.")
    policy = redis.connection().info("memory").get("maxmemory_policy", "noeviction")
    if policy != "noeviction":
        yield Finding(
            "warn", "redis", f"maxmemory-policy is {policy}: queued jobs may vanish. Set it to noeviction."
        )


def workers() -> Iterator[Finding]:
    """Background work is being done, and the clock runs."""
    part = health.worker()
    yield (
        Finding("ok", "worker", f"{part.detail}.")
        if part.ok
        else Finding("bad", "worker", f"{part.detail} Start: python -m helpdesk.worker")
    )
    asking = [age for age in health.ai_worker_ages().values() if age < health.FRESH]
    yield (
        Finding("ok", "ai", f"{len(asking)} running.")
        if asking
        else Finding("warn", "ai", "No worker serves the queue `ai`: assistants stay silent.")
    )
    age = health.beat_age()
    if age is None or age > health.FRESH:
        since = "ever" if age is None else f"for {age:.0f} s"
        yield Finding("bad", "beat", f"The clock's job has not run {since}. Start: python -m helpdesk.clock")
    else:
        yield Finding("ok", "beat", f"The clock's job ran {age:.0f} s ago.")


def operator() -> Iterator[Finding]:
    """Somebody runs the installation."""
    people = get_user_model().objects.filter(is_operator=True, is_active=True).count()
    if people:
        yield Finding("ok", "operator", f"{people} can run the installation.")
    else:
        words = f"Nobody runs the installation; of an empty one, whoever signs up first will. {OPERATOR}"
        yield Finding("warn", "operator", words)


def clocks() -> Iterator[Finding]:
    """This machine, PostgreSQL and Redis agree on the time."""
    apart = {"PostgreSQL": float(_row("SELECT extract(epoch FROM clock_timestamp())")[0]) - time.time()}
    seconds, micros = redis.connection().time()
    apart["Redis"] = seconds + micros / 1e6 - time.time()
    wrong = {name: gap for name, gap in apart.items() if abs(gap) > SKEW}
    for name, gap in wrong.items():
        yield Finding(
            "bad", "clocks", f"The clock of {name} is {gap:+.1f} s off from this machine's. Run NTP on both."
        )
    if not wrong:
        yield Finding("ok", "clocks", "This machine, PostgreSQL and Redis agree on the time.")


def _row(statement: str, *values: Any) -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        row: tuple[Any, ...] = cursor.fetchone()
    return row


def _column(statement: str, *values: Any) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        return [row[0] for row in cursor.fetchall()]
