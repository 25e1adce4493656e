"""Who wrote: from the addresses of an event to one contact, without ever merging two.

A business-scoped user id says more than a phone number, which can be given to somebody else. Many senders are
looked up in one query; the rare case that something about a person is new costs a few more.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils.timezone import now

from helpdesk.events import publish
from tenants.scoping import current_company_id
from tickets.events import CONTACT_CREATED, CONTACT_UPDATED
from tickets.models import Contact, ContactAddress
from tickets.models.contact import AddressKind
from tickets.numbers import variants
from tickets.transport import Address, Sender

Known = dict[tuple[str, str], ContactAddress]
TOUCH_EVERY = timedelta(hours=1)  # how exactly we remember where a customer wrote from last
PERSONAL = {AddressKind.BSUID, AddressKind.BSUID_PARENT, AddressKind.LID}


def recognise(sender: Sender, *, at: datetime | None = None) -> tuple[Contact, bool]:
    """The contact who wrote, and whether they are new."""
    return recognise_all([sender], at=at)[0]


def recognise_all(senders: Sequence[Sender], *, at: datetime | None = None) -> list[tuple[Contact, bool]]:
    """The same for many at once. Part of the caller's transaction; a lost race raises IntegrityError."""
    at = at or now()
    known = living(address for sender in senders for address in _spellings(sender))
    made = _create(_strangers(senders, known), known, at)
    found = []
    for sender in senders:
        stranger = made.pop(sender.addresses, None)
        found.append((stranger, True) if stranger else _recognise(sender, known, at))
    _touch(senders, known, at)
    return found


def renumber(was: Sender, is_now: Sender) -> Contact | None:
    """A customer has another number or user id: the same contact goes on. None when we never knew them."""
    known = living([*was.addresses, *is_now.addresses])
    old = [row for address in was.addresses if (row := known.get(key(address)))]
    if not old:
        return None
    contact = old[0].contact
    for row in old:
        if row.contact_id == contact.pk:
            end(row, known)
    for address in is_now.addresses:
        _give(contact, address, known, how="number_change", at=now())
    number = _phone_in(is_now)
    row = known.get((AddressKind.PHONE, number))
    if row is not None and row.contact_id == contact.pk:
        contact.number = number
    _save(contact, ["number", "search"])
    return contact


def living(addresses: Iterable[Address]) -> Known:
    """Who has these addresses now. A user id is compared without its portfolio: its value is enough."""
    wanted: dict[str, set[str]] = {}
    for address in addresses:
        wanted.setdefault(address.kind, set()).add(address.value)
    if not wanted:
        return {}
    condition = Q()
    for kind, values in wanted.items():
        condition |= Q(kind=kind, value__in=values)
    rows = list(ContactAddress.objects.filter(condition, ended_at=None).select_related("contact"))
    people = {row.contact_id: row.contact for row in rows}
    for row in rows:
        row.contact = people[row.contact_id]  # one object per person, so that changes to it add up
    return {(row.kind, row.value): row for row in rows}


def key(address: Address) -> tuple[str, str]:
    return (address.kind, address.value)


def end(row: ContactAddress, known: Known) -> None:
    """The address is no longer this contact's; a number that was shown with it is taken away as well."""
    row.ended_at = now()
    row.save(update_fields=["ended_at"])
    known.pop((row.kind, row.value), None)
    if row.kind == AddressKind.PHONE and row.contact.number == row.value:
        row.contact.number = ""
        _save(row.contact, ["number", "search"])


def attach(
    contact: Contact, address: Address, known: Known, *, learned: dict[str, Any] | None = None
) -> None:
    """`learned` is the evidence: how we came to know that the address is theirs."""
    row = _row(contact, address, learned=learned or {})
    row.save()
    known[key(address)] = row


def _row(
    contact: Contact, address: Address, *, learned: dict[str, Any], heard_at: datetime | None = None
) -> ContactAddress:
    return ContactAddress(
        company_id=contact.company_id,
        contact=contact,
        kind=address.kind,
        value=address.value,
        scope=address.scope,
        last_inbound_at=heard_at,
        learned_from=learned,
    )


def _spellings(sender: Sender) -> list[Address]:
    """The sender's addresses, and how else their mobile numbers may be written."""
    others = [Address(AddressKind.PHONE, other) for phone in _phones(sender) for other in variants(phone)]
    return [*sender.addresses, *others]


def _strangers(senders: Sequence[Sender], known: Known) -> list[Sender]:
    """Senders who share no address with anybody, known or in this batch: they can be stored together."""
    wearers: dict[tuple[str, str], set[tuple[Address, ...]]] = {}
    for sender in senders:
        for address in _spellings(sender):
            wearers.setdefault(key(address), set()).add(sender.addresses)
    strangers: dict[tuple[Address, ...], Sender] = {}
    for sender in senders:
        keys = [key(address) for address in _spellings(sender)]
        if keys and all(one not in known and len(wearers[one]) == 1 for one in keys):
            strangers.setdefault(sender.addresses, sender)
    return list(strangers.values())


def _recognise(sender: Sender, known: Known, at: datetime) -> tuple[Contact, bool]:
    owner = _owner(sender, known)
    if owner is None:
        return _create([sender], known, at)[sender.addresses], True
    for address in sender.addresses:
        row = known.get(key(address))
        if row is None or row.contact_id != owner.pk:
            _give(owner, address, known, how="message", at=at)
    _learn_profile(owner, sender, known)
    return owner, False


