"""Groups: one contact and one ticket for all who write there; each message says who wrote it.

Nobody in a group becomes a contact by it, and nothing answers there by itself. Off until a company wants it.
"""

import hashlib
import re
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.timezone import now

from helpdesk.errors import Invalid
from helpdesk.events import publish
from tenants.models import Membership
from tickets.actions import addresses, recognition, tell
from tickets.events import CONTACT_UPDATED
from tickets.models import Connection, Contact, Group, Message, Queue, Ticket
from tickets.models.contact import AddressKind
from tickets.models.group import GroupState
from tickets.models.message import RANK, State
from tickets.numbers import variants
from tickets.transport import Address, GroupNews, Inbound, Receipt, Sender

OPTION = "groups"
_MENTION = re.compile(r"@(\d{5,20})\b")
Person = dict[str, Any]


def whose(item: Inbound) -> Sender:
    """Whose conversation it belongs to: the group's, or else the sender's."""
    return Sender((item.group,)) if item.group is not None else item.sender


def heard(connection: Connection, items: Sequence[Inbound]) -> list[Inbound]:
    """Without what was written in groups, unless the company wants to hear it."""
    if all(item.group is None for item in items) or connection.company.option(OPTION):
        return list(items)
    return [item for item in items if item.group is None]


def introduce(pairs: Iterable[tuple[Inbound, Contact]]) -> dict[str, dict[str, Any]]:
    """What each group message says of its author and of those it mentions, by provider id. Part of the inbound batch:
    free for batches without groups."""
    written = [(item, contact) for item, contact in pairs if item.group is not None]
    if not written:
        return {}
    groups = _groups({contact.pk: contact for _, contact in written})
    known = addresses.living(one for item, _ in written for one in addresses.spellings(item.sender))
    said: dict[str, dict[str, Any]] = {}
    changed: dict[int, Group] = {}
    for item, contact in written:
        group = groups[contact.pk]
        author = _person(item.sender, known)
        if _join(group, author):
            changed[group.pk] = group
        said[item.provider_id] = {"author": _shown(author)}
        if mentions := _mentioned(group, item.body):
            said[item.provider_id]["mentions"] = mentions
    for group in changed.values():
        group.save(update_fields=["participants"])
    return said


def admit(tickets: Iterable[Ticket]) -> list[str]:
    """New tickets of groups wait where the group's do, and those who see the group see them. Answers the changed
    fields."""
    ours = {ticket.contact_id: ticket for ticket in tickets if ticket.contact.is_group}
    if not ours:
        return []
    for group in Group.objects.filter(contact__in=ours).select_related("queue"):
        ticket = ours[group.contact_id]
        ticket.queue = group.queue or ticket.queue
        ticket.participants = list(dict.fromkeys([*ticket.participants, *group.users]))
    return ["queue", "participants"]


@transaction.atomic(savepoint=False)
def record(connection: Connection, news: GroupNews) -> None:
    """The provider tells of the group itself: its name, who came and who went."""
    if not connection.company.option(OPTION):
        return
    contact, _ = recognition.recognise(Sender((news.group,), news.subject))
    group = _groups({contact.pk: contact})[contact.pk]
    known = addresses.living(one for sender in news.people for one in addresses.spellings(sender))
    for sender in news.people:
        if news.event == "left":
            group.participants = [one for one in group.participants if not _is(one, sender)]
        else:
            _join(group, _person(sender, known))
    if news.event in {"created", "ended"}:
        group.state = GroupState.ACTIVE if news.event == "created" else GroupState.ENDED
    if news.description is not None:
        group.description = news.description
    group.save(update_fields=["participants", "state", "description"])
    if news.subject and news.subject != contact.name:
        contact.name = news.subject
        addresses.save(contact, ["name", "search"])
    else:
        _tell(contact)


