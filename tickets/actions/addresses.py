"""Typed addresses and whose they are: looked up, given, ended, each with the evidence of why.

Nothing here merges contacts. Where an event names two of them, the weaker address stays where it is and the pair
is kept for people to look at.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.timezone import now

from helpdesk.events import publish
from tenants.statements import Later, Statement
from tickets.events import CONTACT_UPDATED
from tickets.models import AddressConflict, Connection, Contact, ContactAddress
from tickets.models.contact import AddressKind
from tickets.numbers import variants
from tickets.transport import Address, Sender

Key = tuple[str, str]
PERSONAL = {AddressKind.BSUID, AddressKind.BSUID_PARENT, AddressKind.LID}
NEVER_REUSED = {AddressKind.BSUID, AddressKind.BSUID_PARENT}


class Known(dict[Key, ContactAddress]):
    """Who has these addresses now; `former`: who had a user id that is no longer in use.

    A user id is never given to a second person, so what still comes from an old one is of the same person.
    """

    def __init__(self) -> None:
        super().__init__()
        self.former: dict[Key, ContactAddress] = {}


def living(addresses: Iterable[Address]) -> Known:
    """Who has these addresses, in one statement. A user id is compared without its portfolio: it is unique."""
    wanted: dict[str, set[str]] = {}
    for address in addresses:
        wanted.setdefault(address.kind, set()).add(address.value)
    known = Known()
    if not wanted:
        return known
    values = {str(kind): list(values) for kind, values in wanted.items()}
    rows = _holders.rows(tuple(sorted(values)), **values)
    people = {row.contact_id: row.contact for row in rows}
    for row in rows:
        row.contact = people[row.contact_id]  # one object per person, so that changes to it add up
        if row.ended_at is None:
            known[row.kind, row.value] = row
        elif not row.contact.is_deleted:
            known.former[row.kind, row.value] = row
    return known


@Statement
def _holders(kinds: tuple[str, ...]) -> Any:
    condition = Q()
    for kind in kinds:
        condition |= Q(kind=kind, value__any=Later(kind), ended_at=None)
        if kind in NEVER_REUSED:
            condition |= Q(kind=kind, value__any=Later(kind), ended_at__isnull=False)
    return ContactAddress.objects.filter(condition).select_related("contact").order_by("id")


def key(address: Address) -> Key:
    return (address.kind, address.value)


def spellings(sender: Sender) -> list[Address]:
    """The sender's addresses, and how else their mobile numbers may be written."""
    others = [Address(AddressKind.PHONE, other) for phone in phones(sender) for other in variants(phone)]
    return [*sender.addresses, *others]


def names_of(sender: Sender) -> list[Address]:
    """The user name is no proof of who somebody is, but only one person has it at a time."""
    return [Address(AddressKind.USERNAME, sender.username.lower())] if sender.username else []


def phones(sender: Sender) -> list[str]:
    return [one.value for one in sender.addresses if one.kind == AddressKind.PHONE]


def attach(
    contact: Contact, address: Address, known: Known | None = None, *, learned: dict[str, Any] | None = None
) -> None:
    """`learned` is the evidence: how we came to know that the address is theirs."""
    made = row(contact, address, learned=learned or {})
    made.save()
    if known is not None:
        known[key(address)] = made


def row(
    contact: Contact, address: Address, *, learned: dict[str, Any], heard_at: datetime | None = None
) -> ContactAddress:
    """An address that is not stored yet."""
    return ContactAddress(
        company_id=contact.company_id,
        contact=contact,
        kind=address.kind,
        value=address.value,
        scope=address.scope,
        last_inbound_at=heard_at,
        learned_from=learned,
    )


def end(one: ContactAddress, known: Known, *, why: str, to: Contact | None = None) -> None:
    """The address is no longer this contact's; what was shown of it is taken away as well.

    `why`: number_change, recycled (given to somebody else by the phone company), moved, renamed.
    """
    one.ended_at = now()
    one.learned_from = one.learned_from | {"ended": {"why": why, "to": to.pk if to else None}}
    one.save(update_fields=["ended_at", "learned_from"])
    known.pop((one.kind, one.value), None)
    contact = one.contact
    if one.kind == AddressKind.PHONE and contact.number == one.value:
        contact.number = _another_phone(contact)
        save(contact, ["number", "search"])
    elif one.kind == AddressKind.USERNAME and contact.username.lower() == one.value:
        contact.username = ""
        save(contact, ["username", "search"])


def give(contact: Contact, address: Address, known: Known, *, how: str, at: datetime) -> bool:
    """Attach an address, unless somebody else has the better right to it. Answers whether it is theirs now.

    A phone moves only from a contact that is nothing but this phone: it has no user id of its own. Either way two
    contacts were named at once, and people are shown the pair.
    """
    there = known.get(key(address))
    if there is not None and there.contact_id == contact.pk:
        return True
    if there is not None:
        conflict(contact, there.contact, address, how=how, at=at)
        if address.kind != AddressKind.PHONE or is_person(there.contact):
            _contest(there, contact)
            return False
        end(there, known, why="moved", to=contact)
    attach(contact, address, known, learned=evidence(how, at))
    return True


def of_use_to(connection: Connection, rows: Iterable[ContactAddress]) -> list[ContactAddress]:
    """Without user ids that belong to another portfolio than this number."""
    found = list(rows)
    scopes = {row.scope for row in found if row.kind in NEVER_REUSED} - {connection.account}
    if not connection.account or not scopes:
        return found
    elsewhere = Connection.objects.accounts_elsewhere(connection.account)
    return [row for row in found if row.kind not in NEVER_REUSED or row.scope not in elsewhere]


def conflict(one: Contact, other: Contact, address: Address, *, how: str, at: datetime) -> None:
    """Keep the pair for review, once."""
    first, second = sorted((one.pk, other.pk))
    AddressConflict.objects.get_or_create(
        first_id=first,
        second_id=second,
        defaults={
            "company_id": one.company_id, "kind": address.kind, "value": address.value, "how": how, "at": at,
        },
    )  # fmt: skip


def is_person(contact: Contact) -> bool:
    return bool(contact.addresses.filter(kind__in=PERSONAL, ended_at=None).exists())


def evidence(how: str, at: datetime) -> dict[str, Any]:
    """The message of that time is the proof; `tickets.actions.timeline` finds it."""
    return {"how": how, "at": at.isoformat()}


def save(contact: Contact, fields: list[str]) -> None:
    contact.search = contact.search_text()
    contact.save(update_fields=fields)
    publish(CONTACT_UPDATED, Contact.objects.with_parts().get(pk=contact.pk), to={"company"})


def _contest(one: ContactAddress, by: Contact) -> None:
    """Answers to its owner go to another address of theirs until people have decided."""
    if one.kind == AddressKind.PHONE and one.learned_from.get("contested_by") != by.pk:
        one.learned_from = one.learned_from | {"contested_by": by.pk}
        one.save(update_fields=["learned_from"])


def _another_phone(contact: Contact) -> str:
    """The same number in its other spelling goes with it; a second number stays."""
    rest = contact.addresses.filter(kind=AddressKind.PHONE, ended_at=None).order_by("-id")
    return next((one.value for one in rest if one.value not in variants(contact.number)), "")
