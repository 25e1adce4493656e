"""Who is answering: the first to write holds the claim, so that two agents never answer at once unknowingly.

The claim lives in Redis for half a minute after the last key that was pressed. Losing it loses a warning,
never a message.
"""

import logging
from typing import Any

import redis

from helpdesk.errors import Refused
from helpdesk.redis import connection
from tenants.models import User
from tickets.models import Message, Ticket
from tickets.models.message import Direction

logger = logging.getLogger(__name__)

CLAIM_SECONDS = 30

# The holder, or nobody else, may take it or keep it for longer. KEYS: claim. ARGV: person, seconds.
_HOLD = """
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'EX', ARGV[2])
return 1
"""
_LET_GO = "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0"


def composes(ticket: Ticket, *, by: User) -> None:
    """This person is writing to the customer. Whoever began earlier keeps the claim."""
    _run(_HOLD, ticket, by.pk, CLAIM_SECONDS)


def stops(ticket: Ticket, *, by: User) -> None:
    """They sent it, or took everything back."""
    _run(_LET_GO, ticket, by.pk)


def refuse_when_answered(ticket: Ticket, *, by: User | None, seen: int | None) -> None:
    """Raises Refused when somebody else is writing, or has answered after the message `seen`.

    Called with the ticket locked, so of two answers at once the second finds the first. Programs have no
    screen to look at and are never held up.
    """
    if by is None:
        return
    if seen is not None and (author := _replied_since(ticket, by, seen)):
        raise _someone(author, "replied")
    writer = _holder(ticket)
    if writer is not None and writer != by.pk and (user := User.objects.filter(pk=writer).first()):
        raise _someone(user, "writing")


def _replied_since(ticket: Ticket, by: User, seen: int) -> User | None:
    answers = Message.objects.filter(ticket=ticket, direction=Direction.OUT, pk__gt=seen)
    others = answers.exclude(author=None).exclude(author=by).exclude(state="cancelled")
    last: Message | None = others.select_related("author").order_by("-id").first()
    return last.author if last else None


def _someone(user: User, why: str) -> Refused:
    doing = "is answering this customer" if why == "writing" else "has just answered this customer"
    return Refused(
        "someone_answering", f"{user.name} {doing}.", user={"id": user.pk, "name": user.name}, why=why
    )


def _holder(ticket: Ticket) -> int | None:
    try:
        holder: Any = connection().get(_key(ticket))
    except redis.RedisError:
        return None
    return int(holder) if holder else None


def _run(script: str, ticket: Ticket, *arguments: int) -> None:
    try:
        connection().register_script(script)(keys=[_key(ticket)], args=arguments)
    except redis.RedisError:
        logger.warning("claim not kept: redis is unreachable", extra={"fields": {"ticket": ticket.pk}})


def _key(ticket: Ticket) -> str:
    return f"answering:{ticket.company_id}:{ticket.pk}"
