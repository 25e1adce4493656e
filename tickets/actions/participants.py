"""Colleagues who see a ticket beside its agent: asked by hand, or mentioned in a note."""

from collections.abc import Collection, Iterable

from django.db import transaction

from helpdesk.errors import Invalid
from tenants.models import Membership, User
from tickets.actions import notices, tell
from tickets.models import Message, Ticket
from tickets.models.history import HistoryKind

MOST = 50


@transaction.atomic
def add(ticket: Ticket, *, user_ids: Collection[int], by: User | None) -> Ticket:
    """They see the ticket from now on, wherever it goes."""
    ticket = Ticket.objects.locked(ticket.pk)
    before = ticket.audience()
    if join(ticket, user_ids, by=by):
        tell.ticket_changed(ticket, also=before)
        notices.tell("joined", user_ids, ticket=ticket, by=by)
    return ticket


@transaction.atomic
def remove(ticket: Ticket, *, user: User, by: User | None) -> Ticket:
    """They no longer see it, unless it is theirs anyway."""
    ticket = Ticket.objects.locked(ticket.pk)
    if user.pk not in ticket.participants:
        return ticket
    before = ticket.audience()
    ticket.participants = [pk for pk in ticket.participants if pk != user.pk]
    ticket.save(update_fields=["participants"])
    ticket.history.create(kind=HistoryKind.LEFT, by=by, data={"user": {"id": user.pk, "name": user.name}})
    tell.ticket_changed(ticket, also=before)
    return ticket


def join(ticket: Ticket, user_ids: Iterable[int], *, by: User | None) -> bool:
    """Part of the caller's transaction, which holds the ticket. False when all of them were there already."""
    joining = colleagues(user_ids)
    new = [user for user in joining if user.pk not in ticket.participants]
    if not new:
        return False
    if len(ticket.participants) + len(new) > MOST:
        raise Invalid("participants_full", f"A ticket has at most {MOST} participants.")
    ticket.participants = [*ticket.participants, *(user.pk for user in new)]
    ticket.save(update_fields=["participants"])
    for user in new:
        data = {"user": {"id": user.pk, "name": user.name}}
        ticket.history.create(kind=HistoryKind.JOINED, by=by, data=data)
    return True


def mention(ticket: Ticket, note: Message, user_ids: Collection[int], *, by: User | None) -> None:
    """A note names colleagues: they see the ticket from now on, and are told."""
    if not user_ids:
        return
    before = ticket.audience()
    others = set(user_ids) - {ticket.agent_id}
    if join(ticket, others, by=by):
        tell.ticket_changed(ticket, also=before)
    notices.mentioned(note, user_ids, by=by)


def colleagues(user_ids: Iterable[int]) -> list[User]:
    """People of the company who work on tickets. Raises Invalid when one of them does not."""
    wanted = set(user_ids)
    found = Membership.objects.active().filter(user__in=wanted).select_related("user").order_by("user_id")
    people: list[User] = [member.user for member in found if member.may("tickets.read")]
    if len(people) != len(wanted):
        raise Invalid("user_unknown", "Some of the people are not in this company.", users=sorted(wanted))
    return people
