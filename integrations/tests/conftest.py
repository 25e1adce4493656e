"""What the tests of the integrations share: a scripted provider, companies that use it, bots of others."""

from collections.abc import Iterator
from typing import Any

import pytest

from integrations.tests.ai_server import AiServer
from integrations.tests.bots_server import *  # noqa: F403
from tenants.tests.conftest import heard as heard
from tenants.tests.conftest import rate as rate
from tickets.tests.conftest import office as office
from tickets.tests.conftest import paper as paper
from tickets.tests.conftest import talk as talk


@pytest.fixture(scope="session")
def _ai_server() -> Iterator[AiServer]:
    server = AiServer()
    yield server
    server.stop()


@pytest.fixture
def ai_server(_ai_server: AiServer) -> Iterator[AiServer]:
    """The scripted provider, with nothing told and nothing asked yet."""
    _ai_server.reset()
    yield _ai_server
    _ai_server.reset()


@pytest.fixture
def provider(acme_world: Any, ai_server: AiServer) -> Any:
    """Acme's account at the scripted provider, which can do everything."""
    return ai_server.provider_of(acme_world)
