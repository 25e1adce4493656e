"""Recordings in conversations become text: by itself where the company wants it, or when somebody asks."""

import logging
import time
from datetime import timedelta

from celery import shared_task
from django.utils.timezone import now

from helpdesk.errors import Refused
from integrations.actions import asking
from integrations.ai.port import AiError
from integrations.models import AiProvider
from integrations.models.provider import Ability
from tenants.models import User
from tenants.scoping import CompanyTask, platform_scope
from tickets.actions import transcripts
from tickets.media import files
from tickets.models import Attachment
from tickets.models.attachment import TranscriptState

logger = logging.getLogger(__name__)

LONGEST = 30 * 60  # seconds; what is longer belongs to the recordings page
BIGGEST = 24 * 1024 * 1024  # what speaks OpenAI's API takes 25 MB
TAKEN = {"audio/ogg", "audio/mpeg", "audio/mp4", "audio/wav", "audio/webm"}
ENDINGS = {"audio/mpeg": "mp3", "audio/mp4": "m4a", "audio/wav": "wav", "audio/webm": "webm"}
PAUSES = (10, 60, 300)  # seconds before each further try
PATIENCE = 60  # looks at what somebody else is hearing, one each second
SWEEP_LIMIT = 100


def file_stored(file: Attachment) -> None:
    """A message's file is here (settings.FILE_STORED)."""
    if not transcripts.can_be_heard(file) or not file.company.option("ai_transcribe"):
        return
    if _has_provider() and transcripts.ask(file, quietly=True):
        listen.nudge(file.company_id, file.pk)


def ask(file: Attachment, *, by: User | None) -> None:
    """Somebody wants to read it. Raises Refused."""
    if not transcripts.can_be_heard(file) or (file.message and file.message.is_hidden):
        raise Refused("nothing_to_hear", "This message has no recording that could be transcribed.")
    if not _has_provider():
        raise Refused("ai_no_provider", "No AI provider of this company can transcribe.")
    if transcripts.ask(file):
        listen.nudge(file.company_id, file.pk, by and by.pk)


def heard(file: Attachment) -> str | None:
    """What is said in a message's recording, heard now if nobody did. None where that cannot be known.

    Not in a transaction: it calls the provider, or waits for whoever is calling it.
    """
    for _ in range(PATIENCE):
        _hear(file, is_patient=False)
        row = Attachment.objects.only("transcript", "transcript_state").get(pk=file.pk)
        if row.transcript_state != TranscriptState.WORKING:
            return row.transcript or None
        time.sleep(1)
    return None


@shared_task(base=CompanyTask)
def listen(company_id: int, attachment_id: int, user_id: int | None = None) -> None:
    """Hear one file. A second run finds it heard, or somebody at it."""
    file = Attachment.objects.filter(pk=attachment_id).first()
    if file is not None:
        _hear(file, by=User.objects.filter(pk=user_id).first() if user_id else None)


@shared_task
def sweep() -> None:
    with platform_scope("recordings of all companies that somebody waits to read"):
        for company_id, attachment_id in transcripts.due(SWEEP_LIMIT):
            listen.nudge(company_id, attachment_id)


def _hear(file: Attachment, *, by: User | None = None, is_patient: bool = True) -> None:
    if not transcripts.can_be_heard(file):
        return
    mine = transcripts.claim(file)
    if mine is None:
        return
    try:
        _try(mine, by)
    except AiError as error:
        pauses = PAUSES[mine.transcript_tries - 1 :] if error.is_passing and is_patient else ()
        if pauses:
            transcripts.later(mine, at=now() + timedelta(seconds=max(pauses[0], error.retry_after)))
        else:
            logger.warning("recording not heard", extra={"fields": {"file": mine.pk, "code": error.code}})
            transcripts.failed(mine, error.code)


def _try(file: Attachment, by: User | None) -> None:
    assert file.message is not None
    if file.message.is_hidden:
        transcripts.failed(file, "removed")
        return
    if (file.duration or 0) > LONGEST:
        transcripts.failed(file, "too_long")
        return
    mime, path = (file.mime, file.path) if file.mime in TAKEN else ("audio/mp4", file.playable_path)
    try:
        source = files.absolute(path)
        if source.stat().st_size > BIGGEST:
            transcripts.failed(file, "too_long")
            return
        data = source.read_bytes()
    except (OSError, ValueError):
        transcripts.failed(file, "unreadable")
        return
    name = f"recording.{ENDINGS.get(mime, 'ogg')}"
    answer = asking.transcribe(name, mime, data, ticket=file.message.ticket, by=by)
    text = answer.text.strip()
    if text:
        transcripts.done(file, text, language=answer.language)
    else:
        transcripts.failed(file, "silence")


def _has_provider() -> bool:
    return AiProvider.objects.able_to(Ability.TRANSCRIPTION) is not None
