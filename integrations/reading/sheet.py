"""The text of a spreadsheet: each row with the names of its columns, under the name of its sheet."""

import io
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any
from zipfile import BadZipFile

from integrations.reading.blocks import MOST_CHARACTERS, Block, Unreadable

MOST_COLUMNS = 60


def read(data: bytes) -> list[Block]:
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        blocks: list[Block] = []
        for sheet in book.worksheets:
            blocks += _rows(sheet)
            if sum(len(block.text) for block in blocks) > MOST_CHARACTERS:
                raise Unreadable("too_large")
        return blocks
    except Unreadable:
        raise
    except (InvalidFileException, BadZipFile, ValueError, KeyError, TypeError, SyntaxError, OSError) as error:
        raise Unreadable("broken") from error


def _rows(sheet: Any) -> Iterator[Block]:
    names: list[str] = []
    length = 0
    for row in sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS):
        cells = [_said(value) for value in row]
        if sum(map(bool, cells)) == 0:
            continue
        if not names:
            names = cells
            text = " | ".join(filter(None, cells))
        else:
            pairs = zip(names, cells, strict=False)
            text = "; ".join(f"{name}: {cell}" if name else cell for name, cell in pairs if cell)
        length += len(text)
        if length > MOST_CHARACTERS:
            raise Unreadable("too_large")
        yield Block(text, str(sheet.title))


def _said(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    return value.isoformat() if isinstance(value, (date, time)) else " ".join(str(value).split())
