"""What the providers are told about a contact, on each number that the contact had to do with. Best effort."""

import logging
from collections.abc import Callable, Iterable

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
    addresses = tuple(Address(one.kind, one.value, one.scope) for one in known)
    lines = Connection.objects.live().filter(
        pk__in=Ticket.objects.filter(contact=contact).values("connection")
    )
    for line in lines:
        if line.is_held or not addresses:
            continue
        try:
            say(line, addresses)
        except TransportError as error:
            told = {"contact": contact.pk, "connection": line.pk, "code": error.code}
            logger.info(refused, extra={"fields": told})
