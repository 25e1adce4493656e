"""Where a conversation goes: into the live ticket, back into one closed lately, or into a new one.

The constraint `ticket_one_live` decides every race: whoever loses reads the winner's ticket.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db import connection as database
from django.utils.timezone import now

from helpdesk.constraints import constraint_of
from helpdesk.errors import Invalid, Refused
from tenants.models import User
from tenants.scoping import current_company_id
from tickets.actions import rating_answers, tell, word
from tickets.actions.recognition import recognise
from tickets.models import Connection, Contact, Message, Queue, Ticket
from tickets.models.contact import AddressKind
from tickets.models.history import HistoryKind
from tickets.models.rating import RatingState
from tickets.models.ticket import Awaiting, Status
from tickets.numbers import digits_of
from tickets.transport import Address, Sender

ONE_LIVE = "ticket_one_live"


def ticket_for(connection: Connection, contact: Contact, *, at: datetime) -> tuple[Ticket, bool]:
    """The ticket that a message written at `at` belongs to, locked, and whether it is new.

    Part of the caller's transaction; the caller tells consoles once the message is stored as well.
    """
    ticket = live_ticket(connection, contact)
    if ticket is not None:
        return ticket, False
    try:
        with transaction.atomic():
            closed = _closed_lately(connection, contact, at)
            if closed is not None:
                return bring_back(closed, kind=HistoryKind.REOPENED, by=None), False
            return _create(connection, contact, at=at, queue_id=connection.queue_id), True
    except IntegrityError as error:
        if constraint_of(error) != ONE_LIVE:
            raise
        # Another message of the same customer was faster; its ticket is committed by now.
        ticket = live_ticket(connection, contact)
        if ticket is None:
            raise
        return ticket, False


def open_for(
    contact: Contact, connection: Connection, *, by: User | None, queue: Queue | None = None
) -> Ticket:
    """An agent begins a conversation and owns it; a program's conversation waits in the queue.

    Raises Refused when a live ticket with this customer exists.
    """
    values: dict[str, Any] = {"queue_id": queue.pk if queue else connection.queue_id}
    if by is not None:
        values |= {"agent": by, "status": Status.OPEN, "opened_at": now()}
    try:
        with transaction.atomic():
            ticket = _create(connection, contact, at=now(), by=by, **values)
            tell.ticket_created(ticket)
            return ticket
    except IntegrityError as error:
        if constraint_of(error) != ONE_LIVE:
            raise
        raise other_open_ticket(connection.pk, contact.pk) from error


def contact_with(number: str) -> Contact:
    """The contact who has this number, or a new one. Raises Invalid for what cannot be a number."""
    digits = digits_of(number)
    if not digits:
        raise Invalid(
            "contact_number_invalid", "Write the number with its country code, like +55 11 98765-4321."
        )
    sender = Sender(addresses=(Address(AddressKind.PHONE, digits),))
    try:
        with transaction.atomic():
            return recognise(sender)[0]
    except IntegrityError:
        with transaction.atomic():  # they wrote to us in this very moment
            return recognise(sender)[0]


def closed_and_stays_so(connection: Connection, contact: Contact, body: str) -> Ticket | None:
    """The customer's last ticket, locked, when these words belong there and open nothing: they answer its question
    for a rating, or send our own farewell back, as other people's robots do."""
    found = Ticket.objects.shown().filter(connection=connection, contact=contact).order_by("-id")
    last: Ticket | None = found.select_for_update().first()
    if last is None or not last.is_closed:
        return None
    if rating_answers.belongs(last, body) or _is_our_farewell(last, body):
        return _with_parts(last, connection, contact)
    return None


def _is_our_farewell(ticket: Ticket, body: str) -> bool:
    said = Message.objects.filter(ticket=ticket, content__automatic="farewell")
    return bool(body.strip()) and body.strip() in said.values_list("body", flat=True)


def live_ticket(connection: Connection, contact: Contact) -> Ticket | None:
    """The one that is pending or open, locked."""
    found = Ticket.objects.live().filter(connection=connection, contact=contact)
    ticket: Ticket | None = found.select_for_update().first()
    return _with_parts(ticket, connection, contact) if ticket else None


def bring_back(ticket: Ticket, *, kind: HistoryKind, by: User | None, **data: Any) -> Ticket:
    """The ticket waits in its queue again, without an agent."""
    if ticket.awaiting == Awaiting.RATING:
        rating_answers.end(ticket, rating_answers.waiting(ticket), RatingState.LEFT)
    changed = ["status", "agent", "closed_at", "opened_at", "queue", "first_reply_at"]
    ticket.status = Status.PENDING
    ticket.agent = None
    ticket.closed_at = None
    ticket.opened_at = None
    if kind == HistoryKind.REOPENED:
        ticket.first_reply_at = None  # another episode, with a first reply of its own
        changed += word.begun_anew(ticket)
    if ticket.queue is not None and ticket.queue.is_deleted:
        ticket.queue = None  # nobody would see it wait there
    ticket.save(update_fields=changed)
    ticket.history.create(kind=kind, by=by, data=data)
    return ticket


def kept_closed(connection: Connection, contact: Contact, *, at: datetime, **values: Any) -> Ticket:
    """A ticket of the past: it was never open here, and nobody is told of it."""
    return _create(connection, contact, at=at, status=Status.CLOSED, closed_at=at, **values)


def other_open_ticket(connection_id: int, contact_id: int) -> Refused:
    other = Ticket.objects.live().filter(connection=connection_id, contact=contact_id).first()
    return Refused(
        "other_open_ticket",
        "This customer already has an open ticket here.",
        ticket=other.pk if other else None,
    )


def _closed_lately(connection: Connection, contact: Contact, at: datetime) -> Ticket | None:
    """The customer's last ticket here, when it was closed so little before that this is the same matter."""
    if not connection.reopen_minutes:
        return None
    found = (
        Ticket.objects.shown()
        .filter(connection=connection, contact=contact, merged_into=None)
        .order_by("-id")
    )
    last: Ticket | None = found.select_for_update().first()
    if last is None or last.closed_at is None:
        return None
    if at - last.closed_at > timedelta(minutes=connection.reopen_minutes):
        return None
    return _with_parts(last, connection, contact)


def _create(
    connection: Connection, contact: Contact, *, at: datetime, by: User | None = None, **values: Any
) -> Ticket:
    """The number is taken last, because its lock on the company's row lasts until the commit."""
    ticket = Ticket(connection=connection, contact=contact, last_message_at=at, **values)
    ticket.number = _next_number()
    ticket.save()
    ticket.history.create(kind=HistoryKind.CREATED, by=by)
    return ticket


def _next_number() -> int:
    with database.cursor() as cursor:
        cursor.execute(
            "UPDATE tenants_company SET next_ticket_number = next_ticket_number + 1"
            " WHERE id = %s RETURNING next_ticket_number - 1",
            [current_company_id()],
        )
        return int(cursor.fetchone()[0])


def _with_parts(ticket: Ticket, connection: Connection, contact: Contact) -> Ticket:
    ticket.connection, ticket.contact = connection, contact
    return ticket
