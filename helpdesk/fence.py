"""Which company the running code may see: read by the database connection before every query."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fence:
    """One company's rows, every company's rows (`platform`), or, by default, no company row at all."""

    company_id: int | None = None
    platform: bool = False


CLOSED = Fence()
_current: ContextVar[Fence] = ContextVar("fence", default=CLOSED)


def current_fence() -> Fence:
    return _current.get()


@contextmanager
def fenced(fence: Fence) -> Iterator[None]:
    """Put the fence around a block. Only `tenants.scoping` calls this."""
    token = _current.set(fence)
    try:
        yield
    finally:
        _current.reset(token)
