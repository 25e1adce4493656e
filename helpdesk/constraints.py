"""Letting a constraint decide: what the database refuses becomes words."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction


def constraint_of(error: IntegrityError) -> str:
    """The name of the constraint that refused."""
    diagnosis = getattr(error.__cause__, "diag", None)
    return getattr(diagnosis, "constraint_name", None) or ""


@contextmanager
def unless_taken(refusals: dict[str, Callable[[], Exception]]) -> Iterator[None]:
    """Run a block in a savepoint; a violated constraint named in `refusals` raises its exception instead."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        refuse = refusals.get(constraint_of(error))
        if refuse is None:
            raise
        raise refuse() from error
