"""A customer writes: who it is, which ticket it belongs to, the message itself, and everyone is told.

A batch costs as many statements as one message, since a webhook may carry a thousand.
Everything here happens in the transaction that marks the events as applied, so it happens exactly once.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.timezone import now

from tenants.statements import Later, Statement
from tickets.actions import (
    answering,
    assignment,
    following,
    groups,
    lifecycle,
    media,
    newcomers,
    notices,
    offers,
    opening,
    parking,
    self_told,
    snooze,
    tell,
)
from tickets.actions.recognition import recognise_all
from tickets.bulk import update_rows
from tickets.models import Attachment, Connection, Contact, Message, Ticket
from tickets.models.message import Direction, State
from tickets.transport import Inbound, Reaction

LATE = timedelta(seconds=5)  # two clocks never agree exactly
TICKET_FIELDS = [
    "unread_count", "last_message", "last_message_at", "last_customer_at", "waiting_since", "snoozed_at",
    "snoozed_until",
]  # fmt: skip


def receive(connection: Connection, inbound: Inbound) -> Message | None:
    """Store one message. Repeating it answers with the message that is there; None for a blocked contact."""
    known = Message.objects.filter(connection=connection, provider_id=inbound.provider_id).first()
    if known is not None:
        found: Message = known
        return found
    stored = receive_all(connection, [inbound])
    return stored[0] if stored else None


@transaction.atomic(savepoint=False)
def receive_all(connection: Connection, items: Sequence[Inbound]) -> list[Message]:
    """Store messages of any customers, in this order. One that is stored already raises IntegrityError."""
    items = groups.heard(connection, items)
    people = recognise_all([groups.whose(item) for item in items])
    heard = [
        (item, contact) for item, (contact, _) in zip(items, people, strict=True) if not contact.is_blocked
    ]
    if not heard:
        return []
    strangers = {contact.pk for contact, is_new in people if is_new}
    tickets, new = _tickets(connection, heard, strangers)
    about = groups.introduce(heard)
    messages = [
        _message(item, tickets[contact.pk], about.get(item.provider_id, {})) for item, contact in heard
    ]
    _quote(connection, messages)
    offers.understand(connection, messages)
    Message.objects.bulk_create(messages)
    _quote_each_other(messages)
    self_told.learn([message for message in messages if self_told.is_own_card(message)])
    _announce_files([item for item, _ in heard], messages)
    changed = list(tickets.values())
    admitted = groups.admit([ticket for ticket in changed if ticket.pk in new])
    noticed = _to_be_noticed(messages)
    heard_before = [(ticket, ticket.last_customer_at) for ticket in changed if ticket.pk not in new]
    began = following.who_waits([ticket for ticket in changed if not ticket.is_closed])
    for message in messages:
        _advance(message.ticket, message)
    snooze.wake_answered(changed)
    update_rows(changed, TICKET_FIELDS + following.begin_to_wait(began) + admitted)
    for message in messages:
        tell.message_created(message)
    tell.tickets_changed(changed, new)
    parking.answered(heard_before)
    notices.customers_wrote(noticed)
    answered = answering.expect(connection, messages)  # what answers by itself has the first word
    assignment.begins_to_wait([ticket for ticket in began if ticket.pk not in answered])
    return messages


@transaction.atomic(savepoint=False)
def react(connection: Connection, reaction: Reaction) -> bool:
    """Put the customer's emoji on a message, or take it off. False when that message is not here yet."""
    rows = Message.objects.with_parts().select_related("ticket__contact").select_for_update(of=("self",))
    message = rows.filter(connection=connection, provider_id=reaction.target).first()
    if message is None:
        return False
    who = groups.who(reaction.sender) if message.ticket.contact.is_group else ""
    others = [one for one in message.reactions if one["by"] != "contact" or one.get("who", "") != who]
    at = reaction.at.isoformat()
    if any(one["at"] > at for one in message.reactions if one not in others):
        return True
    message.reactions = others
    if reaction.emoji:
        given = {"emoji": reaction.emoji, "by": "contact", "name": reaction.sender.name, "at": at}
        message.reactions.append({**given, "who": who} if who else given)
    message.save(update_fields=["reactions"])
    tell.message_changed(message)
    return True


