"""Files come in and go out: uploads of agents, and files that customers sent, fetched from the provider.

A message never waits for its file: each inbound attachment has its own state and is tried again until the
provider forgets it, seven days after the message.
"""

import logging
import uuid
from datetime import timedelta
from typing import Any, Protocol

from celery import shared_task
from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils.module_loading import import_string
from django.utils.timezone import now

from helpdesk.errors import Invalid, TooLarge
from tenants.models import User
from tenants.scoping import CompanyTask, current_company_id, platform_scope
from tickets.actions import tell
from tickets.media import files, kinds, prepare
from tickets.media.ffmpeg import MediaError
from tickets.media.files import FileTooBig
from tickets.media.prepare import Prepared
from tickets.models import Attachment, Message
from tickets.models.attachment import Kind, State
from tickets.transport import TransportError, transport_for

logger = logging.getLogger(__name__)

FETCH_UNTIL = timedelta(days=6, hours=20)  # WhatsApp keeps a file for 7 days
FETCH_MAX_BYTES = 110 * 1024 * 1024
PAUSES = [5, 15, 60, 300, 900, 3600]  # seconds before each further try; the last one repeats
UPLOAD_KEPT = timedelta(days=2)  # an upload that no message uses
SWEEP_LIMIT = 200
OPEN = [State.WANTED, State.FETCHING]


class Upload(Protocol):
    """What Django gives for a file of a form."""

    @property
    def name(self) -> str | None: ...

    @property
    def size(self) -> int | None: ...

    @property
    def content_type(self) -> str | None: ...

    def chunks(self) -> Any: ...


def store_upload(file: Upload, *, by: User | None, voice: bool = False) -> Attachment:
    """Keep what somebody wants to send, in a form that can be sent. Raises Invalid or TooLarge."""
    if (file.size or 0) > settings.UPLOAD_MAX_BYTES:
        raise _too_large()
    file_id = uuid.uuid4()
    folder = files.new_folder(current_company_id(), file_id)
    name = files.clean_name(file.name or "")
    try:
        written = files.write(folder, file.chunks(), max_bytes=settings.UPLOAD_MAX_BYTES)
        if not written.size:
            raise Invalid("upload_empty", "The file is empty.")
        ready = prepare.outgoing(written.path, name=name, declared=file.content_type or "", voice=voice)
        row: Attachment = Attachment.objects.create(
            uuid=file_id, uploaded_by=by, state=State.STORED, **ready.row()
        )
        if ready.path != written.path:
            written.path.unlink()
    except FileTooBig as error:
        files.remove_folder(folder)
        raise _too_large() from error
    except BaseException:
        files.remove_folder(folder)
        raise
    return row


def make_voice_note(file: Attachment) -> None:
    """The form in which channels show a file as a voice note. Not inside a transaction: it runs a program."""
    if file.kind != Kind.AUDIO:
        raise Invalid("voice_needs_audio", "Only a recording can be sent as a voice note.")
    if file.is_voice:
        return
    known = Prepared(file.kind, file.mime, file.name, files.absolute(file.path))
    try:
        row = prepare.as_voice_note(known).row()
    except (MediaError, FileNotFoundError) as error:
        raise Invalid("upload_unreadable", "This recording cannot be read.") from error
    for name, value in row.items():
        setattr(file, name, value)
    file.save(update_fields=list(row))


@shared_task(base=CompanyTask)
def fetch(company_id: int, attachment_id: int) -> None:
    """Bring one file of a customer here. A second run finds it taken or done."""
    file = _claim(attachment_id)
    if file is None or file.message is None:
        return
    if file.message.at + FETCH_UNTIL < now():
        _finish(file, state=State.EXPIRED)
        return
    folder = files.new_folder(company_id, file.uuid)
    try:
        values = _download(file, file.message, folder)
    except FileTooBig:
        values = {"state": State.TOO_BIG}
    except TransportError as error:
        values = _after(error, file)
    if not _finish(file, **values) and "path" in values:
        files.absolute(values["path"]).unlink(missing_ok=True)  # another worker took over while we were slow


