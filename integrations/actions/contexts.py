"""What an assistant is shown of a conversation: what was said since the last close, the customer's words as they are.

Voice notes are shown as what is heard in them, the newest pictures as pictures. What is too old for one question is
shown as a summary, which is written once and kept with the turn.
"""

from collections.abc import Sequence
from datetime import datetime

from integrations.actions import summaries, transcribing
from integrations.ai.port import Image, Said
from integrations.models import Turn
from tickets import plain
from tickets.media import files
from tickets.models import Attachment, Message, Ticket, TicketHistory
from tickets.models.attachment import State as FileState
from tickets.models.history import HistoryKind
from tickets.models.message import Direction, Kind, State

MOST_MESSAGES = 40
MOST_SIGNS = 12_000
MOST_LOADED = 300
MOST_IMAGES = 4
BIGGEST_IMAGE = 4 * 1024 * 1024
SHOWABLE = {"image/png", "image/jpeg", "image/webp", "image/gif"}
UNSAID = [State.CANCELLED, State.FAILED, State.EXPIRED, State.PARKED]


def of(ticket: Ticket, turn: Turn) -> tuple[str, tuple[Said, ...]]:
    """The summary of what is older, and the newest part word by word, the oldest first. Outside of transactions:
    it may ask providers what is said in a voice note, and for the summary."""
    told = [(message, _words(message)) for message in _messages(ticket, turn)]
    told = [(message, text) for message, text in told if text or _pictures_of(message)]
    older, newest = _split(told)
    summary = summaries.keep(ticket, turn, [(pair[0].pk, _line(*pair)) for pair in older])
    shown = {file.pk for file in _newest_pictures([message for message, _ in newest])}
    return summary, tuple(_said(message, text, shown) for message, text in newest)


def _messages(ticket: Ticket, turn: Turn) -> list[Message]:
    rows = Message.objects.filter(ticket=ticket.pk).exclude(direction=Direction.INTERNAL)
    rows = rows.exclude(state__in=UNSAID).exclude(direction=Direction.IN, pk__gt=turn.upto)
    if closed := _closed(ticket):
        rows = rows.filter(created_at__gt=closed)  # our clock in both, for WhatsApp's is behind
    newest = rows.prefetch_related("attachments").select_related("author").order_by("-at", "-pk")
    return [message for message in newest[:MOST_LOADED] if not message.is_hidden][::-1]


def _closed(ticket: Ticket) -> datetime | None:
    """When the earlier episode ended, where the customer came back into this ticket."""
    steps = TicketHistory.objects.filter(ticket=ticket.pk, kind=HistoryKind.CLOSED)
    closed: datetime | None = steps.order_by("-pk").values_list("created_at", flat=True).first()
    return closed


def _split(told: list[tuple[Message, str]]) -> tuple[list[tuple[Message, str]], list[tuple[Message, str]]]:
    """From the newest on, as much as one question carries; always the newest message."""
    signs, at = 0, len(told)
    while at > 0 and len(told) - at < MOST_MESSAGES:
        signs += len(told[at - 1][1])
        if signs > MOST_SIGNS and at < len(told):
            break
        at -= 1
    return told[:at], told[at:]


def _words(message: Message) -> str:
    """What it says, for who cannot see or hear files."""
    text = message.body
    if message.kind in {Kind.LOCATION, Kind.CONTACTS, Kind.ORDER, Kind.FORM_REPLY} and not text:
        said = plain.as_text(message)
        text = said.body if said is not None else ""
    parts = [text, *(_about(message, file) for file in message.attachments.all())]
    return "\n".join(part for part in parts if part)


def _about(message: Message, file: Attachment) -> str:
    if file.kind == "audio" and message.direction == Direction.IN:
        heard = transcribing.heard(file) if file.state == FileState.STORED else None
        return f"[voice note] {heard}" if heard else "[voice note that could not be heard]"
    return "" if _is_picture(message, file) else f"[{file.kind}: {file.name}]"


def _is_picture(message: Message, file: Attachment) -> bool:
    return (
        message.direction == Direction.IN
        and file.kind == "image"
        and file.mime in SHOWABLE
        and file.state == FileState.STORED
        and (file.size or 0) <= BIGGEST_IMAGE
    )


def _pictures_of(message: Message) -> list[Attachment]:
    return [file for file in message.attachments.all() if _is_picture(message, file)]


def _newest_pictures(messages: Sequence[Message]) -> list[Attachment]:
    found = [file for message in messages for file in _pictures_of(message)]
    return found[-MOST_IMAGES:]


def _said(message: Message, text: str, shown: set[int]) -> Said:
    if message.direction != Direction.IN:
        by = f"({message.author.name}) " if message.author else ""
        return Said("assistant", by + text)
    pictures = [file for file in _pictures_of(message) if file.pk in shown]
    images = tuple(image for file in pictures if (image := _image(file)) is not None)
    return Said("user", text or "[picture]", images)


def _image(file: Attachment) -> Image | None:
    try:
        return Image(file.mime, files.absolute(file.path).read_bytes())
    except (OSError, ValueError):
        return None


def _line(message: Message, text: str) -> str:
    return f"{'Customer' if message.direction == Direction.IN else 'Company'}: {text}"
