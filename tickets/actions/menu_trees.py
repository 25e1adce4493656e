"""The menu that a ticket's customer walks now, with what it leads to: living queues, active agents, kept files."""

import logging
from collections.abc import Iterable

from helpdesk.errors import Refused
from tenants.models import Company, Membership, User
from tickets import menus
from tickets.actions.files_for_use import ids_of
from tickets.actions.kept_files import copy_of
from tickets.menus import Option, Tree
from tickets.models import Attachment, Connection, Menu, Queue, Ticket

logger = logging.getLogger(__name__)


def of(ticket: Ticket) -> Tree:
    """Where the number has no menu, its own queue is the only way."""
    return tree(ticket.company, ticket.connection, ticket.connection.menu)


def tree(company: Company, connection: Connection | None, menu: Menu | None) -> Tree:
    queues = {queue.pk: queue for queue in Queue.objects.live()}
    agents = Membership.objects.active().values_list("user_id", flat=True) if menu else []
    text = menu.text if menu else ""
    greeting = connection.greeting if connection else ""
    options = menus.options_of(menu.options, queues, agents) if menu else ()
    if menu is None and connection is not None and connection.queue_id in queues:
        options = (Option(key="queue", title="", kind=menus.QUEUE, queue=connection.queue_id),)
    return Tree(
        text="\n\n".join(part.strip() for part in (greeting, text) if part.strip()),
        options=options,
        language=company.language,
        greetings={queue.pk: queue.greeting for queue in queues.values()},
        queue_files={queue.pk: ids_of(queue.files) for queue in queues.values()},
        closing=frozenset(queue.pk for queue in queues.values() if queue.closes),
    )


def copies(ids: Iterable[int]) -> list[Attachment]:
    """Files for one message, in this order. One that is gone is left out rather than all."""
    wanted = list(ids)
    found = Attachment.objects.in_bulk(wanted) if wanted else {}
    made = []
    for pk in wanted:
        try:
            if pk in found:
                made.append(copy_of(found[pk], by=None))
        except Refused as refused:
            logger.warning("file of a menu not sent", extra={"fields": {"file": pk, "why": refused.code}})
    return made


def agent(user_id: int) -> User | None:
    """Who may be given a ticket; None for who has left."""
    found = Membership.objects.active().filter(user=user_id).select_related("user").first()
    return found.user if found else None