@shared_task
def sweep() -> None:
    """Find files that no nudge will fetch, and forget uploads that no message used."""
    with platform_scope("files of all companies that are still to be fetched"):
        due = Attachment.objects.filter(Q(fetch_after=None) | Q(fetch_after__lte=now()), state__in=OPEN)
        due = due.exclude(message=None).order_by("fetch_after")
        for company_id, attachment_id in list(due.values_list("company_id", "pk")[:SWEEP_LIMIT]):
            fetch.nudge(company_id, attachment_id)
        unused = Attachment.objects.filter(message=None, kept=None, created_at__lt=now() - UPLOAD_KEPT)
        for path in settings.FILE_KEEPERS:
            unused = unused.exclude(import_string(path)(None))
        for file in list(unused.order_by("pk")[:SWEEP_LIMIT]):
            if Attachment.objects.filter(pk=file.pk, message=None, kept=None).delete()[0]:
                files.remove_folder_of(file.path)


def _claim(attachment_id: int) -> Attachment | None:
    free = Q(fetch_after=None) | Q(fetch_after__lte=now())
    taken = Attachment.objects.filter(free, pk=attachment_id, state__in=OPEN).update(
        state=State.FETCHING,
        tries=F("tries") + 1,
        fetch_after=now() + timedelta(seconds=settings.FETCH_SECONDS),
    )
    if not taken:
        return None
    row: Attachment = Attachment.objects.select_related("message__connection").get(pk=attachment_id)
    return row


def _download(file: Attachment, message: Message, folder: Any) -> dict[str, Any]:
    transport = transport_for(message.connection)
    with transport.download(message.connection, file.remote) as stream:
        if stream.size is not None and stream.size > FETCH_MAX_BYTES:
            raise FileTooBig
        written = files.write(folder, stream.chunks, max_bytes=FETCH_MAX_BYTES)
        mime = file.mime or stream.mime
    sort = kinds.received(written.path, kind=file.kind, name=file.name, declared=mime)
    if sort is None:
        written.path.unlink(missing_ok=True)
        return {"state": State.REFUSED, "size": written.size}
    ready = prepare.incoming(written.path, sort, name=files.clean_name(file.name), voice=file.is_voice)
    return {"state": State.STORED, **ready.row()}


def _after(error: TransportError, file: Attachment) -> dict[str, Any]:
    """Try again later, unless that cannot help."""
    logger.warning("file not fetched", extra={"fields": {"attachment": file.pk, "code": error.code}})
    if error.permanent:
        known = {"too_big": State.TOO_BIG, "refused": State.REFUSED, "expired": State.EXPIRED}
        ends = (state for mark, state in known.items() if mark in error.code)
        return {"state": next(ends, State.FAILED)}
    pause = PAUSES[min(file.tries, len(PAUSES)) - 1]
    return {"state": State.WANTED, "fetch_after": now() + timedelta(seconds=pause)}


@transaction.atomic
def _finish(file: Attachment, **values: Any) -> bool:
    """`tries` is the fence: whoever was overtaken by a later try changes nothing."""
    done = Attachment.objects.filter(pk=file.pk, state=State.FETCHING, tries=file.tries).update(
        **{"fetch_after": None, **values}
    )
    if done and values["state"] != State.WANTED:
        rows = Message.objects.select_related("ticket", "connection")
        message = rows.with_parts().locked(file.message_id)
        message.save(update_fields=[])
        tell.message_changed(message)
        if values["state"] == State.STORED:
            stored(Attachment.objects.get(pk=file.pk))
    return bool(done)


def stored(file: Attachment) -> None:
    """Tell whoever waits for files (settings.FILE_STORED) that this one is here, tied to its message."""
    for path in settings.FILE_STORED:
        import_string(path)(file)


def _too_large() -> TooLarge:
    megabytes = settings.UPLOAD_MAX_BYTES // (1024 * 1024)
    return TooLarge("upload_too_large", f"A file may have at most {megabytes} MB.")
