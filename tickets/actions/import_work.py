"""An import at work: the rows go into the address book part by part.

A part is one transaction with the position behind it, so a killed worker neither loses nor repeats a row.
"""

import time
from datetime import timedelta

from celery import shared_task
from django.db import IntegrityError, transaction
from django.utils.timezone import now

from helpdesk.constraints import constraint_of
from helpdesk.errors import Refused
from helpdesk.events import publish
from tenants.scoping import CompanyTask, platform_scope
from tickets.actions import import_files, import_rows, notices
from tickets.events import CONTACT_IMPORT_UPDATED
from tickets.models import ContactImport, ContactImportError
from tickets.models.contact_import import ImportState

PART = 100  # rows; then the console is told
TURN = 10.0  # seconds of reading on in the same file; then other jobs of the worker have theirs
STALE = timedelta(seconds=60)
SWEEP_LIMIT = 100
_COUNTED = {"create": "created", "update": "updated", "skip": "skipped", "fail": "failed"}


@shared_task(base=CompanyTask)
def work(company_id: int, job_id: int) -> None:
    """The next rows; then again, until none is left."""
    job: ContactImport = ContactImport.objects.get(pk=job_id)
    if job.state != ImportState.RUNNING:
        return
    rows = import_files.rows(job)
    until = time.monotonic() + TURN
    while _part(job_id, rows).state == ImportState.RUNNING:
        if time.monotonic() > until:
            work.nudge(company_id, job_id)
            return


@shared_task
def sweep() -> None:
    """Go on with imports whose worker died or whose nudge was lost."""
    with platform_scope("imports of all companies that nobody works on"):
        stale = ContactImport.objects.running().filter(updated_at__lt=now() - STALE)
        for company_id, job_id in list(stale.values_list("company_id", "pk")[:SWEEP_LIMIT]):
            work.nudge(company_id, job_id)


def end(job: ContactImport, state: ImportState) -> ContactImport:
    job.state, job.finished_at, job.content = state, now(), b""  # nobody's customers lie about
    job.save()
    if state == ImportState.DONE and job.user_id:
        done = {"contact_import": job.pk, "name": job.name, "created": job.created, "failed": job.failed}
        notices.tell("finished", [job.user_id], data={**done, "updated": job.updated})
    return tell(job)


def tell(job: ContactImport) -> ContactImport:
    publish(CONTACT_IMPORT_UPDATED, job, to={f"user.{job.user_id}"} if job.user_id else {"supervisors"})
    return job


@transaction.atomic
def _part(job_id: int, rows: import_files.Rows) -> ContactImport:
    job: ContactImport = ContactImport.objects.defer("content").locked(job_id)
    if job.state != ImportState.RUNNING:
        return job
    mine = rows[job.position : job.position + PART]
    book = import_rows.Book(job, mine, hold=True)
    for row in book.rows:
        _apply(book, row)
        column = _COUNTED.get(row.outcome, row.outcome)
        setattr(job, column, getattr(job, column) + 1)
    failed = [row for row in book.rows if row.outcome == "fail"]
    ContactImportError.objects.bulk_create(
        ContactImportError(
            company_id=job.company_id, job=job, line=row.line, problems=row.problems, row=list(row.cells)
        )
        for row in failed
    )
    job.position += len(mine)
    if job.position >= len(rows):
        return end(job, ImportState.DONE)
    job.save(update_fields=["position", *set(_COUNTED.values()), "unchanged"])
    return tell(job)


def _apply(book: import_rows.Book, row: import_rows.Planned) -> None:
    if row.problems:
        return
    try:
        with transaction.atomic():
            book.apply(row)
    except Refused as error:
        import_rows.refused(row, error)
        book.recover(row)
    except IntegrityError as error:
        if constraint_of(error) not in {"contact_number_once", "contact_address_once"}:
            raise
        # Somebody else gave a contact this number between the look and the leap.
        import_rows.refused(row, Refused("contact_exists", "Another contact has this number."))
        book.recover(row)
