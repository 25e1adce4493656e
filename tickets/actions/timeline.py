"""Everything between a contact and the company in the order of time: conversations, notes, ratings, merges.

Each source is asked for one page; what comes out is as long as one page, however much there is.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Q
from django.db.models.functions import Coalesce

from tickets.models import Contact, ContactAddress, ContactMerge, ContactNote, Message, Rating, Ticket
from tickets.models.rows import as_rows, shape
from tickets.models.ticket import Viewer
from tickets.serializers.contact_merge import ContactMergeSerializer
from tickets.serializers.contact_note import ContactNoteSerializer

Position = tuple[datetime, str, int]


@dataclass(frozen=True, slots=True)
class Entry:
    """`shown` is the row as the API gives it elsewhere."""

    at: datetime
    kind: str
    id: int
    shown: Any

    @property
    def position(self) -> Position:
        return (self.at, self.kind, self.id)


def page(contact: Contact, viewer: Viewer, *, after: Position | None, size: int) -> list[Entry]:
    """The newest entries before the position, and one more when there is more."""
    found: list[Entry] = []
    for kind, source in _SOURCES.items():
        rows = source(contact, viewer)
        if after is not None:
            same = Q(at=after[0], pk__lt=after[2]) if kind == after[1] else Q(at=after[0])
            rows = rows.filter(Q(at__lt=after[0]) | (same if kind <= after[1] else Q(pk__in=[])))
        found.extend(_entries(kind, rows.order_by("-at", "-pk")[: size + 1]))
    found.sort(key=lambda entry: entry.position, reverse=True)
    return found[: size + 1]


def evidence(contact: Contact) -> list[dict[str, Any]]:
    """For each address, ended ones too: how we learned of it, from whom, and in which ticket."""
    merges = {
        pk: row for row in ContactMerge.objects.with_parts().filter(survivor=contact, undone_at=None)
        for pk in row.moved["addresses"]
    }  # fmt: skip
    return [
        _evidence(address, merges.get(address.pk))
        for address in ContactAddress.objects.filter(contact=contact).order_by("id")
    ]


def _evidence(address: ContactAddress, merge: ContactMerge | None) -> dict[str, Any]:
    learned = address.learned_from
    ended = learned.get("ended") or {}
    first = _first_message(address)
    return {
        "kind": address.kind,
        "value": address.value,
        "scope": address.scope,
        "how": learned.get("how", ""),
        "at": learned.get("at") or address.created_at,
        "by": learned.get("by"),
        "ticket": {"id": first.ticket_id, "number": first.ticket.number} if first else None,
        "message": {"id": first.pk, "at": first.at} if first else None,
        "merge": merge.pk if merge else None,
        "ended_at": address.ended_at,
        "ended_why": ended.get("why", "") if address.ended_at else "",
        "ended_to": ended.get("to") if address.ended_at else None,
        "contested_by": learned.get("contested_by") if address.ended_at is None else None,
        "last_inbound_at": address.last_inbound_at,
    }


def _first_message(address: ContactAddress) -> Message | None:
    """The message that told us the address, or else the first that was written from it."""
    rows = Message.objects.select_related("ticket").filter(ticket__contact=address.contact_id)
    told = address.learned_from.get("message")
    heard = rows.filter(heard_from__contains=[f"{address.kind}:{address.value}"])
    first: Message | None = rows.filter(pk=told).first() if told else heard.order_by("id").first()
    return first


def _tickets(contact: Contact, viewer: Viewer) -> Any:
    return Ticket.objects.visible_to(viewer).filter(contact=contact).annotate(at=F("created_at"))


def _notes(contact: Contact, viewer: Viewer) -> Any:
    return ContactNote.objects.with_parts().filter(contact=contact).annotate(at=F("created_at"))


def _ratings(contact: Contact, viewer: Viewer) -> Any:
    rows = Rating.objects.with_parts().visible_to(viewer).filter(contact=contact)
    return rows.annotate(at=Coalesce("answered_at", "asked_at"))


def _merges(contact: Contact, viewer: Viewer) -> Any:
    return ContactMerge.objects.with_parts().of(contact.pk).annotate(at=F("created_at"))


def _partings(contact: Contact, viewer: Viewer) -> Any:
    rows = ContactMerge.objects.with_parts().of(contact.pk)
    return rows.filter(undone_at__isnull=False).annotate(at=F("undone_at"))


def _entries(kind: str, rows: Any) -> Iterator[Entry]:
    if kind == "ticket":
        for row in as_rows(rows, "at"):
            yield Entry(row.at, kind, row.id, shape(row.shown))
        return
    for row in rows:
        yield Entry(row.at, kind, row.pk, _SHOWN[kind](row))


def _rating(row: Rating) -> dict[str, Any]:
    return {
        "id": row.pk,
        "ticket": {"id": row.ticket_id, "number": row.ticket.number},
        "agent": {"id": row.agent.pk, "name": row.agent.name} if row.agent else None,
        "scale": row.scale,
        "state": row.state,
        "score": row.score,
        "comment": row.comment,
    }


_SOURCES: dict[str, Callable[[Contact, Viewer], Any]] = {
    "merge": _merges,
    "note": _notes,
    "rating": _ratings,
    "ticket": _tickets,
    "unmerge": _partings,
}
_SHOWN: dict[str, Callable[[Any], Any]] = {
    "merge": lambda row: ContactMergeSerializer(row).data,
    "unmerge": lambda row: ContactMergeSerializer(row).data,
    "note": lambda row: ContactNoteSerializer(row).data,
    "rating": _rating,
}
