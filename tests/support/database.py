"""A database per test process, copied from a template that is migrated once for each state of the models."""

import fcntl
import functools
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from psycopg import sql

from helpdesk import roles

TABLES = "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'"
ROOT = Path(__file__).resolve().parent.parent.parent


def worker() -> str:
    """This process among those of this run, and this run among others on the same machine."""
    name = os.environ.get("PYTEST_XDIST_WORKER", "main")
    return f"{name}_{os.environ.get('PYTEST_XDIST_TESTRUNUID', str(os.getpid()))[:8]}"


def create(admin_url: str) -> str:
    """A fresh database for this process; the connections of Django are pointed at it."""
    name = copy(admin_url, f"test_{worker()}")
    point_at(name)
    return name


def copy(admin_url: str, name: str) -> str:
    """A fresh, migrated database of that name."""
    template = _template(admin_url)
    with psycopg.connect(admin_url, autocommit=True) as admin, _alone():
        admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        admin.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" OWNER {roles.OWNER}')
        admin.execute(f'GRANT CONNECT ON DATABASE "{name}" TO {roles.APP}, {roles.PLATFORM}')
    return name


def drop(admin_url: str, name: str) -> None:
    connections.close_all()
    remove(admin_url, name)


def remove(admin_url: str, name: str) -> None:
    with psycopg.connect(admin_url, autocommit=True) as admin:
        admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def point_at(name: str) -> None:
    for alias in connections:
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = name
        settings.DATABASES[alias]["NAME"] = name


def migrate(name: str) -> None:
    """Bring that database up to the models as they are now."""
    before = connections["default"].settings_dict["NAME"]
    point_at(name)
    call_command("migrate", verbosity=0, interactive=False)
    connections.close_all()
    point_at(before)


def empty(admin_url: str, name: str) -> None:
    """Delete what a test left that commits. Most tables are empty, and TRUNCATE would cost a file for each."""
    keep = ("django_migrations", "django_content_type", "auth_permission")
    admin = _line(admin_url, name)
    tables = [row[0] for row in admin.execute(TABLES).fetchall() if row[0] not in keep]
    some = " UNION ALL ".join(f"SELECT '{table}' WHERE EXISTS (SELECT FROM \"{table}\")" for table in tables)
    for (table,) in admin.execute(some.encode(), prepare=True).fetchall():
        admin.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))


@functools.cache
def _line(admin_url: str, name: str) -> psycopg.Connection:
    """Kept: opening one for each test would cost more than emptying."""
    admin = psycopg.connect(admin_url, autocommit=True, dbname=name)
    admin.execute("SET session_replication_role = replica")  # all rows go: nothing has to follow
    return admin


def _template(admin_url: str) -> str:
    name = f"test_template_{_state()}"
    with _alone(), psycopg.connect(admin_url, autocommit=True) as admin:
        if not admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            for (old,) in admin.execute(
                "SELECT datname FROM pg_database WHERE datname LIKE 'test_template_%'"
            ).fetchall():
                admin.execute(f'DROP DATABASE IF EXISTS "{old}" WITH (FORCE)')
            building = f"{name}_building"
            admin.execute(f'DROP DATABASE IF EXISTS "{building}" WITH (FORCE)')
            roles.prepare(admin_url, database=building)
            migrate(building)
            admin.execute(f'ALTER DATABASE "{building}" RENAME TO "{name}"')
    return name


def _state() -> str:
    """Changes whenever a migration or the fences do."""
    files = [*sorted(ROOT.glob("*/migrations/*.py")), ROOT / "helpdesk/fences.py", ROOT / "helpdesk/roles.py"]
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


@contextmanager
def _alone() -> Iterator[None]:
    with (Path(settings.DATA_DIR) / "template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def url_for(base: str, name: str) -> str:
    """The same server and role, another database."""
    parts = urlsplit(base)
    assert parts.scheme and parse_qs(parts.query) is not None
    return parts._replace(path=f"/{name}").geturl()
