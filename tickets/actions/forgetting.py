"""Forgetting at the provider: the contact book that WhatsApp keeps for us loses a contact whom we deleted.

The provider's entry cannot be brought back; a contact that is restored here is learned again from what they write.
"""

from celery import shared_task

from tenants.scoping import CompanyTask
from tickets.actions import each_number
from tickets.models import Contact, ContactAddress
from tickets.transport import transport_for


@shared_task(base=CompanyTask)
def tell_provider(company_id: int, contact_id: int) -> None:
    """On each number that the contact had to do with. Nothing is said of who was brought back meanwhile."""
    contact: Contact | None = Contact.objects.filter(pk=contact_id, deleted_at__isnull=False).first()
    if contact is None or contact.merged_into_id is not None:
        return
    last = ContactAddress.objects.filter(contact=contact, ended_at=contact.deleted_at)
    each_number.tell(
        contact,
        last,
        lambda line, addresses: transport_for(line).forget(line, addresses),
        refused="contact book entry not erased",
    )
