"""Which reader a file needs, by what is in it rather than by what it calls itself."""

import io
import zipfile
from collections.abc import Callable
from importlib import import_module
from pathlib import PurePath

from integrations.reading.blocks import MOST_UNPACKED, Block, Unreadable

READERS = {  # kind → module with read(data) → blocks; loaded when it is needed
    "pdf": "integrations.reading.pdf",
    "docx": "integrations.reading.word",
    "xlsx": "integrations.reading.sheet",
    "html": "integrations.reading.html",
    "markdown": "integrations.reading.markdown",
    "text": "integrations.reading.plain",
}
MIMES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "html": "text/html",
    "markdown": "text/markdown",
    "text": "text/plain",
}
_MARKS = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx"}


def kind_of(data: bytes, name: str = "", mime: str = "") -> str:
    """A key of READERS. Raises Unreadable."""
    if not data.strip():
        raise Unreadable("empty")
    head = data[:1024].lstrip()
    if b"%PDF-" in head:
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return _in_archive(data)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        # Word and Excel before 2007, and every file of theirs that has a password
        raise Unreadable("encrypted" if b"E\0n\0c\0r\0y\0p\0t" in data else "unreadable_type")
    if b"\0" in head and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable("unreadable_type")
    ending = PurePath(name.lower()).suffix
    if mime.startswith("text/html") or ending in {".html", ".htm"} or _is_page(head):
        return "html"
    return "markdown" if ending in {".md", ".markdown"} or mime.startswith("text/markdown") else "text"


def read(data: bytes, kind: str) -> list[Block]:
    """What is in it. Raises Unreadable."""
    reader: Callable[[bytes], list[Block]] = import_module(READERS[kind]).read
    blocks = [block for block in reader(data) if block.text.strip()]
    if not blocks:
        raise Unreadable("empty")
    return blocks


def _is_page(head: bytes) -> bool:
    return head[:15].lower().startswith((b"<!doctype html", b"<html"))


def _in_archive(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise Unreadable("broken") from error
    if sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise Unreadable("too_large")
    for entry in entries:
        if entry.filename in _MARKS:
            return _MARKS[entry.filename]
    raise Unreadable("unreadable_type")
