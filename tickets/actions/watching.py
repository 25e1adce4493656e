"""Who looks at a conversation: consoles say what is on their screen, and everybody else who looks is told.

Kept in Redis with an expiry that each console renews: who dies without a word is gone after a minute, and
the next renewal of anybody who looks at the same ticket tells the others.
"""

import os
import threading
from typing import Any

import redis
from django.utils.timezone import now

from helpdesk.events import publish_signal
from helpdesk.redis import connection
from helpdesk.sockets import Visitor
from tenants.models import User
from tenants.scoping import company_scope
from tickets.actions import claims
from tickets.events import VIEWERS_CHANGED
from tickets.models import Ticket

WATCH_SECONDS = 60  # consoles repeat themselves every twenty

_watched: dict[int, int] = {}  # socket of this process → the ticket on its screen
_lock = threading.Lock()


def watch(visitor: Visitor, socket: int, frame: dict[str, Any]) -> None:
    """The frame `watch`: this ticket is on the screen now; `ticket` null, none is.

    `draft`: its answer has been begun, which keeps the claim on it alive.
    """
    asked = frame.get("ticket")
    pk = asked if isinstance(asked, int) and not isinstance(asked, bool) and 0 < asked < 2**63 else None
    with _lock:
        before = _watched.pop(socket, None)
        if pk is not None:
            _watched[socket] = pk
    with company_scope(visitor.company_id):
        if before is not None and before != pk:
            _leave(visitor, socket, before)
        if pk is not None:
            _look(visitor, socket, pk, has_draft=frame.get("draft") is True)


def left(visitor: Visitor, socket: int) -> None:
    """The socket closed."""
    with _lock:
        before = _watched.pop(socket, None)
    if before is not None:
        with company_scope(visitor.company_id):
            _leave(visitor, socket, before)


def _look(visitor: Visitor, socket: int, pk: int, *, has_draft: bool) -> None:
    ticket: Ticket | None = Ticket.objects.shown().filter(pk=pk).first()
    if ticket is None or visitor.audiences.isdisjoint(ticket.audience()):
        return  # nothing that this person may see
    at = now().timestamp()
    try:
        with connection().pipeline() as line:
            line.zremrangebyscore(_key(ticket.company_id, pk), 0, at)
            line.zadd(_key(ticket.company_id, pk), {_member(visitor, socket): at + WATCH_SECONDS})
            line.expire(_key(ticket.company_id, pk), WATCH_SECONDS)
            gone, added, _ = line.execute()
    except redis.RedisError:
        return
    if has_draft:
        claims.composes(ticket, by=User(pk=visitor.user_id))
    if gone or added or has_draft:
        tell(ticket)


def _leave(visitor: Visitor, socket: int, pk: int) -> None:
    try:
        if not connection().zrem(_key(visitor.company_id, pk), _member(visitor, socket)):
            return
    except redis.RedisError:
        return
    ticket: Ticket | None = Ticket.objects.filter(pk=pk).first()
    if ticket is not None:
        claims.stops(ticket, by=User(pk=visitor.user_id))
        tell(ticket)


def tell(ticket: Ticket) -> None:
    """Who looks, and who of them is answering."""
    try:
        rows: Any = connection().zrangebyscore(_key(ticket.company_id, ticket.pk), now().timestamp(), "+inf")
    except redis.RedisError:
        return
    users = sorted({int(row.decode().partition(":")[0]) for row in rows})
    data = {"ticket": ticket.pk, "users": users, "answering": claims.holder_of(ticket)}
    publish_signal(VIEWERS_CHANGED, ticket.company_id, data, to=ticket.audience())


def _member(visitor: Visitor, socket: int) -> str:
    """A person may look from two windows; process and socket tell them apart."""
    return f"{visitor.user_id}:{visitor.session_id}:{os.getpid()}:{socket}"


def _key(company_id: int, pk: int) -> str:
    return f"viewing:{company_id}:{pk}"
