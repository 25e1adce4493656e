"""The servers that the gates of events and sockets share."""

from collections.abc import Iterator

import pytest

from tests.support.consoles import Servers


@pytest.fixture(scope="module")
def servers(django_db_setup: None) -> Iterator[Servers]:
    with Servers() as running:
        yield running
