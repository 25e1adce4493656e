"""Plain text: paragraphs between blank lines."""

import codecs
import re

from integrations.reading.blocks import MOST_CHARACTERS, Block, Unreadable


def read(data: bytes) -> list[Block]:
    text = decoded(data)
    if len(text) > MOST_CHARACTERS:
        raise Unreadable("too_large")
    return [Block(part.strip("\n")) for part in re.split(r"\n[ \t]*\n", text)]


def decoded(data: bytes, hint: str = "") -> str:
    """UTF-8 or UTF-16 where it is that, else what the document says, else what Windows writes."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _clean(data.decode("utf-16", "replace"))
    try:
        return _clean(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        pass
    try:
        return _clean(data.decode(hint or "cp1252"))
    except (UnicodeDecodeError, LookupError):
        return _clean(data.decode("latin-1"))


def _clean(text: str) -> str:
    """PostgreSQL cannot store NUL."""
    return text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")
