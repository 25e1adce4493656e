"""Looks at an installation and says in words what is wrong with it and what to do; see `manage.py doctor`."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.db import Error as DatabaseError
from django.db import connection
from redis import RedisError

from helpdesk.doctor import stores, surroundings
from helpdesk.doctor.finding import Finding

Check = Callable[[], Iterator[Finding]]
CHECKS: dict[str, Check] = {
    "database": stores.database,
    "role": stores.role,
    "fences": stores.fences,
    "migrations": stores.migrations,
    "redis": stores.redis_server,
    "worker": stores.workers,
    "clocks": stores.clocks,
    "operator": stores.operator,
    "secrets": surroundings.secrets,
    "address": surroundings.addresses,
    "media": surroundings.media,
    "mail": surroundings.mail,
    "console": surroundings.console,
}


def examine() -> Iterator[Finding]:
    """Every finding; a check that needs a store which is down says just that."""
    for about, check in CHECKS.items():
        try:
            yield from check()
        except DatabaseError as error:
            connection.close()
            yield Finding("bad", about, f"PostgreSQL does not answer: {str(error).splitlines()[0]}")
        except RedisError as error:
            yield Finding("bad", about, f"Redis does not answer: {error}")
