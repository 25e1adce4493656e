"""What the copilot may tell a model about a conversation: what this agent sees, and no more than the act needs.

Each fact is one line of data (`integrations.ai.copilot`). The customer's numbers and addresses are no facts.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Q

from integrations.actions import searching
from tenants.models import Membership
from tickets import masking
from tickets.models import ContactNote, Message, QuickReply, Tag, Ticket, TicketTag
from tickets.models.message import Direction, Kind
from tickets.models.message_text import MessageText
from tickets.models.queue import Queue
from tickets.models.ticket import viewer_of

Line = dict[str, Any]

MOST_MESSAGES, MOST_EARLIER, MOST_OF_EARLIER = 40, 3, 12
LONGEST_MESSAGE, LONGEST_TALK, LONGEST_SOURCE = 1500, 12_000, 1200
MOST_OFFERED, MOST_REPLIES = 150, 60
_SILENT = [Kind.SYSTEM, Kind.CALL, Kind.UNSUPPORTED]


@dataclass(slots=True)
class Facts:
    """`lines` go to the model; `sources` to the agent, with the numbers that the answer cites."""

    lines: list[Line] = field(default_factory=list)
    sources: list[Line] = field(default_factory=list)

    def cite(self, source: Line, **told: Any) -> None:
        number = len(self.sources) + 1
        self.sources.append({"number": number, **source})
        self.lines.append({"kind": "source", "number": number, **told})


def about_ticket(ticket: Ticket, *, notes: bool, most: int = MOST_MESSAGES) -> list[Line]:
    """What was said, the oldest first. Notes of colleagues never reach a text that is for the customer."""
    shown = Message.objects.filter(ticket=ticket, removed_at=None).exclude(kind__in=_SILENT)
    if not notes:
        shown = shown.exclude(direction=Direction.INTERNAL)
    rows: list[Message] = list(shown.order_by("-at", "-id")[:most])
    heard = dict(
        MessageText.objects.filter(message__in=rows)
        .exclude(transcript="")
        .values_list("message", "transcript")
    )
    lines: list[Line] = []
    left = LONGEST_TALK
    for row in rows:
        text = " ".join(part for part in (_body(row), heard.get(row.pk, "")) if part)[:LONGEST_MESSAGE]
        left -= len(text)
        if left < 0:
            break
        lines.append({"kind": "message", "from": _who(row), "at": _minute(row.at), "text": text})
    return lines[::-1]


def about_contact(ticket: Ticket) -> list[Line]:
    """Who the customer is: what the company keeps, without what they are reached by."""
    contact = ticket.contact
    name = contact.name if masking.masked({"name": contact.name})["name"] == contact.name else ""
    facts = {"kind": "customer", "name": name, "since": _minute(contact.created_at), **_own_fields(contact)}
    notes = ContactNote.objects.filter(contact=contact).order_by("-id")[:10]
    kept = [
        {"kind": "note", "at": _minute(note.created_at), "text": note.body[:LONGEST_MESSAGE]}
        for note in notes
    ]
    return [facts, *kept]


def earlier(ticket: Ticket, member: Membership, *, most: int = MOST_EARLIER) -> list[Ticket]:
    """The customer's other conversations, as far as this person may see them; the last first."""
    sees_unqueued = bool(member.company.option("agents_see_unqueued"))
    mine = Ticket.objects.visible_to(viewer_of(member, sees_unqueued=sees_unqueued))
    others = mine.filter(contact=ticket.contact_id).exclude(pk=ticket.pk)
    return list(others.order_by("-last_message_at", "-id")[:most])


def cite_earlier(facts: Facts, rows: Iterable[Ticket]) -> None:
    for row in rows:
        said = about_ticket(row, notes=False, most=MOST_OF_EARLIER)
        if not said:
            continue
        text = "\n".join(f"{line['from']}: {line['text']}" for line in said)[:LONGEST_SOURCE]
        title = f"#{row.number}"
        shown = {"kind": "ticket", "id": row.pk, "title": title, "text": text, "score": None, "url": ""}
        facts.cite(shown, title=f"earlier conversation {title} of {_minute(row.last_message_at)}", text=text)


def cite_knowledge(facts: Facts, words: str) -> None:
    """What the company's own documents and validated answers say about it."""
    if not words.strip():
        return
    for found in searching.search(words).passages:
        shown = {
            "kind": found.source, "id": found.id, "title": found.title, "text": found.text,
            "score": found.score, "url": found.url,
        }  # fmt: skip
        facts.cite(shown, title=found.title, text=found.text[:LONGEST_SOURCE])


def last_words(lines: Iterable[Line]) -> str:
    """What the customer wants now: what they wrote since they were last answered, or else last."""
    said: list[str] = []
    for line in reversed(list(lines)):
        if line["kind"] != "message":
            continue
        if line["from"] == "customer":
            said.append(line["text"])
        elif said:
            break
    return "\n".join(said[:6][::-1])[:2000]


def offered(ticket: Ticket, member: Membership) -> dict[str, dict[int, Line]]:
    """The company's own lists to choose from, by id: rows as the console shows them."""
    worn = TicketTag.objects.filter(ticket=ticket).values("tag")
    tags = Tag.objects.live().exclude(pk__in=worn).order_by("position", "name")[:MOST_OFFERED]
    queues = Queue.objects.live().exclude(pk=ticket.queue_id or 0).order_by("position", "name")[:MOST_OFFERED]
    usable = QuickReply.objects.live().usable_by(member.user_id).filter(~Q(body=""))
    replies = usable.order_by("-used_count", "id")[:MOST_REPLIES]
    return {
        "tags": {row.pk: {"id": row.pk, "name": row.name, "color": row.color} for row in tags},
        "queue": {row.pk: {"id": row.pk, "name": row.name, "color": row.color} for row in queues},
        "quick_replies": {
            row.pk: {"id": row.pk, "shortcut": row.shortcut, "title": row.title, "body": row.body[:300]}
            for row in replies
        },
    }


def _own_fields(contact: Any) -> Line:
    return {name: value for name, value in contact.custom_fields.items() if value not in (None, "", [])}


def _body(row: Message) -> str:
    """A card names other people's numbers, and a file says nothing."""
    if row.is_hidden:
        return ""
    if row.kind in (Kind.TEXT, Kind.NOTE, Kind.BUTTON_REPLY, Kind.LIST_REPLY):
        return row.body
    return f"[{row.kind}] {row.body}".strip()


def _who(row: Message) -> str:
    if row.direction == Direction.IN:
        return "customer"
    return (
        "colleague's note" if row.direction == Direction.INTERNAL else "agent" if row.author_id else "company"
    )


def _minute(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%MZ")
