"""A bot's turn: begun where the responders are asked, thought out by a job outside of any transaction, then said."""

from celery import shared_task
from django.db import transaction
from django.utils.timezone import now

from helpdesk.errors import Refused
from integrations.actions import bot_duty, bot_questions, bot_saying, bots, thinking, turns
from integrations.actions.turns import Who
from integrations.bots import clients
from integrations.bots.port import Answer, BotError
from integrations.models import Bot, BotSession, Turn
from tenants.scoping import CompanyTask
from tickets.actions import dialogue, timers, whole
from tickets.actions.answering import ANSWERED
from tickets.models import Message, Ticket, Timer
from tickets.models.message import Direction
from tickets.models.ticket import Awaiting

TIMER = "bot_answer"


def begins(ticket: Ticket, message: Message, bot: Bot, *, first: str = "") -> bool:
    """A new talk, in the answering transaction. `first` is said before the bot's own words. False: it may not."""
    if not turns.may_begin(ticket, _who(bot)):
        return False
    if message.more_follow:
        return True
    turn = turns.begin(ticket, message, _who(bot))
    if turn is None:
        return False
    if old := bot_duty.session_of(ticket):
        bot_duty.end(old, "replaced")
    unsaid = bot_saying.packed(Answer(), first=first) if first else []
    BotSession.objects.create(
        bot=bot, ticket=ticket, heard=int(ticket.dialogue.get(ANSWERED, 0)), unsaid=unsaid, last_at=now()
    )
    reply.nudge(turn.company_id, turn.pk)
    return True


def hears(ticket: Ticket, message: Message, session: BotSession) -> bool:
    """The customer goes on in a talk. False: nothing came of it, and others may answer."""
    bot, said = session.bot, message.body
    if bot.is_deleted or not bot.is_on:
        return message.more_follow or _to_people(ticket, message, session, "off_duty")
    if bot_duty.is_word(said, bot.finish_words):
        return _to_people(ticket, message, session, "bot_finished")
    if bot_duty.is_word(said, bot.restart_words):
        return begins(ticket, message, bot, first=bot.restart_text)
    if bot_duty.has_expired(session):
        fresh = bot_duty.bot_for(ticket, said)
        if fresh is None:
            return message.more_follow or _to_people(ticket, message, session, "bot_expired")
        return begins(ticket, message, fresh)
    if not turns.may_begin(ticket, _who(bot)):
        return False
    if message.more_follow:
        return True
    turn = turns.begin(ticket, message, _who(bot))
    if turn is not None:
        reply.nudge(turn.company_id, turn.pk)
    return turn is not None


@shared_task(base=CompanyTask)
def reply(company_id: int, turn_id: int) -> None:
    """Ask the bot and say what it answers. A second run finds the turn taken."""
    turn = thinking.take(turn_id)
    session = _session(turn) if turn is not None else None
    if turn is None:
        return
    if session is None:
        turns.hand_over(turn, "off_duty")
        return
    _hear(session, turn)
    bot_saying.speak(turn, session)


@shared_task(base=CompanyTask)
def say(company_id: int, turn_id: int) -> None:
    """Say what the bot has sent by itself. A second run finds it taken."""
    turn = thinking.take(turn_id)
    session = _session(turn) if turn is not None else None
    if turn is not None and session is not None:
        bot_saying.speak(turn, session)


@transaction.atomic
def answered_later(bot: Bot, talk: str, answer: Answer) -> None:
    """A bot calls us with an answer. It is said when it still may be; Refused when people have taken over."""
    session = BotSession.objects.active().filter(bot=bot.pk, talk=talk).first()
    ticket = whole.locked(session.ticket_id) if session is not None else None
    if session is None or ticket is None or ticket.awaiting != Awaiting.BOT:
        raise Refused("bot_too_late", "This conversation is over for the bot.")
    session = BotSession.objects.locked(session.pk)
    keep(session, answer)
    timers.stop(TIMER, ticket=ticket)
    if Turn.objects.under_way().filter(ticket=ticket.pk).exists():
        return  # it says this as well
    turn = turns.begin(ticket, _newest(ticket), _who(bot))
    if turn is None:
        raise Refused("bot_too_late", "This conversation is over for the bot.")
    say.nudge(turn.company_id, turn.pk)


def ring(timer: Timer) -> None:
    """The bot promised an answer and has not sent any: people go on."""
    assert timer.ticket_id is not None
    ticket = whole.locked(timer.ticket_id)
    session = bot_duty.session_of(ticket)
    if session is None or not session.is_pending or ticket.awaiting != Awaiting.BOT:
        return
    bots.note(session.bot, "timeout")
    _to_people(ticket, _newest(ticket), session, "bot_timeout")


def keep(session: BotSession, answer: Answer) -> None:
    """What the bot answered waits in the locked talk until it is said."""
    session.unsaid = [*session.unsaid, *bot_saying.packed(answer)]
    session.session = (answer.session or session.session)[:200]
    session.state, session.is_over = dict(answer.state), answer.is_over
    session.is_pending, session.failures, session.last_at = answer.is_pending, 0, now()
    session.save()


def _hear(session: BotSession, turn: Turn) -> None:
    """Ask, and keep what comes in a transaction of its own: the bot has moved on, whoever may speak here later."""
    question = bot_questions.question(session, turn)
    if question is None:
        return
    try:
        answer = clients.ask(session.bot.kind, bots.place_of(session.bot), question)
        bots.note(session.bot, "")
    except BotError as error:
        bots.note(session.bot, error.code, error.detail)
        _failed(session, turn, error)
        return
    with transaction.atomic():
        row = BotSession.objects.select_related("bot").locked(session.pk)
        row.heard = max(row.heard, turn.upto)
        keep(row, answer)


@transaction.atomic
def _failed(session: BotSession, turn: Turn, error: BotError) -> None:
    """Once it is excused with the company's own words, if it has any; then people go on."""
    row = BotSession.objects.select_related("bot").locked(session.pk)
    row.failures, row.heard, row.last_at = row.failures + 1, max(row.heard, turn.upto), now()
    is_excused = bool(row.bot.fallback_text) and row.failures == 1
    said = bot_saying.packed(Answer(), first=row.bot.fallback_text) if is_excused else []
    row.unsaid = [*row.unsaid, *(said or [{"fail": error.code, "detail": error.detail}])]
    row.save()


def _to_people(ticket: Ticket, message: Message, session: BotSession, reason: str) -> bool:
    """At once, and without asking the bot."""
    bot_duty.end(session, reason[:24])
    turn = turns.begin(ticket, message, _who(session.bot))
    if turn is None:
        return False
    bot = session.bot
    turns.speak(turn, lambda floor: bot_saying.hand_over(floor, bot, reason))
    dialogue.refreshed(ticket)
    return True


def _who(bot: Bot) -> Who:
    return Who(bot.name, bot=bot.pk)


def _session(turn: Turn) -> BotSession | None:
    rows = BotSession.objects.active().select_related("bot__handover_queue", "company")
    found: BotSession | None = rows.filter(ticket=turn.ticket_id, bot=turn.bot, bot__deleted_at=None).first()
    return found


def _newest(ticket: Ticket) -> Message:
    message: Message = Message.objects.filter(ticket=ticket.pk, direction=Direction.IN).order_by("-pk")[0]
    message.ticket, message.more_follow = ticket, False
    return message
