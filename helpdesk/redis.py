"""One Redis client per process. Redis holds only what may be lost: nudges, rate buckets, live streams."""

import functools

import redis
from django.conf import settings


@functools.cache
def connection() -> "redis.Redis[bytes]":
    return redis.Redis.from_url(
        settings.REDIS_URL, socket_timeout=3, socket_connect_timeout=1, health_check_interval=15
    )
