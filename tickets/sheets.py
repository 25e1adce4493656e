"""Tables that people upload (CSV, XLSX, a phone's vCards) and download (CSV, XLSX).

Read carefully, written so that no cell can run. Nothing here knows what the columns mean.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from tempfile import SpooledTemporaryFile
from typing import Any, BinaryIO, cast

from tickets import vcards

MAX_BYTES = 10_000_000
MAX_ROWS = 50_000
MAX_COLUMNS = 60
MAX_CELL = 10_000
LONGEST_CELL = 32_767  # what XLSX allows
UNPACKED_BYTES = 150_000_000  # of a workbook: more is a bomb, not an address book
DELIMITERS = ",;\t|"
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class SheetError(Exception):
    """The file cannot be read. `code` is for programs, the text for people."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code


@dataclass(frozen=True, slots=True)
class Sheet:
    """All rows as text, equally long. `lines` has the line of each row in the file."""

    kind: str
    encoding: str
    delimiter: str
    rows: list[list[str]]
    lines: list[int]


def read(content: bytes, *, delimiter: str = "", encoding: str = "") -> Sheet:
    """What is in the file. Raises SheetError."""
    if content[:4] == b"PK\x03\x04":
        return _shaped("xlsx", "", "", _workbook(content))
    encoding = encoding or _encoding(content)
    try:
        text = content.decode(encoding)
    except (UnicodeDecodeError, LookupError) as error:
        raise SheetError("sheet_unreadable", "This file is neither CSV nor XLSX.") from error
    if "\x00" in text:
        raise SheetError("sheet_unreadable", "This file is neither CSV nor XLSX.")
    if vcards.is_one(text):
        return _shaped("vcf", encoding, "", vcards.rows(text))
    delimiter = delimiter or _delimiter(text)
    return _shaped("csv", encoding, delimiter, csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def packed(sheet: Sheet) -> bytes:
    """The same rows as CSV; empty lines keep each row on its line."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    at = 1
    for line, row in zip(sheet.lines, sheet.rows, strict=True):
        buffer.write("\r\n" * (line - at))
        writer.writerow(row)
        at = line + 1
    return buffer.getvalue().encode()


def written(rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    """The lines of a CSV file that a spreadsheet opens as it is: a mark for UTF-8 first, and no formulas."""
    yield "\ufeff"
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    for row in rows:
        writer.writerow([harmless(cell) for cell in row])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def workbook(rows: Iterable[Iterable[Any]]) -> BinaryIO:
    """The same as XLSX: cells are texts, so nothing in them runs. Kept on disk when it is large."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in rows:
        sheet.append([_cell(sheet, cell) for cell in row])
    file = SpooledTemporaryFile(max_size=2_000_000)  # noqa: SIM115  who sends it closes it
    book.save(file)
    file.seek(0)
    return cast(BinaryIO, file)


def harmless(cell: Any) -> str:
    """A customer may be called =HYPERLINK(…): a quote in front makes it text for every spreadsheet."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(_STARTS_A_FORMULA) else text


def _cell(sheet: Any, value: Any) -> Any:
    """Numbers of people are no numbers: as text they keep every digit."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    if value is None or isinstance(value, (bool, float)):
        return value
    cell = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("", str(value))[:LONGEST_CELL])
    cell.data_type = "s"
    return cell


def _encoding(content: bytes) -> str:
    for mark, name in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return name
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"  # what Excel writes on a Portuguese or Spanish Windows
    return "utf-8"


def _delimiter(text: str) -> str:
    """The sign that cuts the first lines into the same number of columns, and into the most."""
    head = "\n".join(text.splitlines()[:20])

    def score(sign: str) -> tuple[bool, int]:
        try:
            widths = [len(row) for row in csv.reader(io.StringIO(head), delimiter=sign) if row]
        except csv.Error:
            return (False, 0)
        least = min(widths, default=0)
        return (least > 1 and least == max(widths), least)

    return max(DELIMITERS, key=score)


def _workbook(content: bytes) -> Iterator[list[Any]]:
    from openpyxl import load_workbook  # half a second, and few processes ever read a workbook

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            if sum(part.file_size for part in parts.infolist()) > UNPACKED_BYTES:
                raise SheetError("sheet_too_large", "This workbook is too large.")
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # what a file says about its size need not be true
        for row in sheet.iter_rows(values_only=True, max_col=MAX_COLUMNS):
            yield list(row)
    except SheetError:
        raise
    except Exception as error:  # openpyxl raises whatever a broken file makes it stumble over
        raise SheetError("sheet_unreadable", "This workbook cannot be read.") from error


def _shaped(kind: str, encoding: str, delimiter: str, raw: Iterable[list[Any]]) -> Sheet:
    rows: list[list[str]] = []
    lines: list[int] = []
    try:
        for line, cells in enumerate(raw, start=1):
            texts = [_text(cell) for cell in cells[:MAX_COLUMNS]]
            while texts and not texts[-1]:
                texts.pop()
            if not texts:
                continue
            if len(rows) > MAX_ROWS:
                raise SheetError("sheet_too_long", f"A file can have {MAX_ROWS} rows. Divide it.")
            rows.append(texts)
            lines.append(line)
    except csv.Error as error:
        raise SheetError("sheet_unreadable", "This file is not CSV.") from error
    if not rows:
        raise SheetError("sheet_empty", "There is nothing in this file.")
    width = max(len(row) for row in rows)
    return Sheet(kind, encoding, delimiter, [row + [""] * (width - len(row)) for row in rows], lines)


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)  # a spreadsheet keeps a telephone number as 5511987654321.0
    if isinstance(cell, datetime):
        cell = cell.date() if cell.time() == datetime.min.time() else cell
    text = cell.isoformat() if isinstance(cell, date) else str(cell)
    return text.replace("\x00", "").strip()[:MAX_CELL]
