"""What a socket runs beside the loop: coroutines that rarely wait, and questions to the stores in threads."""

import asyncio
import functools
import types
from collections.abc import Callable, Coroutine, Generator
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import Any

from django.db import close_old_connections

# Each keeps a database connection. Two wait for PostgreSQL while the third computes; more would only wait
# for each other.
THREADS = 3
_threads = ThreadPoolExecutor(THREADS, thread_name_prefix="stores")


async def in_thread(ask: Callable[..., Any], *arguments: Any) -> Any:
    """Call something that reads PostgreSQL or Redis. Calls of one socket may overlap: lock where that matters."""
    call = functools.partial(copy_context().run, _with_living_connections, ask, *arguments)
    return await asyncio.get_running_loop().run_in_executor(_threads, call)


def _with_living_connections(ask: Callable[..., Any], *arguments: Any) -> Any:
    close_old_connections()
    try:
        return ask(*arguments)
    finally:
        close_old_connections()  # one that broke is not kept


def start(coroutine: Coroutine[Any, Any, Any]) -> None:
    """Run a coroutine now, up to its first real wait; only what is left becomes a task.

    Writing to a socket whose buffer has room never waits, and a task per frame and console would double the
    cost of a broadcast (Python 3.12 has this as `eager_start`).
    """
    try:
        waiting = coroutine.send(None)
    except StopIteration:
        return
    start_later(_rest(coroutine, waiting))


def start_later(coroutine: Coroutine[Any, Any, None]) -> None:
    """Run a coroutine as a task of its own."""
    task = asyncio.ensure_future(coroutine)
    _running.add(task)  # the loop alone would let it be collected
    task.add_done_callback(_running.discard)


_running: set[asyncio.Future[None]] = set()


async def _rest(coroutine: Coroutine[Any, Any, Any], waiting: Any) -> None:
    await _finish(coroutine, waiting)


@types.coroutine
def _finish(coroutine: Coroutine[Any, Any, Any], waiting: Any) -> Generator[Any, Any, None]:
    while True:
        try:
            answer = yield waiting
        except BaseException as error:  # noqa: BLE001  handed to the coroutine, as a task would
            step: Any = functools.partial(coroutine.throw, error)
        else:
            step = functools.partial(coroutine.send, answer)
        try:
            waiting = step()
        except StopIteration:
            return
