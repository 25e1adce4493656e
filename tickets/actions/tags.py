"""Tags: made, renamed, hidden; and put on tickets and contacts."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils.timezone import now

from helpdesk.constraints import unless_taken
from helpdesk.errors import Invalid, Refused
from helpdesk.events import Event, publish
from tenants.actions import audit
from tickets.events import TAG_CREATED, TAG_DELETED, TAG_UPDATED
from tickets.models import Contact, ContactTag, Tag, Ticket, TicketTag

MOST = 500  # tags of a company: the console keeps them all at hand


@transaction.atomic
def create(*, by: audit.Actor, **fields: Any) -> Tag:
    """A new tag, last in order unless told otherwise."""
    if Tag.objects.live().count() >= MOST:
        raise Refused("tags_full", f"A company can have {MOST} tags. Delete one that nobody uses.")
    tag = Tag(**fields)
    if "position" not in fields:
        last = Tag.objects.live().aggregate(last=Max("position"))["last"]
        tag.position = 0 if last is None else last + 1
    _save(tag)
    audit.record("tag.created", actor=by, target=f"tag:{tag.pk}", data={"name": tag.name})
    return _tell(TAG_CREATED, tag)


@transaction.atomic
def update(tag: Tag, *, by: audit.Actor, **fields: Any) -> Tag:
    """Change what is given and leave the rest."""
    tag = Tag.objects.locked(tag.pk)
    for name, value in fields.items():
        setattr(tag, name, value)
    _save(tag)
    audit.record("tag.updated", actor=by, target=f"tag:{tag.pk}", data={"name": tag.name})
    return _tell(TAG_UPDATED, tag)


@transaction.atomic
def delete(tag: Tag, *, by: audit.Actor) -> Tag:
    """Hide it. Tickets and contacts keep it, unseen, so that bringing it back brings back everything."""
    tag = Tag.objects.locked(tag.pk)
    if tag.is_deleted:
        return tag
    tag.deleted_at = now()
    tag.save(update_fields=["deleted_at"])
    audit.record("tag.deleted", actor=by, target=f"tag:{tag.pk}", data={"name": tag.name})
    return _tell(TAG_DELETED, tag)


@transaction.atomic
def restore(tag: Tag, *, by: audit.Actor) -> Tag:
    """Bring it back. Refused when its name was given away."""
    tag = Tag.objects.locked(tag.pk)
    if not tag.is_deleted:
        return tag
    tag.deleted_at = None
    _save(tag)
    audit.record("tag.restored", actor=by, target=f"tag:{tag.pk}", data={"name": tag.name})
    return _tell(TAG_CREATED, tag)


def put_on_ticket(ticket: Ticket, tag_ids: Iterable[int]) -> tuple[set[int], set[int]]:
    """These tags and no others; answers what was added and what was removed. The caller holds the lock."""
    wanted = _living(set(tag_ids))
    had = set(ticket.ticket_tags.filter(tag__deleted_at=None).values_list("tag_id", flat=True))
    added, removed = wanted - had, had - wanted
    TicketTag.objects.bulk_create(
        [TicketTag(company_id=ticket.company_id, ticket=ticket, tag_id=pk) for pk in sorted(added)],
        ignore_conflicts=True,
    )
    ticket.ticket_tags.filter(tag__in=removed).delete()
    if added or removed:
        Ticket.objects.filter(pk=ticket.pk).update(version=F("version") + 1, updated_at=now())
    return added, removed


def put_on_contact(contact: Contact, tag_ids: Iterable[int]) -> tuple[set[int], set[int]]:
    """The same for a contact."""
    wanted = _living(set(tag_ids))
    had = set(contact.contact_tags.filter(tag__deleted_at=None).values_list("tag_id", flat=True))
    added, removed = wanted - had, had - wanted
    ContactTag.objects.bulk_create(
        [ContactTag(company_id=contact.company_id, contact=contact, tag_id=pk) for pk in sorted(added)],
        ignore_conflicts=True,
    )
    contact.contact_tags.filter(tag__in=removed).delete()
    if added or removed:
        Contact.objects.filter(pk=contact.pk).update(version=F("version") + 1, updated_at=now())
    return added, removed


def _living(wanted: Collection[int]) -> set[int]:
    found = set(Tag.objects.live().filter(pk__in=wanted).values_list("pk", flat=True))
    if missing := set(wanted) - found:
        raise Invalid("tag_unknown", "Some of the tags do not exist.", tags=sorted(missing))
    return found


def _save(tag: Tag) -> None:
    taken = Refused("tag_name_taken", "Another tag has this name.", name=[tag.name])
    with unless_taken({"tag_name_once": lambda: taken}):
        tag.save()


def _tell(event: Event, tag: Tag) -> Tag:
    publish(event, tag, to={"company"})
    return tag
