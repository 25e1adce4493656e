"""What the demo's agents answer with: quick replies in folders, macros, promised messages, and customers' ratings."""

import random
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.timezone import now

from tenants.actions import company
from tenants.models import User
from tickets.actions import macros, media, quick_replies, schedules
from tickets.actions import tags as tagging
from tickets.models import Rating, Tag, Ticket, TicketHistory
from tickets.models.history import HistoryKind
from tickets.models.rating import RatingState, Scale
from tickets.models.schedule import BusinessDays, Unit
from tickets.models.ticket import Status
from whatsapp.demo import files
from whatsapp.demo.answer_texts import COMMENTS, MACROS, PROMISES, REPLIES
from whatsapp.demo.company import Stage

RATED = 0.62  # of the closed conversations were rated, the others were left unanswered
SCORES = (5, 5, 5, 5, 5, 4, 4, 4, 3, 2, 1)


def prepare(stage: Stage, dice: random.Random) -> None:
    """In the company's scope, after its conversations and its tags."""
    key = stage.cast.key
    admin, agent = next(iter(stage.people.values())), stage.people[stage.cast.people[2].email]
    replies = _replies(REPLIES[key], admin, agent, dice)
    _macros(stage, MACROS[key], replies, admin)
    _promise(stage, PROMISES[key], agent)
    company.set_options({"rating": Scale.CSAT.value, "rating_comment": True}, by=None)
    _rate(COMMENTS[key], dice)


def _replies(
    rows: list[tuple[str, str, str, str]], admin: User, agent: User, dice: random.Random
) -> dict[str, int]:
    """Those in the folder `mine` are the agent's own; the first of the others shows a picture."""
    made = {}
    for place, (folder, shortcut, title, body) in enumerate(rows):
        own = folder == "mine"
        picture = media.store_upload(files.picture("dress", dice), by=admin) if place == 0 else None
        reply = quick_replies.create(
            by=agent if own else admin, owner=agent if own else None, folder="" if own else folder,
            shortcut=shortcut, title=title, body=body, attachments=[picture.pk] if picture else [],
        )  # fmt: skip
        reply.used_count, reply.used_at = dice.randint(0, 60), now() - timedelta(hours=dice.randint(1, 200))
        reply.save(update_fields=["used_count", "used_at"])
        made[shortcut] = reply.pk
    return made


def _macros(
    stage: Stage, rows: list[tuple[str, list[dict[str, Any]]]], replies: dict[str, int], by: User
) -> None:
    """Names become ids: of tags, queues and quick replies."""
    tags = dict(Tag.objects.live().values_list("name", "pk"))
    queues = {key: queue.pk for key, queue in stage.queues.items()}
    for name, steps in rows:
        kept = [_step(step, tags, queues, replies) for step in steps]
        macros.create(by=by, owner=None, name=name, steps=[step for step in kept if step])


def _step(
    step: dict[str, Any], tags: dict[str, int], queues: dict[str, int], replies: dict[str, int]
) -> dict[str, Any] | None:
    if "tag" in step:
        name = step["tag"]
        if name not in tags:
            tags[name] = tagging.create(by=None, name=name, color="#0b7285").pk
        return {"kind": step["kind"], "tags": [tags[name]]}
    if "queue" in step:
        return {**step, "queue": queues[step["queue"]]}
    if "quick_reply" in step:
        return {**step, "quick_reply": replies[step["quick_reply"]]}
    return step


def _promise(stage: Stage, rows: list[tuple[int, str, str]], by: User) -> None:
    """`days` from today at nine, in conversations of this agent; a rhythm makes it come again."""
    zone = ZoneInfo(stage.company.timezone)
    open_ones = Ticket.objects.filter(status=Status.OPEN, agent=by).select_related("contact", "connection")
    tickets = list(open_ones.order_by("-last_message_at")[: len(rows)])
    for (days, rhythm, body), ticket in zip(rows, tickets, strict=False):
        day = now().astimezone(zone) + timedelta(days=days)
        schedules.create(
            by=by, contacts=[ticket.contact], connection=ticket.connection, body=body,
            first_at=day.replace(hour=9, minute=0, second=0, microsecond=0), cancel_on_reply=not rhythm,
            unit=Unit(rhythm) if rhythm else "", times=6 if rhythm else None,
            business_days=BusinessDays.NEXT if rhythm else BusinessDays.ANY,
        )  # fmt: skip


def _rate(comments: dict[int, list[str]], dice: random.Random) -> None:
    """Closed conversations of the last weeks, most of them rated, some with a word about it."""
    closed = Ticket.objects.filter(status=Status.CLOSED, opened_at__isnull=False).select_related("agent")
    made, told = [], []
    for ticket in closed.order_by("closed_at"):
        asked_at = ticket.closed_at + timedelta(seconds=12)
        rating = Rating(
            company_id=ticket.company_id, ticket=ticket, contact_id=ticket.contact_id, agent=ticket.agent,
            connection_id=ticket.connection_id, queue_id=ticket.queue_id, scale=Scale.CSAT, asked_at=asked_at,
            state=RatingState.EXPIRED, expires_at=asked_at + timedelta(days=1),
        )  # fmt: skip
        if dice.random() < RATED:
            _answer(rating, comments, dice)
            told.append(_step_of(ticket, rating.score, rating.answered_at or asked_at))
        made.append(rating)
    Rating.objects.bulk_create(made)
    times = [step.created_at for step in told]
    TicketHistory.objects.bulk_create(told)
    for step, at in zip(told, times, strict=True):
        step.created_at = at
    TicketHistory.objects.bulk_update(told, ["created_at"], batch_size=500)


def _answer(rating: Rating, comments: dict[int, list[str]], dice: random.Random) -> None:
    rating.state, rating.score = RatingState.ANSWERED, dice.choice(SCORES)
    rating.answered_at = rating.asked_at + timedelta(minutes=dice.randint(1, 90))
    if dice.random() < 0.5:
        rating.comment = dice.choice(comments[rating.score])


def _step_of(ticket: Ticket, score: int | None, at: datetime) -> TicketHistory:
    data = {"score": score, "scale": Scale.CSAT.value}
    return TicketHistory(
        company_id=ticket.company_id, ticket=ticket, kind=HistoryKind.RATED, by=None, data=data, created_at=at
    )
