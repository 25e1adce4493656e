"""Contacts out of a file: uploaded, understood, previewed, begun, cancelled; what was wrong can be fetched."""

from collections.abc import Iterator
from typing import Any

import phonenumbers
from django.db import transaction

from helpdesk.errors import Invalid, Refused
from tenants.actions import audit
from tenants.models import User
from tickets.actions import import_columns, import_files, import_rows, import_work
from tickets.models import Connection, ContactImport, ContactImportError, CustomField, Tag
from tickets.models.contact_import import ImportState
from tickets.models.custom_field import FieldOn

LOOKED_AT = 1_000  # rows of which a preview says what would become of them
SHOWN = 20


def upload(content: bytes, name: str, *, by: User | None) -> ContactImport:
    """Keep the file and guess what is in it. Nothing is imported yet."""
    job = ContactImport(user=by, name=name[:200], region=_region())
    import_files.keep(job, content)
    job.save()
    return job


@transaction.atomic
def configure(job: ContactImport, **given: Any) -> ContactImport:
    """How the file is to be understood, and what is to be done with it."""
    job = _prepared(job)
    has_header = given.pop("has_header", job.has_header)
    if has_header != job.has_header:
        job.has_header = has_header
        import_files.name_columns(job, import_files.opened(job))
    for name, value in given.items():
        setattr(job, name, value)
    if "mapping" in given:
        job.mapping = _checked_mapping(job)
    job.save()
    return import_work.tell(job)


def preview(job: ContactImport) -> dict[str, Any]:
    """What would become of the first rows if it began now, problems first. Changes nothing."""
    if job.state != ImportState.READY:
        raise Refused("import_begun", "This import has begun.")
    planned = import_rows.Book(job, import_files.rows(job)[:LOOKED_AT]).plan()
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
        for row in sorted(planned, key=lambda row: not row.problems)[:SHOWN]
    ]
    return {"rows": shown, "counts": counts, "looked_at": len(planned)}


@transaction.atomic
def start(job: ContactImport, *, by: audit.Actor) -> ContactImport:
    """Begin. Raises Invalid when nothing in the file could be a contact."""
    job = _prepared(job)
    if not {"name", "number", "email"} & set(job.mapping):
        raise Invalid("import_unmapped", "Say which column has the name, the number or the e-mail address.")
    job.state = ImportState.RUNNING
    job.save(update_fields=["state"])
    audit.record(
        "contact_import.started", actor=by, target=f"contact_import:{job.pk}", data={"rows": job.total}
    )
    import_work.work.nudge(job.company_id, job.pk)
    return import_work.tell(job)


@transaction.atomic
def cancel(job: ContactImport) -> ContactImport:
    """What was imported stays."""
    job = ContactImport.objects.locked(job.pk)
    if job.state not in {ImportState.READY, ImportState.RUNNING}:
        raise Refused("import_over", "This import is over.")
    return import_work.end(job, ImportState.CANCELLED)


def error_rows(job: ContactImport) -> Iterator[list[Any]]:
    """The rows that were not imported, with the reason, to be corrected and imported again."""
    yield [*job.columns, "line", "problem"]
    for error in ContactImportError.objects.filter(job=job).order_by("line").iterator():
        reasons = "; ".join(_in_words(problem) for problem in error.problems)
        yield [*error.row, error.line, reasons]


def living_tags(ids: list[int]) -> list[int]:
    """The caller's tags that exist. Raises Invalid for others."""
    found = set(Tag.objects.live().filter(pk__in=ids).values_list("pk", flat=True))
    if missing := set(ids) - found:
        raise Invalid("tag_unknown", "Some of the tags do not exist.", tags=sorted(missing))
    return sorted(found)


def _prepared(job: ContactImport) -> ContactImport:
    """The locked row, while it can still be changed."""
    job = ContactImport.objects.locked(job.pk)
    if job.state != ImportState.READY:
        raise Refused("import_begun", "This import has begun.")
    return job


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


def _in_words(problem: dict[str, str]) -> str:
    return f"{problem['column']}: {problem['detail']}" if problem["column"] else problem["detail"]
