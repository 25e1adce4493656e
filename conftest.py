"""What every test has: a database of its own on real servers; the people are in tests/support/world.py."""

import functools
import gc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from helpdesk.embedded import Services
from tests.support import database
from tests.support.services import SERVICES

pytest_plugins = ["tests.support.world"]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--chaos-full", action="store_true", help="chaos at full size: 10,000 in, 1,000 out")


def pytest_configure(config: pytest.Config) -> None:
    from django.conf import settings
    from django.test import TransactionTestCase

    from tenants.hashers import Argon2

    Argon2.verify = functools.cache(Argon2.verify)  # slow on purpose, and everybody here has the same hash
    gc.disable()  # until everything is collected
    settings.CELERY_TASK_ALWAYS_EAGER = True
    settings.CELERY_TASK_EAGER_PROPAGATES = True
    TransactionTestCase._fixture_teardown = lambda case: database.empty(
        SERVICES.admin_url, settings.DATABASES["default"]["NAME"]
    )
    settings.WHATSAPP_API_ROOT = "http://127.0.0.1:9"  # nothing listens there: no test may call Meta


def pytest_collection_finish() -> None:
    """What was collected stays to the end: looking for rubbish among it took an eighth of the tests' time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
    gc.enable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Counting covered lines doubles the time, and where the product runs in processes of its own it counts none.

    Tests that run the same lines thousands of times say `no_cover` themselves: others count those lines.
    """
    for item in items:
        if item.get_closest_marker("journey") or item.get_closest_marker("chaos"):
            item.add_marker("no_cover")


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock():
        name = database.create(SERVICES.admin_url)
        yield
        database.drop(SERVICES.admin_url, name)


@pytest.fixture(scope="session")
def services() -> Services:
    """Addresses of the PostgreSQL and Redis that these tests run on."""
    return SERVICES


@pytest.fixture(autouse=True)
def clean_redis() -> Iterator[None]:
    """Each test starts with an empty Redis that is asked, and nothing bound to its log lines."""
    from helpdesk import logs
    from helpdesk.redis import connection
    from tenants import throttles

    logs.clear()
    throttles._silence.until = 0  # a test before this one may have made Redis pause
    yield
    connection().flushdb()


@pytest.fixture
def media_root(settings: Any, tmp_path: Path) -> Path:
    """Files of this test go into a folder of its own."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.MEDIA_ROOT.mkdir()
    root: Path = settings.MEDIA_ROOT
    return root
