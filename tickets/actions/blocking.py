"""Blocking at the provider: what a blocked contact writes never reaches us, and nothing we write reaches them.

Best effort: a provider may refuse (WhatsApp blocks only who wrote within the last day). We do not hear blocked
contacts either way.
"""

import logging

from celery import shared_task

from tenants.scoping import CompanyTask
from tickets.models import Connection, Contact, Ticket
from tickets.transport import Address, TransportError, transport_for

logger = logging.getLogger(__name__)


@shared_task(base=CompanyTask)
def tell_provider(company_id: int, contact_id: int) -> None:
    """On each number that the contact wrote to; what is true when this runs counts."""
    contact: Contact | None = Contact.objects.with_parts().filter(pk=contact_id).first()
    if contact is None:
        return
    addresses = tuple(Address(one.kind, one.value, one.scope) for one in contact.known_addresses())
    lines = Connection.objects.live().filter(
        pk__in=Ticket.objects.filter(contact=contact).values("connection")
    )
    for line in lines:
        if line.is_held or not addresses:
            continue
        try:
            transport_for(line).block(line, addresses, blocked=contact.is_blocked)
        except TransportError as error:
            told = {"contact": contact_id, "connection": line.pk, "code": error.code}
            logger.info("block not taken", extra={"fields": told})
