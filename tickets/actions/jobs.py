"""One act on many rows: begun, worked off in small parts, cancelled, taken back.

Each row is one transaction that changes the row and ticks its item off, so a killed worker loses nothing and does
nothing twice: whoever goes on takes the items that still wait. A sweeper finds jobs that nobody works on.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection as database
from django.db import transaction
from django.db.models import Count, Q
from django.utils.timezone import now

from helpdesk.errors import Invalid, Refused
from helpdesk.events import Event, publish
from tenants.actions import audit
from tenants.models import User
from tenants.scoping import platform_scope
from tickets.actions import notices
from tickets.models.jobs import OVER, UNDER_WAY, BulkState, ItemState, Job, JobItem

STALE = timedelta(seconds=30)  # a chunk takes a second or two
UNDO_FOR = timedelta(hours=1)
SWEEP_LIMIT = 100


@dataclass(frozen=True)
class Trade:
    """What differs between acts on tickets and acts on contacts. `row` is what an item points to."""

    job: type[Job]
    item: type[JobItem]
    row: str
    name: str  # in the audit
    told_as: str  # in the notice that it is finished
    event: Event
    nudge: Callable[[int, int], None]
    rights: Callable[[Any], Any]  # what its author may do now, which may be less than when it began
    do: Callable[[Any, Any, Any], None]  # (job, item, rights); raises Refused
    put_back: Callable[[Any, Any, Any], None]


@transaction.atomic
def begin(
    trade: Trade, *, by: audit.Actor, user: User | None, action: str, params: dict[str, Any],
    rows: Iterable[int], most: int,
) -> Any:  # fmt: skip
    """Note what is to be done with these rows, and start."""
    ids, row = list(dict.fromkeys(rows)), trade.row
    if not ids:
        nothing = f"No {row} is meant."
        raise Invalid("bulk_nothing", nothing, **{f"{row}s": [nothing]})
    if len(ids) > most:
        raise Refused("bulk_too_many", f"At most {most} {row}s at once. Narrow the filter.")
    job: Job = trade.job.objects.create(user=user, action=action, params=params, total=len(ids))
    _add_items(trade, job, ids)
    data = {"action": action, "total": len(ids)}
    audit.record(f"{trade.name}.started", actor=by, target=f"{trade.name}:{job.pk}", data=data)
    trade.nudge(job.company_id, job.pk)
    return _tell(trade, job)


def go_on(trade: Trade, job: Job, *, chunk: int) -> None:
    """The next few rows; then again, until none waits."""
    if job.state not in UNDER_WAY:
        return
    wanted = ItemState.DONE if job.state == BulkState.UNDOING else ItemState.WAITING
    rights = trade.rights(job)
    items = trade.item.objects.filter(job=job, state=wanted).order_by("id")
    ids = list(items.values_list("pk", flat=True)[:chunk])
    for pk in ids:
        _one(trade, job, pk, wanted, rights)
    if _count(trade, job, is_over=len(ids) < chunk).state in UNDER_WAY:
        trade.nudge(job.company_id, job.pk)


@transaction.atomic
def cancel(trade: Trade, job: Job) -> Any:
    """Leave alone what still waits. What was done stays, and can be undone."""
    job = trade.job.objects.locked(job.pk)
    if job.state != BulkState.RUNNING:
        raise Refused("bulk_not_running", "This is no longer running.")
    job.state, job.finished_at = BulkState.CANCELLED, now()
    job.save(update_fields=["state", "finished_at"])
    return _tell(trade, job)


@transaction.atomic
def take_back(trade: Trade, job: Job) -> Any:
    """Put back every row of which nobody has changed the same thing since."""
    job = trade.job.objects.locked(job.pk)
    finished = job.finished_at
    if job.state not in OVER or finished is None or finished < now() - UNDO_FOR:
        raise Refused("undo_too_late", "This can no longer be undone.")
    job.state = BulkState.UNDOING
    job.save(update_fields=["state"])
    trade.nudge(job.company_id, job.pk)
    return _tell(trade, job)


def sweep(trade: Trade) -> None:
    """Go on with jobs whose worker died or whose nudge was lost."""
    with platform_scope(f"acts on {trade.row}s of all companies that nobody works on"):
        stale = trade.job.objects.under_way().filter(updated_at__lt=now() - STALE)
        for company_id, job_id in list(stale.values_list("company_id", "pk")[:SWEEP_LIMIT]):
            trade.nudge(company_id, job_id)


def _add_items(trade: Trade, job: Job, ids: list[int]) -> None:
    table, column = trade.item._meta.db_table, f"{trade.row}_id"
    sql = (
        f'INSERT INTO "{table}" (company_id, job_id, "{column}", state, created_at, updated_at, version) '  # noqa: S608
        "SELECT %s, %s, row, 'waiting', now(), now(), 1 FROM unnest(%s::bigint[]) row"
    )
    with database.cursor() as cursor:
        cursor.execute(sql, [job.company_id, job.pk, ids])


def _one(trade: Trade, job: Job, item_id: int, wanted: str, rights: Any) -> None:
    """Do or take back one item. Skipped when another worker has it, or when it has been done."""
    undoing = wanted == ItemState.DONE
    with transaction.atomic():
        rows = trade.item.objects.select_for_update(of=("self",), skip_locked=True)
        item = rows.filter(pk=item_id, state=wanted).first()
        if item is None:
            return
        try:
            with transaction.atomic():
                (trade.put_back if undoing else trade.do)(job, item, rights)
            item.state = ItemState.UNDONE if undoing else ItemState.DONE
        except Refused as refusal:
            item.state = ItemState.KEPT if undoing else ItemState.FAILED
            item.error = {"code": refusal.code, "detail": refusal.detail}
        item.save()


@transaction.atomic
def _count(trade: Trade, job: Job, *, is_over: bool) -> Job:
    """How far it is, for whoever watches."""
    job = trade.job.objects.locked(job.pk)
    states = {state: Count("pk", filter=Q(state=state)) for state in ItemState.values}
    counted = trade.item.objects.filter(job=job).aggregate(**states)
    job.failed, job.undone, job.kept = counted["failed"], counted["undone"], counted["kept"]
    job.updated = counted["done"] + counted["undone"] + counted["kept"]
    if is_over and job.state == BulkState.RUNNING and not counted["waiting"]:
        job.state, job.finished_at = BulkState.DONE, now()
    elif is_over and job.state == BulkState.UNDOING and not counted["done"]:
        job.state, job.finished_at = BulkState.UNDONE, now()
    job.save(update_fields=["failed", "undone", "kept", "updated", "state", "finished_at"])
    if job.finished_at is not None and job.user_id:
        done = {trade.told_as: job.pk, "action": job.action, "updated": job.updated, "failed": job.failed}
        notices.tell("finished", [job.user_id], data=done)
    return _tell(trade, job)


def _tell(trade: Trade, job: Job) -> Job:
    publish(trade.event, job, to={f"user.{job.user_id}"} if job.user_id else {"supervisors"})
    return job
