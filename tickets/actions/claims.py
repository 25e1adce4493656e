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

# The holder keeps it for longer, others only get a free one, unless they mean it: 1 when it changed hands.
# KEYS: claim. ARGV: person, seconds, whether it may be taken away.
_HOLD = """
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] and ARGV[3] == '0' then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'EX', ARGV[2])
return holder == ARGV[1] and 0 or 1
"""
_LET_GO = "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0"


def composes(ticket: Ticket, *, by: User, takes_over: bool = False) -> bool:
    """This person is writing to the customer. Whoever began earlier keeps the claim, unless it is taken over.

    True when it was not theirs before.
    """
    return _run(_HOLD, ticket, by.pk, CLAIM_SECONDS, int(takes_over))


def stops(ticket: Ticket, *, by: User) -> bool:
    """They sent it, or took everything back. True when it had been theirs."""
    return _run(_LET_GO, ticket, by.pk)


def holder_of(ticket: Ticket) -> int | None:
    """Who holds the claim. Nobody while Redis cannot be reached."""
    try:
        holder: Any = connection().get(_key(ticket))
    except redis.RedisError:
        return None
    return int(holder) if holder else None


def refuse_when_answered(ticket: Ticket, *, by: User | None, seen: int | None) -> None:
    """Raises Refused when somebody else is writing, or has answered after the message `seen`.

    Called with the ticket locked, so of two answers at once the second finds the first. Programs have no
    screen to look at and are never held up.
    """
    if by is None:
        return
    if seen is not None and (author := _replied_since(ticket, by, seen)):
        raise _someone(author, "replied")
    writer = holder_of(ticket)
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


def _run(script: str, ticket: Ticket, *arguments: int) -> bool:
    try:
        return bool(connection().register_script(script)(keys=[_key(ticket)], args=arguments))
    except redis.RedisError:
        logger.warning("claim not kept: redis is unreachable", extra={"fields": {"ticket": ticket.pk}})
        return False


def _key(ticket: Ticket) -> str:
    return f"answering:{ticket.company_id}:{ticket.pk}"
