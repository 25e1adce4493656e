"""Two contacts who are one person become one, and can become two again, each as they were.

Everything that changes hands is noted by its id in `ContactMerge`. What is written after the merge goes, when they
are taken apart, to whom its address says.
"""

from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.timezone import now

from helpdesk.errors import Refused
from tenants.actions import audit
from tenants.models import User
from tickets.actions import contacts, merging, taking_apart, tell
from tickets.events import CONTACT_UPDATED
from tickets.models import (
    Contact,
    ContactAddress,
    ContactMerge,
    ContactNote,
    ContactTag,
    Message,
    Rating,
    ScheduledContact,
    ScheduledSend,
    Ticket,
    TicketHistory,
)
from tickets.models.history import HistoryKind
from tickets.models.message import State

COLUMNS = (
    "name", "number", "username", "email", "notes", "is_blocked", "bot_off", "accepts_audio", "owner_id",
    "custom_fields", "consented_at", "last_active_at", "deleted_at", "merged_into_id", "search",
)  # fmt: skip
CHOOSABLE = ("name", "number", "email", "owner")  # where the survivor may take what the other one has
LEAVING = [State.QUEUED, State.SENDING]


@transaction.atomic
def merge(
    contact: Contact, *, into: Contact, by: User | None, take: list[str], merge_tickets: bool = False
) -> ContactMerge:
    """`contact` disappears, `into` has everything of both. `take` names what the other one knows better.

    Refused while both have a live ticket on the same connection, unless these are to be merged as well.
    """
    if contact.pk == into.pk:
        raise Refused("merge_itself", "A contact cannot be merged into itself.")
    rows = _locked(contact.pk, into.pk)
    merged, survivor = rows[contact.pk], rows[into.pk]
    if merged.is_deleted or survivor.is_deleted:
        raise Refused("contact_gone", "One of these contacts is deleted or part of another one.")
    joined = _join_tickets(merged, survivor, by, merge_tickets)
    was = {"survivor": snapshot(survivor), "merged": snapshot(merged)}
    row = ContactMerge(survivor=survivor, merged=merged, by=by, was=was)
    row.moved = {"ticket_merges": joined, **_move(merged, survivor), "tags": _share_tags(merged, survivor)}
    _hide(merged, survivor)
    _complete(survivor, merged, take)
    row.became = snapshot(survivor)
    row.save()
    data = {"merged": merged.pk, "merge": row.pk}
    audit.record("contact.merged", actor=by, target=f"contact:{survivor.pk}", data=data)
    _tell(row, row.moved["tickets"])
    return row


@transaction.atomic
def take_apart(row: ContactMerge, *, by: User | None) -> ContactMerge:
    """Both as they were. What somebody changed on the survivor since then stays with the survivor."""
    rows = _locked(row.survivor_id, row.merged_id)
    row = ContactMerge.objects.locked(row.pk)
    survivor, merged = rows[row.survivor_id], rows[row.merged_id]
    _refuse_impossible(row, survivor)
    with contacts.number_free(row.was["merged"]["number"]), transaction.atomic():
        tickets = taking_apart.give_back(row, survivor, merged)
        _restore(survivor, row.was["survivor"], unless_changed=row.became)
        _restore(merged, row.was["merged"], unless_changed=None)
    row.undone_at, row.undone_by = now(), by
    row.save(update_fields=["undone_at", "undone_by"])
    data = {"merged": merged.pk, "merge": row.pk}
    audit.record("contact.unmerged", actor=by, target=f"contact:{survivor.pk}", data=data)
    _tell(row, tickets)
    return row


def snapshot(contact: Contact) -> dict[str, Any]:
    """Its columns as JSON, and its tags, hidden ones as well."""
    kept = {name: _as_json(getattr(contact, name)) for name in COLUMNS}
    return kept | {"tags": sorted(contact.contact_tags.values_list("tag_id", flat=True))}


def conflicts(merged: Contact, survivor: Contact) -> list[tuple[Ticket, Ticket]]:
    """Live tickets of both on one connection: (of the one who disappears, of the survivor)."""
    live = {one.connection_id: one for one in Ticket.objects.live().filter(contact=survivor)}
    theirs = Ticket.objects.live().filter(contact=merged).order_by("id")
    return [(one, live[one.connection_id]) for one in theirs if one.connection_id in live]


def _locked(*ids: int) -> dict[int, Contact]:
    return {pk: Contact.objects.locked(pk) for pk in sorted(ids)}


