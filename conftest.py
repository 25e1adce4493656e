"""The world of the tests: real servers, two companies, and the people in them."""

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from helpdesk import embedded

_WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
_DATA = Path(os.environ.get("TEST_DATA_DIR", ".data/test")).resolve()
_SERVICES = embedded.ensure(_DATA, durable=False)
_REDIS_DATABASE = 1 + int(_WORKER.removeprefix("gw")) % 15 if _WORKER.startswith("gw") else 0
os.environ.update(
    ENVIRONMENT="test",
    DATA_DIR=str(_DATA),
    MEDIA_ROOT=str(_DATA / "media" / _WORKER),
    DATABASE_URL=_SERVICES.database_url,
    DATABASE_OWNER_URL=_SERVICES.owner_url,
    REDIS_URL=_SERVICES.redis_url.rsplit("/", 1)[0] + f"/{_REDIS_DATABASE}",
    CHANNEL_PREFIX=f"test-{_WORKER}",  # pub/sub ignores database numbers
    EMAIL_URL="memory://",
    PRIVATE_HOSTS_ALLOWED="127.0.0.1,localhost",
    WHATSAPP_MEDIA_HOSTS="127.0.0.1",
)

import pytest  # noqa: E402

from tests.support import database  # noqa: E402


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--chaos-full", action="store_true", help="chaos at full size: 10,000 in, 1,000 out")


def pytest_configure(config: pytest.Config) -> None:
    from django.conf import settings

    settings.CELERY_TASK_ALWAYS_EAGER = True
    settings.CELERY_TASK_EAGER_PROPAGATES = True


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock():
        name = database.create(_SERVICES.admin_url)
        yield
        database.drop(_SERVICES.admin_url, name)


@pytest.fixture(scope="session")
def services() -> embedded.Services:
    """Addresses of the PostgreSQL and Redis that these tests run on."""
    return _SERVICES


@pytest.fixture(autouse=True)
def clean_redis() -> Iterator[None]:
    from helpdesk.redis import connection

    yield
    if "tenants.models" in sys.modules:
        connection().flushdb()


pytest_plugins = ["tests.support.world"]
