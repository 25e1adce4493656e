"""Tables from nothing, down to nothing and up again, by an owner that is no superuser."""

import os
import subprocess
import sys

import psycopg
import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from helpdesk import roles
from tests.support import database
from tests.support.services import SERVICES
from tests.support.stack import ROOT

NAME = f"migrations_{os.getpid()}"
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'django_migrations'"
SHAPE = """
    SELECT table_name, column_name, data_type, is_nullable FROM information_schema.columns
    WHERE table_schema = 'public' ORDER BY 1, 2
"""
FENCES = (
    "SELECT relname FROM pg_class c JOIN pg_policy p ON p.polrelid = c.oid WHERE relrowsecurity ORDER BY 1"
)


@pytest.fixture(scope="module")
def migrate():
    """`migrate(app, state)`, of one database for all tests; its tables are there."""
    roles.prepare(SERVICES.admin_url, database=NAME)
    environment = {
        **os.environ,
        "DATABASE_URL": database.url_for(SERVICES.database_url, NAME),
        "DATABASE_OWNER_URL": database.url_for(SERVICES.owner_url, NAME),
    }

    def run(*arguments):
        command = [sys.executable, str(ROOT / "manage.py"), "migrate", *arguments]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stdout + done.stderr

    run()
    yield run
    database.remove(SERVICES.admin_url, NAME)


def ask(question):
    with psycopg.connect(SERVICES.admin_url, dbname=NAME) as admin:
        return admin.execute(question).fetchall()


def test_the_owner_of_the_tables_is_no_superuser(migrate):
    owners = (
        "SELECT DISTINCT r.rolname, r.rolsuper FROM pg_tables t JOIN pg_roles r ON r.rolname = t.tableowner"
    )
    assert ask(f"{owners} WHERE schemaname = 'public'") == [(roles.OWNER, False)]


def test_up_down_and_up_again_gives_the_same_tables_and_fences(migrate):
    shape, fences = ask(SHAPE), ask(FENCES)
    assert fences
    for app in ("integrations", "whatsapp", "tickets", "tenants"):
        migrate(app, "zero")
    left = {name for (name,) in ask(TABLES)}
    assert not [name for name in left if name.startswith(("integrations", "whatsapp", "tickets", "tenants"))]
    migrate()
    assert (ask(SHAPE), ask(FENCES)) == (shape, fences)


@pytest.mark.django_db
def test_a_database_that_went_through_the_former_steps_is_left_as_it_is():
    migrations = MigrationExecutor(connection).loader.disk_migrations.values()
    former = [step for migration in migrations for step in migration.replaces]
    assert former
    for migration in migrations:
        if migration.replaces:
            MigrationRecorder(connection).record_unapplied(migration.app_label, migration.name)
    for app, name in former:
        MigrationRecorder(connection).record_applied(app, name)
    executor = MigrationExecutor(connection)
    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []
