"""A transcribed recording as a document to keep: who spoke how long, and who said what when."""

import io
from collections import defaultdict
from datetime import datetime
from zoneinfo import ZoneInfo

from integrations.models import Recording

WORDS = {
    "pt-BR": {
        "title": "Transcrição", "date": "Data", "file": "Arquivo", "length": "Duração", "speaker": "Interlocutor",
        "shares": "Tempo de fala", "said": "Conversa", "nobody": "O provedor não distingue quem fala.",
    },
    "es": {
        "title": "Transcripción", "date": "Fecha", "file": "Archivo", "length": "Duración",
        "speaker": "Interlocutor", "shares": "Tiempo de palabra", "said": "Conversación",
        "nobody": "El proveedor no distingue quién habla.",
    },
    "en": {
        "title": "Transcript", "date": "Date", "file": "File", "length": "Length", "speaker": "Speaker",
        "shares": "Time spoken", "said": "Conversation",
        "nobody": "The provider does not tell who speaks.",
    },
}  # fmt: skip
DATES = {"pt-BR": "%d/%m/%Y %H:%M", "es": "%d/%m/%Y %H:%M", "en": "%Y-%m-%d %H:%M"}


def docx_of(recording: Recording, *, language: str, timezone: str) -> bytes:
    """A Word document in this language. Loads the library only now: few processes ever need it."""
    from docx import Document

    words = WORDS.get(language, WORDS["en"])
    document = Document()
    document.core_properties.title = _plain(recording.name)
    document.add_heading(f"{words['title']}: {_plain(recording.name)}", level=0)
    at: datetime = recording.created_at.astimezone(ZoneInfo(timezone))
    document.add_paragraph(f"{words['date']}: {at.strftime(DATES.get(language, DATES['en']))}")
    document.add_paragraph(f"{words['file']}: {_plain(recording.file.name)}")
    document.add_paragraph(f"{words['length']}: {clock(recording.seconds or 0)}")
    document.add_heading(words["shares"], level=1)
    if recording.has_speakers:
        for speaker, seconds in seconds_by_speaker(recording).items():
            who = called(recording, speaker, words["speaker"])
            document.add_paragraph(f"{_plain(who)}: {seconds:.0f} s", style="List Bullet")
    else:
        document.add_paragraph(words["nobody"])
    document.add_heading(words["said"], level=1)
    for line in recording.utterances:
        paragraph = document.add_paragraph()
        who = called(recording, line["speaker"], words["speaker"])
        times = f"[{clock(line['start'])} - {clock(line['end'])}]"
        paragraph.add_run(f"{_plain(who)} {times}: ".lstrip()).bold = True
        paragraph.add_run(_plain(line["text"]))
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def seconds_by_speaker(recording: Recording) -> dict[str, float]:
    """In the order in which they begin to speak."""
    spoken: dict[str, float] = defaultdict(float)
    for line in recording.utterances:
        if line["speaker"]:
            spoken[line["speaker"]] += line["end"] - line["start"]
    return dict(spoken)


def called(recording: Recording, speaker: str, word: str) -> str:
    """The name that people gave, else the letter; blank for nobody in particular."""
    return str(recording.speaker_names.get(speaker) or (f"{word} {speaker}" if speaker else ""))


def clock(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes:02}:{rest:02}"


def _plain(text: str) -> str:
    """Signs that XML cannot hold break the whole document."""
    return "".join(sign for sign in text if sign in "\t\n" or sign >= " ")
