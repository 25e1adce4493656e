"""One act on many tickets."""

from collections.abc import Iterable
from typing import Any

from celery import shared_task

from helpdesk.errors import Refused
from tenants.actions import audit
from tenants.models import Membership, User
from tenants.scoping import CompanyTask
from tickets.actions import jobs, tell, undo
from tickets.actions.bulk_acts import ACTS
from tickets.events import BULK_JOB_UPDATED
from tickets.models import BulkItem, BulkJob, Ticket, TicketHistory
from tickets.models.bulk import BulkAction
from tickets.models.ticket import Viewer, viewer_of

MOST = 20_000
CHUNK = 25  # then the console is told, and other jobs of the worker have their turn


def begin(
    *, by: audit.Actor, user: User | None, action: str, params: dict[str, Any], ticket_ids: Iterable[int]
) -> BulkJob:
    job: BulkJob = jobs.begin(
        TICKETS, by=by, user=user, action=action, params=params, rows=ticket_ids, most=MOST
    )
    return job


@shared_task(base=CompanyTask)
def work(company_id: int, job_id: int) -> None:
    jobs.go_on(TICKETS, BulkJob.objects.select_related("user").get(pk=job_id), chunk=CHUNK)


def take_back(job: BulkJob) -> Any:
    """Only a person's: the steps of a ticket are taken back by whoever took them."""
    if job.user_id is None:
        raise Refused("undo_too_late", "This can no longer be undone.")
    return jobs.take_back(TICKETS, job)


@shared_task
def sweep() -> None:
    jobs.sweep(TICKETS)


def _act(job: BulkJob, item: BulkItem, viewer: Viewer | None) -> None:
    visible = Ticket.objects.none() if viewer is None else Ticket.objects.visible_to(viewer)
    ticket: Ticket | None = visible.filter(pk=item.ticket_id).first()
    if ticket is None:
        raise Refused("not_found", "This ticket is gone, or no longer yours to see.")
    steps = TicketHistory.objects.filter(ticket=ticket, by=job.user, undo__isnull=False)
    last = steps.order_by("-id").values_list("pk", flat=True).first() or 0
    item.was = (
        {"unread_count": ticket.unread_count} if job.action in {BulkAction.READ, BulkAction.UNREAD} else None
    )
    ACTS[job.action].do(ticket, job.user, job.params)
    item.step = steps.filter(pk__gt=last).order_by("-id").first()


def _put_back(job: BulkJob, item: BulkItem, viewer: Viewer | None) -> None:
    if job.user is None:
        raise Refused("undo_too_late", "This can no longer be undone.")
    ticket = Ticket.objects.locked(item.ticket_id)
    if item.step is not None:
        undo.take_back(ticket, item.step, by=job.user)
    elif item.was is not None:
        is_read = job.action == BulkAction.READ
        if bool(ticket.unread_count) == is_read or ticket.is_closed:
            raise Refused("undo_too_late", "This can no longer be undone.")
        ticket.unread_count = item.was["unread_count"]
        ticket.save(update_fields=["unread_count"])
        tell.ticket_changed(ticket)


def _viewer(job: BulkJob) -> Viewer | None:
    """What its author may see now. A key sees everything."""
    if job.user_id is None:
        return Viewer(None, sees_all=True, sees_unqueued=True, queue_ids=[])
    member = Membership.objects.active().select_related("company").filter(user=job.user_id).first()
    if member is None or not member.may(ACTS[job.action].needs):
        return None
    return viewer_of(member, sees_unqueued=member.company.option("agents_see_unqueued"))


TICKETS = jobs.Trade(
    job=BulkJob,
    item=BulkItem,
    row="ticket",
    name="bulk_job",
    told_as="job",
    event=BULK_JOB_UPDATED,
    nudge=lambda company_id, job_id: work.nudge(company_id, job_id),
    rights=_viewer,
    do=_act,
    put_back=_put_back,
)
