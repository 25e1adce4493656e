"""Recordings that people upload to read: kept, renamed, tried again, deleted. `recording_work` makes text of them."""

import logging
import uuid
from pathlib import PurePath
from typing import Any

from celery import shared_task
from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.timezone import now

from helpdesk.errors import Invalid, Refused, TooLarge
from integrations.actions import ordering, recording_work
from integrations.ai.port import AiError
from integrations.models import AiProvider, Recording
from integrations.models.call import Outcome
from integrations.models.provider import Ability, ProviderKind
from integrations.models.recording import RecordingState
from tenants.models import User
from tenants.scoping import CompanyTask, current_company_id
from tickets.actions.media import Upload
from tickets.media import files, kinds
from tickets.media.files import FileTooBig
from tickets.models import Attachment
from tickets.models.attachment import State
from tickets.models.ticket import Viewer

logger = logging.getLogger(__name__)

LONGEST_NAME = 200


def upload(
    file: Upload,
    *,
    by: User | None,
    name: str = "",
    language: str = "",
    speakers_expected: int | None = None,
) -> Recording:
    """Keep it and begin. Raises Invalid, TooLarge or Refused."""
    chosen = provider()
    if chosen is None:
        raise Refused("ai_no_provider", "No AI provider of this company can transcribe.")
    kept = _keep(file, by)
    title = name.strip() or PurePath(kept.name).stem or kept.name
    with transaction.atomic():
        kept.save()
        row: Recording = Recording.objects.create(
            file=kept,
            uploaded_by=by,
            name=title[:LONGEST_NAME],
            language=language,
            speakers_expected=speakers_expected,
            provider=chosen,
            due_at=now(),
        )
        recording_work.work.nudge(row.company_id, row.pk)
        recording_work.tell(row.pk)
    return row


@transaction.atomic
def change(recording: Recording, *, name: str | None = None, speaker_names: Any = None) -> Recording:
    """Its name, and how the speakers are called; an empty name makes one a letter again."""
    row: Recording = Recording.objects.locked(recording.pk)
    if name is not None:
        row.name = name
    if speaker_names is not None:
        if unknown := set(speaker_names) - set(row.speakers):
            raise Invalid("no_such_speaker", f"Nobody speaks here as {', '.join(sorted(unknown))}.")
        named = {**row.speaker_names, **{key: called.strip() for key, called in speaker_names.items()}}
        row.speaker_names = {key: called for key, called in named.items() if called}
    row.save(update_fields=["name", "speaker_names"])
    recording_work.tell(row.pk)
    return row


@transaction.atomic
def retry(recording: Recording) -> Recording:
    """Once more, by whoever can transcribe now; parts that were heard already stay."""
    row: Recording = Recording.objects.locked(recording.pk)
    if row.state != RecordingState.FAILED:
        raise Refused("recording_not_failed", "Only what failed can be tried again.")
    chosen = provider()
    if chosen is None:
        raise Refused("ai_no_provider", "No AI provider of this company can transcribe.")
    if chosen.pk != row.provider_id or "order" in row.remote:
        row.remote, row.utterances, row.progress = {}, [], 0
    row.provider, row.state, row.error, row.tries, row.due_at = chosen, RecordingState.QUEUED, "", 0, now()
    row.save()
    recording_work.work.nudge(row.company_id, row.pk)
    recording_work.tell(row.pk)
    return row


@transaction.atomic
def delete(recording: Recording) -> None:
    """The row, the file, and what the provider has of it."""
    row: Recording = Recording.objects.select_related("file", "provider").locked(recording.pk)
    order, path = row.remote.get("order"), row.file.path
    if order and row.provider is not None:
        withdraw.nudge(row.company_id, row.provider_id, order)
        recording_work.count_unheard(row, Outcome.STOPPED)
    row.delete()
    row.file.delete()
    transaction.on_commit(lambda: files.remove_folder_of(path), robust=True)


def kept(who: Viewer | None) -> Q:
    """The files that stay because they are recordings; those that this person may hear (settings.FILE_KEEPERS)."""
    if who is None or who.sees_all:
        return Q(recording__isnull=False)
    return Q(recording__uploaded_by=who.user_id) if who.user_id else Q(pk=None)


def provider() -> AiProvider | None:
    """One that tells speakers apart, where there is one."""
    able = AiProvider.objects.usable().exclude(transcription_model="").filter(kind=ProviderKind.ASSEMBLYAI)
    found: AiProvider | None = able.order_by("-is_default", "pk").first()
    return found or AiProvider.objects.able_to(Ability.TRANSCRIPTION)


@shared_task(base=CompanyTask)
def withdraw(company_id: int, provider_id: int, order: str) -> None:
    """Tried once: a provider deletes old transcripts by itself."""
    provider = AiProvider.objects.filter(pk=provider_id).first()
    if provider is None:
        return
    try:
        ordering.withdraw(provider, order)
    except AiError as error:
        logger.info("transcript not deleted", extra={"fields": {"provider": provider_id, "code": error.code}})


def _keep(file: Upload, by: User | None) -> Attachment:
    """The file as it came; what it takes to play it is made later."""
    if (file.size or 0) > settings.RECORDING_MAX_BYTES:
        raise _too_large()
    file_id, name = uuid.uuid4(), files.clean_name(file.name or "") or "recording"
    folder = files.new_folder(current_company_id(), file_id)
    try:
        written = files.write(folder, file.chunks(), max_bytes=settings.RECORDING_MAX_BYTES)
        sort = kinds.recognise(written.path, name=name, declared=file.content_type or "")
        if sort is None or sort.kind not in {"audio", "video"}:
            raise Invalid("upload_type_refused", "This is not a recording.")
    except FileTooBig as error:
        files.remove_folder(folder)
        raise _too_large() from error
    except BaseException:
        files.remove_folder(folder)
        raise
    return Attachment(
        uuid=file_id, uploaded_by=by, state=State.STORED, kind=sort.kind, mime=sort.mime, name=name,
        size=written.size, sha256=written.sha256, path=files.relative(written.path),
    )  # fmt: skip


def _too_large() -> TooLarge:
    megabytes = settings.RECORDING_MAX_BYTES // (1024 * 1024)
    return TooLarge("upload_too_large", f"A recording may have at most {megabytes} MB.")