@transaction.atomic
def change(contact: Contact, *, queue: Queue | None, users: list[int]) -> Group:
    """Who of us sees the group: its living tickets follow."""
    group: Group = Group.objects.select_for_update().get(contact=contact)
    members = set(Membership.objects.active().filter(user__in=users).values_list("user_id", flat=True))
    if unknown := set(users) - members:
        raise Invalid("user_unknown", "Nobody with this id works here.", users=[f"Unknown: {min(unknown)}."])
    gone = set(group.users) - set(users)
    group.queue, group.users = queue, users
    group.save(update_fields=["queue", "users"])
    for ticket in Ticket.objects.live().filter(contact=contact).select_for_update().order_by("pk"):
        before = ticket.audience()
        ticket.participants = [pk for pk in ticket.participants if pk not in gone]
        ticket.participants = list(dict.fromkeys([*ticket.participants, *users]))
        if queue is not None and ticket.agent_id is None:
            ticket.queue = queue
        ticket.save(update_fields=["participants", "queue"])
        tell.ticket_changed(ticket, also=before)
    _tell(contact)
    return group


def note_receipt(message: Message, receipt: Receipt) -> bool:
    """One participant's receipt of our message. It counts as delivered, or read, when all of them have it."""
    told: dict[str, str] = dict(message.content.get("receipts") or {})
    who = _told_apart(receipt.participant)
    old = State(told[who]) if who in told else None
    if receipt.state not in RANK or (old is not None and RANK[State(receipt.state)] <= RANK[old]):
        return False
    told[who] = receipt.state
    message.content = message.content | {"receipts": told}
    group = Group.objects.filter(contact__tickets=message.ticket_id).first()
    everybody = len(group.participants) if group else 0
    least = min((State(one) for one in told.values()), key=lambda state: RANK[state])
    reached = least if len(told) >= everybody else State.SENT
    if RANK[reached] > RANK.get(State(message.state), 0):
        message.state = reached
    return True


def who(sender: Sender) -> str:
    """A mark that tells this person apart from the others of a group, and tells nobody who it is."""
    first = sender.addresses[0] if sender.addresses else None
    return _told_apart(f"{first.kind}:{first.value}" if first else sender.name)


def _told_apart(person: str) -> str:
    return hashlib.blake2s(person.encode(), digest_size=8).hexdigest()


def _groups(contacts: dict[int, Contact]) -> dict[int, Group]:
    """Each contact's group, made at its first message."""
    found = {row.contact_id: row for row in Group.objects.filter(contact__in=contacts).select_for_update()}
    for pk, contact in contacts.items():
        if pk not in found:
            found[pk] = Group.objects.create(contact=contact, company_id=contact.company_id)
    return found


def _person(sender: Sender, known: addresses.Known) -> Person:
    row = next((found for one in sender.addresses if (found := known.get(addresses.key(one)))), None)
    first = sender.addresses[0] if sender.addresses else Address(AddressKind.PHONE, "")
    return {
        "address": f"{first.kind}:{first.value}",
        "name": sender.name or (f"@{sender.username}" if sender.username else ""),
        "number": next(iter(addresses.phones(sender)), ""),
        "contact": row.contact_id if row is not None else None,
    }


def _join(group: Group, person: Person) -> bool:
    """Put them on the list, or complete what it says of them. Answers whether anything changed."""
    for one in group.participants:
        if one["address"] == person["address"] or (one["number"] and one["number"] == person["number"]):
            better = {name: value for name, value in person.items() if value and one.get(name) != value}
            one.update(better)
            return bool(better)
    group.participants = [*group.participants, person]
    return True


def _is(person: Person, sender: Sender) -> bool:
    words = {f"{one.kind}:{one.value}" for one in sender.addresses}
    return person["address"] in words or f"phone:{person['number']}" in words


def _shown(person: Person) -> Person:
    return {"name": person["name"], "number": person["number"] or None, "contact": person["contact"]}


def _mentioned(group: Group, body: str) -> list[Person]:
    """The people behind "@5511987654321", for the console to show their names."""
    found = []
    for digits in dict.fromkeys(_MENTION.findall(body)):
        spelled = {digits, *variants(digits)}
        person = next((one for one in group.participants if one["number"] in spelled), None)
        if person is not None and person["name"]:
            found.append({"text": f"@{digits}", "name": person["name"], "contact": person["contact"]})
    return found


def _tell(contact: Contact) -> None:
    Contact.objects.filter(pk=contact.pk).update(version=F("version") + 1, updated_at=now())
    publish(CONTACT_UPDATED, Contact.objects.with_parts().get(pk=contact.pk), to={"company"})
