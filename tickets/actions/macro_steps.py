"""What a macro can do, one entry per kind of step: its parameters, the right it needs, and how it is done.

Each step is done by the same action as its button, so it is refused for the same reasons. What it answers is
what a person reads before pressing: the text as the customer would see it, the names instead of the ids.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.timezone import now
from rest_framework import serializers

from helpdesk.errors import Refused
from tenants.models import Membership, User
from tickets import texts
from tickets.actions import fields, kept_files, lifecycle, marks, outbound, quick_replies, snooze
from tickets.actions.composing import MEDIA, Draft
from tickets.models import CustomField, Queue, QuickReply, Tag, Ticket
from tickets.models.custom_field import FieldOn
from tickets.models.message import Kind
from tickets.models.ticket import Priority
from tickets.serializers import macro_steps as forms
from tickets.serializers.attachment import AttachmentSerializer

Params = dict[str, Any]
Shown = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Run:
    """Who runs the macro, with which rights. `is_rehearsal`: everything is taken back afterwards."""

    by: User
    permissions: frozenset[str]
    client_id: uuid.UUID
    is_rehearsal: bool = False

    def id_of(self, position: int) -> uuid.UUID:
        return uuid.uuid5(self.client_id, str(position))


@dataclass(frozen=True, slots=True)
class Step:
    """`needs` is the permission beyond that of writing."""

    form: type[serializers.Serializer[Any]]
    do: Callable[[Ticket, Params, Run, uuid.UUID], Shown]
    needs: str = "tickets.write"


def _reply(ticket: Ticket, given: Params, run: Run, client_id: uuid.UUID) -> Shown:
    text = texts.render(given["body"], ticket, by=run.by)
    outbound.send(ticket, by=run.by, client_id=client_id, body=text)
    return {"text": text}


def _quick_reply(ticket: Ticket, given: Params, run: Run, client_id: uuid.UUID) -> Shown:
    found = QuickReply.objects.live().usable_by(run.by.pk).with_parts().filter(pk=given["quick_reply"])
    reply: QuickReply | None = found.first()
    if reply is None:
        raise _gone("quick_reply_unknown", "The quick reply of this step was deleted.")
    shown = quick_replies.preview(reply, ticket, by=run.by)
    # A rehearsal ties the kept files themselves, since that is taken back; copies would stay on the disk.
    files = shown.files if run.is_rehearsal else [kept_files.copy_of(file, by=run.by) for file in shown.files]
    if shown.kind != Kind.TEXT:
        draft = Draft(client_id, shown.kind, shown.text, content=shown.content)
    else:
        draft = Draft(client_id, MEDIA if files else Kind.TEXT, shown.text, tuple(files))
    outbound.send_all(ticket, draft, by=run.by)
    quick_replies.count_use(reply)
    return {"text": shown.text, "title": reply.title, "attachments": [_file(file) for file in shown.files]}


def _note(ticket: Ticket, given: Params, run: Run, client_id: uuid.UUID) -> Shown:
    text = texts.render(given["body"], ticket, by=run.by)
    outbound.send(ticket, by=run.by, client_id=client_id, kind=Kind.NOTE, body=text)
    return {"text": text}


def _add_tags(ticket: Ticket, given: Params, run: Run, client_id: uuid.UUID) -> Shown:
    shown = _tags(given["tags"])
    marks.change_tags(ticket, add=given["tags"], by=run.by)
    return shown


def _remove_tags(ticket: Ticket, given: Params, run: Run, client_id: uuid.UUID) -> Shown:
    marks.change_tags(ticket, remove=given["tags"], by=run.by)
    rows = Tag.objects.filter(pk__in=given["tags"]).order_by("position", "id")
    return {"tags": list(rows.values("id", "name", "color"))}


def _priority(ticket: Ticket, given: Params, run: Run, client_id: uuid.UUID) -> Shown:
    marks.prioritize(ticket, priority=Priority[given["priority"].upper()], by=run.by)
    return {"priority": given["priority"]}


def _field(ticket: Ticket, given: Params, run: Run, client_id: uuid.UUID) -> Shown:
    field = CustomField.objects.live().filter(on=FieldOn.TICKET, key=given["key"]).first()
    if field is None:
        raise _gone("field_unknown", "The field of this step was deleted.")
    fields.fill_in(ticket, values={given["key"]: given["value"]}, by=run.by)
    return {"label": field.label, "value": given["value"]}


def _snooze(ticket: Ticket, given: Params, run: Run, client_id: uuid.UUID) -> Shown:
    until = _until(ticket, given)
    snooze.snooze(ticket, until=until, by=run.by)
    return {"until": until.isoformat() if until else None}


def _transfer(ticket: Ticket, given: Params, run: Run, client_id: uuid.UUID) -> Shown:
    queue = agent = None
    if given.get("queue"):
        queue = Queue.objects.live().filter(pk=given["queue"]).first()
        if queue is None:
            raise _gone("queue_unknown", "The queue of this step was deleted.")
    if given.get("agent"):
        found = Membership.objects.active().filter(user=given["agent"]).select_related("user").first()
        if found is None or not found.may("tickets.write"):
            raise _gone("agent_unknown", "The person of this step can no longer work on tickets.")
        agent = found.user
    note = texts.render(given.get("note", ""), ticket, by=run.by)
    lifecycle.transfer(ticket, by=run.by, queue=queue, agent=agent, note=note)
    shown = {"queue": queue and {"id": queue.pk, "name": queue.name, "color": queue.color}}
    return shown | {"agent": agent and {"id": agent.pk, "name": agent.name}, "text": note}


def _assign_to_me(ticket: Ticket, given: Params, run: Run, client_id: uuid.UUID) -> Shown:
    if ticket.agent_id is None:
        lifecycle.accept(ticket, by=run.by)
    elif ticket.agent_id != run.by.pk:
        if "tickets.transfer" not in run.permissions:
            raise Refused("not_allowed", "Your role does not allow this step.")
        lifecycle.transfer(ticket, by=run.by, agent=run.by)
    return {"agent": {"id": run.by.pk, "name": run.by.name}}


def _close(ticket: Ticket, given: Params, run: Run, client_id: uuid.UUID) -> Shown:
    lifecycle.close(ticket, by=run.by, silent=given["silent"])
    return {"silent": given["silent"]}


STEPS: dict[str, Step] = {
    "reply": Step(forms.TextForm, _reply),
    "quick_reply": Step(forms.QuickReplyStepForm, _quick_reply),
    "note": Step(forms.TextForm, _note),
    "add_tags": Step(forms.TagsForm, _add_tags),
    "remove_tags": Step(forms.TagsForm, _remove_tags),
    "priority": Step(forms.PriorityForm, _priority),
    "field": Step(forms.FieldForm, _field),
    "snooze": Step(forms.SnoozeForm, _snooze),
    "transfer": Step(forms.TransferStepForm, _transfer, needs="tickets.transfer"),
    "assign_to_me": Step(forms.NothingForm, _assign_to_me),
    "close": Step(forms.CloseForm, _close, needs="tickets.close"),
}


def _until(ticket: Ticket, given: Params) -> datetime | None:
    if given.get("minutes"):
        return now() + timedelta(minutes=given["minutes"])
    if given.get("time") is None:
        return None
    zone = ZoneInfo(ticket.company.timezone)
    day = now().astimezone(zone).date() + timedelta(days=given["days"])
    return datetime.combine(day, time.fromisoformat(given["time"]), tzinfo=zone)


def _tags(ids: list[int]) -> Shown:
    rows = list(
        Tag.objects.live().filter(pk__in=ids).order_by("position", "id").values("id", "name", "color")
    )
    if len(rows) != len(set(ids)):
        raise _gone("tag_unknown", "A tag of this step was deleted.")
    return {"tags": rows}


def _gone(code: str, detail: str) -> Refused:
    return Refused(code, detail)


_file = AttachmentSerializer().to_representation
