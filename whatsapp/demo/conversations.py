"""Fills a company with tickets: closed ones of the last weeks, open ones of today, and some that wait."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.timezone import now

from tenants.models import User
from tickets.models import Contact, ContactAddress, Message, Ticket, TicketHistory
from tickets.models.history import HistoryKind
from tickets.models.ticket import Status
from whatsapp.demo import attachments, thread
from whatsapp.demo.company import Stage
from whatsapp.demo.customers import Customer, customers
from whatsapp.demo.scripts import Script, scripts, slots

CUSTOMERS = 110
COUNTS = {Status.CLOSED: 120, Status.OPEN: 27, Status.PENDING: 15}
DAYS = 45
OPENS_AT, CLOSES_AT = 8, 20  # hours of the company's own day in which people answer


def fill(stage: Stage, dice: random.Random) -> None:
    """Everything of one company, inside its scope."""
    cast = stage.cast
    people = customers(cast.key, cast.languages, CUSTOMERS, dice)
    known = list(zip(people, _contacts(stage, people), strict=True))
    library = {language: scripts(cast.key, language) for language in cast.languages}
    turns: dict[str, int] = dict.fromkeys(library, 0)
    found = []
    for customer, contact, status in _occasions(known, dice):
        script = library[customer.language][turns[customer.language] % len(library[customer.language])]
        turns[customer.language] += 1
        found.append(_conversation(stage, customer, contact, status, script, dice))
    found.sort(key=lambda pair: pair[0].created_at)
    tickets, threads = [ticket for ticket, _ in found], [rows for _, rows in found]
    for number, ticket in enumerate(tickets, start=1):
        ticket.number = number
    thread.trouble(tickets, threads)
    _store(stage, tickets, threads)
    attachments.add(stage, threads, dice)


def _occasions(
    known: list[tuple[Customer, Contact]], dice: random.Random
) -> Iterator[tuple[Customer, Contact, str]]:
    """Live tickets of different people; many of those who wrote before wrote more than once."""
    live = [status for status in (Status.OPEN, Status.PENDING) for _ in range(COUNTS[status])]
    for (customer, contact), status in zip(known, live, strict=False):
        yield customer, contact, status
    for _ in range(COUNTS[Status.CLOSED]):
        yield *dice.choice(known), Status.CLOSED


def _contacts(stage: Stage, who: list[Customer]) -> list[Contact]:
    rows = []
    for place, customer in enumerate(who):
        contact = Contact(
            company_id=stage.company.pk,
            name=customer.name if place % 17 else "",
            number=customer.number,
            email=customer.email,
            username="lua.artesanato" if place == 20 else "",
            notes="Cliente VIP ✨" if place % 29 == 0 else "",
        )
        contact.search = contact.search_text()
        rows.append(contact)
    made: list[Contact] = Contact.objects.bulk_create(rows)
    ContactAddress.objects.bulk_create(
        ContactAddress(company_id=stage.company.pk, contact=contact, kind="phone", value=contact.number)
        for contact in made
    )
    return made


def _conversation(
    stage: Stage, customer: Customer, contact: Contact, status: str, script: Script, dice: random.Random
) -> tuple[Ticket, list[Message]]:
    agent = dice.choice(stage.agents_of(script.queue)) if status != Status.PENDING else None
    supervisor = next(user for user in stage.people.values())
    ticket = Ticket(
        company_id=stage.company.pk,
        contact=contact,
        connection=dice.choice(stage.lines) if dice.random() < 0.3 else stage.lines[0],
        queue=stage.queues[script.queue] if dice.random() < 0.9 else None,
        agent=agent,
        status=status,
    )
    author = agent or supervisor
    lines = thread.cut(script.lines, status, dice)
    rows = thread.messages(ticket, lines, author, slots(author.name, customer.first, customer.language, dice))
    thread.place(rows, _ends(stage, status, dice), dice)
    _describe(ticket, rows)
    return ticket, rows


def _ends(stage: Stage, status: str, dice: random.Random) -> datetime:
    """When the last message was written: within working hours, unless it is from today."""
    moment = now()
    if status == Status.PENDING:
        return moment - timedelta(minutes=dice.randint(1, 200))
    if status == Status.OPEN:
        return moment - timedelta(minutes=1 + 20 * 60 * dice.random() ** 2)  # most of them lately
    local = moment.astimezone(ZoneInfo(stage.company.timezone)) - timedelta(days=dice.randint(1, DAYS))
    return local.replace(hour=dice.randint(OPENS_AT, CLOSES_AT - 1), minute=dice.randint(0, 59))


def _describe(ticket: Ticket, rows: list[Message]) -> None:
    """What the ticket's row says of its messages."""
    heard = [row for row in rows if row.direction == "in"]
    said = [row for row in rows if row.direction == "out"]
    unanswered = [row for row in heard if not said or row.at > said[-1].at]
    ticket.last_message_at = max(row.at for row in rows if row.direction != "internal")
    ticket.last_customer_at = heard[-1].at
    ticket.created_at = rows[0].at
    if ticket.status == Status.CLOSED:
        ticket.closed_at = rows[-1].at + timedelta(minutes=4)
    else:
        ticket.waiting_since = unanswered[0].at if unanswered else None
        ticket.unread_count = len(unanswered)
    if ticket.status != Status.PENDING:
        ticket.opened_at = said[0].at - timedelta(seconds=40) if said else rows[0].at


def _store(stage: Stage, tickets: list[Ticket], threads: list[list[Message]]) -> None:
    """A few statements for everything. Creation stamps the present, so the past is written after it."""
    born = [ticket.created_at for ticket in tickets]
    Ticket.objects.bulk_create(tickets)
    Message.objects.bulk_create([row for rows in threads for row in rows])
    for ticket, rows, at in zip(tickets, threads, born, strict=True):
        ticket.created_at = at
        ticket.last_message = [row for row in rows if row.direction != "internal"][-1]
        for row in rows:
            row.created_at = row.at
    Ticket.objects.bulk_update(tickets, ["created_at", "last_message"])
    Message.objects.bulk_update([row for rows in threads for row in rows], ["created_at"], batch_size=500)
    steps = [step for ticket in tickets for step in _steps(ticket)]
    times = [step.created_at for step in steps]
    TicketHistory.objects.bulk_create(steps)
    for step, at in zip(steps, times, strict=True):
        step.created_at = at
    TicketHistory.objects.bulk_update(steps, ["created_at"], batch_size=500)
    stage.company.next_ticket_number = len(tickets) + 1
    stage.company.save(update_fields=["next_ticket_number"])


def _steps(ticket: Ticket) -> list[TicketHistory]:
    told: list[tuple[HistoryKind, datetime, User | None]] = [(HistoryKind.CREATED, ticket.created_at, None)]
    if ticket.opened_at:
        told.append((HistoryKind.ACCEPTED, ticket.opened_at, ticket.agent))
    if ticket.closed_at:
        told.append((HistoryKind.CLOSED, ticket.closed_at, ticket.agent))
    return [
        TicketHistory(company_id=ticket.company_id, ticket=ticket, kind=kind, by=by, created_at=at)
        for kind, at, by in told
    ]
