"""One act on many contacts: begun, worked off in small parts, cancelled, taken back.

Each contact is one transaction that changes it and ticks its item off, so a killed worker loses nothing and does
nothing twice. A sweeper finds jobs that nobody works on.
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
from tickets.actions import contact_acts, notices
from tickets.actions.contact_acts import ACTS
from tickets.events import CONTACT_JOB_UPDATED
from tickets.models import Contact, ContactJob, ContactJobItem
from tickets.models.bulk import BulkState, ItemState

MOST = 20_000
CHUNK = 50  # then the console is told, and other jobs of the worker have their turn
STALE = timedelta(seconds=30)  # a chunk takes a second or two
UNDO_FOR = timedelta(hours=1)
SWEEP_LIMIT = 100

_ADD_ITEMS = """
INSERT INTO tickets_contactjobitem (company_id, job_id, contact_id, state, created_at, updated_at, version)
SELECT %s, %s, contact, 'waiting', now(), now(), 1 FROM unnest(%s::bigint[]) contact
"""


@transaction.atomic
def begin(
    *, by: audit.Actor, user: User | None, action: str, params: dict[str, Any], contact_ids: Iterable[int]
) -> ContactJob:
    """Note what is to be done with these contacts, and start."""
    ids = list(dict.fromkeys(contact_ids))
    if not ids:
        raise Invalid("bulk_nothing", "No contact is meant.", contacts=["No contact is meant."])
    if len(ids) > MOST:
        raise Refused("bulk_too_many", f"At most {MOST} contacts at once. Narrow the filter.")
    job = ContactJob(user=user, action=action, params=params, total=len(ids))
    job.save()
    with database.cursor() as cursor:
        cursor.execute(_ADD_ITEMS, [job.company_id, job.pk, ids])
    data = {"action": action, "total": len(ids)}
    audit.record("contact_job.started", actor=by, target=f"contact_job:{job.pk}", data=data)
    work.nudge(job.company_id, job.pk)
    return _tell(job)


@shared_task(base=CompanyTask)
def work(company_id: int, job_id: int) -> None:
    """The next few contacts; then again, until none waits."""
    job: ContactJob = ContactJob.objects.get(pk=job_id)
    if job.state not in {BulkState.RUNNING, BulkState.UNDOING}:
        return
    wanted = ItemState.DONE if job.state == BulkState.UNDOING else ItemState.WAITING
    items = ContactJobItem.objects.filter(job=job, state=wanted).order_by("id")
    ids = list(items.values_list("pk", flat=True)[:CHUNK])
    is_allowed = _is_allowed(job)
    for pk in ids:
        _one(job, pk, wanted, is_allowed)
    if _count(job, is_over=len(ids) < CHUNK).state in {BulkState.RUNNING, BulkState.UNDOING}:
        work.nudge(company_id, job_id)


@transaction.atomic
def cancel(job: ContactJob) -> ContactJob:
    """Leave alone what still waits. What was done stays, and can be undone."""
    job = ContactJob.objects.locked(job.pk)
    if job.state != BulkState.RUNNING:
        raise Refused("bulk_not_running", "This is no longer running.")
    job.state, job.finished_at = BulkState.CANCELLED, now()
    job.save(update_fields=["state", "finished_at"])
    return _tell(job)


@transaction.atomic
def take_back(job: ContactJob) -> ContactJob:
    """Put back every contact of which nobody has changed the same thing since."""
    job = ContactJob.objects.locked(job.pk)
    finished = job.finished_at
    is_over = job.state in {BulkState.DONE, BulkState.CANCELLED}
    if not is_over or finished is None or finished < now() - UNDO_FOR:
        raise Refused("undo_too_late", "This can no longer be undone.")
    job.state = BulkState.UNDOING
    job.save(update_fields=["state"])
    work.nudge(job.company_id, job.pk)
    return _tell(job)


@shared_task
def sweep() -> None:
    """Go on with jobs whose worker died or whose nudge was lost."""
    with platform_scope("acts on contacts of all companies that nobody works on"):
        stale = ContactJob.objects.under_way().filter(updated_at__lt=now() - STALE)
        for company_id, job_id in list(stale.values_list("company_id", "pk")[:SWEEP_LIMIT]):
            work.nudge(company_id, job_id)


def _one(job: ContactJob, item_id: int, wanted: str, is_allowed: bool) -> None:
    """Do or take back one item. Skipped when another worker has it, or when it has been done."""
    undoing = wanted == ItemState.DONE
    with transaction.atomic():
        rows = ContactJobItem.objects.select_for_update(skip_locked=True)
        item: ContactJobItem | None = rows.filter(pk=item_id, state=wanted).first()
        if item is None:
            return
        try:
            with transaction.atomic():
                _act(job, item, undoing, is_allowed)
            item.state = ItemState.UNDONE if undoing else ItemState.DONE
        except Refused as refusal:
            item.state = ItemState.KEPT if undoing else ItemState.FAILED
            item.error = {"code": refusal.code, "detail": refusal.detail}
        item.save(update_fields=["state", "error", "was", "became"])


def _act(job: ContactJob, item: ContactJobItem, undoing: bool, is_allowed: bool) -> None:
    if not is_allowed:
        raise Refused("not_allowed", "The rights of who began this have changed.")
    act = ACTS[job.action]
    contact: Contact | None = Contact.objects.select_for_update().filter(pk=item.contact_id).first()
    if contact is None or contact.merged_into_id is not None or (contact.is_deleted and not undoing):
        raise Refused("contact_gone", "This contact is deleted or part of another one.")
    if undoing:
        was, became = item.was or {}, item.became or {}
        contact_acts.put_back(act, contact, job.params, was.get("value"), became.get("value"))
    else:
        was, became = contact_acts.do(act, contact, job.params)
        item.was, item.became = {"value": was}, {"value": became}


def _is_allowed(job: ContactJob) -> bool:
    """What its author may do now, which may be less than when it began. A key was asked then."""
    if job.user_id is None:
        return True
    member = Membership.objects.active().filter(user=job.user_id).first()
    return member is not None and member.may(ACTS[job.action].needs)


@transaction.atomic
def _count(job: ContactJob, *, is_over: bool) -> ContactJob:
    """How far it is, for whoever watches."""
    job = ContactJob.objects.locked(job.pk)
    states = {state: Count("pk", filter=Q(state=state)) for state in ItemState.values}
    counted = ContactJobItem.objects.filter(job=job).aggregate(**states)
    job.failed, job.undone, job.kept = counted["failed"], counted["undone"], counted["kept"]
    job.updated = counted["done"] + counted["undone"] + counted["kept"]
    if is_over and job.state == BulkState.RUNNING and not counted["waiting"]:
        job.state, job.finished_at = BulkState.DONE, now()
    elif is_over and job.state == BulkState.UNDOING and not counted["done"]:
        job.state, job.finished_at = BulkState.UNDONE, now()
    job.save(update_fields=["failed", "undone", "kept", "updated", "state", "finished_at"])
    if job.finished_at is not None and job.user_id:
        data = {"contact_job": job.pk, "action": job.action, "updated": job.updated, "failed": job.failed}
        notices.tell("finished", [job.user_id], data=data)
    return _tell(job)


def _tell(job: ContactJob) -> ContactJob:
    publish(CONTACT_JOB_UPDATED, job, to={f"user.{job.user_id}"} if job.user_id else {"supervisors"})
    return job
