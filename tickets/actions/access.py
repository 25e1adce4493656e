"""Who read a ticket without being seen: a program that reads through the API is in the ticket's log."""

import redis

from helpdesk.redis import connection
from tenants.models import ApiKey
from tickets.models import Ticket
from tickets.models.history import HistoryKind

AGAIN_SECONDS = 3600  # a program that asks every second is one line an hour


def read_by_program(ticket: Ticket, key: ApiKey | None) -> None:
    """Note that this key read the ticket. People who read it are not noted: they see it anyway."""
    if key is None:
        return
    try:
        first = connection().set(f"read:{ticket.pk}:{key.pk}", 1, nx=True, ex=AGAIN_SECONDS)
    except redis.RedisError:
        first = True
    if first:
        ticket.history.create(
            kind=HistoryKind.ACCESSED, by=None, data={"key": {"id": key.pk, "name": key.name}}
        )
