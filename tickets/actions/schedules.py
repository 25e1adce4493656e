"""Scheduled messages: written now, sent at a time, once or again and again.

A timer rings at `next_at`, however late, and makes one send per contact; each send has a timer of its own (see
`scheduled_sends`), so that one contact's trouble is no other's.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from celery import shared_task
from django.db import transaction
from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils.timezone import now

from helpdesk.errors import Invalid, Refused
from helpdesk.events import Event, publish
from tenants.models import User
from tenants.scoping import company_scope, current_company_id, platform_scope
from tickets import recurrence
from tickets.actions import kept_files, template_sends, timers
from tickets.events import SCHEDULED_MESSAGE_CREATED, SCHEDULED_MESSAGE_UPDATED
from tickets.models import (
    Contact,
    Message,
    ScheduledContact,
    ScheduledMessage,
    ScheduledSend,
    ScheduledTag,
    Tag,
    Timer,
)
from tickets.models.hours import hours_of
from tickets.models.message import Direction
from tickets.models.schedule import ScheduleState, SendState
from tickets.recurrence import IsBusinessDay, Rule

TIMER, SEND_TIMER = "schedule", "scheduled_send"
PACE = timedelta(
    milliseconds=100
)  # between two contacts: nobody else's timers wait behind a thousand of these
SWEEP_LIMIT = 500
OPEN = [ScheduleState.ACTIVE, ScheduleState.PAUSED]
TIMING = ("first_at", "unit", "every", "times", "until", "business_days")


@transaction.atomic
def create(
    *,
    by: User | None,
    contacts: Iterable[Contact] = (),
    tags: Iterable[Tag] = (),
    attachments: Iterable[int] = (),
    **fields: Any,
) -> ScheduledMessage:
    """Promise a message. Raises Invalid for a time that has passed."""
    row = ScheduledMessage(company_id=current_company_id(), author=by, armed_at=now(), **fields)
    _arm(row)
    row.save()
    _address(row, contacts, tags)
    kept_files.keep(attachments, by=by, scheduled_message=row)
    _keep_headers(row, by)
    _start(row)
    return _tell(SCHEDULED_MESSAGE_CREATED, row)


@transaction.atomic
def update(
    row: ScheduledMessage,
    *,
    by: User | None,
    contacts: Iterable[Contact] | None = None,
    tags: Iterable[Tag] | None = None,
    attachments: Iterable[int] | None = None,
    **fields: Any,
) -> ScheduledMessage:
    """Change what is given. A new time or rhythm begins anew: what was sent stays sent."""
    row = _open(row)
    for name, value in fields.items():
        setattr(row, name, value)
    if set(fields) & set(TIMING):
        row.armed_at, row.done_times = now(), 0
        _arm(row)
    row.save()
    if contacts is not None or tags is not None:
        _address(row, contacts, tags)
    if attachments is not None:
        kept_files.keep(attachments, by=by, scheduled_message=row)
    if {"template", "fallback_template"} & fields.keys():
        _keep_headers(row, by)
    _start(row)
    return _tell(SCHEDULED_MESSAGE_UPDATED, row)


def _keep_headers(row: ScheduledMessage, by: User | None) -> None:
    """The files of its templates' headers stay with it, apart from the files that go with its words."""
    chosen = template_sends.files_in(row.template, row.fallback_template)
    kept_files.keep(chosen, by=by, scheduled_message=row, is_header=True)


@transaction.atomic
def pause(row: ScheduledMessage) -> ScheduledMessage:
    """Nothing leaves until it is resumed."""
    row = _open(row)
    row.state = ScheduleState.PAUSED
    row.save(update_fields=["state"])
    _start(row)
    return _tell(SCHEDULED_MESSAGE_UPDATED, row)


@transaction.atomic
def resume(row: ScheduledMessage) -> ScheduledMessage:
    """Go on. Times that passed meanwhile are not made up for; a single one that passed needs a new time."""
    row = _open(row)
    row.state = ScheduleState.ACTIVE
    if row.next_at is not None and row.next_at <= now():
        found = _following(row) if row.unit else None
        if found is None:
            raise Refused("schedule_past", "Its time has passed. Choose another one.")
        row.step, row.next_at = found
    row.save(update_fields=["state", "step", "next_at"])
    _start(row)
    return _tell(SCHEDULED_MESSAGE_UPDATED, row)


@transaction.atomic
def cancel(row: ScheduledMessage, *, because: str = "person") -> ScheduledMessage:
    """Send nothing more, ever; the log stays."""
    row = _open(row)
    _end(row, ScheduleState.CANCELLED, because)
    row.sends.filter(state=SendState.WAITING).update(
        state=SendState.CANCELLED, reason="cancelled", version=F("version") + 1, updated_at=now()
    )
    return _tell(SCHEDULED_MESSAGE_UPDATED, row)


def ring(timer: Timer) -> None:
    """Its time has come: one send for each contact, and the next time."""
    pk = int(timer.subject)
    row: ScheduledMessage | None = ScheduledMessage.objects.filter(pk=pk).select_for_update().first()
    if row is None or row.state != ScheduleState.ACTIVE or row.next_at is None or row.next_at > now():
        return
    row.done_times += 1
    _make_sends(row, row.next_at)
    is_last = row.times is not None and row.done_times >= row.times
    found = _following(row) if row.unit and not is_last else None
    if found is None:
        _end(row, ScheduleState.DONE, "finished")
    else:
        row.step, row.next_at = found
        row.save(update_fields=["done_times", "step", "next_at"])
        _start(row)
    _tell(SCHEDULED_MESSAGE_UPDATED, row)


