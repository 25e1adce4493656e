"""The files of the demo's newest conversations; older ones do without, to stay quick."""

import random

from tickets.actions import media
from tickets.models import Attachment, Message
from tickets.models.attachment import TranscriptState
from tickets.models.message import Kind
from tickets.models.message_text import transcribe
from whatsapp.demo import files
from whatsapp.demo.company import Stage

PICTURES, VOICES = 12, 3
SAID = {  # in the newest voice message, as if a provider had heard it
    "pt-BR": "Oi! Só passando para saber se está tudo certo com o meu pedido. Obrigada!",
    "es": "¡Hola! Solo quería saber si está todo bien con mi pedido. ¡Gracias!",
    "en": "Hi! Just checking that everything is fine with my order. Thank you!",
}


def add(stage: Stage, threads: list[list[Message]], dice: random.Random) -> None:
    """The newest messages with a mark get a real file, the others become plain text."""
    marked = [row for rows in threads for row in rows if row.content.get("demo_file")]
    marked.sort(key=lambda row: row.at, reverse=True)
    left = {Kind.IMAGE: PICTURES, Kind.AUDIO: VOICES}
    for row in marked:
        wanted = row.content["demo_file"]
        row.content = {}
        if left[Kind(row.kind)] > 0:
            left[Kind(row.kind)] -= 1
            file = _made(wanted, dice)
            _attach(row, file)
            if row.kind == Kind.AUDIO and left[Kind.AUDIO] == VOICES - 1:
                _write_down(row, file, stage.company.language)
        else:
            row.body = row.body or ("📷" if row.kind == Kind.IMAGE else "🎤")
            row.kind = Kind.TEXT
    Message.objects.bulk_update(marked, ["content", "kind", "body"])


def _made(wanted: str, dice: random.Random) -> Attachment:
    if wanted == "voice":
        return media.store_upload(files.voice(dice.uniform(3, 9), dice), by=None, voice=True)
    return media.store_upload(files.picture(wanted, dice), by=None)


def _attach(row: Message, file: Attachment) -> None:
    file.message = row
    file.save(update_fields=["message"])


def _write_down(row: Message, file: Attachment, language: str) -> None:
    text = SAID[language]
    Attachment.objects.filter(pk=file.pk).update(
        transcript=text, transcript_state=TranscriptState.DONE, transcript_language=language[:2]
    )
    transcribe(row, text)
