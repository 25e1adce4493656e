"""Telling a person: a row in their notification centre, a push to their pocket, a line in their digest.

What happens in the console needs no help from here: the events of tickets and messages reach it anyway.
"""

import logging
import time
from collections.abc import Collection, Iterable
from typing import Any

from celery import shared_task
from django.db import transaction
from django.db.models import F, Q
from django.utils.timezone import now

from helpdesk.events import publish, publish_signal
from tenants.models import Membership, User
from tenants.models.membership import Presence
from tenants.scoping import CompanyTask, current_company_id
from tickets.actions import digests, push
from tickets.events import NOTIFICATION_CREATED, NOTIFICATION_UPDATED, NOTIFICATIONS_CHANGED
from tickets.models import Message, Notification, NotificationSettings, PushSubscription, Ticket
from tickets.models.ticket import Awaiting, Status
from tickets.notification_kinds import CONSOLE, EMAIL, KINDS, PUSH

logger = logging.getLogger(__name__)

HINT_SECONDS = 30.0
RULES_HAVE = 2.0  # seconds
MOST_PEOPLE = 200  # told of one waiting ticket
_hints: dict[int, tuple[float, bool]] = {}  # company → until when, whether anybody wants pushes or digests


@transaction.atomic
def tell(
    kind: str,
    people: Iterable[int],
    *,
    ticket: Ticket | None = None,
    message: Message | None = None,
    by: User | None = None,
    data: dict[str, Any] | None = None,
) -> None:
    """Tell these people (ids), each as they chose. Nobody is told of what they did themselves."""
    ids = {pk for pk in people if by is None or pk != by.pk}
    members = {row.user_id: row for row in Membership.objects.active().filter(user__in=ids)}
    if not members:
        return
    wishes = _wishes(members.keys())
    if KINDS[kind].is_kept:
        kept = [pk for pk in members if wishes[pk].wants(kind, CONSOLE)]
        _keep(kind, kept, ticket=ticket, message=message, by=by, data=data or {})
    for pk, member in members.items():
        if member.presence == Presence.ONLINE:
            continue  # the console is there and does the rest
        if wishes[pk].wants(kind, PUSH):
            push.send.nudge(current_company_id(), pk, _pushed(kind, ticket, message, by, data or {}))
        if wishes[pk].wants(kind, EMAIL):
            digests.expect(wishes[pk])


def assigned(ticket: Ticket, agent_id: int, *, by: User | None, reason: str = "") -> None:
    """A ticket is somebody's now, by a colleague's act or by a rule."""
    tell("assigned", [agent_id], ticket=ticket, by=by, data={"reason": reason} if reason else None)
    settled(ticket)


def mentioned(message: Message, people: Iterable[int], *, by: User | None) -> None:
    """A colleague named them in a note."""
    tell(
        "mentioned", people, ticket=message.ticket, message=message, by=by, data={"text": message.body[:160]}
    )


def wait(tickets: Collection[Ticket]) -> None:
    """They wait where people may take them. A rule that knows an agent has a moment to be faster."""
    if tickets:
        ids = [ticket.pk for ticket in tickets]
        announce.nudge(current_company_id(), ids, countdown=RULES_HAVE)


def settled(ticket: Ticket) -> None:
    """It waits no longer, so nobody needs to read that it did."""
    rows = Notification.objects.unread().filter(kind="new_ticket", ticket=ticket)
    people = set(rows.values_list("user_id", flat=True))
    if people:
        rows.delete()
        _refresh(people)


def customers_wrote(tickets: Collection[Ticket]) -> None:
    """Reach the agents who are not at their console. Costs nothing where nobody asked for that."""
    away = [ticket.pk for ticket in tickets if ticket.agent_id is not None]
    if away and _anybody_listens(tickets):
        reach.nudge(current_company_id(), away)


def promise(ticket: Ticket, kind: str) -> None:
    """A deadline is near (`sla_warned`) or missed (`sla_breached`): its agent hears, or who may take it."""
    tell(kind, [ticket.agent_id] if ticket.agent_id else _who_may_take(ticket), ticket=ticket)


@shared_task(base=CompanyTask)
def announce(company_id: int, ticket_ids: list[int]) -> None:
    """Tell those who may take them, where they still wait for a person."""
    for pk in ticket_ids:
        with transaction.atomic():
            ticket = Ticket.objects.select_related("contact").locked(pk)
            waiting = ticket.is_waiting and ticket.awaiting == Awaiting.NOTHING and not ticket.snoozed_at
            known = Notification.objects.unread().filter(kind="new_ticket", ticket=ticket)
            if waiting and not known.exists():
                tell("new_ticket", _who_may_take(ticket), ticket=ticket)


@shared_task(base=CompanyTask)
def reach(company_id: int, ticket_ids: list[int]) -> None:
    """Push the newest line of each ticket to its agent."""
    rows = Ticket.objects.filter(pk__in=ticket_ids, status=Status.OPEN, unread_count__gt=0, snoozed_at=None)
    for ticket in rows.select_related("contact", "last_message"):
        tell("message", [ticket.agent_id], ticket=ticket, message=ticket.last_message)


