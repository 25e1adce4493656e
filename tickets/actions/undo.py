"""Taking back the last thing one did to a ticket, for a few seconds and unless somebody changed it since."""

from datetime import timedelta

from django.db import transaction
from django.utils.timezone import now

from helpdesk.constraints import unless_taken
from tenants.models import Company, User
from tickets.actions import afterwards, following, merging, snooze, steps, tell, word
from tickets.actions.opening import ONE_LIVE, other_open_ticket
from tickets.models import Ticket, TicketHistory
from tickets.models.history import HistoryKind

GRACE = timedelta(seconds=2)  # the click was in time, the request took a moment


def last_step(ticket_id: int, *, by: User) -> TicketHistory | None:
    """What this person did last to the ticket, when it can still be taken back."""
    steps_of = TicketHistory.objects.filter(ticket=ticket_id, by=by, undo__isnull=False)
    step: TicketHistory | None = steps_of.select_related("company").order_by("-id").first()
    return step if step is not None and now() <= step.created_at + _window(step.company) else None


@transaction.atomic
def undo(ticket: Ticket, *, by: User) -> Ticket:
    """As if it had not happened: the customer was told nothing of it yet."""
    ticket = Ticket.objects.locked(ticket.pk)
    step = last_step(ticket.pk, by=by)
    if step is None:
        raise steps.too_late()
    for one in _done_with(step):
        take_back(ticket, one, by=by)
    return ticket


def _done_with(step: TicketHistory) -> list[TicketHistory]:
    """The steps of one click, the last first: those of a macro belong together."""
    macro = step.data.get("macro")
    if macro is None:
        return [step]
    together = TicketHistory.objects.filter(ticket=step.ticket_id, by=step.by_id, undo__isnull=False)
    return list(together.filter(data__macro__run=macro["run"]).order_by("-id"))


def take_back(ticket: Ticket, step: TicketHistory, *, by: User) -> Ticket:
    """This step of a locked ticket. Raises Refused when somebody changed it since."""
    if step.undo is None:
        raise steps.too_late()
    before, left = ticket.audience(), ticket.agent_id
    with unless_taken({ONE_LIVE: lambda: other_open_ticket(ticket.connection_id, ticket.contact_id)}):
        if step.kind == HistoryKind.MERGED:
            merging.take_back(ticket, step)
        else:
            steps.restore(ticket, step)
    word.take(ticket)  # taking back is an act as well: what answered by itself stays silent
    snooze.keep_time(ticket)
    following.moved(ticket, left=left, by_person=True)
    afterwards.forget(ticket, step.kind)
    step.undo, step.data = None, {**step.data, "undone": True}
    step.save(update_fields=["undo", "data"])
    ticket.history.create(kind=HistoryKind.UNDONE, by=by, data={"what": step.kind})
    afterwards.begin(ticket, HistoryKind.UNDONE, by=by, what=step.kind)
    tell.ticket_changed(ticket, also=before)
    return ticket


def _window(company: Company) -> timedelta:
    seconds = company.option("undo_seconds")
    return timedelta(seconds=seconds) + GRACE if seconds else timedelta(0)
