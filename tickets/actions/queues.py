"""Queues: who answers where, in which order they are shown, and where tickets go when one is deleted."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.timezone import now

from helpdesk.constraints import unless_taken
from helpdesk.errors import Invalid, Refused
from helpdesk.events import Event, publish
from tenants.actions import audit, limits, sessions
from tenants.models import Company, Membership
from tenants.scoping import current_company_id
from tickets.actions import assignment, files_for_use, overflow, tell
from tickets.events import CONNECTION_UPDATED, QUEUE_CREATED, QUEUE_DELETED, QUEUE_UPDATED
from tickets.models import Connection, Queue, QueueMember, Ticket
from tickets.phrases import phrase

PRESETS = ("sales", "support", "finance", "administration", "general")
COLORS = [
    "#0f766e", "#1d4ed8", "#b45309", "#be123c", "#6d28d9", "#15803d", "#0e7490", "#a21caf", "#c2410c",
    "#475569",
]  # fmt: skip
RULES = {  # what decides who answers, and when a ticket moves on
    "assignment", "previous_first", "capacity", "idle_minutes", "away_minutes", "overflow_minutes",
    "overflow_queue", "inactivity_minutes", "inactivity_close_minutes",
}  # fmt: skip


@transaction.atomic
def create(
    *, by: audit.Actor, members: Iterable[int] = (), position: int | None = None, **fields: Any
) -> Queue:
    """A new queue, last in order unless told otherwise, in a colour that is still free."""
    limits.require_room("queues", Queue.objects.live())
    queue = Queue(**_with_files(fields))
    queue.color = fields.get("color") or _free_color()
    queue.position = Queue.objects.live().count()
    _save(queue)
    if position is not None:
        _move(queue, position)
    _set_members(queue, set(members))
    audit.record("queue.created", actor=by, target=f"queue:{queue.pk}", data={"name": queue.name})
    return _tell(QUEUE_CREATED, queue)


@transaction.atomic
def create_presets(*, by: audit.Actor) -> list[Queue]:
    """The five that most companies begin with, in the company's language; those that are there stay as they are."""
    company = Company.objects.get(pk=current_company_id())
    there = {name.casefold() for name in Queue.objects.live().values_list("name", flat=True)}
    wanted = [phrase(f"queue.{key}", company.language) for key in PRESETS]
    return [create(by=by, name=name) for name in wanted if name.casefold() not in there]


@transaction.atomic
def update(
    queue: Queue,
    *,
    by: audit.Actor,
    members: Iterable[int] | None = None,
    position: int | None = None,
    **fields: Any,
) -> Queue:
    """Change what is given and leave the rest."""
    queue = Queue.objects.locked(queue.pk)
    has_new_rules = any(getattr(queue, name) != fields[name] for name in RULES & fields.keys())
    for name, value in _with_files(fields).items():
        setattr(queue, name, value)
    _save(queue)
    if position is not None:
        _move(queue, position)
    if members is not None:
        _set_members(queue, set(members))
    audit.record("queue.updated", actor=by, target=f"queue:{queue.pk}", data={"name": queue.name})
    if has_new_rules:
        overflow.rules_changed.nudge(queue.company_id, queue.pk)
    elif members is not None and queue.is_automatic:
        assignment.drain.nudge(queue.company_id, queue.pk)
    return _tell(QUEUE_UPDATED, queue)


@transaction.atomic
def delete(queue: Queue, *, by: audit.Actor) -> Queue:
    """Hide the queue. Its live tickets wait without a queue, and connections no longer lead to it."""
    queue = Queue.objects.locked(queue.pk)
    if queue.is_deleted:
        return queue
    queue.deleted_at = now()
    queue.save(update_fields=["deleted_at"])
    _let_go_of_tickets(queue)
    for connection in Connection.objects.select_for_update().filter(queue=queue):
        connection.queue = None
        connection.save(update_fields=["queue"])
        publish(CONNECTION_UPDATED, connection, to={"company"})
    sessions.rights_changed(queue.company_id, queue.member_ids)
    audit.record("queue.deleted", actor=by, target=f"queue:{queue.pk}", data={"name": queue.name})
    return _tell(QUEUE_DELETED, queue)


@transaction.atomic
def restore(queue: Queue, *, by: audit.Actor) -> Queue:
    """Bring it back with its members. Refused when its name was given away."""
    queue = Queue.objects.locked(queue.pk)
    if not queue.is_deleted:
        return queue
    limits.require_room("queues", Queue.objects.live())
    queue.deleted_at = None
    queue.position = Queue.objects.live().count()
    _save(queue)
    sessions.rights_changed(queue.company_id, queue.member_ids)
    audit.record("queue.restored", actor=by, target=f"queue:{queue.pk}", data={"name": queue.name})
    return _tell(QUEUE_CREATED, queue)


def _with_files(fields: dict[str, Any]) -> dict[str, Any]:
    return {**fields, "files": files_for_use.described(fields["files"])} if "files" in fields else fields


def _save(queue: Queue) -> None:
    taken = Refused("queue_name_taken", "Another queue has this name.", name=[queue.name])
    itself = Refused("queue_overflows_itself", "Choose another queue.", overflow_queue=["Another queue."])
    with unless_taken({"queue_name_once": lambda: taken, "queue_overflows_elsewhere": lambda: itself}):
        queue.save()


def _move(queue: Queue, position: int) -> None:
    """Give it this place and close the gap that it left. Others keep their order."""
    others = list(Queue.objects.live().exclude(pk=queue.pk).order_by("position", "id").select_for_update())
    others.insert(position, queue)
    for place, row in enumerate(others):
        if row.position != place:
            row.position = place
            row.save(update_fields=["position"])
            if row is not queue:
                _tell(QUEUE_UPDATED, row)


def _set_members(queue: Queue, user_ids: set[int]) -> None:
    was = set(queue.queue_members.values_list("membership__user_id", flat=True))
    joining = Membership.objects.active().filter(user__in=user_ids - was)
    if len(joining) != len(user_ids - was):
        raise Invalid(
            "invalid", "Some of the people are not in this company.", members=sorted(user_ids - was)
        )
    for membership in joining:
        QueueMember.objects.create(queue=queue, membership=membership)
    queue.queue_members.filter(membership__user__in=was - user_ids).delete()
    sessions.rights_changed(queue.company_id, was ^ user_ids)


def _let_go_of_tickets(queue: Queue) -> None:
    tickets = list(Ticket.objects.live().filter(queue=queue).select_for_update())
    ids = [ticket.pk for ticket in tickets]
    Ticket.objects.filter(pk__in=ids).update(queue=None, version=F("version") + 1, updated_at=now())
    for ticket in tickets:
        before = ticket.audience()
        ticket.queue = None
        tell.ticket_changed(ticket, also=before)


def _free_color() -> str:
    used = set(Queue.objects.live().values_list("color", flat=True))
    return next((color for color in COLORS if color not in used), COLORS[len(used) % len(COLORS)])


def _tell(event: Event, queue: Queue) -> Queue:
    shown: Queue = Queue.objects.with_parts().get(pk=queue.pk)
    publish(event, shown, to={"company"})
    return shown
