"""A recording becomes text, step by step: prepared, sent, looked at until it is there.

A step is one job; what the next one needs stands in the row, so a killed worker loses one step, and nobody waits
in a thread while the provider works. Providers that tell no speakers apart hear a long recording part by part.
"""

import logging
import math
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from celery import shared_task
from django.db.models import F, Q
from django.utils.dateparse import parse_datetime
from django.utils.timezone import now

from helpdesk.events import publish
from integrations.actions import asking, ordering
from integrations.ai.port import AiError, Heard, Utterance
from integrations.events import RECORDING_UPDATED
from integrations.models import AiProvider, Recording
from integrations.models.provider import ProviderKind
from integrations.models.recording import UNDER_WAY, RecordingState
from tenants.scoping import CompanyTask, platform_scope
from tickets.media import ffmpeg, files
from tickets.media.ffmpeg import MediaError
from tickets.models import Attachment
from tickets.models.attachment import Kind

logger = logging.getLogger(__name__)

LONGEST = 6 * 3600  # seconds
PART = 600  # seconds that are heard at once
LEASE = timedelta(minutes=10)  # a step that takes longer is taken for dead
LOOK = 4.0  # seconds between the first looks; rarer later
PAUSES = (10, 30, 60, 300, 900)  # seconds after each try that failed for a passing reason
PIECE = 1024 * 1024
SENT = 40  # percent, when the provider has the file
SWEEP_LIMIT = 100

SHOWN = ("state", "progress", "seconds")  # of what a step changes, what people see

Step = dict[str, Any]


class Overtaken(Exception):
    """Somebody deleted it, or another worker has taken over."""


@shared_task(base=CompanyTask)
def work(company_id: int, recording_id: int) -> None:
    """The next step. A second run finds that somebody is at it, or nothing to do yet."""
    row = _claim(recording_id)
    if row is None:
        return
    try:
        step = _step(row)
    except AiError as error:
        step = _after(row, error)
    except (MediaError, OSError, ValueError):
        step = _failed("unreadable")
    except Overtaken:
        return
    if _keep(row, step) and step.get("due_at") and step["due_at"] <= now():
        work.nudge(company_id, recording_id)


@shared_task
def sweep() -> None:
    """What is due: looks at the provider, further tries, lost nudges, steps of workers that died."""
    with platform_scope("recordings of all companies that have a step to take"):
        due = Recording.objects.due(now()).order_by("due_at")
        for company_id, recording_id in list(due.values_list("company_id", "pk")[:SWEEP_LIMIT]):
            work.nudge(company_id, recording_id)


def _claim(recording_id: int) -> Recording | None:
    taken = Recording.objects.due(now()).filter(pk=recording_id)
    if not taken.update(due_at=now() + LEASE, turn=F("turn") + 1):
        return None
    rows = Recording.objects.select_related("file", "provider", "uploaded_by")
    row: Recording | None = rows.filter(pk=recording_id).first()
    return row


def _keep(row: Recording, step: Step) -> bool:
    """False for whoever was overtaken."""
    mine = Recording.objects.filter(Q(state__in=UNDER_WAY), pk=row.pk, turn=row.turn)
    if not mine.update(**{"tries": 0, **step}, version=F("version") + 1, updated_at=now()):
        return False
    if any(getattr(row, name) != step.get(name, getattr(row, name)) for name in SHOWN):
        tell(row.pk)
    return True


def tell(recording_id: int) -> None:
    """Whoever may see it sees how far it is."""
    row = Recording.objects.select_related("file", "uploaded_by").filter(pk=recording_id).first()
    if row is not None:
        asked = {f"user.{row.uploaded_by_id}"} if row.uploaded_by_id else set()
        publish(RECORDING_UPDATED, row, to={"supervisors", *asked})


def _step(row: Recording) -> Step:
    provider: AiProvider | None = row.provider
    if provider is None or provider.is_deleted or not provider.is_on:
        raise AiError("no_provider")
    if row.seconds is None:
        return _prepare(row)
    if provider.kind != ProviderKind.ASSEMBLYAI:
        return _hear_part(row, provider)
    if "order" in row.remote:
        return _look(row, provider)
    return _send(row, provider)


def _prepare(row: Recording) -> Step:
    """How long it is, its waveform, and a form that every browser plays. Raises MediaError."""
    file, path = row.file, files.absolute(row.file.path)
    streams = ffmpeg.look(path)
    if not streams.sound:
        return _failed("silence")
    seconds, waveform = ffmpeg.waveform(path)
    seconds = max(seconds, streams.duration or 0)
    if seconds > LONGEST:
        return _failed("too_long")
    playable = ""
    if file.kind == Kind.AUDIO and streams.sound not in ffmpeg.PLAIN_SOUND:
        target = files.new_path(path.parent, ".m4a")
        try:
            ffmpeg.to_aac(path, target)
            playable = files.relative(target)
        except MediaError:  # a long one takes too long: most browsers play the original
            target.unlink(missing_ok=True)
    Attachment.objects.filter(pk=file.pk).update(duration=seconds, waveform=waveform, playable_path=playable)
    return {"seconds": seconds, "state": RecordingState.UPLOADING, "progress": 2, "due_at": now()}