def _join_tickets(
    merged: Contact, survivor: Contact, by: User | None, merge_tickets: bool
) -> list[dict[str, int]]:
    pairs = conflicts(merged, survivor)
    if pairs and not merge_tickets:
        numbers = [[source.number, target.number] for source, target in pairs]
        raise Refused(
            "merge_live_tickets",
            "Both have an open ticket on the same number. Merge these first.",
            tickets=numbers,
        )
    leaving = Message.objects.filter(ticket__contact=merged, state__in=LEAVING)
    if leaving.exists():
        raise Refused("merge_unsent", "A message to this contact has not left yet. Try again in a moment.")
    joined = []
    for source, target in pairs:
        merging.merge(source, into=target, by=by, other_contact=True)
        step = TicketHistory.objects.filter(ticket=target, kind=HistoryKind.MERGED).order_by("-id")[0]
        joined.append({"source": source.pk, "target": target.pk, "step": step.pk})
    return joined


def _move(merged: Contact, survivor: Contact) -> dict[str, list[int]]:
    """Every row that hangs on the contact, but for those of which the survivor has the same already."""
    waiting = Rating.objects.waiting()
    ratings = Rating.objects.exclude(
        pk__in=waiting.filter(
            contact=merged, connection__in=waiting.filter(contact=survivor).values("connection")
        )
    )
    theirs = list(ScheduledContact.objects.filter(contact=survivor).values_list("schedule", flat=True))
    sends = ScheduledSend.objects.exclude(schedule__in=theirs)
    kinds: dict[str, Any] = {
        "addresses": ContactAddress.objects.all(),
        "tickets": Ticket.objects.all(),
        "notes": ContactNote.objects.all(),
        "ratings": ratings,
        "scheduled_contacts": ScheduledContact.objects.exclude(schedule__in=theirs),
        "scheduled_sends": sends,
    }
    moved = {}
    for kind, found in kinds.items():
        moved[kind] = list(found.filter(contact=merged).order_by("id").values_list("pk", flat=True))
        taking_apart.MOVED[kind].objects.filter(pk__in=moved[kind]).update(
            contact=survivor, version=F("version") + 1, updated_at=now()
        )
    return moved


def _share_tags(merged: Contact, survivor: Contact) -> list[int]:
    """The survivor gets the other's tags; the other keeps them for the day they are two again."""
    had = set(survivor.contact_tags.values_list("tag_id", flat=True))
    added = sorted(set(merged.contact_tags.values_list("tag_id", flat=True)) - had)
    rows = [ContactTag(company_id=survivor.company_id, contact=survivor, tag_id=pk) for pk in added]
    ContactTag.objects.bulk_create(rows)
    return added


def _hide(merged: Contact, survivor: Contact) -> None:
    merged.deleted_at = now()
    merged.merged_into = survivor
    merged.save(update_fields=["deleted_at", "merged_into"])


def _complete(survivor: Contact, merged: Contact, take: list[str]) -> None:
    """Gaps are filled, texts and fields are joined; the survivor's own word stands unless `take` says otherwise."""
    for name in ("name", "number", "username", "email", "owner_id"):
        if not getattr(survivor, name) or (name.removesuffix("_id") in take and getattr(merged, name)):
            setattr(survivor, name, getattr(merged, name))
    if merged.notes and merged.notes not in survivor.notes:
        survivor.notes = "\n\n".join(filter(None, [survivor.notes, merged.notes]))
    survivor.custom_fields = {**merged.custom_fields, **survivor.custom_fields}
    survivor.last_active_at = max(survivor.last_active_at, merged.last_active_at)
    agreed = [at for at in (survivor.consented_at, merged.consented_at) if at is not None]
    survivor.consented_at = min(agreed) if agreed else None
    survivor.search = survivor.search_text()
    survivor.save()


def _refuse_impossible(row: ContactMerge, survivor: Contact) -> None:
    if row.undone_at is not None:
        raise Refused("merge_undone", "These contacts are two again already.")
    if survivor.is_deleted:
        raise Refused("contact_gone", "The contact was deleted or merged since. Bring it back first.")
    later = (
        ContactMerge.objects.filter(survivor=survivor, undone_at=None, pk__gt=row.pk).order_by("-id").first()
    )
    if later is not None:
        raise Refused("merge_not_last", "Take the later merge apart first.", merge=later.pk)


def _restore(contact: Contact, was: dict[str, Any], *, unless_changed: dict[str, Any] | None) -> None:
    for name in COLUMNS:
        if unless_changed is None or _as_json(getattr(contact, name)) == unless_changed[name]:
            column: Any = Contact._meta.get_field(name)
            setattr(contact, name, column.to_python(was[name]))
    contact.search = contact.search_text()
    contact.save()


def _tell(row: ContactMerge, tickets: list[int]) -> None:
    for pk in (row.survivor_id, row.merged_id):
        contacts.tell(CONTACT_UPDATED, Contact(pk=pk))
    for ticket in Ticket.objects.live().filter(pk__in=tickets):
        tell.ticket_changed(ticket)


def _as_json(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
