"""Blocking at the provider: what a blocked contact writes never reaches us, and nothing we write reaches them.

Best effort: a provider may refuse (WhatsApp blocks only who wrote within the last day). We do not hear blocked
contacts either way.
"""

from celery import shared_task

from tenants.scoping import CompanyTask
from tickets.actions import each_number
from tickets.models import Contact
from tickets.transport import transport_for


@shared_task(base=CompanyTask)
def tell_provider(company_id: int, contact_id: int) -> None:
    """On each number that the contact wrote to; what is true when this runs counts."""
    contact: Contact | None = Contact.objects.with_parts().filter(pk=contact_id).first()
    if contact is None:
        return
    each_number.tell(
        contact,
        contact.known_addresses(),
        lambda line, addresses: transport_for(line).block(line, addresses, blocked=contact.is_blocked),
        refused="block not taken",
    )
