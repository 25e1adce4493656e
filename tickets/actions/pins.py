"""Pins: tickets that one person keeps on top. Nobody else learns of it."""

from django.db import transaction

from helpdesk.errors import Refused
from helpdesk.events import publish_data
from tenants.models import User
from tenants.scoping import current_company_id
from tickets.events import PINS_CHANGED
from tickets.models import Ticket, TicketPin

MOST = 20


@transaction.atomic
def pin(ticket: Ticket, *, by: User) -> list[int]:
    """Answers everything that is pinned now."""
    if ticket.pk in pinned_by(by):
        return pinned_by(by)
    if TicketPin.objects.filter(user=by).count() >= MOST:
        raise Refused("pins_full", f"You can pin {MOST} tickets. Take one down first.")
    TicketPin.objects.bulk_create(
        [TicketPin(ticket=ticket, user=by, company_id=ticket.company_id)], ignore_conflicts=True
    )
    return _tell(by)


@transaction.atomic
def unpin(ticket: Ticket, *, by: User) -> list[int]:
    """The same."""
    gone, _ = TicketPin.objects.filter(ticket=ticket, user=by).delete()
    return _tell(by) if gone else pinned_by(by)


def pinned_by(user: User) -> list[int]:
    """The last one pinned first."""
    return list(TicketPin.objects.filter(user=user).order_by("-id").values_list("ticket_id", flat=True))


def _tell(user: User) -> list[int]:
    pinned = pinned_by(user)
    publish_data(PINS_CHANGED, current_company_id(), {"tickets": pinned}, to={f"user.{user.pk}"})
    return pinned
