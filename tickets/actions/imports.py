"""Contacts out of a file: uploaded, understood, previewed, worked off in parts, and safe to run again.

A part of the rows is one transaction with the position behind it, so a killed worker neither loses nor repeats one.
"""

from datetime import timedelta
from typing import Any

import phonenumbers
from celery import shared_task
from django.db import IntegrityError, transaction
from django.utils.timezone import now

from helpdesk.constraints import constraint_of
from helpdesk.errors import Invalid, Refused
from helpdesk.events import publish
from tenants.actions import audit
from tenants.models import User
from tenants.scoping import CompanyTask, platform_scope
from tickets import sheets
from tickets.actions import import_columns, import_rows
from tickets.events import CONTACT_IMPORT_UPDATED
from tickets.models import Connection, ContactImport, ContactImportError, CustomField, Tag
from tickets.models.contact_import import ImportState
from tickets.models.custom_field import FieldOn

CHUNK = 100
LOOKED_AT = 1_000  # rows of which a preview says what would become of them
SHOWN = 20
STALE = timedelta(seconds=60)
SWEEP_LIMIT = 100


def upload(content: bytes, name: str, *, by: User | None) -> ContactImport:
    """Keep the file and guess what is in it. Nothing is imported yet."""
    sheet = _sheet(content)
    job = ContactImport(
        user=by, name=name[:200], content=content, kind=sheet.kind, encoding=sheet.encoding,
        delimiter=sheet.delimiter, region=_region(),
        has_header=import_columns.looks_like_header(sheet.rows),
    )  # fmt: skip
    _name_columns(job, sheet)
    job.save()
    return job


@transaction.atomic
def configure(job: ContactImport, **given: Any) -> ContactImport:
    """How the file is to be understood, and what is to be done with it."""
    job = _locked(job, ImportState.READY, "This import has begun.")
    has_header = given.pop("has_header", job.has_header)
    if has_header != job.has_header:
        job.has_header = has_header
        _name_columns(job, _sheet_of(job))
    for name, value in given.items():
        setattr(job, name, value)
    if "mapping" in given:
        job.mapping = _checked_mapping(job)
    job.save()
    return _tell(job)


def preview(job: ContactImport) -> dict[str, Any]:
    """What would become of the first rows if it began now. Changes nothing."""
    rows = _rows(job, _sheet_of(job))
    planned = import_rows.Book(job, rows[:LOOKED_AT]).plan()
    counts = dict.fromkeys(("create", "update", "unchanged", "skip", "fail"), 0)
    for row in planned:
        counts[row.outcome] += 1
    shown = [
        {
            "line": row.line,
            "cells": row.cells,
            "outcome": row.outcome,
            "contact": row.contact.pk if row.contact else None,
            "problems": row.problems,
        }
        for row in planned[:SHOWN]
    ]
    return {"rows": shown, "counts": counts, "looked_at": len(planned)}


@transaction.atomic
def start(job: ContactImport, *, by: audit.Actor) -> ContactImport:
    """Begin. Raises Invalid when nothing in the file could be a contact."""
    job = _locked(job, ImportState.READY, "This import has begun.")
    if not {"name", "number", "email"} & set(job.mapping):
        raise Invalid("import_unmapped", "Say which column has the name, the number or the e-mail address.")
    job.state = ImportState.RUNNING
    job.save(update_fields=["state"])
    audit.record(
        "contact_import.started", actor=by, target=f"contact_import:{job.pk}", data={"rows": job.total}
    )
    work.nudge(job.company_id, job.pk)
    return _tell(job)


@transaction.atomic
def cancel(job: ContactImport) -> ContactImport:
    """What was imported stays."""
    job = ContactImport.objects.locked(job.pk)
    if job.state not in {ImportState.READY, ImportState.RUNNING}:
        raise Refused("import_over", "This import is over.")
    return _end(job, ImportState.CANCELLED)


@shared_task(base=CompanyTask)
def work(company_id: int, job_id: int) -> None:
    """The next rows; then again, until none is left."""
    if _work_off(job_id).state == ImportState.RUNNING:
        work.nudge(company_id, job_id)


@shared_task
def sweep() -> None:
    """Go on with imports whose worker died or whose nudge was lost."""
    with platform_scope("imports of all companies that nobody works on"):
        stale = ContactImport.objects.running().filter(updated_at__lt=now() - STALE)
        for company_id, job_id in list(stale.values_list("company_id", "pk")[:SWEEP_LIMIT]):
            work.nudge(company_id, job_id)


def error_rows(job: ContactImport) -> Any:
    """The rows that were not imported, with the reason, to be corrected and imported again."""
    yield [*job.columns, "line", "problem"]
    for error in ContactImportError.objects.filter(job=job).order_by("line").iterator():
        reasons = "; ".join(_in_words(problem) for problem in error.problems)
        yield [*error.row, error.line, reasons]


