"""Customers as agents keep them: created, corrected, deleted, restored; and what sends teach about them."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.timezone import now

from helpdesk.constraints import constraint_of
from helpdesk.errors import Invalid, Refused
from helpdesk.events import Event, publish
from tenants.models import Membership, User
from tickets import masking
from tickets.actions import addresses as whose
from tickets.actions import blocking, forgetting, word
from tickets.actions import fields as own_fields
from tickets.actions import tags as own_tags
from tickets.actions.addresses import attach, key, living
from tickets.events import CONTACT_CREATED, CONTACT_UPDATED
from tickets.models import Contact, ContactAddress
from tickets.models.contact import AddressKind
from tickets.models.custom_field import FieldOn
from tickets.numbers import digits_of
from tickets.transport import Address

EDITABLE = {"name", "email", "notes", "is_blocked", "bot_off", "accepts_audio"}


def create(*, number: str = "", by: User | None = None, **given: Any) -> Contact:
    """A contact that an agent typed in. Raises Refused when somebody has the number already."""
    contact = Contact(number=_digits(number), **{name: given[name] for name in EDITABLE & given.keys()})
    if not contact.number and not contact.name:
        raise Invalid("contact_empty", "A contact needs a name or a number.")
    contact.search = contact.search_text()
    with number_free(contact.number), transaction.atomic():
        _fill_in(contact, given)
        contact.save()
        if "tags" in given:
            own_tags.put_on_contact(contact, given["tags"])
        if contact.number:
            attach(contact, Address(AddressKind.PHONE, contact.number), learned=_typed(by))
        return tell(CONTACT_CREATED, contact)


def update(contact: Contact, *, by: User | None = None, **given: Any) -> Contact:
    """Change what an agent may change. A new number takes the place of the one that was shown."""
    typed = given.get("number")
    number = _digits(typed) if typed is not None and not masking.is_hidden(typed) else None
    with number_free(number or ""), transaction.atomic():
        contact = Contact.objects.locked(contact.pk)
        was_blocked, was_silent = contact.is_blocked, contact.is_blocked or contact.bot_off
        for name in EDITABLE & given.keys():
            setattr(contact, name, given[name])
        _fill_in(contact, given)
        if number is not None and number != contact.number:
            _replace_number(contact, number, by)
        contact.search = contact.search_text()
        contact.save()
        if "tags" in given:
            own_tags.put_on_contact(contact, given["tags"])
        if contact.is_blocked != was_blocked:
            blocking.tell_provider.nudge(contact.company_id, contact.pk)
        if (contact.is_blocked or contact.bot_off) and not was_silent:
            word.taken_from(contact)
        return tell(CONTACT_UPDATED, contact)


@transaction.atomic
def delete(contact: Contact) -> Contact:
    """Hide the contact and free its addresses: whoever writes from them next is new."""
    contact = Contact.objects.locked(contact.pk)
    if contact.is_deleted:
        return contact
    contact.deleted_at = now()
    contact.save(update_fields=["deleted_at"])
    contact.addresses.filter(ended_at=None).update(ended_at=contact.deleted_at)
    forgetting.tell_provider.nudge(contact.company_id, contact.pk)
    return tell(CONTACT_UPDATED, contact)


def restore(contact: Contact) -> Contact:
    """Bring a deleted contact back with its addresses. Refused when somebody has one of them by now."""
    with number_free(contact.number), transaction.atomic():
        contact = Contact.objects.locked(contact.pk)
        if not contact.is_deleted:
            return contact
        if contact.merged_into_id is not None:
            raise Refused(
                "contact_merged", "This contact is part of another one.", contact=contact.merged_into_id
            )
        contact.addresses.filter(ended_at=contact.deleted_at).update(ended_at=None)
        contact.deleted_at = None
        contact.save(update_fields=["deleted_at"])
        return tell(CONTACT_UPDATED, contact)


@transaction.atomic
def learn(contact: Contact, addresses: Iterable[Address]) -> None:
    """What an accepted send told us: WhatsApp's own form of the number, or the user id behind it.

    When somebody else is known by it, both are perhaps one person: people are shown the two.
    """
    wanted = list(addresses)
    known = living(wanted)
    for address in wanted:
        there = known.get(key(address))
        if there is not None and there.contact_id != contact.pk and address.kind in whose.NEVER_REUSED:
            whose.conflict(contact, there.contact, address, how="send", at=now())
    new = [address for address in wanted if key(address) not in known]
    if not new:
        return
    learned = whose.evidence("send", now())
    rows = [whose.row(contact, address, learned=learned) for address in new]
    ContactAddress.objects.bulk_create(rows, ignore_conflicts=True)
    Contact.objects.filter(pk=contact.pk).update(version=F("version") + 1, updated_at=now())
    tell(CONTACT_UPDATED, contact)


def tell(event: Event, contact: Contact) -> Contact:
    """Everybody in the company sees contacts."""
    shown: Contact = Contact.objects.with_parts().get(pk=contact.pk)
    publish(event, shown, to={"company"})
    return shown


def may_own(user_id: int) -> bool:
    """Whoever works on tickets can have contacts of their own."""
    member = Membership.objects.active().filter(user=user_id).first()
    return member is not None and member.may("tickets.write")


def _fill_in(contact: Contact, given: dict[str, Any]) -> None:
    """What is checked against the company's own people and fields."""
    if "owner" in given:
        owner = given["owner"]
        if owner is not None and not may_own(owner):
            raise Invalid("owner_unknown", "Nobody with this id can own contacts.", owner=["Unknown."])
        contact.owner_id = owner
    if "custom_fields" in given:
        contact.custom_fields = own_fields.merged(
            FieldOn.CONTACT, contact.custom_fields, given["custom_fields"]
        )


def _typed(by: User | None) -> dict[str, Any]:
    """The evidence of an address that somebody wrote down."""
    return {"how": "typed", "at": now().isoformat(), "by": by.pk if by else None}


def _replace_number(contact: Contact, number: str, by: User | None) -> None:
    contact.addresses.filter(kind=AddressKind.PHONE, value=contact.number, ended_at=None).update(
        ended_at=now()
    )
    contact.number = number
    own = contact.addresses.filter(kind=AddressKind.PHONE, value=number, ended_at=None)
    if number and not own.exists():
        attach(contact, Address(AddressKind.PHONE, number), learned=_typed(by))


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
def number_free(number: str) -> Iterator[None]:
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
