"""How often one caller may call, counted in Redis. Without Redis nobody is counted, everybody is served."""

import functools
import logging
import time
from typing import Any

import redis
from rest_framework.request import Request
from rest_framework.settings import api_settings
from rest_framework.throttling import BaseThrottle

from helpdesk.redis import connection

logger = logging.getLogger(__name__)

PERIODS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
RETRY_REDIS_SECONDS = 5  # after a failure: an API that waits for a dead Redis on each call is down, too

# The window opens with its first call. KEYS: bucket. ARGV: milliseconds. Answers {calls, milliseconds left}.
_COUNT = """
local calls = redis.call('INCR', KEYS[1])
if calls == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
return {calls, redis.call('PTTL', KEYS[1])}
"""


class Throttle(BaseThrottle):
    """Allows `DEFAULT_THROTTLE_RATES[scope]` calls per window and caller."""

    scope: str
    _wait: float | None = None

    def allow_request(self, request: Request, view: Any) -> bool:
        scope, caller = self.caller(request)
        allowed, seconds = _rate(api_settings.DEFAULT_THROTTLE_RATES[scope])
        counted = count(f"rate:{scope}:{caller}", seconds)
        if counted is None:
            return True
        calls, left = counted
        self._wait = left
        return calls <= allowed

    def wait(self) -> float | None:
        return self._wait

    def caller(self, request: Request) -> tuple[str, str]:
        return self.scope, address_of(request)


class PerUser(Throttle):
    """The default: people and keys by who they are, everybody else by address."""

    def caller(self, request: Request) -> tuple[str, str]:
        auth: Any = request.auth
        if auth is None:
            return "address", address_of(request)
        if auth.api_key is not None:
            return "user", f"key{auth.api_key.pk}"
        return "user", str(auth.user_id)


class PerAddress(Throttle):
    scope = "address"


class Login(Throttle):
    scope = "login"


class SignUp(Throttle):
    scope = "sign_up"


class Password(Throttle):
    scope = "password"


def address_of(request: Any) -> str:
    """The caller's address, as far as the configured number of proxies can be trusted to tell it."""
    return BaseThrottle().get_ident(request) or ""


def count(bucket: str, seconds: int) -> tuple[int, float] | None:
    """Calls in this window, this one included, and the seconds until it ends; None without Redis."""
    if time.monotonic() < _silence.until:
        return None
    try:
        calls, left = _script()(keys=[bucket], args=[seconds * 1000])
    except redis.RedisError:
        logger.warning("calls are not counted: redis is unreachable")
        _silence.until = time.monotonic() + RETRY_REDIS_SECONDS
        return None
    return int(calls), max(int(left), 0) / 1000


class _Silence:
    """When to ask Redis again."""

    until = 0.0


_silence = _Silence()


@functools.cache
def _script() -> Any:
    return connection().register_script(_COUNT)


@functools.cache
def _rate(text: str) -> tuple[int, int]:
    """`30/min` as (30, 60)."""
    calls, _, period = text.partition("/")
    return int(calls), PERIODS[period[0]]
