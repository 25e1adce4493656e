"""Tables that leave as CSV, line by line, or as a workbook: either costs the memory of one page."""

from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from django.http import FileResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from tenants.scoping import company_scope
from tickets import sheets

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def download(
    name: str, rows: Iterable[Iterable[Any]], *, company_id: int, kind: str = "csv"
) -> HttpResponseBase:
    """The table as a file. `kind` is csv or xlsx."""
    answer = Workbook(sheets.workbook(rows)) if kind == "xlsx" else Lines(rows, company_id=company_id)
    answer["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "no-store"
    return answer


class Lines(StreamingHttpResponse):
    """The company's scope is closed by the time the lines are sent, so it is opened again for them."""

    def __init__(self, rows: Iterable[Iterable[Any]], *, company_id: int) -> None:
        super().__init__(_lines(rows, company_id), content_type="text/csv; charset=utf-8")

    def render(self) -> "Lines":
        return self


class Workbook(FileResponse):
    def __init__(self, file: BinaryIO) -> None:
        super().__init__(file, content_type=XLSX)

    def render(self) -> "Workbook":
        return self


def _lines(rows: Iterable[Iterable[Any]], company_id: int) -> Iterator[str]:
    with company_scope(company_id):
        yield from sheets.written(rows)
