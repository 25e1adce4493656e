"""How fast messages may leave: a bucket per number and one per conversation, kept in Redis for all workers.

What people write goes before what is sent by itself: the last tokens of a number are kept for them.
Without Redis each process keeps its own buckets at a quarter of the pace, since it cannot know of the others.
"""

import functools
import logging
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import redis

from helpdesk.redis import connection

logger = logging.getLogger(__name__)

NUMBER_PER_SECOND = 56.0  # 70 % of the 80 a number may carry: what comes in counts too
NUMBER_BURST = 14.0
PAIR_EVERY = 6.0  # seconds until one more message to the same person is free
PAIR_BURST = 45.0  # borrowed from the minutes that follow
KEPT_FOR_PEOPLE = 4.0  # tokens of a number that nothing automatic takes
ALONE_SHARE = 0.25
REDIS_REST_SECONDS = 5.0  # after a failure, so that each send does not wait for the same timeout
FORGET_SECONDS = 600

# A refused number works at half its pace and recovers a tenth each minute. `blocked` is a moment in time.
_TAKE = """
local clock = redis.call('TIME')
local now = clock[1] + clock[2] / 1000000
local n = redis.call('HMGET', KEYS[1], 'tokens', 'at', 'factor', 'slowed', 'blocked')
local p = redis.call('HMGET', KEYS[2], 'tokens', 'at')
local rate, burst = tonumber(ARGV[1]), tonumber(ARGV[2])
local every, pair_burst = tonumber(ARGV[3]), tonumber(ARGV[4])
local factor = tonumber(n[3] or 1)
if n[4] then factor = math.min(1, factor + 0.1 * (now - tonumber(n[4])) / 60) end
rate = rate * factor
local tokens = math.min(burst, tonumber(n[1] or burst) + (now - tonumber(n[2] or now)) * rate)
local pair = math.min(pair_burst, tonumber(p[1] or pair_burst) + (now - tonumber(p[2] or now)) / every)
local wait = math.max(0, tonumber(n[5] or 0) - now, (1 + tonumber(ARGV[6]) - tokens) / rate, (1 - pair) * every)
if wait == 0 then tokens = tokens - 1; pair = pair - 1 end
redis.call('HSET', KEYS[1], 'tokens', tostring(tokens), 'at', tostring(now))
redis.call('HSET', KEYS[2], 'tokens', tostring(pair), 'at', tostring(now))
redis.call('EXPIRE', KEYS[1], ARGV[5])
redis.call('EXPIRE', KEYS[2], ARGV[5])
return tostring(wait)
"""

_PAUSE = """
local clock = redis.call('TIME')
local until_ = clock[1] + clock[2] / 1000000 + tonumber(ARGV[1])
local known = tonumber(redis.call('HGET', KEYS[1], 'blocked') or 0)
redis.call('HSET', KEYS[1], 'blocked', tostring(math.max(known, until_)))
redis.call('EXPIRE', KEYS[1], math.max(tonumber(ARGV[2]), math.ceil(tonumber(ARGV[1]))))
"""

_SLOW_DOWN = """
local clock = redis.call('TIME')
local now = clock[1] + clock[2] / 1000000
local n = redis.call('HMGET', KEYS[1], 'factor', 'slowed')
local factor = tonumber(n[1] or 1)
if n[2] then factor = math.min(1, factor + 0.1 * (now - tonumber(n[2])) / 60) end
redis.call('HSET', KEYS[1], 'factor', tostring(math.max(0.05, factor / 2)), 'slowed', tostring(now),
           'blocked', tostring(now + tonumber(ARGV[1])))
redis.call('EXPIRE', KEYS[1], ARGV[2])
"""


def take(connection_id: int, contact_id: int, *, by_person: bool = True) -> float:
    """Take the right to send one message now. Answers the seconds to wait instead, or 0."""
    kept = 0.0 if by_person else KEPT_FOR_PEOPLE
    if _alone.is_resting():
        return _alone.take(connection_id, contact_id, kept)
    keys = [f"rate:number:{connection_id}", f"rate:pair:{connection_id}:{contact_id}"]
    args = [NUMBER_PER_SECOND, NUMBER_BURST, PAIR_EVERY, PAIR_BURST, FORGET_SECONDS, kept]
    try:
        return float(_script(_TAKE)(keys=keys, args=args))
    except redis.RedisError:
        _alone.rest()
        logger.warning("redis is unreachable: this process sends at a quarter of the pace")
        return _alone.take(connection_id, contact_id, kept)


def pause(connection_ids: Iterable[int], seconds: float) -> None:
    """The provider refused the whole account: nothing leaves through its numbers for so long, at no lower pace."""
    for connection_id in connection_ids:
        _alone.block(connection_id, seconds)
        try:
            _script(_PAUSE)(keys=[f"rate:number:{connection_id}"], args=[seconds, FORGET_SECONDS])
        except redis.RedisError:
            _alone.rest()


def slow_down(connection_id: int, seconds: float) -> None:
    """The provider refused this number's pace: pause it, then go on at half the pace."""
    _alone.block(connection_id, seconds)
    try:
        _script(_SLOW_DOWN)(keys=[f"rate:number:{connection_id}"], args=[seconds, FORGET_SECONDS])
    except redis.RedisError:
        _alone.rest()


@functools.cache
def _script(source: str) -> Any:
    return connection().register_script(source)


@dataclass
class _Bucket:
    """Tokens of one number or one conversation in this process."""

    burst: float
    per_second: float
    tokens: float = field(init=False)
    at: float = field(init=False)

    def __post_init__(self) -> None:
        self.tokens, self.at = self.burst, time.monotonic()

    def wait(self, now: float, kept: float = 0.0) -> float:
        self.tokens = min(self.burst, self.tokens + (now - self.at) * self.per_second)
        self.at = now
        return max(0.0, (1 + kept - self.tokens) / self.per_second)


class _Alone:
    """The buckets of one process, used while Redis cannot be reached."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._rest_until = 0.0
        self._numbers: dict[int, _Bucket] = {}
        self._pairs: dict[tuple[int, int], _Bucket] = {}
        self._blocked: dict[int, float] = {}

    def rest(self) -> None:
        self._rest_until = time.monotonic() + REDIS_REST_SECONDS

    def is_resting(self) -> bool:
        return time.monotonic() < self._rest_until

    def block(self, connection_id: int, seconds: float) -> None:
        with self._lock:
            self._blocked[connection_id] = time.monotonic() + seconds

    def take(self, connection_id: int, contact_id: int, kept: float = 0.0) -> float:
        now = time.monotonic()
        with self._lock:
            if len(self._pairs) > 10_000:
                self._pairs.clear()
            number = self._numbers.setdefault(
                connection_id, _Bucket(NUMBER_BURST * ALONE_SHARE, NUMBER_PER_SECOND * ALONE_SHARE)
            )
            pair = self._pairs.setdefault(
                (connection_id, contact_id), _Bucket(PAIR_BURST * ALONE_SHARE, ALONE_SHARE / PAIR_EVERY)
            )
            blocked = self._blocked.get(connection_id, 0.0) - now
            wait = max(0.0, blocked, number.wait(now, kept * ALONE_SHARE), pair.wait(now))
            if wait == 0:
                number.tokens -= 1
                pair.tokens -= 1
            return wait


_alone = _Alone()
