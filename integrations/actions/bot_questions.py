"""What a bot is told when a customer writes: the words, and the documented payload about who, where and what."""

import uuid
from typing import Any

from django.conf import settings
from django.utils.timezone import now

from integrations.actions import bot_files
from integrations.bots import clients
from integrations.bots.port import Question
from integrations.models import BotSession, Turn
from tickets.actions.answering import MISSED
from tickets.models import Message, Ticket
from tickets.models.message import Direction

LONGEST = 8_000


def question(session: BotSession, turn: Turn) -> Question | None:
    """What the customer wrote since the bot was last told; None when that is nothing. Waits for their files."""
    said = _messages(session, turn)
    if not said:
        return None
    files = [file for message in said for file in bot_files.links(message)]
    newest = said[-1]
    words = "\n".join(word for word in map(_words, said) if word)
    hears = not words and session.bot.kind in clients.HEARS
    return Question(
        id=str(uuid.uuid5(session.talk, str(newest.pk))),
        text=words[:LONGEST],
        sound=bot_files.sound_of(newest) if hears else b"",
        talk=str(session.talk),
        reply_id=str(newest.content.get("id") or ""),
        files=tuple(files),
        session=session.session,
        state=session.state,
        about=_about(
            session, newest, [{"name": one.name, "mime": one.mime, "url": one.url} for one in files]
        ),
    )


def _messages(session: BotSession, turn: Turn) -> list[Message]:
    rows = Message.objects.filter(
        ticket=turn.ticket_id, direction=Direction.IN, pk__gt=session.heard, pk__lte=turn.upto
    )
    rows = rows.exclude(content__has_key=MISSED).prefetch_related("attachments").order_by("pk")
    return list(rows)[-20:]


def _words(message: Message) -> str:
    """What was written; of a recording what is heard in it, where that is known."""
    if message.body:
        return message.body
    return "\n".join(file.transcript for file in message.attachments.all() if file.transcript)


def _about(session: BotSession, message: Message, files: list[dict[str, str]]) -> dict[str, Any]:
    ticket = Ticket.objects.with_parts().select_related("company", "queue").get(pk=session.ticket_id)
    company, contact, connection, queue = ticket.company, ticket.contact, ticket.connection, ticket.queue
    tags = ticket.ticket_tags.filter(tag__deleted_at=None).order_by("tag__name")
    return {
        "timestamp": now().isoformat(),
        "company": {
            "id": company.pk,
            "name": company.name,
            "language": company.language,
            "timezone": company.timezone,
        },
        "connection": {
            "id": connection.pk,
            "name": connection.name,
            "number": connection.number,
            "kind": connection.kind,
        },
        "bot": {"id": session.bot_id, "name": session.bot.name},
        "contact": {
            "id": contact.pk,
            "name": contact.name,
            "number": contact.number,
            "username": contact.username,
            "email": contact.email,
        },
        "ticket": {
            "id": ticket.pk,
            "number": ticket.number,
            "uuid": str(ticket.uuid),
            "status": ticket.status,
            "queue": {"id": queue.pk, "name": queue.name} if queue else None,
            "tags": list(tags.values_list("tag__name", flat=True)),
        },
        "message": {
            "id": message.pk,
            "kind": message.kind,
            "body": message.body,
            "content": {key: value for key, value in message.content.items() if key in _SHOWN},
            "attachments": files,
            "at": message.at.isoformat(),
        },
        "is_new": not session.session and not session.heard,
        "answer_url": f"{settings.WEBHOOK_ROOT}/api/bots/{session.bot_id}/answer/",
    }


_SHOWN = {"id", "title", "description", "latitude", "longitude", "name", "address", "contacts"}
