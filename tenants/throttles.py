"""How often one caller may call, counted in Redis. Without Redis nobody is counted, everybody is served."""

import functools
import logging
import threading
import time
from dataclasses import dataclass
from typing import Any

import redis
from rest_framework.request import Request
from rest_framework.settings import api_settings
from rest_framework.throttling import BaseThrottle

from helpdesk.redis import connection

logger = logging.getLogger(__name__)

PERIODS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
RETRY_REDIS_SECONDS = 5  # after a failure: an API that waits for a dead Redis on each call is down, too

SHARE = 60  # a busy caller's calls are asked for in lots of a sixtieth of what is allowed …
LOT = 20  # … or of this many, so that not every call is a question to Redis
MOST_LOTS = 10_000

# The window opens with its first calls. KEYS: bucket. ARGV: milliseconds, how many calls. Answers {calls,
# milliseconds left}.
_COUNT = """
local calls = redis.call('INCRBY', KEYS[1], ARGV[2])
if calls == tonumber(ARGV[2]) then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
return {calls, redis.call('PTTL', KEYS[1])}
"""


class Throttle(BaseThrottle):
    """Allows `DEFAULT_THROTTLE_RATES[scope]` calls per window and caller."""

    scope: str
    _wait: float | None = None

    def allow_request(self, request: Request, view: Any) -> bool:
        scope, caller = self.caller(request)
        allowed, seconds = _rate(api_settings.DEFAULT_THROTTLE_RATES[scope])
        self._wait = refused_for(f"rate:{scope}:{caller}", allowed, seconds)
        return self._wait is None

    def wait(self) -> float | None:
        return self._wait

    def caller(self, request: Request) -> tuple[str, str]:
        return self.scope, address_of(request)


class PerUser(Throttle):
    """The default: people and keys by who they are, everybody else by address."""

    scope = "user"

    def caller(self, request: Request) -> tuple[str, str]:
        auth: Any = request.auth
        if auth is None:
            return "address", address_of(request)
        if auth.api_key is not None:
            return self.scope, f"key{auth.api_key.pk}"
        return self.scope, str(auth.user_id)


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


def refused_for(bucket: str, allowed: int, seconds: int) -> float | None:
    """Count a call: None when it may pass, or else the seconds until the next window opens.

    Calls are taken from the bucket in lots, so a process may hold a few that it never uses: a caller whose
    calls go through several processes is stopped that much early, and never late.
    """
    if time.monotonic() < _silence.until or _taken_before(bucket, allowed):
        return None
    lot = max(1, min(LOT, allowed // SHARE))
    try:
        calls, left = _script()(keys=[bucket], args=[seconds * 1000, lot])
    except redis.RedisError:
        logger.warning("calls are not counted: redis is unreachable")
        _silence.until = time.monotonic() + RETRY_REDIS_SECONDS
        return None
    left = max(int(left), 0) / 1000
    granted = lot - max(0, int(calls) - allowed)
    if granted < 1:
        return float(left)
    if granted > 1:
        _keep(bucket, allowed, granted - 1, until=time.monotonic() + left)
    return None


@dataclass(slots=True)
class _Lot:
    """Calls that Redis has counted already."""

    calls: int
    until: float


_lots: dict[tuple[str, int], _Lot] = {}
_lock = threading.Lock()


def _taken_before(bucket: str, allowed: int) -> bool:
    with _lock:
        lot = _lots.get((bucket, allowed))
        if lot is None:
            return False
        if time.monotonic() >= lot.until:
            del _lots[bucket, allowed]
            return False
        lot.calls -= 1
        if not lot.calls:
            del _lots[bucket, allowed]
        return True


def _keep(bucket: str, allowed: int, calls: int, *, until: float) -> None:
    with _lock:
        if len(_lots) >= MOST_LOTS:
            _lots.clear()  # what is forgotten is asked for again
        _lots[bucket, allowed] = _Lot(calls, until)


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
