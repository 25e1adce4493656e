"""The text of a PDF, page by page, under the headings of its outline."""

import io
import logging
import re
from typing import Any

from integrations.reading.blocks import MOST_CHARACTERS, MOST_PAGES, Block, Unreadable

FEW = 20  # characters on a page: with so few it is a picture


def read(data: bytes) -> list[Block]:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.ERROR)  # it tells of every flaw that it mended
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable("encrypted")
        if len(reader.pages) > MOST_PAGES:
            raise Unreadable("too_large")
        texts = _texts(reader)
        titles = _titles(reader)
    except Unreadable:
        raise
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, OSError, RecursionError,
            NotImplementedError, AssertionError, MemoryError) as error:  # fmt: skip
        raise Unreadable("broken") from error
    if not any(texts):
        raise Unreadable("empty")
    if sum(len(text) for text in texts) < FEW * len(texts):
        raise Unreadable("scanned")
    return _blocks(texts, titles)


def _texts(reader: Any) -> list[str]:
    texts, length, pictures = [], 0, 0
    for page in reader.pages:
        text = page.extract_text() or ""
        texts.append(text.replace("\0", ""))
        length += len(text)
        if length > MOST_CHARACTERS:
            raise Unreadable("too_large")
        pictures += not text.strip() and _has_picture(page)
    if length < FEW and pictures:
        raise Unreadable("scanned")
    return texts


def _has_picture(page: Any) -> bool:
    resources = page.get("/Resources") or {}
    inside = (resources.get_object() if hasattr(resources, "get_object") else resources).get("/XObject") or {}
    found = inside.get_object() if hasattr(inside, "get_object") else inside
    return any(found[name].get_object().get("/Subtype") == "/Image" for name in found)


def _titles(reader: Any) -> dict[int, str]:
    """The outline's heading of each page on which one begins."""
    titles: dict[int, str] = {}

    def walk(entries: list[Any], above: str, depth: int) -> None:
        here = above
        for entry in entries:
            if isinstance(entry, list):
                if depth < 4:
                    walk(entry, here, depth + 1)
                continue
            title = " ".join(str(entry.title or "").split())[:120]
            here = f"{above} › {title}" if above else title
            number = reader.get_destination_page_number(entry)
            if number is not None and number >= 0:
                titles.setdefault(number, here)

    walk(reader.outline, "", 0)
    return titles


def _blocks(texts: list[str], titles: dict[int, str]) -> list[Block]:
    blocks, heading = [], ""
    for number, text in enumerate(texts):
        heading = titles.get(number, heading)
        joined = re.sub(r"(\w)-\n(?=[a-zà-ÿ])", r"\1", text)  # words that were divided at the line's end
        for paragraph in re.split(r"\n\s*\n", joined):
            words = " ".join(paragraph.split())
            if words:
                blocks.append(Block(words, heading, number + 1))
    return blocks
