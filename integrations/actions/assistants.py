"""Assistants: written, changed, put on duty and taken off it."""

from typing import Any

from django.db import transaction
from django.db.models import Max, Q
from django.utils.timezone import now

from helpdesk.constraints import unless_taken
from helpdesk.errors import Invalid, Refused
from helpdesk.events import Event, publish
from integrations.actions import duty
from integrations.events import ASSISTANT_CREATED, ASSISTANT_DELETED, ASSISTANT_UPDATED
from integrations.models import Assistant, AssistantTool
from integrations.tools.registry import TOOLS
from tenants.actions import audit
from tickets.models import Connection, Queue

MOST = 50
# What it would say may change with any of these, so its exam no longer counts.
SPEAKING = {
    "instructions", "provider", "model", "temperature", "max_output_tokens", "tools", "tool_options",
    "uses_knowledge", "sectors", "languages",
}  # fmt: skip


@transaction.atomic
def create(*, by: audit.Actor, **fields: Any) -> Assistant:
    """A new one, last in order, off duty unless it may begin."""
    if Assistant.objects.filter(deleted_at=None).count() >= MOST:
        raise Refused("assistants_full", f"A company can have {MOST} assistants.")
    wants_duty = fields.pop("is_on", False)
    assistant = Assistant(**fields)
    last = Assistant.objects.filter(deleted_at=None).aggregate(last=Max("position"))["last"]
    assistant.position = fields.get("position", 0 if last is None else last + 1)
    _check(fields)
    _save(assistant)
    if wants_duty:
        duty.may_begin(assistant)
        assistant.is_on = True
        _save(assistant)
    _record("assistant.created", assistant, by)
    return tell(ASSISTANT_CREATED, assistant)


@transaction.atomic
def update(assistant: Assistant, *, by: audit.Actor, **fields: Any) -> Assistant:
    """Change what is given. A change of what it would say makes a new edition, which has to pass its exam again."""
    assistant = Assistant.objects.locked(assistant.pk)
    _refuse_deleted(assistant)
    wants_duty = fields.pop("is_on", assistant.is_on)
    was_on = assistant.is_on
    speaks_anew = any(getattr(assistant, name) != fields[name] for name in SPEAKING & fields.keys())
    for name, value in fields.items():
        setattr(assistant, name, value)
    _check(fields)
    if speaks_anew:
        assistant.edition += 1
    assistant.is_on = _on_duty(assistant, wants_duty, was_on=was_on)
    _save(assistant)
    _record("assistant.updated", assistant, by)
    if assistant.is_on != was_on:
        _record("assistant.switched_on" if assistant.is_on else "assistant.switched_off", assistant, by)
    return tell(ASSISTANT_UPDATED, assistant)


@transaction.atomic
def delete(assistant: Assistant, *, by: audit.Actor) -> Assistant:
    """Hide it and take it off duty."""
    assistant = Assistant.objects.locked(assistant.pk)
    if assistant.is_deleted:
        return assistant
    assistant.deleted_at, assistant.is_on = now(), False
    assistant.save(update_fields=["deleted_at", "is_on"])
    _record("assistant.deleted", assistant, by)
    return tell(ASSISTANT_DELETED, assistant)


@transaction.atomic
def restore(assistant: Assistant, *, by: audit.Actor) -> Assistant:
    """Bring it back, off duty. Refused when its name was given away."""
    assistant = Assistant.objects.locked(assistant.pk)
    if not assistant.is_deleted:
        return assistant
    assistant.deleted_at = None
    _save(assistant)
    _record("assistant.restored", assistant, by)
    return tell(ASSISTANT_CREATED, assistant)


def renew_users_of(tool: AssistantTool) -> None:
    """A tool changed, and so did what these would say. Called in the transaction that changed it."""
    renew(Q(tools__contains=[tool.name]))


def renew(which: Q) -> None:
    """What these would say may be another thing now: a new edition, which has to pass its exam again."""
    rows = Assistant.objects.filter(which, deleted_at=None)
    for assistant in rows.order_by("pk").select_for_update(of=("self",)):
        assistant.edition += 1
        assistant.is_on = _on_duty(assistant, assistant.is_on, was_on=assistant.is_on)
        assistant.save(update_fields=["edition", "is_on"])
        tell(ASSISTANT_UPDATED, assistant)


def tell(event: Event, assistant: Assistant) -> Assistant:
    publish(event, assistant, to={"supervisors"})
    return assistant


def _on_duty(assistant: Assistant, wanted: bool, *, was_on: bool) -> bool:
    """Whoever switches it on is told why not; a change that takes it off duty does not fail."""
    if not wanted:
        return False
    try:
        duty.may_begin(assistant)
    except Refused:
        if not was_on:
            raise
        return False
    return True


def _check(fields: dict[str, Any]) -> None:
    problems: dict[str, list[str]] = {}
    for name, model in (("queues", Queue), ("connections", Connection)):
        if ids := set(fields.get(name, ())):
            there = set(model.objects.filter(pk__in=ids).values_list("pk", flat=True))
            if missing := ids - there:
                problems[name] = [f"There is no row {', '.join(map(str, sorted(missing)))}."]
    if wanted := set(fields.get("tools", ())) - set(TOOLS):
        theirs = AssistantTool.objects.live().filter(name__in=wanted).values_list("name", flat=True)
        if missing_tools := wanted - set(theirs):
            problems["tools"] = [f"There is no tool {', '.join(sorted(missing_tools))}."]
    if problems:
        raise Invalid("invalid", "Some values cannot be used.", **problems)


def _refuse_deleted(assistant: Assistant) -> None:
    if assistant.is_deleted:
        raise Refused("assistant_deleted", "This assistant is deleted. Restore it first.")


def _save(assistant: Assistant) -> None:
    taken = Refused("assistant_name_taken", "Another assistant has this name.", name=[assistant.name])
    with unless_taken({"ai_assistant_name_once": lambda: taken}):
        assistant.save()


def _record(what: str, assistant: Assistant, by: audit.Actor) -> None:
    audit.record(what, actor=by, target=f"assistant:{assistant.pk}", data={"name": assistant.name})