@transaction.atomic
def _work_off(job_id: int) -> ContactImport:
    job: ContactImport = ContactImport.objects.locked(job_id)
    if job.state != ImportState.RUNNING:
        return job
    rows = _rows(job, _sheet_of(job))
    mine = rows[job.position : job.position + CHUNK]
    book = import_rows.Book(job, mine)
    for row in book.rows:
        _apply(book, row)
        _count(job, row)
    failed = [row for row in book.rows if row.outcome == "fail"]
    ContactImportError.objects.bulk_create(
        [
            ContactImportError(
                company_id=job.company_id, job=job, line=row.line, problems=row.problems, row=list(row.cells)
            )
            for row in failed
        ]
    )
    job.position += len(mine)
    if job.position >= len(rows):
        return _end(job, ImportState.DONE)
    job.save()
    return _tell(job)


def _apply(book: import_rows.Book, row: import_rows.Planned) -> None:
    if row.problems:
        return
    try:
        with transaction.atomic():
            book.apply(row)
    except Refused as error:
        import_rows.refused(row, error)
    except IntegrityError as error:
        if constraint_of(error) not in {"contact_number_once", "contact_address_once"}:
            raise
        # Somebody else gave a contact this number between the look and the leap.
        import_rows.refused(row, Refused("contact_exists", "Another contact has this number."))


def _count(job: ContactImport, row: import_rows.Planned) -> None:
    name = {"create": "created", "update": "updated", "skip": "skipped", "fail": "failed"}
    column = name.get(row.outcome, row.outcome)
    setattr(job, column, getattr(job, column) + 1)


def _end(job: ContactImport, state: ImportState) -> ContactImport:
    job.state, job.finished_at, job.content = state, now(), b""  # nobody's customers lie about
    job.save()
    return _tell(job)


def _locked(job: ContactImport, state: ImportState, otherwise: str) -> ContactImport:
    job = ContactImport.objects.locked(job.pk)
    if job.state != state:
        raise Refused("import_begun", otherwise)
    return job


def _sheet(content: bytes, **known: str) -> sheets.Sheet:
    try:
        return sheets.read(content, **known)
    except sheets.SheetError as error:
        raise Invalid(error.code, str(error), file=[str(error)]) from error


def _sheet_of(job: ContactImport) -> sheets.Sheet:
    return _sheet(bytes(job.content), delimiter=job.delimiter, encoding=job.encoding)


def _rows(job: ContactImport, sheet: sheets.Sheet) -> list[tuple[int, list[str]]]:
    numbered = list(zip(sheet.lines, sheet.rows, strict=True))
    return numbered[1:] if job.has_header else numbered


def _name_columns(job: ContactImport, sheet: sheets.Sheet) -> None:
    width = len(sheet.rows[0])
    job.columns = sheet.rows[0] if job.has_header else [""] * width
    job.total = len(sheet.rows) - (1 if job.has_header else 0)
    if not job.total:
        raise Invalid("sheet_empty", "There is nothing in this file but titles.", file=["Empty."])
    job.mapping = import_columns.guess(job.columns, [row for _, row in _rows(job, sheet)[:50]])


def _checked_mapping(job: ContactImport) -> list[str]:
    if len(job.mapping) != len(job.columns):
        raise Invalid("invalid_mapping", "Name a part for each column.", mapping=["Wrong length."])
    fields = CustomField.objects.live().filter(on=FieldOn.CONTACT).values_list("key", flat=True)
    known = {"", *import_columns.PARTS, *(f"{import_columns.FIELD}{key}" for key in fields)}
    used = [part for part in job.mapping if part]
    if not set(used) <= known or len(set(used)) != len(used):
        raise Invalid("invalid_mapping", "Each part exists, and is used once.", mapping=["Wrong part."])
    return list(job.mapping)


def _region() -> str:
    """Where the company's own numbers are from: numbers without a country code are meant to be from there."""
    for number in Connection.objects.exclude(number="").order_by("id").values_list("number", flat=True)[:5]:
        try:
            region = phonenumbers.region_code_for_number(phonenumbers.parse(f"+{number}"))
        except phonenumbers.NumberParseException:
            continue
        if region and len(region) == 2:
            return region
    return "BR"


def living_tags(ids: list[int]) -> list[int]:
    """The caller's tags that exist. Raises Invalid for others."""
    found = set(Tag.objects.live().filter(pk__in=ids).values_list("pk", flat=True))
    if missing := set(ids) - found:
        raise Invalid("tag_unknown", "Some of the tags do not exist.", tags=sorted(missing))
    return sorted(found)


def _in_words(problem: dict[str, str]) -> str:
    return f"{problem['column']}: {problem['detail']}" if problem["column"] else problem["detail"]


def _tell(job: ContactImport) -> ContactImport:
    publish(CONTACT_IMPORT_UPDATED, job, to={f"user.{job.user_id}"} if job.user_id else {"supervisors"})
    return job
