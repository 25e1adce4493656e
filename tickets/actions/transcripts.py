"""What is heard in the recordings of messages, as text: asked for, being heard, there, or why not.

Who hears it is somebody else's business. Whoever does claims the file first, so that nobody pays twice.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils.timezone import now

from tickets.actions import tell
from tickets.models import Attachment, Message
from tickets.models.attachment import Kind, State, TranscriptState
from tickets.models.message_text import MessageText, transcribe

LEASE = timedelta(minutes=10)  # somebody who hears it for longer is taken for dead
NUDGE_LOST = timedelta(minutes=1)  # then the sweeper asks again
OPEN = [TranscriptState.QUEUED, TranscriptState.WORKING]


def can_be_heard(file: Attachment) -> bool:
    return file.kind == Kind.AUDIO and file.state == State.STORED and file.message_id is not None


@transaction.atomic
def ask(file: Attachment, *, quietly: bool = False) -> bool:
    """Let it be heard, once more where that failed. False when it is, or somebody is at it.

    `quietly`: its message is locked already, and whoever begins to hear it tells of it.
    """
    free = Attachment.objects.filter(pk=file.pk).exclude(transcript_state__in=[*OPEN, TranscriptState.DONE])
    asked = free.update(
        transcript_state=TranscriptState.QUEUED, transcript_error="", transcript_tries=0,
        transcript_due=now() + NUDGE_LOST,
    )  # fmt: skip
    if asked and not quietly:
        _tell(file)
    return bool(asked)


@transaction.atomic
def claim(file: Attachment) -> Attachment | None:
    """Begin to hear it. None: it is heard, or somebody is at it and alive."""
    idle = ~Q(transcript_state__in=[TranscriptState.WORKING, TranscriptState.DONE])
    dead = Q(transcript_state=TranscriptState.WORKING, transcript_due__lte=now())
    taken = Attachment.objects.filter(idle | dead, pk=file.pk).update(
        transcript_state=TranscriptState.WORKING,
        transcript_tries=F("transcript_tries") + 1,
        transcript_due=now() + LEASE,
    )
    if not taken:
        return None
    _tell(file)
    row: Attachment = Attachment.objects.select_related("message").get(pk=file.pk)
    return row


def done(file: Attachment, text: str, *, language: str = "") -> bool:
    """It says this. False when somebody else was faster: `transcript_tries` is the fence."""
    return _finish(
        file, transcript_state=TranscriptState.DONE, transcript=text, transcript_language=language[:8],
        transcript_error="", transcript_due=None,
    )  # fmt: skip


def failed(file: Attachment, code: str) -> bool:
    return _finish(
        file, transcript_state=TranscriptState.FAILED, transcript_error=code[:24], transcript_due=None
    )


def later(file: Attachment, *, at: datetime) -> bool:
    """Not now; the next try is due then."""
    return _finish(file, transcript_state=TranscriptState.QUEUED, transcript_due=at)


def due(most: int) -> list[tuple[int, int]]:
    """Company and id of what nobody is at: nudges that were lost, tries that are due, workers that died.

    For sweepers, in the scope of the platform. What waits is not named again at once.
    """
    rows = Attachment.objects.filter(transcript_due__lte=now()).order_by("transcript_due")
    found = list(rows.values_list("company_id", "pk")[:most])
    waiting = Attachment.objects.filter(
        pk__in=[pk for _, pk in found], transcript_state=TranscriptState.QUEUED
    )
    waiting.update(transcript_due=now() + NUDGE_LOST)
    return found


def forget(message: Message) -> None:
    """What was heard in a message that is shown to nobody any more is found by nobody."""
    if MessageText.objects.filter(message=message.pk).exclude(transcript="").exists():
        transcribe(message, "")


@transaction.atomic
def _finish(file: Attachment, **values: Any) -> bool:
    mine = Attachment.objects.filter(
        pk=file.pk, transcript_state=TranscriptState.WORKING, transcript_tries=file.transcript_tries
    )
    if not mine.update(**values):
        return False
    _tell(file)
    return True


def _tell(file: Attachment) -> None:
    """The thread, the search, and lists that show the message."""
    rows = Message.objects.select_related("ticket", "connection")
    message: Message = rows.with_parts().locked(file.message_id)
    if not message.is_hidden:
        heard = [one.transcript for one in message.attachments.all() if one.transcript]
        if heard:
            transcribe(message, "\n".join(heard))
    message.save(update_fields=[])
    tell.message_changed(message)
