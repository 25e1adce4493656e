"""The three PostgreSQL roles, the database and its extensions: what a migration cannot create for itself.

- owner: owns database and tables, runs migrations;
- app: what web, sockets and workers connect as; owns nothing, so row-level security always applies to it;
- platform: bypasses row-level security; nobody can log in as it, the app can only SET ROLE to it, out loud.
"""

from __future__ import annotations

import hashlib
import inspect
import sys
from urllib.parse import unquote, urlsplit

import psycopg
from psycopg import sql

OWNER = "helpdesk_owner"
APP = "helpdesk_app"
PLATFORM = "helpdesk_platform"
EXTENSIONS = ("vector", "pg_trgm", "unaccent", "btree_gin")


def prepare(
    admin_url: str,
    *,
    database: str = "helpdesk",
    owner_password: str | None = None,
    app_password: str | None = None,
) -> None:
    """Create or repair roles, database, extensions and grants; running it again changes nothing."""
    with psycopg.connect(admin_url, autocommit=True) as admin:
        _role(admin, OWNER, "LOGIN NOBYPASSRLS CREATEDB", owner_password)
        _role(admin, APP, "LOGIN NOBYPASSRLS", app_password)
        _role(admin, PLATFORM, "NOLOGIN BYPASSRLS", None)
        _do(admin, "GRANT {} TO {} WITH INHERIT FALSE, SET TRUE", PLATFORM, APP)
        _database(admin, database)
    with psycopg.connect(admin_url, autocommit=True, dbname=database) as admin:
        for extension in EXTENSIONS:
            _do(admin, "CREATE EXTENSION IF NOT EXISTS {}", extension)
        _grants(admin, database)


def credentials(url: str) -> tuple[str, str | None]:
    """Role and password that an address names."""
    parts = urlsplit(url)
    return unquote(parts.username or ""), unquote(parts.password) if parts.password else None


def fingerprint() -> str:
    """Changes whenever this file does, so that a prepared server is prepared again."""
    return hashlib.sha256(inspect.getsource(sys.modules[__name__]).encode()).hexdigest()


def _role(admin: psycopg.Connection, role: str, rights: str, password: str | None) -> None:
    found = admin.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
    verb = "ALTER" if found else "CREATE"
    _do(admin, f"{verb} ROLE {{}} NOSUPERUSER NOCREATEROLE NOREPLICATION INHERIT {rights}", role)
    if password:
        statement = sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(role), sql.Literal(password))
        admin.execute(statement)


def _database(admin: psycopg.Connection, database: str) -> None:
    found = admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone()
    if not found:
        _do(admin, "CREATE DATABASE {} ENCODING 'UTF8' TEMPLATE template0", database)
    # Managed servers give an administrator that is no superuser: it must be a member of the new owner.
    _do(admin, "GRANT {} TO CURRENT_USER", OWNER)
    _do(admin, "ALTER DATABASE {} OWNER TO {}", database, OWNER)


def _grants(admin: psycopg.Connection, database: str) -> None:
    """Reading and writing rows for app and platform, on tables that exist and on those to come."""
    _do(admin, "REVOKE ALL ON DATABASE {} FROM PUBLIC", database)
    _do(admin, "GRANT CONNECT ON DATABASE {} TO {}, {}", database, APP, PLATFORM)
    _do(admin, "REVOKE CREATE ON SCHEMA public FROM PUBLIC")
    _do(admin, "GRANT USAGE ON SCHEMA public TO {}, {}", APP, PLATFORM)
    rights = (
        ("SELECT, INSERT, UPDATE, DELETE", "TABLES"),
        ("USAGE, SELECT, UPDATE", "SEQUENCES"),
        ("EXECUTE", "FUNCTIONS"),
    )
    for what, kind in rights:
        _do(admin, f"GRANT {what} ON ALL {kind} IN SCHEMA public TO {{}}, {{}}", APP, PLATFORM)
        future = "ALTER DEFAULT PRIVILEGES FOR ROLE {} IN SCHEMA public "
        _do(admin, f"{future} GRANT {what} ON {kind} TO {{}}, {{}}", OWNER, APP, PLATFORM)


def _do(admin: psycopg.Connection, statement: str, *names: str) -> None:
    """Execute a statement of ours with quoted names."""
    admin.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
