"""The text of a Word document: paragraphs under their headings, and tables row by row."""

import io
from collections.abc import Iterator
from typing import Any

from integrations.reading.blocks import MOST_CHARACTERS, Block, Headings, Unreadable


def read(data: bytes) -> list[Block]:
    import docx
    from docx.opc.exceptions import OpcError

    try:
        return list(_blocks(docx.Document(io.BytesIO(data))))
    except Unreadable:
        raise
    except (OpcError, ValueError, KeyError, SyntaxError, AttributeError, TypeError, OSError) as error:
        raise Unreadable("broken") from error  # lxml's XMLSyntaxError is a SyntaxError


def _blocks(document: Any) -> Iterator[Block]:
    headings, length = Headings(), 0
    for item in document.iter_inner_content():
        for text, level in _table(item) if hasattr(item, "rows") else [_paragraph(item)]:
            if level:
                headings.enter(level, text)
                continue
            length += len(text)
            if length > MOST_CHARACTERS:
                raise Unreadable("too_large")
            yield Block(text, str(headings))


def _paragraph(item: Any) -> tuple[str, int]:
    """Its text, and its level when it is a heading. Styles keep their English ids in every language."""
    text, style = item.text.strip(), (item.style.style_id if item.style is not None else "") or ""
    name = style.lower().replace(" ", "")
    if text and name == "title":
        return text, 1
    level = name.removeprefix("heading").removeprefix("ttulo").removeprefix("título")
    return text, int(level) + 1 if text and level != name and level.isdecimal() else 0


def _table(item: Any) -> Iterator[tuple[str, int]]:
    names: list[str] = []
    for row in item.rows:
        cells = [" ".join(cell.text.split()) for cell in row.cells]
        if not names:
            names = cells
        yield _line(names, cells), 0


def _line(names: list[str], cells: list[str]) -> str:
    """Each value with the name of its column, so that a row means something by itself."""
    if names is cells:
        return " | ".join(dict.fromkeys(cells))
    pairs = zip(names, cells, strict=False)
    return "; ".join(f"{name}: {cell}" if name and name != cell else cell for name, cell in pairs if cell)
