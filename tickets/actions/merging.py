"""Two tickets that are one matter: the messages of one move into the other, in the order of their times."""

from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.timezone import now

from helpdesk.errors import Refused
from helpdesk.events import publish
from tenants.models import User
from tickets.actions import lanes, parking, snooze, steps, tags, tell, word
from tickets.events import TICKET_MERGED
from tickets.models import Message, Ticket, TicketHistory, Timer
from tickets.models.history import HistoryKind
from tickets.models.message import State
from tickets.models.ticket import Awaiting, Status

KEPT = (
    "last_message_id",
    "last_message_at",
    "last_customer_at",
    "waiting_since",
    "unread_count",
    "participants",
    "word",
)
GIVEN = (
    "status", "closed_at", "agent_id", "awaiting", "merged_into_id", "last_message_id", "unread_count",
    "waiting_since", "word", *snooze.COLUMNS,
)  # fmt: skip


@transaction.atomic
def merge(ticket: Ticket, *, into: Ticket, by: User | None, other_contact: bool = False) -> Ticket:
    """`ticket` ends, `into` goes on with the messages of both. Answers the one that goes on.

    Two different customers are merged only when the caller says that this is meant.
    """
    if ticket.pk == into.pk:
        raise Refused("merge_itself", "A ticket cannot be merged into itself.")
    first, second = sorted((ticket.pk, into.pk))
    rows = {pk: Ticket.objects.select_related("contact").locked(pk) for pk in (first, second)}
    source: Ticket = rows[ticket.pk]
    target: Ticket = rows[into.pk]
    _refuse_impossible(source, target, other_contact=other_contact)
    for one in (source, target):
        if word.is_held(one):
            word.take(one)  # before the snapshots: what is taken back later gives no bot its word again
    before = source.audience()
    kept, given = steps.snapshot(target, *KEPT, steps.TAGS), steps.snapshot(source, *GIVEN)
    moved = list(source.messages.order_by("id").values_list("pk", flat=True))
    _move(moved, target)
    _gather(source, target)
    _end(source, target, by)
    steps.record(
        target, HistoryKind.MERGED, by=by, was=kept, data={"from": _named(source), "messages": len(moved)},
        source={"id": source.pk, "was": given, "is": steps.snapshot(source, *GIVEN)}, messages=moved,
    )  # fmt: skip
    source.history.create(kind=HistoryKind.MERGED, by=by, data={"into": _named(target)})
    parking.settle(target)
    _tell(source, target, before)
    return target


def take_back(target: Ticket, step: TicketHistory) -> None:
    """Each message where it was. Part of the caller's transaction, which holds the survivor."""
    assert step.undo is not None
    source = Ticket.objects.locked(step.undo["source"]["id"])
    before = source.audience()
    part = TicketHistory(undo=step.undo["source"])
    steps.restore(target, step)
    Message.objects.filter(pk__in=step.undo["messages"]).update(ticket=source, version=F("version") + 1)
    steps.restore(source, part)
    snooze.keep_time(source)
    source.history.create(kind=HistoryKind.UNDONE, by=step.by, data={"what": HistoryKind.MERGED})
    _tell(source, target, before)


def survivor_of(ticket: Ticket) -> Ticket:
    """Where its messages are now, however often they moved on."""
    for _ in range(20):
        if ticket.merged_into_id is None:
            break
        ticket = Ticket.objects.get(pk=ticket.merged_into_id)
    return ticket


def _refuse_impossible(source: Ticket, target: Ticket, *, other_contact: bool) -> None:
    for one in (source, target):
        if one.merged_into_id is not None or one.deleted_at is not None:
            raise Refused(
                "ticket_merged", "Its messages are in another ticket now.", ticket=one.merged_into_id
            )
    if target.is_closed and not source.is_closed:
        raise Refused("merge_into_closed", "Merge the closed ticket into the open one.")
    if source.contact_id == target.contact_id:
        return
    if not other_contact:
        names = [source.contact.display_name, target.contact.display_name]
        raise Refused("merge_other_contact", "These tickets are of two different customers.", contacts=names)
    if source.messages.filter(state__in=[*lanes.UNSENT, State.PARKED]).exists():
        # It would leave for the other customer.
        raise Refused("merge_unsent", "A message of this ticket has not left yet.")


def _move(ids: list[int], target: Ticket) -> None:
    Message.objects.filter(pk__in=ids).update(ticket=target, version=F("version") + 1, updated_at=now())


def _gather(source: Ticket, target: Ticket) -> None:
    """What the survivor shows of both. The window to write freely belongs to one customer on one number."""
    last = target.messages.exclude(direction="internal").order_by("-at", "-id").first()
    if last is not None:
        target.last_message, target.last_message_at = last, max(last.at, target.last_message_at)
    if not target.is_closed:
        target.unread_count += source.unread_count
        waits = [at for at in (source.waiting_since, target.waiting_since) if at is not None]
        target.waiting_since = min(waits) if waits else None
    if (source.contact_id, source.connection_id) == (target.contact_id, target.connection_id):
        wrote = [at for at in (source.last_customer_at, target.last_customer_at) if at is not None]
        target.last_customer_at = max(wrote) if wrote else None
    target.word = word.PEOPLE
    target.participants = list(dict.fromkeys([*target.participants, *source.participants]))
    target.save(update_fields=list(KEPT))
    both = {pk for one in (source, target) for pk in steps.snapshot(one, steps.TAGS)[steps.TAGS]}
    tags.put_on_ticket(target, both)


def _end(source: Ticket, target: Ticket, by: User | None) -> None:
    source.status = Status.CLOSED
    source.closed_at = source.closed_at or now()
    source.agent_id = source.agent_id or (by.pk if by else None)
    source.merged_into = target
    source.last_message = source.waiting_since = None
    source.unread_count = 0
    source.awaiting, source.word = Awaiting.NOTHING, word.PEOPLE
    source.snoozed_at = source.snoozed_until = None
    source.save(update_fields=list(GIVEN))
    Timer.objects.filter(ticket=source).delete()


def _tell(source: Ticket, target: Ticket, before: set[str]) -> None:
    """Consoles that show either thread read it again."""
    tell.ticket_changed(source, also=before)
    for one in (source, target):
        publish(TICKET_MERGED, one, to=one.audience().union(before))


def _named(ticket: Ticket) -> dict[str, Any]:
    return {"id": ticket.pk, "number": ticket.number}
