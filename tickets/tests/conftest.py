"""What the tests of conversations share: a channel on paper, and a ticket that bruno answers."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils.timezone import now

from tenants.tests.conftest import heard as heard
from tickets.tests import paper as on_paper
from tickets.tests.office import Office


@pytest.fixture
def paper(settings: Any) -> Iterator[on_paper.Post]:
    """Messages of every connection go to paper; the value says what left."""
    settings.TRANSPORTS = {**settings.TRANSPORTS, "cloud_api": "tickets.tests.paper.Paper"}
    on_paper.post.__init__()  # type: ignore[misc]
    yield on_paper.post
    on_paper.post.__init__()  # type: ignore[misc]


@pytest.fixture
def shelf(paper: Any) -> Iterator[Any]:
    """The templates that the provider on paper keeps."""
    on_paper.shelf.__init__()  # type: ignore[misc]
    yield on_paper.shelf
    on_paper.shelf.__init__()  # type: ignore[misc]


@pytest.fixture
def talk(acme_world: Any, line: Any, sales: Any, bruno: Any, paper: Any) -> Any:
    """A ticket that bruno answers; its customer wrote a moment ago."""
    return acme_world.ticket(line, queue=sales, agent=bruno, status="open", opened_at=now())


@pytest.fixture
def office(acme_world: Any, line: Any, time_machine: Any) -> Office:
    """Acme on a Tuesday at noon, where time passes only when a test says so."""
    return Office(acme_world, line, time_machine)


@pytest.fixture
def say(api: Any, talk: Any) -> Callable[..., Any]:
    """Send as bruno through the API; answers the JSON of the message."""

    def _say(body: str = "Olá!", *, status: int = 201, **given: Any) -> Any:
        given = {"client_id": str(uuid4()), "kind": "text", "body": body, **given}
        answer = api.post(f"/api/tickets/{talk.pk}/messages/", given, format="json")
        assert answer.status_code == status, answer.content
        return answer.json()

    return _say


@pytest.fixture
def run_due(settings: Any) -> Callable[..., None]:
    """Let the clock's sweeper run, now or `later`, with the jobs that it starts."""
    import time_machine
    from django.test.testcases import TestCase

    from tickets.actions import outbound

    moved = timedelta(0)

    def _run(later: timedelta = timedelta(0)) -> None:
        nonlocal moved
        moved += later
        with time_machine.travel(now() + moved, tick=True), TestCase.captureOnCommitCallbacks(execute=True):
            outbound.sweep()

    return _run
