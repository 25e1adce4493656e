"""One act on many contacts."""

from collections.abc import Iterable
from typing import Any

from celery import shared_task

from helpdesk.errors import Refused
from tenants.actions import audit
from tenants.models import Membership, User
from tenants.scoping import CompanyTask
from tickets.actions import contact_acts, jobs
from tickets.actions.contact_acts import ACTS
from tickets.events import CONTACT_JOB_UPDATED
from tickets.models import Contact, ContactJob, ContactJobItem

MOST = 20_000
CHUNK = 50  # then the console is told, and other jobs of the worker have their turn


def begin(
    *, by: audit.Actor, user: User | None, action: str, params: dict[str, Any], contact_ids: Iterable[int]
) -> ContactJob:
    job: ContactJob = jobs.begin(
        CONTACTS, by=by, user=user, action=action, params=params, rows=contact_ids, most=MOST
    )
    return job


@shared_task(base=CompanyTask)
def work(company_id: int, job_id: int) -> None:
    jobs.go_on(CONTACTS, ContactJob.objects.get(pk=job_id), chunk=CHUNK)


@shared_task
def sweep() -> None:
    jobs.sweep(CONTACTS)


def _found(item: ContactJobItem, is_allowed: bool, *, deleted_too: bool) -> Contact:
    """The contact, held. Raises Refused."""
    if not is_allowed:
        raise Refused("not_allowed", "The rights of who began this have changed.")
    contact: Contact | None = Contact.objects.select_for_update().filter(pk=item.contact_id).first()
    if contact is None or contact.merged_into_id is not None or (contact.is_deleted and not deleted_too):
        raise Refused("contact_gone", "This contact is deleted or part of another one.")
    return contact


def _act(job: ContactJob, item: ContactJobItem, is_allowed: bool) -> None:
    contact = _found(item, is_allowed, deleted_too=False)
    was, became = contact_acts.do(ACTS[job.action], contact, job.params)
    item.was, item.became = {"value": was}, {"value": became}


def _put_back(job: ContactJob, item: ContactJobItem, is_allowed: bool) -> None:
    contact = _found(item, is_allowed, deleted_too=True)
    was, became = item.was or {}, item.became or {}
    contact_acts.put_back(ACTS[job.action], contact, job.params, was.get("value"), became.get("value"))


def _is_allowed(job: ContactJob) -> bool:
    """A key was asked when it began."""
    if job.user_id is None:
        return True
    member = Membership.objects.active().filter(user=job.user_id).first()
    return member is not None and member.may(ACTS[job.action].needs)


CONTACTS = jobs.Trade(
    job=ContactJob,
    item=ContactJobItem,
    row="contact",
    name="contact_job",
    told_as="contact_job",
    event=CONTACT_JOB_UPDATED,
    nudge=lambda company_id, job_id: work.nudge(company_id, job_id),
    rights=_is_allowed,
    do=_act,
    put_back=_put_back,
)
