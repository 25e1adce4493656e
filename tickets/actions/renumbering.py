"""A customer has another number or user id: the same contact goes on."""

from datetime import datetime

from django.utils.timezone import now

from tickets.actions import addresses
from tickets.actions.addresses import Known, key
from tickets.models import Contact, ContactAddress
from tickets.models.contact import AddressKind
from tickets.numbers import variants
from tickets.transport import Address, Sender

HOW = "number_change"


def renumber(was: Sender, is_now: Sender, *, at: datetime | None = None) -> Contact | None:
    """Part of the caller's transaction. None when we never knew them.

    The provider itself says who has the new addresses. Only where they are another contact's by now, who wrote from
    them before the news came, nothing is taken away: people are shown the two.
    """
    at = at or now()
    known = addresses.living([*addresses.spellings(was), *addresses.spellings(is_now)])
    contact = _before(was, is_now, known)
    if contact is None:
        return None
    rivals = _rivals(contact, is_now, known)
    if _is_another_number(contact, is_now, known):
        _end_ids(contact, is_now, known)
    for address in addresses.spellings(was):
        row = known.get(key(address))
        if row is not None and row.contact_id == contact.pk and address not in is_now.addresses:
            addresses.end(row, known, why=HOW)
    if rivals:
        for row in rivals:
            addresses.conflict(contact, row.contact, Address(row.kind, row.value), how=HOW, at=at)
        return contact
    for address in is_now.addresses:
        _take(contact, address, known, at)
    _show(contact, is_now, known)
    return contact


def _before(was: Sender, is_now: Sender, known: Known) -> Contact | None:
    """Who had the old addresses: the strongest that somebody has decides."""
    for address in [*was.addresses, *addresses.spellings(was)]:
        row = known.get(key(address)) or known.former.get(key(address))
        if row is not None:
            contact: Contact = row.contact
            return contact
    return None


def _is_another_number(contact: Contact, is_now: Sender, known: Known) -> bool:
    """Whether they have a number that was not theirs in any spelling."""
    spelled = [known.get(key(one)) for one in addresses.spellings(is_now) if one.kind == AddressKind.PHONE]
    return bool(spelled) and all(row is None or row.contact_id != contact.pk for row in spelled)


def _end_ids(contact: Contact, is_now: Sender, known: Known) -> None:
    """With the number every portfolio's user id changes; the others will not be told of before somebody writes."""
    rows = contact.addresses.filter(kind__in=addresses.NEVER_REUSED, ended_at=None)
    for row in rows.exclude(value__in=[one.value for one in is_now.addresses]):
        row.contact = contact
        addresses.end(row, known, why=HOW)


def _rivals(contact: Contact, is_now: Sender, known: Known) -> list[ContactAddress]:
    """Another contact has the new user id already."""
    found = [known.get(key(one)) for one in is_now.addresses if one.kind in addresses.NEVER_REUSED]
    return [row for row in found if row is not None and row.contact_id != contact.pk]


def _take(contact: Contact, address: Address, known: Known, at: datetime) -> None:
    """A number that somebody else had was given to this person by the phone company."""
    spelled = (
        {address.value, *variants(address.value)} if address.kind == AddressKind.PHONE else {address.value}
    )
    for value in spelled:
        row = known.get((address.kind, value))
        if row is not None and row.contact_id != contact.pk:
            is_bare = not addresses.is_person(row.contact)
            if is_bare:  # perhaps somebody typed the new number of the same person
                addresses.conflict(contact, row.contact, address, how=HOW, at=at)
            addresses.end(row, known, why="moved" if is_bare else "recycled", to=contact)
    if key(address) not in known:
        addresses.attach(contact, address, known, learned=addresses.evidence(HOW, at))


def _show(contact: Contact, is_now: Sender, known: Known) -> None:
    number = next(iter(addresses.phones(is_now)), "")
    row = known.get((AddressKind.PHONE, number))
    if row is not None and row.contact_id == contact.pk:
        contact.number = number
    addresses.save(contact, ["number", "search"])