def _tickets(
    connection: Connection, heard: list[tuple[Inbound, Contact]], strangers: set[int]
) -> tuple[dict[int, Ticket], set[int]]:
    """The live ticket of each contact, locked in one order; a new or reopened one where there is none.

    Also answers the ids of those that are new.
    """
    contacts = {contact.pk: contact for _, contact in heard}
    known = list(contacts.keys() - strangers)
    rows = _live_tickets.rows(connection=connection.pk, contacts=known) if known else []
    tickets = {ticket.contact_id: ticket for ticket in rows}
    firsts: dict[Contact, datetime] = {}
    for item, contact in heard:
        if contact.pk in strangers:
            firsts.setdefault(contact, item.at)
    tickets |= {ticket.contact_id: ticket for ticket in newcomers.first_tickets(connection, firsts)}
    new = {tickets[contact.pk].pk for contact in firsts}
    for item, contact in heard:
        if contact.pk in tickets:
            continue
        closed = None if item.is_missed else opening.closed_and_stays_so(connection, contact, item.body)
        if closed is not None:
            tickets[contact.pk] = closed
        else:
            tickets[contact.pk], created = lifecycle.ticket_for(connection, contact, at=item.at)
            if created:
                new.add(tickets[contact.pk].pk)
    for pk, ticket in tickets.items():
        ticket.contact = contacts[pk]
        ticket.connection = connection
    return tickets, new


@Statement
def _live_tickets() -> Any:
    rows = Ticket.objects.live().filter(connection=Later("connection"), contact__any=Later("contacts"))
    return rows.order_by("pk").select_for_update()


def _message(item: Inbound, ticket: Ticket, about: dict[str, Any]) -> Message:
    at = _placed(item.at, ticket.last_message_at)
    message = Message(
        company_id=ticket.company_id,
        ticket=ticket,
        connection_id=ticket.connection_id,
        direction=Direction.IN,
        kind=item.kind,
        body=item.body,
        content=item.content | about | ({answering.MISSED: True} if item.is_missed else {}),
        state=State.RECEIVED,
        provider_id=item.provider_id,
        reply_to_provider_id=item.reply_to,
        heard_from=[f"{address.kind}:{address.value}" for address in groups.whose(item).addresses],
        at=at,
        is_forwarded=item.is_forwarded,
        arrived_late=item.is_missed
        or (ticket.last_message_id is not None and at < ticket.last_message_at - LATE),
    )
    ticket.last_message_at = max(ticket.last_message_at, at)
    return message


def _to_be_noticed(messages: list[Message]) -> list[Ticket]:
    """Whose agents are told, asked before they count as unread: what was missed comes in heaps, and tells once."""
    tickets = {
        message.ticket_id: message.ticket
        for message in messages
        if answering.MISSED not in message.content or not message.ticket.unread_count
    }
    return list(tickets.values())


def _placed(at: datetime, last: datetime) -> datetime:
    """WhatsApp counts whole seconds. Within its second, a message goes behind what the thread already has."""
    if at.microsecond == 0 and at <= last < at + timedelta(seconds=1):
        return min(last + timedelta(microseconds=1), at + timedelta(microseconds=999_999))
    return at


def _advance(ticket: Ticket, message: Message) -> None:
    if not ticket.is_closed:
        ticket.unread_count += 1
        # Who was missed waits from now on: a promise that broke while nobody could know of it alarms nobody.
        since = now() if answering.MISSED in message.content else message.at
        ticket.waiting_since = min(ticket.waiting_since or since, since)
    ticket.last_customer_at = max(ticket.last_customer_at or message.at, message.at)
    if message.at >= ticket.last_message_at or ticket.last_message_id is None:
        ticket.last_message = message


def _quote(connection: Connection, messages: list[Message]) -> None:
    """Tie answers to what they quote, in one query for all."""
    wanted = {message.reply_to_provider_id for message in messages} - {""}
    if not wanted:
        return
    rows = Message.objects.filter(connection=connection, provider_id__in=wanted).select_related("author")
    found = {row.provider_id: row for row in rows}
    for message in messages:
        message.reply_to = found.get(message.reply_to_provider_id)


def _quote_each_other(messages: list[Message]) -> None:
    """An answer to a message of the same batch."""
    here = {message.provider_id: message for message in messages}
    tied = []
    for message in messages:
        quoted = here.get(message.reply_to_provider_id)
        if quoted is not None and message.reply_to is None:
            message.reply_to = quoted
            tied.append(message)
    update_rows(tied, ["reply_to"])


def _announce_files(items: list[Inbound], messages: list[Message]) -> None:
    """The file is fetched by its own job, with its own state: the message never waits for it."""
    files = []
    for item, message in zip(items, messages, strict=True):
        announced = []
        if item.file is not None:
            file = Attachment(
                company_id=message.company_id,
                message=message,
                kind=item.file.kind,
                name=item.file.name,
                mime=item.file.mime,
                is_voice=item.file.is_voice,
                remote=item.file.remote,
                fetch_after=now(),
            )
            announced.append(file)
        message._prefetched_objects_cache = {"attachments": announced}  # type: ignore[attr-defined]
        files.extend(announced)
    if files:
        Attachment.objects.bulk_create(files)
        for file in files:
            media.fetch.nudge(file.company_id, file.pk)
