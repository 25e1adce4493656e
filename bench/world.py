"""The installation that is measured: the product's own processes on a durable PostgreSQL of its own."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import orjson
import psycopg

from helpdesk import embedded

DATA = Path(os.environ.get("BENCH_DATA_DIR", ".data/bench")).resolve()
PASSWORD = "bench-horse-battery-staple"
LARGE = "bench_large"

SERVICES = embedded.ensure(DATA, durable=True)
os.environ.update(
    DATA_DIR=str(DATA),
    DATABASE_URL=SERVICES.database_url,
    DATABASE_OWNER_URL=SERVICES.owner_url,
    REDIS_URL=SERVICES.redis_url,
    DJANGO_SETTINGS_MODULE="helpdesk.settings",
)

import django  # noqa: E402

django.setup()

from bench import data  # noqa: E402
from tests.support import database  # noqa: E402
from tests.support.stack import Stack  # noqa: E402


@contextmanager
def installation(name: str, **options: Any) -> Iterator[Stack]:
    with Stack(SERVICES, name, **options) as stack:
        yield stack


def act_within(stack: Stack) -> None:
    """Let this process change the installation and tell its consoles, as one of its own would."""
    from django.conf import settings

    from helpdesk import events, redis

    database.point_at(stack.database_name)
    settings.REDIS_URL, settings.CHANNEL_PREFIX = stack.redis_url, stack.environment["CHANNEL_PREFIX"]
    redis.connection.cache_clear()
    events._script.cache_clear()


def large_database(*, contacts: int, tickets: int, messages: int) -> str:
    """The large data set, written once and kept; later migrations are added to it."""
    from django.contrib.auth.hashers import make_password

    from helpdesk.fields import encrypt

    name = f"{LARGE}_{messages}"
    with psycopg.connect(SERVICES.admin_url, autocommit=True) as admin:
        if admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            database.migrate(name)
            return name
    print(f"Writing {messages:,} messages once (some minutes)…", flush=True)
    database.copy(SERVICES.admin_url, f"{name}_building")
    url = database.url_for(SERVICES.owner_url, f"{name}_building")
    sizes = {"contacts": contacts, "tickets": tickets, "messages": messages}
    data.fill(url, password=make_password(PASSWORD), credentials=encrypt("{}"), **sizes)
    with psycopg.connect(SERVICES.admin_url, autocommit=True) as admin:
        admin.execute(f'ALTER DATABASE "{name}_building" RENAME TO "{name}"')
    return name


@dataclass
class Console:
    """A signed-in person."""

    stack: Stack
    access: str
    me: dict[str, Any]

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.access}", "Content-Type": "application/json"}

    def call(self, method: str, path: str, body: Any = None) -> Any:
        content = None if body is None else orjson.dumps(body)
        answer = httpx.request(
            method, f"{self.stack.web}/api/{path}", headers=self.headers, content=content, timeout=60
        )
        assert answer.status_code < 300, answer.text
        return answer.json() if answer.content else None


def sign_in(stack: Stack, email: str, password: str = PASSWORD) -> Console:
    body = {"email": email, "password": password, "refresh_in": "body"}
    answer = httpx.post(f"{stack.web}/api/auth/login/", json=body, timeout=60)
    assert answer.status_code == 200, answer.text
    return Console(stack, answer.json()["access"], answer.json()["me"])


def sign_up(stack: Stack, company: str = "Bench") -> Console:
    """A new company with its admin."""
    email = f"admin@{company.lower()}.example"
    body = {"company": company, "name": "Admin", "email": email, "password": PASSWORD}
    answer = httpx.post(f"{stack.web}/api/auth/signup/", json=body, timeout=60)
    assert answer.status_code == 201, answer.text
    return sign_in(stack, email)


@dataclass
class Line:
    """A connected number: what the emulator and the product know of it."""

    id: int
    phone_number_id: str
    webhook: str
    app_secret: str


def connect_number(console: Console, number: str = "551140001000", *, push: bool = True) -> Line:
    """A number of the emulator, connected as an admin would do it."""
    stack = console.stack
    names = {"phone_number_id": f"1{number}", "waba_id": f"2{number}", "app_id": f"3{number}"}
    secrets = {"app_secret": f"secret-{number}", "access_token": f"token-{number}"}
    stack.control(
        "PUT",
        "numbers",
        json={
            **names, **secrets, "verify_token": "bench", "display_phone_number": f"+{number}",
            "verified_name": "Bench",
        },
    )  # fmt: skip
    row = console.call(
        "POST",
        "connections/",
        {"name": f"Number {number}", "kind": "cloud_api", "credentials": {**names, **secrets}},
    )
    webhook = row["webhook"]["url"]
    stack.control(
        "PUT",
        "numbers",
        json={
            **names, "verify_token": row["webhook"]["verify_token"], "callback_url": webhook if push else "",
        },
    )  # fmt: skip
    return Line(row["id"], names["phone_number_id"], webhook, secrets["app_secret"])