@shared_task
def sweep() -> None:
    """End those for a single contact who has answered. Nothing would be sent anyway; now people see it."""
    with platform_scope("scheduled messages of all companies whose contacts answered"):
        answered = answers(OuterRef("scheduled_contacts__contact"), since=OuterRef("armed_at"))
        rows = ScheduledMessage.objects.filter(state__in=OPEN, cancel_on_reply=True)
        rows = rows.annotate(people=Count("scheduled_contacts"), labels=Count("scheduled_tags"))
        rows = rows.filter(Q(people=1, labels=0), Exists(answered)).values_list("company_id", "pk")
        found = list(rows[:SWEEP_LIMIT])
    for company_id, pk in found:
        with company_scope(company_id):
            cancel(ScheduledMessage(pk=pk), because="replied")


def answers(contact: Any, *, since: Any) -> Any:
    """What this contact wrote and we heard after that moment.

    WhatsApp's times are whole seconds, so the order within a second is that of arrival; what was written before
    and came late is no answer."""
    written = since - timedelta(seconds=1)
    heard = Message.objects.filter(ticket__contact=contact, direction=Direction.IN)
    return heard.filter(ticket__last_customer_at__gt=written, at__gt=written, created_at__gt=since)


def told(row: ScheduledMessage) -> None:
    """Something in its log has changed."""
    _tell(SCHEDULED_MESSAGE_UPDATED, row)


def rule_of(row: ScheduledMessage) -> Rule:
    return Rule(row.unit or recurrence.DAY, row.every, row.business_days, row.until)


def _arm(row: ScheduledMessage) -> None:
    """The first time, on a business day where that is wanted."""
    if row.first_at <= now() - timedelta(minutes=1):
        raise Invalid("schedule_past", "Choose a time in the future.", at=["This time has passed."])
    found = recurrence.first_time(rule_of(row), row.first_at, _zone(row), _business_days(row))
    if found is None or (not row.unit and found[0] > 0):
        raise Invalid("schedule_never", "With these rules it would never be sent.", at=["Never happens."])
    row.step, row.next_at = found


def _following(row: ScheduledMessage) -> tuple[int, datetime] | None:
    """Later than now: what was missed while nobody could send is sent once, not once for each time."""
    return recurrence.following(
        rule_of(row),
        row.first_at,
        _zone(row),
        after_step=row.step,
        after=max(row.next_at or now(), now()),
        is_business_day=_business_days(row),
    )


def _make_sends(row: ScheduledMessage, due_at: datetime) -> None:
    tagged = Contact.objects.live().filter(
        contact_tags__tag__in=row.scheduled_tags.filter(tag__deleted_at=None).values("tag")
    )
    named = row.scheduled_contacts.values_list("contact_id", flat=True)
    people = sorted({*named, *tagged.values_list("pk", flat=True)})
    sends = ScheduledSend.objects.bulk_create(
        [
            ScheduledSend(
                company_id=row.company_id,
                schedule=row,
                contact_id=pk,
                occurrence=row.done_times,
                due_at=due_at,
            )
            for pk in people
        ]
    )
    at = now()
    timers.start_all(
        timers.timer(SEND_TIMER, subject=str(send.pk), due_at=at + PACE * position)
        for position, send in enumerate(sends)
    )


def _address(row: ScheduledMessage, contacts: Iterable[Contact] | None, tags: Iterable[Tag] | None) -> None:
    if contacts is not None:
        row.scheduled_contacts.all().delete()
        for contact in contacts:
            ScheduledContact.objects.create(schedule=row, contact=contact)
    if tags is not None:
        row.scheduled_tags.all().delete()
        for tag in tags:
            ScheduledTag.objects.create(schedule=row, tag=tag)
    if not row.scheduled_contacts.exists() and not row.scheduled_tags.exists():
        raise Invalid("schedule_to_nobody", "Choose at least one contact or tag.", contacts=["Nobody."])


def _start(row: ScheduledMessage) -> None:
    if row.state == ScheduleState.ACTIVE and row.next_at is not None:
        timers.start(TIMER, subject=str(row.pk), due_at=row.next_at)
    else:
        timers.stop(TIMER, subject=str(row.pk))


def _end(row: ScheduledMessage, state: ScheduleState, because: str) -> None:
    row.state, row.ended_because, row.next_at = state, because, None
    row.save(update_fields=["state", "ended_because", "next_at", "done_times"])
    _start(row)


def _open(row: ScheduledMessage) -> ScheduledMessage:
    found: ScheduledMessage = ScheduledMessage.objects.locked(row.pk)
    if found.state not in OPEN:
        raise Refused("schedule_over", "This scheduled message has ended.")
    return found


def _zone(row: ScheduledMessage) -> ZoneInfo:
    return ZoneInfo(row.company.timezone)


def _business_days(row: ScheduledMessage) -> IsBusinessDay:
    """Days on which the company works; Monday to Friday where it has no hours."""
    if row.business_days == "any":
        return lambda day: True
    hours, _ = hours_of(row.company, row.connection, row.queue)
    if hours is None:
        return lambda day: day.weekday() < 5
    calendar = hours.calendar(row.company)

    def works(day: date) -> bool:
        return bool(calendar.shifts(day))

    return works


def _tell(event: Event, row: ScheduledMessage) -> ScheduledMessage:
    shown: ScheduledMessage = ScheduledMessage.objects.with_parts().get(pk=row.pk)
    publish(event, shown, to=shown.audience())
    return shown
