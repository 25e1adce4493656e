"""Who wrote: from the addresses of an event to one contact, without ever merging two.

A business-scoped user id says more than a phone number, which can be given to somebody else. Many senders are
looked up in one query; the rare case that something about a person is new costs a few more.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils.timezone import now

from helpdesk.events import publish
from tenants.scoping import current_company_id
from tickets.actions import addresses
from tickets.actions.addresses import Known, end, evidence, give, key, living, phones, save, spellings
from tickets.actions.renumbering import renumber as renumber
from tickets.events import CONTACT_CREATED
from tickets.models import Connection, Contact, ContactAddress
from tickets.models.contact import AddressKind
from tickets.transport import Address, Sender

TOUCH_EVERY = timedelta(hours=1)  # how exactly we remember where a customer wrote from last


def recognise(sender: Sender, *, at: datetime | None = None) -> tuple[Contact, bool]:
    """The contact who wrote, and whether they are new."""
    return recognise_all([sender], at=at)[0]


def recognise_all(senders: Sequence[Sender], *, at: datetime | None = None) -> list[tuple[Contact, bool]]:
    """The same for many at once. Part of the caller's transaction; a lost race raises IntegrityError."""
    at = at or now()
    known = living(one for sender in senders for one in (*spellings(sender), *addresses.names_of(sender)))
    made = _create(_strangers(senders, known), known, at)
    found = []
    for sender in senders:
        stranger = made.pop(sender.addresses, None)
        found.append((stranger, True) if stranger else _recognise(sender, known, at))
    _touch(senders, known, at)
    return found


def _strangers(senders: Sequence[Sender], known: Known) -> list[Sender]:
    """Senders who share no address with anybody, known or in this batch: they can be stored together."""
    wearers: dict[tuple[str, str], set[tuple[Address, ...]]] = {}
    for sender in senders:
        for address in (*spellings(sender), *addresses.names_of(sender)):
            wearers.setdefault(key(address), set()).add(sender.addresses)
    strangers: dict[tuple[Address, ...], Sender] = {}
    for sender in senders:
        keys = [key(address) for address in (*spellings(sender), *addresses.names_of(sender))]
        if keys and all(
            one not in known and one not in known.former and len(wearers[one]) == 1 for one in keys
        ):
            strangers.setdefault(sender.addresses, sender)
    return list(strangers.values())


def _recognise(sender: Sender, known: Known, at: datetime) -> tuple[Contact, bool]:
    owner = _owner(sender, known)
    if owner is None:
        if (former := _former(sender, known)) is not None:
            return former, False
        return _create([sender], known, at)[sender.addresses], True
    for address in sender.addresses:
        row = known.get(key(address))
        if row is None or row.contact_id != owner.pk:
            give(owner, address, known, how="message", at=at)
    _learn_profile(owner, sender, known, at)
    return owner, False


def _owner(sender: Sender, known: Known) -> Contact | None:
    """The strongest address that somebody has decides; addresses come strongest first."""
    if _former(sender, known) is not None:
        return None
    for address in sender.addresses:
        row = known.get(key(address))
        if row is None:
            continue
        if address.kind == AddressKind.PHONE and _was_recycled(row, sender):
            _end_spellings(row, sender, known)
            return None
        return row.contact
    return _by_variant(sender, known)


def _former(sender: Sender, known: Known) -> Contact | None:
    """What was written from a user id that its owner has left since: it came late. Nothing is learned from it."""
    ids = [address for address in sender.addresses if address.kind in addresses.NEVER_REUSED]
    if any(key(address) in known for address in ids):
        return None
    return next((known.former[key(one)].contact for one in ids if key(one) in known.former), None)


def _was_recycled(row: ContactAddress, sender: Sender) -> bool:
    """The phone is known with another user id of the same portfolio: a new person has the number.

    Who keeps the number keeps the id, or WhatsApp tells of the change (`renumber`). Another portfolio has ids of its
    own: there one person has two, and nothing would tell them from two people.
    """
    accounts = {address.scope for address in sender.addresses if address.kind == AddressKind.BSUID}
    if not accounts:
        return False
    accounts = Connection.objects.accounts_beside(accounts)
    ids = row.contact.addresses.filter(kind=AddressKind.BSUID, scope__in=accounts, ended_at=None)
    return bool(ids.exists())


def _end_spellings(found: ContactAddress, sender: Sender, known: Known) -> None:
    """However the number is written, it is somebody else's now."""
    for address in spellings(sender):
        row = known.get(key(address))
        if address.kind == AddressKind.PHONE and row is not None and row.contact_id == found.contact_id:
            end(row, known, why="recycled")


def _by_variant(sender: Sender, known: Known) -> Contact | None:
    """The same mobile number in its other spelling, if exactly one contact has it."""
    others = [key(address) for address in spellings(sender)[len(sender.addresses) :]]
    found = [known[other] for other in others if other in known]
    if len({row.contact_id for row in found}) != 1:
        return None
    if _was_recycled(found[0], sender):
        _end_spellings(found[0], sender, known)
        return None
    contact: Contact = found[0].contact
    return contact


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
        contact.is_group = any(address.kind == AddressKind.GROUP for address in own)
        contact.last_active_at = at
        contact.search = contact.search_text()
        made[sender.addresses] = contact
        free.append([*own, *_freed_names(sender, known)])
    Contact.objects.bulk_create(made.values())
    for contact, own in zip(made.values(), free, strict=True):
        learned = evidence("message", at)
        contact.living_addresses = [
            addresses.row(contact, address, heard_at=at, learned=learned) for address in own
        ]
        contact.found_tag_ids = []  # nobody has tagged a stranger
    rows = [row for contact in made.values() for row in contact.living_addresses]
    ContactAddress.objects.bulk_create(rows)
    known.update({(row.kind, row.value): row for row in rows})
    for contact in made.values():
        publish(CONTACT_CREATED, contact, to={"company"})
    return made


def _freed_names(sender: Sender, known: Known) -> list[Address]:
    """Their user name, which nobody else can have any more."""
    named = addresses.names_of(sender)
    for address in named:
        if (row := known.get(key(address))) is not None:
            end(row, known, why="renamed")
    return named


def _learn_profile(contact: Contact, sender: Sender, known: Known, at: datetime) -> None:
    """A name that a person typed stays; WhatsApp only fills the gap. A user name is always WhatsApp's."""
    number = next(iter(phones(sender)), "")
    row = known.get((AddressKind.PHONE, number))
    changed = []
    if sender.name and not contact.name:
        contact.name = sender.name
        changed.append("name")
    if sender.username and sender.username != contact.username:
        _rename(contact, sender, known, at)
        changed.append("username")
    elif sender.has_no_username and contact.username:
        _end_names(contact, known)
    if number and not contact.number and row is not None and row.contact_id == contact.pk:
        contact.number = number
        changed.append("number")
    if changed:
        save(contact, [*changed, "search"])


def _rename(contact: Contact, sender: Sender, known: Known, at: datetime) -> None:
    """The user name before stays in the list of addresses, as ended."""
    [named] = _freed_names(sender, known)
    _end_names(contact, known)
    addresses.attach(contact, named, known, learned=evidence("message", at))
    contact.username = sender.username


def _end_names(contact: Contact, known: Known) -> None:
    for row in contact.addresses.filter(kind=AddressKind.USERNAME, ended_at=None):
        row.contact = contact
        end(row, known, why="renamed")


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
