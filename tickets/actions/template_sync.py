"""Templates as the provider has them: read when a number connects, by a button, and every night."""

import logging
from dataclasses import dataclass
from typing import Any

from celery import shared_task
from django.db import transaction
from django.utils.timezone import now

from helpdesk.errors import Refused
from helpdesk.events import publish
from tenants.scoping import CompanyTask, platform_scope
from tickets.actions import templates
from tickets.events import TEMPLATE_CREATED, TEMPLATE_UPDATED
from tickets.models import Connection, Template
from tickets.models.connection import Status
from tickets.template_book import Known, book_of
from tickets.transport import TransportError

logger = logging.getLogger(__name__)

PACE_SECONDS = 2  # between two accounts at night: Meta counts what one app asks
FIELDS = ("category", "status", "reason", "advice", "quality", "format", "components")


@dataclass(frozen=True, slots=True)
class Outcome:
    total: int
    created: int
    updated: int
    deleted: int


def synchronise(connection: Connection) -> Outcome:
    """Read all of the account's templates now. Raises Refused when the provider does not let us."""
    book = book_of(connection)
    if book is None:
        raise Refused("templates_not_here", "This kind of number has no templates.")
    began = now()
    try:
        known = list(book.read(connection))
    except TransportError as error:
        raise Refused(error.code or "provider_refused", str(error)) from error
    with transaction.atomic():
        return _keep(connection.kind, book.account(connection), known, began)


@shared_task(base=CompanyTask)
def read(company_id: int, connection_id: int) -> None:
    """The same as a job. What fails now is found by the button or the night."""
    connection = Connection.objects.live().filter(pk=connection_id).first()
    if connection is None or book_of(connection) is None:
        return
    try:
        synchronise(connection)
    except Refused as refused:
        logger.warning(
            "templates not read", extra={"fields": {"connection": connection_id, "why": refused.code}}
        )


@shared_task(base=CompanyTask)
def connection_changed(company_id: int, event: str, data: dict[str, Any]) -> None:
    """A number that works and whose account was never read."""
    connection = Connection.objects.live().filter(pk=data.get("id"), status=Status.CONNECTED).first()
    book = book_of(connection) if connection else None
    if connection is None or book is None:
        return
    rows = Template.objects.filter(kind=connection.kind, account=book.account(connection))
    if not rows.exclude(synced_at=None).exists():
        read.nudge(company_id, connection.pk)


@shared_task
def nightly() -> None:
    """Every account once: webhooks may be lost, and categories and qualities change without one."""
    with platform_scope("templates of all companies are read at night"):
        seen: set[tuple[int, str, str]] = set()
        for connection in (
            Connection.objects.live().filter(status=Status.CONNECTED).order_by("company_id", "id")
        ):
            book = book_of(connection)
            account = (connection.company_id, connection.kind, book.account(connection)) if book else None
            if account is None or account in seen:
                continue
            seen.add(account)
            read.nudge(connection.company_id, connection.pk, countdown=len(seen) * PACE_SECONDS)


def _keep(kind: str, account: str, known: list[Known], began: Any) -> Outcome:
    """Rows follow what was read; drafts are ours and stay, and so does what was submitted meanwhile."""
    rows = Template.objects.filter(kind=kind, account=account).select_for_update()
    ours = {(row.name, row.language): row for row in rows}
    created = updated = 0
    for one in known:
        row = ours.pop((one.name, one.language), None)
        if row is None:
            _add(kind, account, one)
            created += 1
        elif row.submitted_at is None or row.submitted_at < began:
            updated += _follow(row, one)
    gone = [row.pk for row in ours.values() if row.is_known and (row.submitted_at or began) <= began]
    templates.forget(Template.objects.filter(pk__in=gone))
    Template.objects.filter(kind=kind, account=account).exclude(provider_id="").update(synced_at=now())
    return Outcome(len(known), created, updated, len(gone))


def _add(kind: str, account: str, one: Known) -> None:
    template = Template(kind=kind, account=account, name=one.name, language=one.language, synced_at=now())
    for name in FIELDS:
        setattr(template, name, getattr(one, name))
    template.provider_id = one.provider_id
    template.defaults = templates.guess_defaults(template)
    template.save()
    publish(TEMPLATE_CREATED, template, to={"company"})


def _follow(row: Template, one: Known) -> bool:
    """Whether something was new."""
    changes = {name: getattr(one, name) for name in FIELDS if getattr(row, name) != getattr(one, name)}
    if "reason" in changes and one.status == row.status and not one.reason:
        del changes["reason"]  # lists say less than webhooks
    if not one.advice:
        changes.pop("advice", None)
    if row.provider_id != one.provider_id:
        changes["provider_id"] = one.provider_id
    if not changes:
        return False
    was = row.status
    for name, value in changes.items():
        setattr(row, name, value)
    row.synced_at = now()
    row.save()
    publish(TEMPLATE_UPDATED, row, to={"company"})
    if row.status != was:
        templates.warn(row)
    return True
