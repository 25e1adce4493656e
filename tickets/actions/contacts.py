"""Customers as agents keep them: created, corrected, deleted, restored; and what sends teach about them."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.timezone import now

from helpdesk.constraints import constraint_of
from helpdesk.errors import Invalid, Refused
from helpdesk.events import publish
from tickets import masking
from tickets.actions.recognition import attach, key, living
from tickets.events import CONTACT_CREATED, CONTACT_UPDATED
from tickets.models import Contact, ContactAddress
from tickets.models.contact import AddressKind
from tickets.numbers import digits_of
from tickets.transport import Address

EDITABLE = {"name", "email", "notes", "is_blocked", "bot_off"}


def create(*, number: str = "", **fields: Any) -> Contact:
    """A contact that an agent typed in. Raises Refused when somebody has the number already."""
    contact = Contact(number=_digits(number), **{name: fields[name] for name in EDITABLE & fields.keys()})
    if not contact.number and not contact.name:
        raise Invalid("contact_empty", "A contact needs a name or a number.")
    contact.search = contact.search_text()
    with _number_free(contact.number), transaction.atomic():
        contact.save()
        if contact.number:
            attach(contact, Address(AddressKind.PHONE, contact.number), {})
        return _tell(CONTACT_CREATED, contact)


def update(contact: Contact, **fields: Any) -> Contact:
    """Change what an agent may change. A new number takes the place of the one that was shown."""
    given = fields.get("number")
    number = _digits(given) if given is not None and not masking.is_hidden(given) else None
    with _number_free(number or ""), transaction.atomic():
        contact = Contact.objects.locked(contact.pk)
        for name in EDITABLE & fields.keys():
            setattr(contact, name, fields[name])
        if number is not None and number != contact.number:
            _replace_number(contact, number)
        contact.search = contact.search_text()
        contact.save()
        return _tell(CONTACT_UPDATED, contact)


@transaction.atomic
def delete(contact: Contact) -> Contact:
    """Hide the contact and free its addresses: whoever writes from them next is new."""
    contact = Contact.objects.locked(contact.pk)
    if contact.is_deleted:
        return contact
    contact.deleted_at = now()
    contact.save(update_fields=["deleted_at"])
    contact.addresses.filter(ended_at=None).update(ended_at=contact.deleted_at)
    return _tell(CONTACT_UPDATED, contact)


def restore(contact: Contact) -> Contact:
    """Bring a deleted contact back with its addresses. Refused when somebody has one of them by now."""
    with _number_free(contact.number), transaction.atomic():
        contact = Contact.objects.locked(contact.pk)
        if not contact.is_deleted:
            return contact
        contact.addresses.filter(ended_at=contact.deleted_at).update(ended_at=None)
        contact.deleted_at = None
        contact.save(update_fields=["deleted_at"])
        return _tell(CONTACT_UPDATED, contact)


@transaction.atomic
def learn(contact: Contact, addresses: Iterable[Address]) -> None:
    """What an accepted send told us: WhatsApp's own form of the number, or the user id behind it."""
    wanted = list(addresses)
    known = living(wanted)
    new = [address for address in wanted if key(address) not in known]
    if not new:
        return
    rows = [
        ContactAddress(
            company_id=contact.company_id,
            contact=contact,
            kind=address.kind,
            value=address.value,
            scope=address.scope,
        )
        for address in new
    ]
    ContactAddress.objects.bulk_create(rows, ignore_conflicts=True)
    Contact.objects.filter(pk=contact.pk).update(version=F("version") + 1, updated_at=now())
    _tell(CONTACT_UPDATED, contact)


def _replace_number(contact: Contact, number: str) -> None:
    contact.addresses.filter(kind=AddressKind.PHONE, value=contact.number, ended_at=None).update(
        ended_at=now()
    )
    contact.number = number
    own = contact.addresses.filter(kind=AddressKind.PHONE, value=number, ended_at=None)
    if number and not own.exists():
        attach(contact, Address(AddressKind.PHONE, number), {})


def _digits(number: str) -> str:
    """Blank stays blank; what cannot be a number is refused."""
    if not number.strip():
        return ""
    digits = digits_of(number)
    if not digits:
        raise Invalid(
            "contact_number_invalid", "Write the number with its country code, like +55 11 98765-4321."
        )
    return digits


@contextmanager
def _number_free(number: str) -> Iterator[None]:
    """Turns the constraints that keep an address with one contact into words."""
    try:
        yield
    except IntegrityError as error:
        if constraint_of(error) not in {"contact_number_once", "contact_address_once"}:
            raise
        phone = Address(AddressKind.PHONE, number)
        row = living([phone]).get(key(phone))
        owner = row.contact_id if row else None
        raise Refused("contact_exists", "Another contact has this number.", contact=owner) from error


def _tell(event: Any, contact: Contact) -> Contact:
    shown: Contact = Contact.objects.with_parts().get(pk=contact.pk)
    publish(event, shown, to={"company"})
    return shown
