"""What the providers are told about a contact, on each number that the contact had to do with. Best effort."""

import logging
from collections.abc import Callable, Iterable

from tickets.actions.addresses import of_use_to
from tickets.models import Connection, Contact, ContactAddress, Ticket
from tickets.transport import Address, TransportError

logger = logging.getLogger(__name__)
Addresses = tuple[Address, ...]


def tell(
    contact: Contact,
    known: Iterable[ContactAddress],
    say: Callable[[Connection, Addresses], None],
    *,
    refused: str,
) -> None:
    """`refused` is what the log says where a provider did not take it."""
    rows = list(known)
    lines = Connection.objects.live().filter(
        pk__in=Ticket.objects.filter(contact=contact).values("connection")
    )
    for line in lines:
        usable = of_use_to(line, rows)
        if line.is_held or not usable:
            continue
        try:
            say(line, tuple(Address(one.kind, one.value, one.scope) for one in usable))
        except TransportError as error:
            told = {"contact": contact.pk, "connection": line.pk, "code": error.code}
            logger.info(refused, extra={"fields": told})
