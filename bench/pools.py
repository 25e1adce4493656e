"""Threads or processes for a worker's jobs: the same measures under both."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from bench import handlers, pipeline

POOLS = {"threads": "4", "prefork": "2"}  # a process more than there are cores only takes memory


def run() -> None:
    """Latency and saturated rate of inbound messages under each pool of the worker (WORKER_POOL)."""
    for pool, concurrency in POOLS.items():
        print(f"-- WORKER_POOL={pool} WORKER_CONCURRENCY={concurrency}", flush=True)
        with _environment(WORKER_POOL=pool, WORKER_CONCURRENCY=concurrency):
            pipeline.latency()
            handlers.run()


@contextmanager
def _environment(**values: str) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
