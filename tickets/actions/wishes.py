"""How what agents want of a message that the customer has (an emoji, other words, none) is tried until it is done."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db.models import F, QuerySet
from django.utils.timezone import now

from tenants.scoping import platform_scope
from tickets.actions import outcomes, rates
from tickets.models import Message
from tickets.models.wish import Wish, WishState
from tickets.transport import (
    Accepted,
    CannotRender,
    Outcome,
    Outgoing,
    Postponed,
    Refused,
    transport_for,
)

LEASE = timedelta(seconds=60)
HELD_PAUSE = 20.0
MAX_TRIES = 6
SWEEP_LIMIT = 200


def take(rows: QuerySet[Any], pk: int) -> Any:
    """This wish, ours for a minute; None when somebody has it, it is done, or it has to wait.

    `rows`: those of its kind, with the message's connection and contact.
    """
    due = rows.filter(pk=pk, due_at__lte=now())
    if not due.update(due_at=now() + LEASE, tries=F("tries") + 1):
        return None
    row = rows.get(pk=pk)
    connection = row.message.connection
    pause = HELD_PAUSE if connection.is_held else rates.take(connection.pk, row.message.ticket.contact_id)
    if not pause:
        return row
    _same(row).update(due_at=now() + timedelta(seconds=pause), tries=F("tries") - 1)
    return None


def submit(message: Message, outgoing: Outgoing, *, impossible: str) -> Outcome:
    """One try. `impossible`: what to say when the channel cannot put it into words."""
    transport = transport_for(message.connection)
    try:
        request = transport.render(message.connection, outgoing)
    except CannotRender as error:
        return Refused(error.code, impossible, str(error))
    return transport.submit(message.connection, request)


def settle(
    row: Any, outcome: Outcome, *, finish: Callable[[Any], None], fail: Callable[[Any, str, str], None]
) -> None:
    """Done, or not to be done, or to be tried again later."""
    if isinstance(outcome, Accepted):
        finish(row)
    elif isinstance(outcome, Refused):
        fail(row, outcome.code, outcome.title or outcome.detail)
        if outcome.hold:
            outcomes.hold(row.message.connection_id, outcome.title or outcome.detail, outcome.code)
    elif row.tries >= MAX_TRIES:
        fail(row, "gave_up", "It was tried many times.")
    else:
        asked = outcome.seconds if isinstance(outcome, Postponed) else 0
        _same(row).update(due_at=now() + timedelta(seconds=max(asked, 2.0**row.tries)))


def finished(row: Wish, **values: Any) -> bool:
    """Write down that the customer has it. False: it is no longer what is wanted, or was ended before."""
    return _end(row, _same(row).filter(state=WishState.QUEUED), WishState.SENT, values)


def failed(row: Wish) -> bool:
    """Write down that the customer will not have it. False: something else is wanted meanwhile."""
    return _end(row, _same(row), WishState.FAILED, {})


def sweep(model: Any, deliver: Any, reason: str) -> None:
    """Find what no nudge will wake: lost nudges, waits that are over."""
    with platform_scope(reason):
        due = model.objects.filter(due_at__lte=now()).order_by("due_at")
        for company_id, pk in list(due.values_list("company_id", "pk")[:SWEEP_LIMIT]):
            deliver.nudge(company_id, pk)


def locked(message_id: int) -> Message:
    rows = Message.objects.with_parts().select_related("ticket", "connection__company")
    message: Message = rows.select_for_update(of=("self",)).get(pk=message_id)
    return message


def _same(row: Any) -> QuerySet[Any]:
    rows: QuerySet[Any] = type(row).objects.filter(pk=row.pk, cookie=row.cookie)
    return rows


def _end(row: Wish, same: QuerySet[Any], state: WishState, values: dict[str, Any]) -> bool:
    if not same.update(state=state, due_at=None, **values):
        return False
    row.state = state
    return True
