"""One contact's scheduled message: sent in the transaction that notes it as sent, so exactly once."""

import uuid

from django.db import transaction

from helpdesk.errors import Refused
from tenants.models import Membership, User
from tickets import texts
from tickets.actions import kept_files, lifecycle, opening, outbound, schedules
from tickets.actions.composing import MEDIA, Draft
from tickets.models import Contact, Message, ScheduledMessage, ScheduledSend, Ticket, TicketHistory, Timer
from tickets.models.history import HistoryKind
from tickets.models.message import BY_ITSELF, Direction, Kind
from tickets.models.schedule import ScheduleState, SendState, WithoutTicket

NAMES = uuid.UUID("3d1f0c52-7a0b-4f8e-9a2c-6f3c5b1e8d47")  # of the client ids that follow from a send


def ring(timer: Timer) -> None:
    """Send it, or note why not. What was noted is never tried again."""
    rows = ScheduledSend.objects.select_related("schedule__company", "schedule__connection", "contact")
    send: ScheduledSend | None = rows.filter(pk=int(timer.subject)).select_for_update(of=("self",)).first()
    if send is None or send.state != SendState.WAITING:
        return
    schedule = send.schedule
    if reason := _why_not(schedule, send.contact):
        _note(send, SendState.CANCELLED, reason=reason)
    else:
        _try(send)
    schedules.told(schedule)


def _try(send: ScheduledSend) -> None:
    try:
        with transaction.atomic():
            send.message = _deliver(send, send.schedule.template)
    except Refused as refused:
        if refused.code == "window_closed" and send.schedule.fallback_template:
            _fall_back(send)
        else:
            _note(send, SendState.FAILED, reason=refused.code, detail=refused.detail)
    else:
        _note(send, SendState.SENT)


def _fall_back(send: ScheduledSend) -> None:
    """The template that may be sent at any time."""
    try:
        with transaction.atomic():
            send.message = _deliver(send, send.schedule.fallback_template)
    except Refused as refused:
        _note(send, SendState.FAILED, reason=refused.code, detail=refused.detail)
    else:
        send.used_fallback = True
        _note(send, SendState.SENT)


def _why_not(schedule: ScheduledMessage, contact: Contact) -> str:
    """Why this contact gets nothing any more."""
    if schedule.state in {ScheduleState.CANCELLED, ScheduleState.PAUSED}:
        return "cancelled" if schedule.state == ScheduleState.CANCELLED else "paused"
    if contact.is_deleted:
        return "contact_deleted"
    if contact.is_blocked:
        return "contact_blocked"
    if schedule.cancel_on_reply and _has_answered(schedule, contact):
        return "replied"
    return _taken_back(schedule, contact) if schedule.by_assistant else ""


def _taken_back(schedule: ScheduledMessage, contact: Contact) -> str:
    """What an assistant promised is an answer of a machine like its others: none after people have acted."""
    if contact.bot_off:
        return "opted_out"
    theirs = Ticket.objects.filter(contact=contact.pk, connection=schedule.connection_id)
    acts = TicketHistory.objects.filter(ticket__in=theirs, created_at__gt=schedule.created_at)
    said = Message.objects.filter(ticket__in=theirs, created_at__gt=schedule.created_at)
    said = said.exclude(direction=Direction.IN).exclude(BY_ITSELF)
    return "person_acted" if acts.exclude(by=None).exists() or said.exists() else ""


def _has_answered(schedule: ScheduledMessage, contact: Contact) -> bool:
    return bool(schedules.answers(contact, since=schedule.armed_at).exists())


def _deliver(send: ScheduledSend, template: dict[str, str] | None) -> Message:
    """Queue it in the contact's ticket, or in one that is opened for it."""
    schedule = send.schedule
    author = _author(schedule)
    ticket = opening.live_ticket(schedule.connection, send.contact)
    is_new = ticket is None
    if ticket is None:
        ticket = _open_ticket(schedule, send.contact, author)
    token = uuid.uuid5(NAMES, f"{send.schedule_id}:{send.occurrence}:{send.contact_id}")
    if template:
        message, _ = outbound.send(
            ticket, by=author, client_id=token, kind=Kind.TEMPLATE, template=dict(template)
        )
    else:
        message = _send_words(schedule, ticket, author, token)
    ticket.history.create(
        kind=HistoryKind.SCHEDULED, by=author, data={"schedule": schedule.pk, "name": schedule.name}
    )
    if is_new and schedule.without_ticket == WithoutTicket.CLOSED:
        lifecycle.close(ticket, by=None, complete=False, silent=True)
    return message


def _send_words(schedule: ScheduledMessage, ticket: Ticket, author: User | None, token: uuid.UUID) -> Message:
    parts = Ticket.objects.select_related("company", "contact", "connection", "queue", "agent")
    text = texts.render(schedule.body, parts.get(pk=ticket.pk), by=author)
    files = tuple(kept_files.copy_of(file, by=author) for file in kept_files.of(scheduled_message=schedule))
    kind = MEDIA if files else Kind.TEXT
    draft = Draft(token, kind, text, files, automatic="assistant" if schedule.by_assistant else "")
    return outbound.send_all(ticket, draft, by=author)[0][0]


def _open_ticket(schedule: ScheduledMessage, contact: Contact, author: User | None) -> Ticket:
    """The window is the contact's with the number, so what an earlier ticket heard counts for the new one."""
    owner = author if schedule.without_ticket == WithoutTicket.MINE else None
    heard = Ticket.objects.filter(contact=contact, connection=schedule.connection)
    last = heard.order_by("-last_customer_at").exclude(last_customer_at=None).first()
    queue = schedule.queue if schedule.queue and not schedule.queue.is_deleted else None
    ticket = opening.open_for(contact, schedule.connection, by=owner, queue=queue)
    if last is not None:
        Ticket.objects.filter(pk=ticket.pk).update(last_customer_at=last.last_customer_at)
        ticket.last_customer_at = last.last_customer_at
    return ticket


def _author(schedule: ScheduledMessage) -> User | None:
    """Whose words they are, while that person works here."""
    if schedule.author_id is None:
        return None
    found = Membership.objects.active().filter(user=schedule.author_id).select_related("user").first()
    return found.user if found else None


def _note(send: ScheduledSend, state: SendState, *, reason: str = "", detail: str = "") -> None:
    send.state, send.reason, send.detail = state, reason[:40], detail[:300]
    send.save(update_fields=["state", "reason", "detail", "message", "used_fallback"])
