"""The server that speaks as n8n, Typebot and Google do, for whatever test asks for `bot_world`."""

from collections.abc import Iterator
from typing import Any

import pytest

from integrations.bots.testing.server import World, serve


@pytest.fixture(scope="session")
def bots_server() -> Iterator[World]:
    world, server = serve()
    yield world
    server.should_exit = True


@pytest.fixture
def bot_world(bots_server: World, settings: Any) -> World:
    """As new, and allowed as a private address."""
    bots_server.reset()
    settings.PRIVATE_HOSTS_ALLOWED = {"127.0.0.1"}
    return bots_server
