"""Passing a message on to other conversations: its words and its files, marked as forwarded."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from helpdesk.errors import Refused
from tenants.models import User
from tickets import contents
from tickets.actions import kept_files, opening, outbound
from tickets.actions.composing import MEDIA, Draft
from tickets.models import Connection, Contact, Message, Ticket
from tickets.models.message import Direction, Kind


@dataclass(frozen=True, slots=True)
class Passed:
    """What became of one target: the message, or why there is none."""

    contact: Contact
    message: Message | None = None
    problem: dict[str, str] | None = None


def forward(
    message: Message,
    *,
    contacts: Iterable[Contact],
    connection: Connection,
    by: User,
    client_id: uuid.UUID,
    may_interrupt: bool,
) -> list[Passed]:
    """Send it to each contact, in the open ticket or in a new one of `by`. One refusal does not stop the others.

    `may_interrupt`: also where a colleague is talking with the contact.
    """
    never = {Kind.SYSTEM, Kind.UNSUPPORTED, Kind.TEMPLATE, Kind.CALL, Kind.ORDER, Kind.FORM_REPLY}
    if message.direction == Direction.INTERNAL or message.kind in never or message.removed_at is not None:
        raise Refused("not_forwardable", "This kind of message cannot be forwarded.")
    tickets = _Tickets(connection, by, may_interrupt)
    return [_pass(message, contact, tickets, client_id) for contact in contacts]


@dataclass(frozen=True, slots=True)
class _Tickets:
    """Where the message goes."""

    connection: Connection
    by: User
    may_interrupt: bool

    def of(self, contact: Contact) -> Ticket:
        if contact.is_blocked:
            raise Refused("contact_blocked", "This contact is blocked.")
        ticket = opening.live_ticket(self.connection, contact)
        if ticket is None:
            return opening.open_for(contact, self.connection, by=self.by)
        if ticket.agent_id not in {None, self.by.pk} and not self.may_interrupt:
            raise Refused("ticket_of_colleague", "A colleague is talking with this contact.")
        return ticket


def _pass(message: Message, contact: Contact, tickets: _Tickets, client_id: uuid.UUID) -> Passed:
    token = uuid.uuid5(client_id, str(contact.pk))
    known = Message.objects.with_parts().filter(client_id=token).first()
    if known is not None:
        return Passed(contact, known)
    try:
        with transaction.atomic():
            draft = _draft(message, token, tickets.by)
            sent, _ = outbound.send_all(tickets.of(contact), draft, by=tickets.by)
            return Passed(contact, sent[0])
    except Refused as refused:
        return Passed(contact, problem={"code": refused.code, "detail": refused.detail})


def _draft(message: Message, token: uuid.UUID, by: User) -> Draft:
    files = tuple(kept_files.copy_of(file, by=by) for file in message.attachments.order_by("position", "id"))
    if files:
        return Draft(token, MEDIA, message.body, files, is_forwarded=True)
    if (content := _content(message)) is not None:
        return Draft(token, message.kind, content=content, is_forwarded=True)
    if not (words := message.body.strip()):
        raise Refused("nothing_to_forward", "There is nothing in this message that can be forwarded.")
    return Draft(token, Kind.TEXT, words, is_forwarded=True)


def _content(message: Message) -> dict[str, Any] | None:
    """A place or cards, as they are sent. Who wrote them, or what WhatsApp said besides, stays behind.

    None for other kinds, and for cards that nobody could send: a name without a way to reach it.
    """
    if message.kind == Kind.LOCATION:
        given = message.content
    elif message.kind == Kind.CONTACTS:
        given = {"contacts": [_card(card) for card in message.content.get("contacts", [])]}
    else:
        return None
    content, problems = contents.tidy(message.kind, given)
    return None if problems else content


def _card(card: dict[str, Any]) -> dict[str, Any]:
    phones = [phone for given in card.get("phones", []) if (phone := _phone(given))]
    emails = [str(given) for given in card.get("emails", []) if given]
    return {
        "name": card.get("name") or next(iter([*phones, *emails]), ""),
        "phones": phones,
        "emails": emails,
    }


def _phone(given: object) -> str:
    return str(given.get("phone", "")) if isinstance(given, dict) else str(given)
