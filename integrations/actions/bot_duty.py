"""Which bot of others has the word where: by number, queue, hours and the words that call it; and its talks."""

import unicodedata
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.utils.timezone import now

from integrations.models import Bot, BotSession
from integrations.models.assistant import Hours
from tenants.statements import Statement
from tickets import hours
from tickets.models import Connection, Ticket
from tickets.models.hours import calendar_for


def serves(connection: Connection) -> bool:
    """Whether any may answer on this number."""
    return any(_covers(bot.connections, connection.pk) for bot in _reach.rows())


@Statement
def _reach() -> Any:
    """Asked with each batch of messages of people who wait."""
    return Bot.objects.on_duty().order_by().values_list("connections", named=True)


def bot_for(ticket: Ticket, said: str) -> Bot | None:
    """Who answers this here, where nothing has the word yet. One with start words waits for them."""
    return next((bot for bot in _here(ticket) if not bot.start_words or is_word(said, bot.start_words)), None)


def called_by(ticket: Ticket, said: str) -> Bot | None:
    """Who is called by these very words, also out of a menu."""
    return next((bot for bot in _here(ticket) if is_word(said, bot.start_words)), None)


def session_of(ticket: Ticket) -> BotSession | None:
    rows = BotSession.objects.active().select_related("bot__handover_queue")
    found: BotSession | None = rows.filter(ticket=ticket.pk).first()
    return found


def has_expired(session: BotSession) -> bool:
    minutes = session.bot.expires_minutes
    return bool(minutes) and session.last_at + timedelta(minutes=minutes) < now()


def end(session: BotSession, why: str) -> None:
    session.ended_at, session.why, session.is_pending, session.unsaid = now(), why, False, []
    session.save(update_fields=["ended_at", "why", "is_pending", "unsaid"])


def is_closed(ticket: Ticket) -> bool:
    """Outside of the hours that count for it; without any it is always open."""
    calendar = calendar_for(ticket)
    return calendar is not None and not hours.is_open(calendar, now())


def is_word(said: str, words: Iterable[str]) -> bool:
    """The whole message is one of these words; capitals, accents and signs around it do not matter."""
    plain = _plain(said)
    return bool(plain) and any(plain == _plain(word) for word in words)


def _here(ticket: Ticket) -> list[Bot]:
    rows = [
        bot
        for bot in Bot.objects.on_duty().select_related("handover_queue")
        if _covers(bot.connections, ticket.connection_id) and _covers(bot.queues, ticket.queue_id)
    ]
    if all(bot.hours == Hours.ALWAYS for bot in rows):
        return rows
    wanted = {Hours.ALWAYS, Hours.CLOSED if is_closed(ticket) else Hours.OPEN}
    return [bot for bot in rows if bot.hours in wanted]


def _covers(chosen: list[int], pk: int | None) -> bool:
    return not chosen or pk in chosen


def _plain(text: str) -> str:
    wide = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in wide if not unicodedata.category(letter).startswith("M"))
    return " ".join(bare.split()).strip(" .,!?…\"'")
