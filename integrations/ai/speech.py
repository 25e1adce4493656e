"""Recordings to text and text to sound, in OpenAI's words."""

from typing import Any

from integrations.ai.port import AiError, Heard, Usage, Utterance

# What Whisper calls the languages that it tells by name
LANGUAGES = {
    "portuguese": "pt", "english": "en", "spanish": "es", "french": "fr", "german": "de", "italian": "it",
    "dutch": "nl", "japanese": "ja", "chinese": "zh", "korean": "ko", "russian": "ru", "arabic": "ar",
    "hindi": "hi", "polish": "pl", "turkish": "tr", "ukrainian": "uk", "catalan": "ca", "galician": "gl",
}  # fmt: skip


def hear(client: Any, model: str, file: tuple[str, bytes, str], language: str, form: str) -> Heard:
    """One recording as text. `form` is json, or verbose_json for the times."""
    more = {"language": language} if language else {}
    answer = client.audio.transcriptions.create(model=model, file=file, response_format=form, **more)
    parts = getattr(answer, "segments", None) or ()
    utterances = tuple(Utterance(part.text.strip(), float(part.start), float(part.end)) for part in parts)
    usage = getattr(answer, "usage", None)
    seconds = getattr(usage, "seconds", None) or getattr(answer, "duration", None) or 0
    return Heard(
        text=answer.text.strip(),
        language=_code(getattr(answer, "language", None) or language),
        utterances=utterances,
        usage=Usage(
            input_tokens=int(getattr(usage, "input_tokens", 0) or 0),
            output_tokens=int(getattr(usage, "output_tokens", 0) or 0),
            seconds=float(seconds),
        ),
        model=model,
    )


def say(client: Any, model: str, voice: str, text: str, form: str) -> bytes:
    sound: bytes = client.audio.speech.create(
        model=model, voice=voice, input=text, response_format=form
    ).read()
    if not sound:
        raise AiError("bad_answer", "The sound is empty.")
    return sound


def _code(language: str) -> str:
    word = language.strip().lower()
    return LANGUAGES.get(word, word[:2] if len(word) == 2 or word[2:3] in {"-", "_"} else "")
