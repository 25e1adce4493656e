"""One act on many tickets: begun, worked off in small parts, cancelled, taken back.

Each ticket is one transaction that changes the ticket and ticks its item off, so a killed worker loses nothing
and does nothing twice: whoever goes on takes the items that still wait. A sweeper finds jobs that nobody works on.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from celery import shared_task
from django.db import connection as database
from django.db import transaction
from django.db.models import Count, Q
from django.utils.timezone import now

from helpdesk.errors import Invalid, Refused
from helpdesk.events import publish
from tenants.actions import audit
from tenants.models import Membership, User
from tenants.scoping import CompanyTask, platform_scope
from tickets.actions import notices, tell, undo
from tickets.actions.bulk_acts import ACTS
from tickets.events import BULK_JOB_UPDATED
from tickets.models import BulkItem, BulkJob, Ticket, TicketHistory
from tickets.models.bulk import BulkAction, BulkState, ItemState
from tickets.models.ticket import Viewer, viewer_of

MOST = 20_000
CHUNK = 25  # then the console is told, and other jobs of the worker have their turn
STALE = timedelta(seconds=30)  # a chunk takes a second or two
UNDO_FOR = timedelta(hours=1)
SWEEP_LIMIT = 100

_ADD_ITEMS = """
INSERT INTO tickets_bulkitem (company_id, job_id, ticket_id, state, created_at, updated_at, version)
SELECT %s, %s, ticket, 'waiting', now(), now(), 1 FROM unnest(%s::bigint[]) ticket
"""


@transaction.atomic
def begin(
    *, by: audit.Actor, user: User | None, action: str, params: dict[str, Any], ticket_ids: Iterable[int]
) -> BulkJob:
    """Note what is to be done with these tickets, and start."""
    ids = list(dict.fromkeys(ticket_ids))
    if not ids:
        raise Invalid("bulk_nothing", "No ticket is meant.", tickets=["No ticket is meant."])
    if len(ids) > MOST:
        raise Refused("bulk_too_many", f"At most {MOST} tickets at once. Narrow the filter.")
    job = BulkJob(user=user, action=action, params=params, total=len(ids))
    job.save()
    with database.cursor() as cursor:
        cursor.execute(_ADD_ITEMS, [job.company_id, job.pk, ids])
    audit.record(
        "bulk_job.started", actor=by, target=f"bulk_job:{job.pk}", data={"action": action, "total": len(ids)}
    )
    work.nudge(job.company_id, job.pk)
    return _tell(job)


@shared_task(base=CompanyTask)
def work(company_id: int, job_id: int) -> None:
    """The next few tickets; then again, until none waits."""
    job: BulkJob = BulkJob.objects.select_related("user").get(pk=job_id)
    taking_back = job.state == BulkState.UNDOING
    if job.state not in {BulkState.RUNNING, BulkState.UNDOING}:
        return
    wanted = ItemState.DONE if taking_back else ItemState.WAITING
    viewer = _viewer(job)
    items = BulkItem.objects.filter(job=job, state=wanted).order_by("id")
    ids = list(items.values_list("pk", flat=True)[:CHUNK])
    for pk in ids:
        (_take_back_one if taking_back else _do_one)(job, pk, viewer)
    if _count(job, is_over=len(ids) < CHUNK).state in {BulkState.RUNNING, BulkState.UNDOING}:
        work.nudge(company_id, job_id)


@transaction.atomic
def cancel(job: BulkJob) -> BulkJob:
    """Leave alone what still waits. What was done stays, and can be undone."""
    job = BulkJob.objects.locked(job.pk)
    if job.state != BulkState.RUNNING:
        raise Refused("bulk_not_running", "This is no longer running.")
    job.state, job.finished_at = BulkState.CANCELLED, now()
    job.save(update_fields=["state", "finished_at"])
    return _tell(job)


@transaction.atomic
def take_back(job: BulkJob) -> BulkJob:
    """Put back every ticket that nobody has changed since."""
    job = BulkJob.objects.locked(job.pk)
    finished = job.finished_at
    is_over = job.state in {BulkState.DONE, BulkState.CANCELLED} and finished is not None
    if not is_over or finished is None or finished < now() - UNDO_FOR or job.user_id is None:
        raise Refused("undo_too_late", "This can no longer be undone.")
    job.state = BulkState.UNDOING
    job.save(update_fields=["state"])
    work.nudge(job.company_id, job.pk)
    return _tell(job)


@shared_task
def sweep() -> None:
    """Go on with jobs whose worker died or whose nudge was lost."""
    with platform_scope("bulk jobs of all companies that nobody works on"):
        stale = BulkJob.objects.under_way().filter(updated_at__lt=now() - STALE)
        for company_id, job_id in list(stale.values_list("company_id", "pk")[:SWEEP_LIMIT]):
            work.nudge(company_id, job_id)


def _do_one(job: BulkJob, item_id: int, viewer: Viewer | None) -> None:
    with transaction.atomic():
        item = _locked(item_id, ItemState.WAITING)
        if item is None:
            return
        try:
            with transaction.atomic():
                _act(job, item, viewer)
            item.state = ItemState.DONE
        except Refused as refusal:
            item.state = ItemState.FAILED
            item.error = {"code": refusal.code, "detail": refusal.detail}
        item.save(update_fields=["state", "error", "step", "was"])


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


def _take_back_one(job: BulkJob, item_id: int, viewer: Viewer | None) -> None:
    with transaction.atomic():
        item = _locked(item_id, ItemState.DONE)
        if item is None or job.user is None:
            return
        try:
            with transaction.atomic():
                _restore(job, item, job.user)
            item.state = ItemState.UNDONE
        except Refused as refusal:
            item.state = ItemState.KEPT
            item.error = {"code": refusal.code, "detail": refusal.detail}
        item.save(update_fields=["state", "error"])


def _restore(job: BulkJob, item: BulkItem, user: User) -> None:
    ticket = Ticket.objects.locked(item.ticket_id)
    if item.step is not None:
        undo.take_back(ticket, item.step, by=user)
    elif item.was is not None:
        is_read = job.action == BulkAction.READ
        if bool(ticket.unread_count) == is_read or ticket.is_closed:
            raise Refused("undo_too_late", "This can no longer be undone.")
        ticket.unread_count = item.was["unread_count"]
        ticket.save(update_fields=["unread_count"])
        tell.ticket_changed(ticket)


def _locked(item_id: int, state: str) -> BulkItem | None:
    """None when another worker has it, or it has been done."""
    rows = BulkItem.objects.select_for_update(of=("self",), skip_locked=True).select_related("step")
    item: BulkItem | None = rows.filter(pk=item_id, state=state).first()
    return item


def _viewer(job: BulkJob) -> Viewer | None:
    """What its author may see and do now, which may be less than when it began. A key sees everything."""
    if job.user_id is None:
        return Viewer(None, sees_all=True, sees_unqueued=True, queue_ids=[])
    member = Membership.objects.active().select_related("company").filter(user=job.user_id).first()
    if member is None or not member.may(ACTS[job.action].needs):
        return None
    return viewer_of(member, sees_unqueued=member.company.option("agents_see_unqueued"))


@transaction.atomic
def _count(job: BulkJob, *, is_over: bool) -> BulkJob:
    """How far it is, for whoever watches."""
    job = BulkJob.objects.locked(job.pk)
    states = {state: Count("pk", filter=Q(state=state)) for state in ItemState.values}
    counted = BulkItem.objects.filter(job=job).aggregate(**states)
    job.failed, job.undone, job.kept = counted["failed"], counted["undone"], counted["kept"]
    job.updated = counted["done"] + counted["undone"] + counted["kept"]
    if is_over and job.state == BulkState.RUNNING and not counted["waiting"]:
        job.state, job.finished_at = BulkState.DONE, now()
    elif is_over and job.state == BulkState.UNDOING and not counted["done"]:
        job.state, job.finished_at = BulkState.UNDONE, now()
    job.save(update_fields=["failed", "undone", "kept", "updated", "state", "finished_at"])
    if job.finished_at is not None and job.user_id:
        done = {"job": job.pk, "action": job.action, "updated": job.updated, "failed": job.failed}
        notices.tell("finished", [job.user_id], data=done)
    return _tell(job)


def _tell(job: BulkJob) -> BulkJob:
    publish(BULK_JOB_UPDATED, job, to={f"user.{job.user_id}"} if job.user_id else {"supervisors"})
    return job
