"""What a bot answered is said: its bubbles in order and at its pace, then what it wants done to the ticket."""

import logging
from datetime import timedelta
from typing import Any

from django.utils.timezone import now

from helpdesk.errors import Refused
from integrations import phrases
from integrations.actions import bot_duty, bot_files, turns
from integrations.actions.floor import Floor
from integrations.bots.port import Answer
from integrations.models import Bot, BotSession, Turn
from integrations.models.bot import AtEnd
from tenants.models import Membership, User
from tickets.actions import lanes, lifecycle, marks, outbound, timers
from tickets.models import Attachment, Message, Queue, Tag

logger = logging.getLogger(__name__)

MOST_PER_HOUR = 200  # a flow asks many small things; two bots that answer each other still stop
Part = dict[str, Any]  # {"say": bubble} | {"act": what, "value"} | {"fail": code, "detail"}


def packed(answer: Answer, *, first: str = "") -> list[Part]:
    """An answer as it waits in the talk."""
    parts: list[Part] = [{"say": {"text": first}}] if first else []
    for bubble in answer.bubbles:
        choices = [[choice.id, choice.title] for choice in bubble.choices]
        said = {"text": bubble.text, "media": bubble.media, "url": bubble.url, "choices": choices}
        parts.append({"say": {**said, "wait": bubble.wait}})
    return [*parts, *({"act": act.what, "value": act.value} for act in answer.acts)]


def speak(turn: Turn, session: BotSession) -> bool:
    """Fetch the files of what waits to be said, then say it if it still may be. False: it was too late."""
    bot_files.fetch_all(session, turn)
    return turns.speak(turn, lambda floor: _say(floor, session.pk))


def hand_over(floor: Floor, bot: Bot, reason: str, *, note: str = "", queue: Queue | None = None) -> None:
    """People go on. Who has just been told something by the bot hears no more than the company's own words."""
    queue = queue or (
        bot.handover_queue if bot.handover_queue and not bot.handover_queue.is_deleted else None
    )
    is_silent = floor.has_spoken and not bot.handover_message
    floor.hand_over(reason, text=bot.handover_message, note=note, queue=queue, silent=is_silent)


def _say(floor: Floor, session_id: int) -> None:
    session = BotSession.objects.select_related("bot__handover_queue").locked(session_id)
    parts, session.unsaid = session.unsaid, []
    _say_bubbles(floor, session.bot, [part["say"] for part in parts if "say" in part])
    skipped = _act(floor, session, [part for part in parts if "act" in part])
    failed = next((part for part in parts if "fail" in part), None)
    if failed is not None and session.ended_at is None:
        _end(session, f"bot_{failed['fail']}")
        hand_over(floor, session.bot, _reason(failed["fail"]), note=failed.get("detail", ""))
    elif session.ended_at is None:
        _go_on(floor, session)
    session.save()
    if skipped:
        lines = phrases.of("bot_skipped", floor.ticket.company.language)
        floor.note(lines.format(who=session.bot.name, what=", ".join(skipped)))


def _say_bubbles(floor: Floor, bot: Bot, bubbles: list[dict[str, Any]]) -> None:
    """Each leaves when those before it are out and its own silence is over; all are queued at once, so that a
    person who acts meanwhile takes back what has not left."""
    wait = 0.0
    waits: list[float] = []
    for position, bubble in enumerate(bubbles):
        pause = bot.delay_ms / 1000 if position else 0.0
        wait += max(float(bubble.get("wait") or 0), pause)
        message = _say_bubble(floor, bubble)
        if message is not None and wait > 0:
            Message.objects.filter(pk=message.pk).update(not_before=now() + timedelta(seconds=wait))
            waits.append(wait)
    if waits:
        lane_id = lanes.wake(floor.ticket)
        for seconds in waits:
            outbound.deliver.nudge(floor.ticket.company_id, lane_id, countdown=seconds)