def _send(row: Recording, provider: AiProvider) -> Step:
    order = ordering.place(provider, _pieces(row), language=row.language, speakers=row.speakers_expected or 0)
    return {
        "state": RecordingState.PROCESSING,
        "progress": SENT,
        "remote": {"order": order, "since": now().isoformat()},
        "due_at": now() + timedelta(seconds=LOOK),
    }


def _pieces(row: Recording) -> Iterator[bytes]:
    """The file, telling how much of it has left. Raises Overtaken."""
    sent, told = 0, row.progress
    with files.absolute(row.file.path).open("rb") as file:
        while piece := file.read(PIECE):
            yield piece
            sent += len(piece)
            percent = 2 + int(sent / max(row.file.size, 1) * (SENT - 2))
            if percent >= told + 4:
                told = percent
                step = {"progress": percent, "tries": row.tries, "due_at": now() + LEASE}
                if not _keep(row, step):
                    raise Overtaken


def _look(row: Recording, provider: AiProvider) -> Step:
    since = _moment(row)
    found = ordering.look(provider, row.remote["order"], began=since, by=row.uploaded_by)
    if found.heard is not None:
        return _completed(found.heard, [_line(one) for one in found.heard.utterances])
    waited = (now() - since).total_seconds()
    # A machine hears an hour in two or three minutes; the last tenth waits for the end.
    share = min(0.9, waited / max(10.0, (row.seconds or 0) / 20))
    pause = min(30.0, LOOK + waited / 20)
    return {
        "state": RecordingState.PROCESSING if found.is_begun else row.state,
        "progress": max(row.progress, SENT + int(share * (100 - SENT))),
        "due_at": now() + timedelta(seconds=pause),
    }


def _hear_part(row: Recording, provider: AiProvider) -> Step:
    seconds = row.seconds or 0
    count, part = max(1, math.ceil(seconds / PART)), int(row.remote.get("part", 0))
    start = part * PART
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "part.ogg"
        ffmpeg.to_speech(files.absolute(row.file.path), target, start=start, seconds=PART)
        data = target.read_bytes()
    language = row.language or row.heard_language
    heard = asking.transcribe(
        target.name, "audio/ogg", data, language=language, by=row.uploaded_by, provider=provider
    )
    spoken = heard.utterances or (Utterance(heard.text, 0.0, min(PART, seconds - start)),)
    lines = [*row.utterances, *(_line(one, start) for one in spoken if one.text.strip())]
    if part + 1 >= count:
        return _completed(heard, lines)
    return {
        "state": RecordingState.PROCESSING,
        "progress": max(2, int((part + 1) / count * 100)),
        "remote": {"part": part + 1},
        "utterances": lines,
        "heard_language": heard.language or row.heard_language,
        "due_at": now(),
    }


def _line(one: Utterance, shift: float = 0.0) -> dict[str, Any]:
    start, end = round(shift + one.start, 2), round(shift + one.end, 2)
    return {"speaker": one.speaker, "start": start, "end": end, "text": one.text.strip()}


def _completed(heard: Heard, lines: list[dict[str, Any]]) -> Step:
    text = "\n".join(line["text"] for line in lines) or heard.text
    if not text.strip():
        return _failed("silence")
    return {
        "state": RecordingState.COMPLETED, "progress": 100, "text": text, "utterances": lines,
        "has_speakers": any(line["speaker"] for line in lines), "heard_language": heard.language[:8],
        "finished_at": now(), "due_at": None,
    }  # fmt: skip


def _after(row: Recording, error: AiError) -> Step:
    if error.is_passing and row.tries < len(PAUSES):
        pause = max(PAUSES[row.tries], error.retry_after)
        return {"tries": row.tries + 1, "due_at": now() + timedelta(seconds=pause)}
    if error.is_passing:  # it never came to an answer
        count_unheard(row, error.code)
    logger.warning("recording failed", extra={"fields": {"recording": row.pk, "code": error.code}})
    return _failed(error.code)


def count_unheard(row: Recording, outcome: str) -> None:
    """What is ordered is billed, also when nobody looks at it again."""
    if row.provider is not None and "order" in row.remote and row.state in UNDER_WAY:
        seconds, began = row.seconds or 0, _moment(row)
        ordering.give_up(row.provider, seconds=seconds, began=began, by=row.uploaded_by, outcome=outcome)


def _failed(code: str) -> Step:
    return {"state": RecordingState.FAILED, "error": code, "finished_at": now(), "due_at": None}


def _moment(row: Recording) -> Any:
    return parse_datetime(row.remote.get("since", "")) or row.created_at
