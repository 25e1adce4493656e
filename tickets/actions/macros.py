"""Macros: several steps with a ticket in one click, seen before they happen, done all or not at all."""

from dataclasses import dataclass, field, replace
from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils.timezone import now

from helpdesk.constraints import unless_taken
from helpdesk.errors import Invalid, Refused
from helpdesk.events import Event, publish
from tenants.actions import audit
from tenants.models import User
from tickets.actions.macro_steps import STEPS, Run
from tickets.events import MACRO_CREATED, MACRO_DELETED, MACRO_UPDATED
from tickets.models import Macro, Ticket, TicketHistory

MOST = 200
LONGEST = 20  # steps


@dataclass(slots=True)
class Report:
    """One step: what it does (or would do), or why it cannot."""

    kind: str
    shown: dict[str, Any] = field(default_factory=dict)
    problem: dict[str, str] | None = None


@transaction.atomic
def create(*, by: audit.Actor, owner: User | None, name: str, steps: list[dict[str, Any]]) -> Macro:
    """A new one: the company's without `owner`."""
    if Macro.objects.live().filter(owner=owner).count() >= MOST:
        raise Refused("macros_full", f"There is room for {MOST}. Delete some that nobody uses.")
    macro = Macro(owner=owner, name=name, steps=understood(steps))
    _save(macro)
    _note("macro.created", macro, by)
    return _tell(MACRO_CREATED, macro)


@transaction.atomic
def update(macro: Macro, *, by: audit.Actor, **given: Any) -> Macro:
    """Change what is given. With another `owner` it disappears for those who no longer see it."""
    macro = Macro.objects.locked(macro.pk)
    before = macro.audience()
    if "steps" in given:
        given["steps"] = understood(given["steps"])
    for name, value in given.items():
        setattr(macro, name, value)
    _save(macro)
    _note("macro.updated", macro, by)
    if left := before - macro.audience():
        publish(MACRO_DELETED, macro, to=left)
    return _tell(MACRO_UPDATED, macro)


@transaction.atomic
def delete(macro: Macro, *, by: audit.Actor) -> None:
    macro = Macro.objects.locked(macro.pk)
    if macro.is_deleted:
        return
    macro.deleted_at = now()
    macro.save(update_fields=["deleted_at"])
    _note("macro.deleted", macro, by)
    _tell(MACRO_DELETED, macro)


@transaction.atomic
def restore(macro: Macro, *, by: audit.Actor) -> Macro:
    """Bring it back. Refused when its name was given away."""
    macro = Macro.objects.locked(macro.pk)
    if not macro.is_deleted:
        return macro
    macro.deleted_at = None
    _save(macro)
    _note("macro.restored", macro, by)
    return _tell(MACRO_CREATED, macro)


def understood(steps: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The steps as they are kept: known kinds with valid parameters. Raises Invalid that names the step."""
    kept = []
    for position, given in enumerate(steps):
        kind = given.get("kind")
        if not isinstance(kind, str) or kind not in STEPS:
            raise Invalid("step_unknown", f"Step {position + 1} is of no known kind.", step=position)
        form = STEPS[kind].form(data=given)
        if not form.is_valid():
            raise Invalid(
                "step_invalid", f"Step {position + 1} needs another value.", step=position, **form.errors
            )
        kept.append({"kind": kind, **form.validated_data})
    return kept


def rehearse(steps: list[dict[str, Any]], ticket: Ticket, *, run: Run) -> list[Report]:
    """What would happen to this ticket now: everything is done and taken back, so nothing can differ."""
    run = replace(run, is_rehearsal=True)
    with transaction.atomic():
        reports = [_report(ticket, step, position, run) for position, step in enumerate(steps)]
        transaction.set_rollback(True)
    return reports


@transaction.atomic
def perform(macro: Macro, ticket: Ticket, *, run: Run) -> tuple[list[Report], bool]:
    """Do every step, or none; answers as well whether any of it can be undone.

    Raises Refused that names the step which cannot be done."""
    began = TicketHistory.objects.filter(ticket=ticket.pk).aggregate(newest=Max("pk"))["newest"] or 0
    reports = []
    for position, step in enumerate(macro.steps):
        report = _report(ticket, step, position, run)
        if report.problem is not None:
            raise Refused(
                "macro_stopped",
                f"Step {position + 1} cannot be done: {report.problem['detail']} Nothing was changed.",
                step=position, kind=report.kind, reason=report.problem["code"],
            )  # fmt: skip
        reports.append(report)
    Macro.objects.filter(pk=macro.pk).update(used_count=F("used_count") + 1, used_at=now())
    return reports, _tie_together(macro, ticket, began, run)


def _tie_together(macro: Macro, ticket: Ticket, began: int, run: Run) -> bool:
    """Its steps in the history name the run, so that they are undone as they were done: in one click."""
    rows = TicketHistory.objects.filter(ticket=ticket.pk, by=run.by, pk__gt=began)
    mark = {"id": macro.pk, "name": macro.name, "run": str(run.client_id)}
    for row in rows:
        row.data = {**row.data, "macro": mark}
        row.save(update_fields=["data"])
    return any(row.undo is not None for row in rows)


def _report(ticket: Ticket, given: dict[str, Any], position: int, run: Run) -> Report:
    """One step in a savepoint, so that a refusal leaves the others as they are."""
    kind = given["kind"]
    step = STEPS[kind]
    try:
        if step.needs not in run.permissions:
            raise Refused("not_allowed", "Your role does not allow this step.")
        with transaction.atomic():
            return Report(kind, step.do(_fresh(ticket), given, run, run.id_of(position)))
    except Refused as refused:
        return Report(kind, problem={"code": refused.code, "detail": refused.detail})


def _fresh(ticket: Ticket) -> Ticket:
    parts = Ticket.objects.select_related("company", "contact", "connection", "queue", "agent")
    row: Ticket = parts.get(pk=ticket.pk)
    return row


def _save(macro: Macro) -> None:
    def taken() -> Refused:
        return Refused("macro_name_taken", "Another macro has this name.", name=[macro.name])

    with unless_taken({"macro_shared_once": taken, "macro_own_once": taken}):
        macro.save()


def _note(action: str, macro: Macro, by: audit.Actor) -> None:
    """What is the company's concerns the company; personal ones are nobody's business."""
    if macro.owner_id is None:
        audit.record(action, actor=by, target=f"macro:{macro.pk}", data={"name": macro.name})


def _tell(event: Event, macro: Macro) -> Macro:
    publish(event, macro, to=macro.audience())
    return macro
