"""Files of threads: kept as they came, read by the worker that needs their text."""

from typing import Any

from helpdesk.errors import Invalid, Refused, TooLarge
from integrations.models import AssistantThread, ThreadFile
from integrations.reading import kinds
from integrations.reading.blocks import Unreadable
from tickets.media.kinds import sniff

LARGEST = 10_000_000  # bytes of a document
LARGEST_PICTURE = 4_000_000
LONGEST = 400_000  # signs of a document's text
MOST_FILES = 20
PICTURES = {"image/png", "image/jpeg", "image/webp"}


def add(thread: AssistantThread, file: Any) -> ThreadFile:
    """A document or a picture for the questions that follow. Raises Invalid for other kinds."""
    if thread.files.count() >= MOST_FILES:
        raise Refused("thread_full", f"A thread can have {MOST_FILES} files.")
    if file.size > LARGEST:
        raise TooLarge("upload_too_large", "The file is too large.")
    data, name = file.read(), str(file.name or "file")[-200:]
    mime = sniff(data[:4096])
    if mime in PICTURES:
        if len(data) > LARGEST_PICTURE:
            raise TooLarge("upload_too_large", "The picture is too large.")
    else:
        mime = _document(data, name)
    row: ThreadFile = ThreadFile.objects.create(
        thread=thread, name=name, mime=mime, size=len(data), data=data
    )
    return row


def text_of(file: ThreadFile) -> str:
    """What a document says, read when it is first needed. Parsers are slow and heavy: for the worker only."""
    if file.text or file.trouble or file.is_picture:
        return file.text
    data = bytes(file.data)
    try:
        blocks = kinds.read(data, kinds.kind_of(data, file.name))
        file.text = "\n\n".join(block.text for block in blocks)[:LONGEST]
    except Unreadable as why:
        file.trouble = why.code
    file.save(update_fields=["text", "trouble"])
    return file.text


def _document(data: bytes, name: str) -> str:
    try:
        return kinds.MIMES[kinds.kind_of(data, name)]
    except Unreadable as why:
        raise Invalid(
            "upload_type_refused", "Only documents and pictures can be read.", file=[why.code]
        ) from why
