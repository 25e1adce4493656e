"""A meeting of the demo's company with who said what, a recording that nothing was heard in, and who hears the next."""

import io
import math
import uuid
import wave
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

from django.utils.timezone import now

from helpdesk.env import env
from integrations.models import AiProvider, Recording
from integrations.models.provider import ProviderKind
from integrations.models.recording import RecordingState
from tenants.models import Company, User
from tickets.media import files
from tickets.models import Attachment
from tickets.models.attachment import State

SCRIPTED = "Scripted recordings (demo)"
RATE = 8_000
MEETING = Path(__file__).with_name("meeting.txt")  # who: what they said
SPEAKERS = {"A": "Ana", "B": "Caio"}  # the third has no name yet
PITCHES = {"A": 190, "B": 120, "C": 155}
QUIET = 128  # the middle of an unsigned byte
PER_SECOND = 15.5  # letters that are spoken
PAUSE = 0.6


def seed(company: Company) -> None:
    """Once, with the company's other data."""
    if Recording.objects.exists():
        return
    provider = AiProvider.objects.create(
        name=SCRIPTED,
        kind=ProviderKind.ASSEMBLYAI,
        base_url=env("AI_DEMO_URL", "http://127.0.0.1:8998"),
        api_key="scripted-demo-key",
        is_scripted=True,
        transcription_model="universal-3-pro, universal-2",
        prices={"universal-3-pro": {"minute": "0.0035"}, "universal-2": {"minute": "0.0025"}},
    )
    admins = User.objects.filter(memberships__company=company, memberships__role="admin")
    uploader = admins.order_by("pk").first()
    lines = _lines()
    seconds = lines[-1]["end"] + PAUSE
    _keep(
        provider, uploader, "Reunião: atendimento de fim de ano", _sound(lines), seconds, days=1,
        state=RecordingState.COMPLETED, progress=100, language="pt", heard_language="pt", has_speakers=True,
        speakers_expected=3, speaker_names=SPEAKERS, utterances=lines,
        text="\n".join(line["text"] for line in lines),
    )  # fmt: skip
    silence = bytes([QUIET]) * (4 * RATE)
    _keep(
        provider, uploader, "Ligação 0412", silence, 4.0, days=3, state=RecordingState.FAILED, error="silence"
    )


def _lines() -> list[dict[str, Any]]:
    at, lines = 0.4, []
    for said in MEETING.read_text("utf-8").splitlines():
        speaker, text = said.split(": ", 1)
        end = at + len(text) / PER_SECOND
        lines.append({"speaker": speaker, "start": round(at, 2), "end": round(end, 2), "text": text})
        at = end + PAUSE
    return lines


def _sound(lines: list[dict[str, Any]]) -> bytes:
    """A hum at each speaker's pitch while they speak: enough to hear who is where, and made at once."""
    syllables = {speaker: _syllable(pitch) for speaker, pitch in PITCHES.items()}
    sound = bytearray([QUIET]) * int(lines[0]["start"] * RATE)
    for line in lines:
        sound += bytes([QUIET]) * (int(line["start"] * RATE) - len(sound))
        syllable = syllables[line["speaker"]]
        sound += syllable * (int((line["end"] - line["start"]) * RATE) // len(syllable))
    return bytes(sound) + bytes([QUIET]) * int(PAUSE * RATE)


def _syllable(pitch: int) -> bytes:
    count = RATE // 5
    return bytes(
        round(QUIET + 40 * math.sin(math.pi * place / count) * math.sin(2 * math.pi * pitch * place / RATE))
        for place in range(count)
    )


def _keep(
    provider: AiProvider,
    by: User | None,
    name: str,
    sound: bytes,
    seconds: float,
    *,
    days: int,
    **fields: Any,
) -> None:
    content = io.BytesIO()
    with wave.open(content, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(RATE)
        file.writeframes(sound)
    file_id = uuid.uuid4()
    folder = files.new_folder(provider.company_id, file_id)
    written = files.write(folder, [content.getvalue()], max_bytes=len(content.getvalue()))
    kept = Attachment.objects.create(
        uuid=file_id, uploaded_by=by, state=State.STORED, kind="audio", mime="audio/wav", name=f"{name}.wav",
        size=written.size, sha256=written.sha256, path=files.relative(written.path), duration=seconds,
        waveform=_waveform(sound),
    )  # fmt: skip
    at = now() - timedelta(days=days)
    row = Recording.objects.create(
        file=kept, uploaded_by=by, name=name, provider=provider, seconds=seconds, finished_at=at, **fields
    )
    Recording.objects.filter(pk=row.pk).update(created_at=at)


def _waveform(sound: bytes) -> list[int]:
    edges = [len(sound) * place // 64 for place in range(65)]
    parts = [sound[start : end : max(1, (end - start) // 200)] for start, end in pairwise(edges)]
    return [min(100, 2 * (max(part) - QUIET)) for part in parts]
