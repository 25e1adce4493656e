"""Forgetting at the provider: the contact book that WhatsApp keeps for us loses a contact whom we deleted.

The provider's entry cannot be brought back; a contact that is restored here is learned again from what they write.
"""

import logging

from celery import shared_task

from tenants.scoping import CompanyTask
from tickets.models import Connection, Contact, ContactAddress, Ticket
from tickets.transport import Address, TransportError, transport_for

logger = logging.getLogger(__name__)


@shared_task(base=CompanyTask)
def tell_provider(company_id: int, contact_id: int) -> None:
    """On each number that the contact had to do with. Nothing is said of who was brought back meanwhile."""
    contact: Contact | None = Contact.objects.filter(pk=contact_id, deleted_at__isnull=False).first()
    if contact is None or contact.merged_into_id is not None:
        return
    last = ContactAddress.objects.filter(contact=contact, ended_at=contact.deleted_at)
    addresses = tuple(Address(one.kind, one.value, one.scope) for one in last)
    lines = Connection.objects.live().filter(
        pk__in=Ticket.objects.filter(contact=contact).values("connection")
    )
    for line in lines:
        if line.is_held or not addresses:
            continue
        try:
            transport_for(line).forget(line, addresses)
        except TransportError as error:
            told = {"contact": contact_id, "connection": line.pk, "code": error.code}
            logger.info("contact book entry not erased", extra={"fields": told})
