"""The doors into a company's rows, and the only place that opens them.

Two fences stand behind each door: django-scopes refuses a query without a company, and row-level security
shows no row of another. Both are opened together and closed together.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import django_scopes
from celery.contrib.django.task import DjangoTask
from django.db import models, transaction
from django_scopes import ScopedManager
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from helpdesk.fence import CLOSED, Fence, current_fence, fenced
from helpdesk.logs import bind

if TYPE_CHECKING:
    from tenants.models import Company

logger = logging.getLogger(__name__)


@contextmanager
def company_scope(company_id: int) -> Iterator[None]:
    """Everything inside sees this company's rows and nothing else."""
    bind(company=company_id)
    with django_scopes.scope(company=company_id), fenced(Fence(company_id=company_id)):
        yield


@contextmanager
def platform_scope(reason: str) -> Iterator[None]:
    """Cross companies, out loud: `reason` says why. Reserved for sweepers, sign-in and the operator."""
    assert reason
    with django_scopes.scopes_disabled(), fenced(Fence(platform=True)):
        yield


@contextmanager
def scope_to_be_filled(company: Any) -> Iterator[None]:
    """For writing a statement whose company is filled in when it is sent. No row can be read inside."""
    with django_scopes.scope(company=company), fenced(CLOSED):
        yield


def current_company_id() -> int:
    """The company whose scope is open. Raises ScopeError when there is none."""
    company_id = current_fence().company_id
    if company_id is None:
        raise django_scopes.exceptions.ScopeError("No company's scope is open.")
    return company_id


class CompanyModel(models.Model):
    """A row of one company. It takes its company from the open scope and refuses another.

    `version` grows with every change, so that a late answer never replaces a newer one in a console.
    """

    company: models.ForeignKey["Company"] = models.ForeignKey(
        "tenants.Company", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not current_fence().platform:
            company_id = current_company_id()
            if self.company_id is None:
                self.company_id = company_id
            if self.company_id != company_id:
                raise django_scopes.exceptions.ScopeError("This row belongs to another company.")
        if not self._state.adding:
            self.version += 1
            if kwargs.get("update_fields") is not None:
                kwargs["update_fields"] = {*kwargs["update_fields"], "version", "updated_at"}
        super().save(*args, **kwargs)


class CompanyQuerySet(models.QuerySet[Any]):
    """Sets of rows that every company table knows."""

    def locked(self, pk: int) -> Any:
        """The row, locked until the transaction ends. Raises DoesNotExist."""
        return self.select_for_update(of=("self",)).get(pk=pk)


def scoped(queryset: type[models.QuerySet[Any]] = CompanyQuerySet) -> Any:
    """The manager of a company model: `objects = scoped(TicketQuerySet)`."""
    return ScopedManager(company="company", _manager_class=models.Manager.from_queryset(queryset))


class Deletable(models.Model):
    """Rows that are hidden instead of deleted, and can come back."""

    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def is_deleted(self) -> bool:
        return self.deleted_at is not None


class CompanyTask(DjangoTask):  # type: ignore[type-arg]
    """A job of one company: called with the company's id first, it runs inside that company's scope."""

    abstract = True

    def __call__(self, company_id: int, *args: Any, **kwargs: Any) -> Any:
        with company_scope(company_id):
            return super().__call__(company_id, *args, **kwargs)

    def nudge(self, *args: Any, countdown: float = 0) -> None:
        """Ask for a run after the commit. A nudge may be lost with the broker: a sweeper finds the work."""
        # Not a partial: Django names a robust hook that failed by its __qualname__, which partials lack.
        transaction.on_commit(lambda: self._try_to_enqueue(args, countdown), robust=True)

    def _try_to_enqueue(self, args: tuple[Any, ...], countdown: float) -> None:
        try:
            self.apply_async(args=args, countdown=countdown, retry=False)
        except (OperationalError, RedisError):
            logger.warning("nudge lost: the broker is unreachable", extra={"fields": {"task": self.name}})