def _owner(sender: Sender, known: Known) -> Contact | None:
    """The strongest address that somebody has decides; addresses come strongest first."""
    for address in sender.addresses:
        row = known.get(key(address))
        if row is None:
            continue
        if address.kind == AddressKind.PHONE and _was_recycled(row, sender):
            end(row, known)
            return None
        return row.contact
    return _by_variant(sender, known)


def _was_recycled(row: ContactAddress, sender: Sender) -> bool:
    """The phone is known with another user id of the same portfolio: a new person has the number."""
    scopes = {address.scope for address in sender.addresses if address.kind == AddressKind.BSUID}
    if not scopes:
        return False
    ids = row.contact.addresses.filter(kind=AddressKind.BSUID, scope__in=scopes, ended_at=None)
    return bool(ids.exists())


def _by_variant(sender: Sender, known: Known) -> Contact | None:
    """The same mobile number in its other spelling, if exactly one contact has it."""
    others = [key(address) for address in _spellings(sender)[len(sender.addresses) :]]
    found = [known[other] for other in others if other in known]
    if len({row.contact_id for row in found}) != 1 or _was_recycled(found[0], sender):
        return None
    return found[0].contact


def _give(contact: Contact, address: Address, known: Known, *, how: str, at: datetime) -> None:
    """Attach an address, unless somebody else has the better right to it.

    A phone moves only from a contact that is nothing but this phone: it has no user id of its own.
    """
    row = known.get(key(address))
    if row is not None and row.contact_id == contact.pk:
        return
    if row is not None:
        if address.kind != AddressKind.PHONE or _is_person(row.contact):
            return
        end(row, known)
    attach(contact, address, known, learned=_learned(how, at))


def _is_person(contact: Contact) -> bool:
    return bool(contact.addresses.filter(kind__in=PERSONAL, ended_at=None).exists())


def _create(senders: Sequence[Sender], known: Known, at: datetime) -> dict[tuple[Address, ...], Contact]:
    """A contact for each, by the addresses, in two statements for all."""
    if not senders:
        return {}
    company_id = current_company_id()
    made: dict[tuple[Address, ...], Contact] = {}
    free: list[list[Address]] = []
    for sender in senders:
        own = [address for address in sender.addresses if key(address) not in known]
        number = next((address.value for address in own if address.kind == AddressKind.PHONE), "")
        contact = Contact(company_id=company_id, name=sender.name, username=sender.username, number=number)
        contact.last_active_at = at
        contact.search = contact.search_text()
        made[sender.addresses] = contact
        free.append(own)
    Contact.objects.bulk_create(made.values())
    for contact, own in zip(made.values(), free, strict=True):
        learned = _learned("message", at)
        contact.living_addresses = [_row(contact, address, heard_at=at, learned=learned) for address in own]
    rows = [row for contact in made.values() for row in contact.living_addresses]
    ContactAddress.objects.bulk_create(rows)
    known.update({(row.kind, row.value): row for row in rows})
    for contact in made.values():
        publish(CONTACT_CREATED, contact, to={"company"})
    return made


def _learn_profile(contact: Contact, sender: Sender, known: Known) -> None:
    """A name that a person typed stays; WhatsApp only fills the gap. A user name is always WhatsApp's."""
    number = _phone_in(sender)
    row = known.get((AddressKind.PHONE, number))
    changed = []
    if sender.name and not contact.name:
        contact.name = sender.name
        changed.append("name")
    if sender.username and sender.username != contact.username:
        contact.username = sender.username
        changed.append("username")
    if number and not contact.number and row is not None and row.contact_id == contact.pk:
        contact.number = number
        changed.append("number")
    if changed:
        _save(contact, [*changed, "search"])


def _phones(sender: Sender) -> list[str]:
    return [one.value for one in sender.addresses if one.kind == AddressKind.PHONE]


def _phone_in(sender: Sender) -> str:
    return next(iter(_phones(sender)), "")


def _save(contact: Contact, fields: list[str]) -> None:
    contact.search = contact.search_text()
    contact.save(update_fields=fields)
    publish(CONTACT_UPDATED, Contact.objects.with_parts().get(pk=contact.pk), to={"company"})


def _touch(senders: Sequence[Sender], known: Known, at: datetime) -> None:
    """Remember where they wrote from, for the answer to go there: all addresses of one event alike."""
    stale: set[int] = set()
    people: set[int] = set()
    for sender in senders:
        rows = [row for address in sender.addresses if (row := known.get(key(address)))]
        if any(row.last_inbound_at is None or row.last_inbound_at < at - TOUCH_EVERY for row in rows):
            stale.update(row.pk for row in rows)
            people.update(row.contact_id for row in rows)
    if stale:
        ContactAddress.objects.filter(pk__in=stale).update(last_inbound_at=at)
        Contact.objects.filter(pk__in=people, last_active_at__lt=at).update(last_active_at=at)


def _learned(how: str, at: datetime) -> dict[str, Any]:
    """The message of that time is the evidence; `tickets.actions.timeline` finds it."""
    return {"how": how, "at": at.isoformat()}
