"""Files between customers and bots: what customers sent, at addresses that work for an hour; and what bots point to,
fetched from the public internet before it is said."""

import io
import logging
import tempfile
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from django.conf import settings
from django.core import signing
from django.db import transaction

from helpdesk import http
from helpdesk.errors import Refused
from integrations.actions import turns
from integrations.bots.port import File
from integrations.models import BotSession, Turn
from tenants.scoping import current_company_id
from tickets.actions import media
from tickets.media import ffmpeg, files
from tickets.models import Attachment, Message
from tickets.models.attachment import State

logger = logging.getLogger(__name__)

SALT = "integrations.bot-file"
LINK_SECONDS = 3600
PATIENCE = 10.0  # seconds in which a customer's file is still waited for
MAX_BYTES = 16_000_000
FETCH_SECONDS = 10.0
SPOKEN_SECONDS = 59  # a bot that hears takes a minute
MOST_FILES = 10  # of one answer; the others are said as links


def links(message: Message) -> Iterator[File]:
    """A customer's files, once they are here. Not in a transaction: it waits for them."""
    ends = time.monotonic() + PATIENCE
    for file in message.attachments.all():
        while file.state in {State.WANTED, State.FETCHING} and time.monotonic() < ends:
            time.sleep(0.5)
            file.refresh_from_db(fields=["state", "path", "name", "mime"])
        if file.state == State.STORED:
            yield File(file.name, file.mime, link(file))


def sound_of(message: Message) -> bytes:
    """The beginning of a voice message as Ogg with Opus of 16 kHz, or nothing. Not in a transaction."""
    file = next((one for one in message.attachments.all() if one.kind == "audio" and one.path), None)
    if file is None:
        return b""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "said.ogg"
        try:
            ffmpeg.to_speech(files.absolute(file.path), target, start=0, seconds=SPOKEN_SECONDS)
            return target.read_bytes()
        except (ffmpeg.MediaError, OSError, ValueError):
            return b""


def link(file: Attachment) -> str:
    """Whoever has it may read this one file, and only for an hour."""
    token = signing.dumps([current_company_id(), str(file.uuid)], salt=SALT)
    return f"{settings.WEBHOOK_ROOT}/api/bots/files/{token}/{quote(file.name or 'file', safe='')}"


def named_in(token: str) -> tuple[int, uuid.UUID] | None:
    """The company and the file of such an address; None when it is not ours, or too old."""
    try:
        company_id, file_id = signing.loads(token, salt=SALT, max_age=LINK_SECONDS)
        return int(company_id), uuid.UUID(file_id)
    except (signing.BadSignature, ValueError, TypeError):
        return None


def fetch_all(session: BotSession, turn: Turn) -> None:
    """Bring the files of what waits to be said. One that cannot be had stays an address, and is said as such.

    Not in a transaction: it fetches them.
    """
    waiting = _wanted(BotSession.objects.get(pk=session.pk))
    fetched: dict[str, int | None] = {}
    for url in list(dict.fromkeys(said["url"] for said in waiting))[:MOST_FILES]:
        file = _fetched(url)
        fetched[url] = file.pk if file is not None else None
        turns.extend(turn)
    if fetched:
        _note(session.pk, fetched)


def _wanted(session: BotSession) -> list[dict[str, Any]]:
    said = (part["say"] for part in session.unsaid if "say" in part)
    return [one for one in said if one.get("url") and "file" not in one]


@transaction.atomic
def _note(session_id: int, fetched: dict[str, int | None]) -> None:
    """On the locked row: the bot may have sent more meanwhile. A file belongs to one message only."""
    row = BotSession.objects.locked(session_id)
    for said in _wanted(row):
        if said["url"] in fetched:
            said["file"] = fetched.pop(said["url"])
    row.save(update_fields=["unsaid"])


def _fetched(url: str) -> Attachment | None:
    try:
        reply = http.request("GET", url, timeout=FETCH_SECONDS, max_bytes=MAX_BYTES)
    except (http.HTTPError, http.InvalidURL, http.AddressRefused) as error:
        logger.info("a bot's file was not fetched", extra={"fields": {"why": type(error).__name__}})
        return None
    if reply.status_code != 200 or not reply.content:
        return None
    name = unquote(urlsplit(url).path.rpartition("/")[2])[:120] or "file"
    sort = reply.headers.get("content-type", "").partition(";")[0].strip()
    try:
        return media.store_upload(_Fetched(reply.content, name, sort), by=None)
    except Refused as refused:
        logger.info("a bot's file was refused", extra={"fields": {"why": refused.code}})
        return None


class _Fetched:
    """What was fetched, in the shape of an upload."""

    def __init__(self, content: bytes, name: str, content_type: str) -> None:
        self._content, self._name, self._sort = content, name, content_type

    @property
    def name(self) -> str:
        return self._name

    @property
    def size(self) -> int:
        return len(self._content)

    @property
    def content_type(self) -> str:
        return self._sort

    def chunks(self) -> Any:
        stream = io.BytesIO(self._content)
        return iter(lambda: stream.read(256 * 1024), b"")
