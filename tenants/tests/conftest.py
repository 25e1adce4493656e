"""What the tests of this app share: rates, a dead Redis, and what was said on the live channel."""

from typing import Any

import orjson
import pytest
from rest_framework.settings import api_settings


@pytest.fixture
def rate(monkeypatch: Any) -> Any:
    """`rate("login", "3/min")`"""

    def change(scope: str, text: str) -> None:
        rates = {**api_settings.DEFAULT_THROTTLE_RATES, scope: text}
        monkeypatch.setattr(api_settings, "DEFAULT_THROTTLE_RATES", rates)

    return change


@pytest.fixture
def no_redis(monkeypatch: Any) -> Any:
    """Redis is down: every client of this process points at a port where nobody listens."""
    import redis

    from helpdesk import events
    from helpdesk import redis as ours
    from tenants import throttles
    from tenants.actions import presence

    dead = redis.Redis.from_url("redis://127.0.0.1:1/0", socket_connect_timeout=0.2)
    for module in (ours, events, throttles, presence):
        monkeypatch.setattr(module, "connection", lambda: dead)
    for cached in (events._script, throttles._script):
        cached.cache_clear()
    throttles._silence.until = 0
    yield
    for cached in (events._script, throttles._script):
        cached.cache_clear()
    throttles._silence.until = 0


@pytest.fixture
def heard(settings: Any) -> Any:
    """`heard("user.updated")`: the frames of that name that were sent since the test began."""
    import redis

    listener = redis.Redis.from_url(settings.REDIS_URL).pubsub()
    listener.psubscribe(f"{settings.CHANNEL_LAYERS['default']['CONFIG']['prefix']}__group__*")
    frames: list[dict[str, Any]] = []

    def read(name: str) -> list[dict[str, Any]]:
        while (message := listener.get_message(timeout=0.1)) is not None:
            if message["type"] == "pmessage":
                frames.append(_frame(message["data"]))
        return [frame for frame in frames if frame["type"] == name]

    listener.get_message(timeout=1)
    yield read
    listener.close()


def _frame(raw: bytes) -> dict[str, Any]:
    from channels.layers import get_channel_layer

    sent = get_channel_layer().deserialize(raw)
    return {**orjson.loads(sent["f"]), "audience": set(sent["a"].split(","))}


@pytest.fixture
def run_commits() -> Any:
    """`with run_commits(): …`: what waits for a commit runs at the end of the block."""
    from django.test import TestCase

    return lambda: TestCase.captureOnCommitCallbacks(execute=True)