def _say_bubble(floor: Floor, bubble: dict[str, Any]) -> Message | None:
    text = str(bubble.get("text") or "")
    file: Attachment | None = None
    if bubble.get("file"):
        file = Attachment.objects.filter(pk=bubble["file"], message=None).first()
    if file is None and bubble.get("url"):
        text = "\n".join(part for part in (text, str(bubble["url"])) if part)
    buttons = [{"id": choice[0], "title": choice[1]} for choice in bubble.get("choices") or ()]
    files = (file,) if file is not None else ()
    return floor.say(text, attachments=files, buttons=buttons or None, most=MOST_PER_HOUR)


def _act(floor: Floor, session: BotSession, acts: list[Part]) -> list[str]:
    """In the order in which they can be done; answers those that could not, in the bot's own words."""
    skipped = []
    for act in acts:
        if session.ended_at is not None or floor.ticket.is_closed:
            break
        what, value = act["act"], act["value"]
        try:
            is_done = _DO[what](floor, session, value)
        except Refused as refused:
            logger.info("act refused", extra={"fields": {"act": what, "why": refused.code}})
            is_done = False
        if not is_done:
            skipped.append(f"{what} {value}".strip())
    return skipped


def _tag(floor: Floor, session: BotSession, value: str) -> bool:
    rows = Tag.objects.live()
    tag = rows.filter(pk=int(value)).first() if value.isdecimal() and len(value) < 18 else None
    tag = tag or rows.filter(name__iexact=value).first()
    if tag is not None:
        marks.change_tags(floor.ticket, add=[tag.pk], by=None)
        floor.refresh()
    return tag is not None


def _queue(floor: Floor, session: BotSession, value: str) -> bool:
    rows = Queue.objects.live()
    queue = rows.filter(pk=int(value)).first() if value.isdecimal() and len(value) < 18 else None
    queue = queue or rows.filter(name__iexact=value).first()
    if queue is None:
        return False
    _end(session, "transferred")
    hand_over(floor, session.bot, "bot_asked", queue=queue)
    return True


def _agent(floor: Floor, session: BotSession, value: str) -> bool:
    if not value.isdecimal() or len(value) > 17:
        return False
    agent = User.objects.filter(pk=int(value)).first()
    if agent is None or not Membership.objects.filter(user=agent, is_active=True).exists():
        return False
    _end(session, "transferred")
    hand_over(floor, session.bot, "bot_asked")
    lifecycle.transfer(floor.ticket, by=None, agent=agent)
    floor.refresh()
    return True


def _close(floor: Floor, session: BotSession, value: str) -> bool:
    """Fields that a company wants filled in before closing are asked of people."""
    _end(session, "closed")
    try:
        lifecycle.close(floor.ticket, by=None, because="bot")
    except Refused:
        hand_over(floor, session.bot, "bot_asked")
    floor.refresh()
    return True


def _leave(floor: Floor, session: BotSession, value: str) -> bool:
    _end(session, "left")
    hand_over(floor, session.bot, "bot_asked")
    return True


_DO = {"tag": _tag, "queue": _queue, "agent": _agent, "close": _close, "leave": _leave}


def _go_on(floor: Floor, session: BotSession) -> None:
    """Nothing was asked for: the talk goes on, has ended, or its answer is still to come."""
    bot = session.bot
    if session.is_over:
        if bot.at_end == AtEnd.CLOSE:
            _close(floor, session, "")
        elif bot.at_end == AtEnd.HAND_OVER:
            _end(session, "over")
            hand_over(floor, bot, "bot_over")
        else:
            _end(session, "over")
            floor.stay_silent()
        return
    if session.is_pending or not floor.has_spoken:
        session.is_pending = True
        floor.stay_silent()
        due_at = now() + timedelta(seconds=bot.answer_seconds)
        timers.start("bot_answer", ticket=floor.ticket, due_at=due_at)


def _end(session: BotSession, why: str) -> None:
    bot_duty.end(session, why[:24])


def _reason(code: str) -> str:
    return {"timeout": "bot_timeout", "address_refused": "bot_refused"}.get(code, "bot_failed")