@transaction.atomic
def read(user: User, *, ids: Iterable[int] | None = None, ticket: int | None = None) -> int:
    """Mark as read: these, those of a ticket, or all. Answers how many were unread."""
    rows = Notification.objects.unread().filter(user=user)
    if ids is not None:
        rows = rows.filter(pk__in=list(ids))
    if ticket is not None:
        rows = rows.filter(ticket=ticket)
    count: int = rows.update(read_at=now(), version=F("version") + 1, updated_at=now())
    if count:
        _refresh({user.pk})
    return count


def settings_of(user_id: int) -> NotificationSettings:
    return _wishes([user_id])[user_id]


@transaction.atomic
def change_settings(user: User, **changes: Any) -> NotificationSettings:
    """Only what differs from the defaults is kept, so that a new default reaches everybody else."""
    kept, _ = NotificationSettings.objects.get_or_create(user=user)
    row: NotificationSettings = NotificationSettings.objects.locked(kept.pk)
    for kind, channels in changes.pop("matrix", {}).items():
        chosen = {**row.matrix.get(kind, {}), **channels}
        row.matrix[kind] = {
            channel: on for channel, on in chosen.items() if on != (channel in KINDS[kind].channels)
        }
    for name, value in changes.items():
        setattr(row, name, value)
    row.save()
    digests.schedule(row)
    _hints.pop(row.company_id, None)
    return row


def _wishes(people: Iterable[int]) -> dict[int, NotificationSettings]:
    ids = list(people)
    found = {row.user_id: row for row in NotificationSettings.objects.filter(user__in=ids)}
    company_id = current_company_id()
    return {pk: found.get(pk) or NotificationSettings(company_id=company_id, user_id=pk) for pk in ids}


def _keep(kind: str, people: list[int], *, ticket: Ticket | None, by: User | None, **values: Any) -> None:
    """A row each; the unread one of the same kind and ticket is brought to the top instead."""
    again = Notification.objects.unread().filter(user__in=people, kind=kind, ticket=ticket)
    known = {row.user_id: row for row in again.select_for_update()} if ticket else {}
    for row in known.values():
        row.times += 1
        row.at, row.actor = now(), by
        row.message, row.data = values["message"], values["data"]
        row.save(update_fields=["times", "at", "actor", "message", "data"])
    fresh = [
        Notification(
            company_id=current_company_id(),
            user_id=pk,
            kind=kind,
            ticket=ticket,
            actor=by,
            at=now(),
            **values,
        )
        for pk in people
        if pk not in known
    ]
    Notification.objects.bulk_create(fresh)
    for event, rows in ((NOTIFICATION_UPDATED, known.values()), (NOTIFICATION_CREATED, fresh)):
        for row in rows:
            publish(event, row, to={f"user.{row.user_id}"})


def _who_may_take(ticket: Ticket) -> list[int]:
    """Members of its queue who are here; without a queue, whoever sees such tickets."""
    members = Membership.objects.active().exclude(presence=Presence.OFFLINE).select_related("company")
    if ticket.queue_id:
        members = members.filter(queue_members__queue=ticket.queue_id)
    rows = [row for row in members.order_by("pk")[:MOST_PEOPLE] if row.may("tickets.write")]
    if not ticket.queue_id and not (rows and rows[0].company.option("agents_see_unqueued")):
        rows = [row for row in rows if row.may("tickets.see_all")]
    return [row.user_id for row in rows]


def _anybody_listens(tickets: Collection[Ticket]) -> bool:
    """Whether pushes or digests are wanted at all in this company: a hint that may be half a minute old."""
    company_id = current_company_id()
    until, answer = _hints.get(company_id, (0.0, False))
    if until < time.monotonic():
        digest = NotificationSettings.objects.filter(~Q(digest="off"))
        answer = PushSubscription.objects.exists() or digest.exists()
        _hints[company_id] = (time.monotonic() + HINT_SECONDS, answer)
    return answer


def _refresh(people: Iterable[int]) -> None:
    company_id = current_company_id()
    for pk in people:
        _say_changed(company_id, pk, unread_count(pk))


def _say_changed(company_id: int, user_id: int, unread: int) -> None:
    to = {f"user.{user_id}"}
    transaction.on_commit(
        lambda: publish_signal(NOTIFICATIONS_CHANGED, company_id, {"unread": unread}, to=to), robust=True
    )


def unread_count(user_id: int) -> int:
    count: int = Notification.objects.unread().filter(user=user_id).count()
    return count


def _pushed(
    kind: str, ticket: Ticket | None, message: Message | None, by: User | None, data: dict[str, Any]
) -> dict[str, Any]:
    """What the service worker shows; it has the words, we have the names."""
    return {
        "kind": kind,
        "ticket": ticket.pk if ticket else None,
        "number": ticket.number if ticket else None,
        "contact": ticket.contact.display_name if ticket else "",
        "by": by.name if by else "",
        "text": (message.body[:160] if message else data.get("text", "")),
    }
