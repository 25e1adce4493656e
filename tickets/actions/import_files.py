"""The file of an import: read when it comes, kept so that any part of it is quickly at hand."""

from helpdesk.errors import Invalid
from tickets import sheets
from tickets.actions import import_columns
from tickets.models import ContactImport

Rows = list[tuple[int, list[str]]]  # the line of the file, and its cells


def keep(job: ContactImport, content: bytes) -> None:
    """What is no CSV is kept as CSV: opening a workbook takes a second for every ten thousand rows."""
    sheet = _read(content)
    job.kind = sheet.kind
    if sheet.kind != "csv":
        job.content, job.encoding, job.delimiter = sheets.packed(sheet), "utf-8", ","
    else:
        job.content, job.encoding, job.delimiter = content, sheet.encoding, sheet.delimiter
    job.has_header = import_columns.looks_like_header(sheet.rows)
    name_columns(job, sheet)


def opened(job: ContactImport) -> sheets.Sheet:
    return _read(bytes(job.content), delimiter=job.delimiter, encoding=job.encoding)


def rows(job: ContactImport, sheet: sheets.Sheet | None = None) -> Rows:
    """What follows the titles."""
    sheet = sheet or opened(job)
    numbered = list(zip(sheet.lines, sheet.rows, strict=True))
    return numbered[1:] if job.has_header else numbered


def name_columns(job: ContactImport, sheet: sheets.Sheet) -> None:
    """Titles, how many rows there are, and a first guess at what the columns mean."""
    width = len(sheet.rows[0])
    job.columns = sheet.rows[0] if job.has_header else [""] * width
    job.total = len(sheet.rows) - (1 if job.has_header else 0)
    if not job.total:
        raise Invalid("sheet_empty", "There is nothing in this file but titles.", file=["Empty."])
    job.mapping = import_columns.guess(job.columns, [row for _, row in rows(job, sheet)[:50]])


def _read(content: bytes, **known: str) -> sheets.Sheet:
    try:
        return sheets.read(content, **known)
    except sheets.SheetError as error:
        raise Invalid(error.code, str(error), file=[str(error)]) from error
