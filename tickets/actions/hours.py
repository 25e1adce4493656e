"""Business hours: made, changed and removed by administrators."""

from typing import Any

from django.db import transaction

from helpdesk.constraints import unless_taken
from helpdesk.errors import Refused
from helpdesk.events import Event, publish
from tenants.actions import audit
from tenants.models import Company
from tenants.scoping import current_company_id
from tickets.events import HOURS_CREATED, HOURS_DELETED, HOURS_UPDATED
from tickets.models import Connection, Hours, Queue

MOST = 100


@transaction.atomic
def create(*, by: audit.Actor, **fields: Any) -> Hours:
    """A new calendar. It counts once something uses it."""
    if Hours.objects.count() >= MOST:
        raise Refused("hours_full", f"A company can have {MOST} calendars. Delete one that nobody uses.")
    hours = Hours(**fields)
    _save(hours)
    audit.record("hours.created", actor=by, target=f"hours:{hours.pk}", data={"name": hours.name})
    return _tell(HOURS_CREATED, hours)


@transaction.atomic
def update(hours: Hours, *, by: audit.Actor, **fields: Any) -> Hours:
    """Change what is given and leave the rest."""
    hours = Hours.objects.locked(hours.pk)
    for name, value in fields.items():
        setattr(hours, name, value)
    _save(hours)
    audit.record("hours.updated", actor=by, target=f"hours:{hours.pk}", data={"name": hours.name})
    return _tell(HOURS_UPDATED, hours)


@transaction.atomic
def delete(hours: Hours, *, by: audit.Actor) -> None:
    """Refused while a queue, a number or the company uses it: their hours would change unnoticed."""
    hours = Hours.objects.locked(hours.pk)
    users = [f"queue:{pk}" for pk in Queue.objects.live().filter(hours=hours).values_list("pk", flat=True)]
    users += [
        f"connection:{pk}"
        for pk in Connection.objects.live().filter(hours=hours).values_list("pk", flat=True)
    ]
    if Company.objects.get(pk=current_company_id()).option("hours") == hours.pk:
        users.append("company")
    if users:
        raise Refused("hours_in_use", "These hours are in use. Choose others there first.", used_by=users)
    _tell(HOURS_DELETED, hours)
    audit.record("hours.deleted", actor=by, target=f"hours:{hours.pk}", data={"name": hours.name})
    hours.delete()


def _save(hours: Hours) -> None:
    taken = Refused("hours_name_taken", "Other hours have this name.", name=[hours.name])
    with unless_taken({"hours_name_once": lambda: taken}):
        hours.save()


def _tell(event: Event, hours: Hours) -> Hours:
    publish(event, hours, to={"company"})
    return hours
