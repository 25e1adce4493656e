"""What the customer sees of us: blue ticks when an agent read, and a typing sign when one writes.

Best effort: tried once, never queued for long, and nothing waits for it.
"""

import logging
from datetime import timedelta

import redis
from celery import shared_task
from django.utils.timezone import now

from helpdesk.redis import connection as redis_client
from tenants.scoping import CompanyTask
from tickets.models import Message
from tickets.models.message import Direction
from tickets.transport import TransportError, transport_for

logger = logging.getLogger(__name__)

READABLE = timedelta(days=30)  # older messages cannot be marked
TYPING_SECONDS = 20  # the sign shows for 25 at most


@shared_task(base=CompanyTask)
def show_read(company_id: int, ticket_id: int) -> None:
    """Tell the channel that this ticket was read; that covers all earlier messages too."""
    _tell(ticket_id, typing=False)


@shared_task(base=CompanyTask)
def show_typing(company_id: int, ticket_id: int) -> None:
    """Show the customer that somebody is answering. Implies that their messages were read."""
    try:
        first = redis_client().set(f"typing:{ticket_id}", 1, nx=True, ex=TYPING_SECONDS)
    except redis.RedisError:
        return
    if first:
        _tell(ticket_id, typing=True)


def _tell(ticket_id: int, *, typing: bool) -> None:
    came_in = Message.objects.filter(ticket=ticket_id, direction=Direction.IN, at__gt=now() - READABLE)
    message = came_in.exclude(provider_id="").select_related("connection").order_by("-at", "-id").first()
    if message is None or message.connection.is_held:
        return
    try:
        transport_for(message.connection).mark_read(message.connection, message.provider_id, typing=typing)
    except TransportError as error:
        logger.info("read mark not taken", extra={"fields": {"ticket": ticket_id, "code": error.code}})
