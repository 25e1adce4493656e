"""The company's own fields of tickets and contacts: declared by administrators, filled in by everyone."""

import unicodedata
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import now

from helpdesk.constraints import unless_taken
from helpdesk.errors import Invalid, Refused
from helpdesk.events import Event, publish
from tenants.actions import audit
from tenants.models import User
from tickets.actions import steps, tell
from tickets.actions.field_values import checked
from tickets.events import FIELD_CREATED, FIELD_DELETED, FIELD_UPDATED
from tickets.models import CustomField, Ticket
from tickets.models.custom_field import FieldOn, FieldType
from tickets.models.history import HistoryKind

MOST = 100  # of each kind
WITH_CHOICES = {FieldType.CHOICE, FieldType.MULTI}


@transaction.atomic
def create(*, by: audit.Actor, **given: Any) -> CustomField:
    """Its key follows from its label unless it is given one."""
    field = CustomField(**given)
    living = CustomField.objects.live().filter(on=field.on)
    if living.count() >= MOST:
        raise Refused("fields_full", f"There can be {MOST} fields. Delete one that nobody uses.")
    field.key = field.key or _free_key(field)
    if "position" not in given:
        last = living.aggregate(last=Max("position"))["last"]
        field.position = 0 if last is None else last + 1
    _save(field)
    audit.record("field.created", actor=by, target=f"field:{field.pk}", data={"label": field.label})
    return _tell(FIELD_CREATED, field)


@transaction.atomic
def update(field: CustomField, *, by: audit.Actor, **given: Any) -> CustomField:
    """Its key and what it is on stay: values are kept under them. A new type leaves old values as they are."""
    field = CustomField.objects.locked(field.pk)
    for name, value in given.items():
        setattr(field, name, value)
    _save(field)
    audit.record("field.updated", actor=by, target=f"field:{field.pk}", data={"label": field.label})
    return _tell(FIELD_UPDATED, field)


@transaction.atomic
def delete(field: CustomField, *, by: audit.Actor) -> CustomField:
    """Hide it. Its values stay where they are, unseen, until it is restored."""
    field = CustomField.objects.locked(field.pk)
    if field.is_deleted:
        return field
    field.deleted_at = now()
    field.save(update_fields=["deleted_at"])
    audit.record("field.deleted", actor=by, target=f"field:{field.pk}", data={"label": field.label})
    return _tell(FIELD_DELETED, field)


@transaction.atomic
def restore(field: CustomField, *, by: audit.Actor) -> CustomField:
    """Bring it back with its values. Refused when another field has its key by now."""
    field = CustomField.objects.locked(field.pk)
    if not field.is_deleted:
        return field
    field.deleted_at = None
    _save(field)
    audit.record("field.restored", actor=by, target=f"field:{field.pk}", data={"label": field.label})
    return _tell(FIELD_CREATED, field)


@transaction.atomic
def fill_in(ticket: Ticket, *, values: dict[str, Any], by: User | None) -> Ticket:
    """Set these fields of a ticket; null empties one. The others stay."""
    ticket = Ticket.objects.locked(ticket.pk)
    was = steps.snapshot(ticket, "custom_fields")
    filled = merged(FieldOn.TICKET, ticket.custom_fields, values)
    if filled == ticket.custom_fields:
        return ticket
    changed = sorted(key for key in values if filled.get(key) != ticket.custom_fields.get(key))
    ticket.custom_fields = filled
    ticket.save(update_fields=["custom_fields"])
    data = {"values": {key: filled.get(key) for key in changed}}
    steps.record(ticket, HistoryKind.FIELDS_CHANGED, by=by, was=was, data=data)
    tell.ticket_changed(ticket)
    return ticket


def merged(on: FieldOn, kept: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
    """The values that are kept, with the given ones checked and put over them. Raises Invalid."""
    fields = {field.key: field for field in CustomField.objects.live().filter(on=on)}
    problems: dict[str, list[str]] = {}
    result = dict(kept)
    for key, value in given.items():
        if key not in fields:
            problems[key] = ["There is no such field."]
            continue
        try:
            value = checked(fields[key], value)
        except ValueError as error:
            problems[key] = [str(error)]
            continue
        result.pop(key, None)
        if value is not None:
            result[key] = value
    if problems:
        raise Invalid("invalid", "Some fields need another value.", **problems)
    return result


def _free_key(field: CustomField) -> str:
    """The label in plain letters: "Nº do pedido" is kept under no_do_pedido."""
    plain = unicodedata.normalize("NFKD", field.label.lower()).encode("ascii", "ignore").decode()
    words = "_".join("".join(sign if sign.isalnum() else " " for sign in plain).split())
    base = words[:34].strip("_") or "field"
    taken = set(CustomField.objects.filter(on=field.on).values_list("key", flat=True))
    names = (base if count == 1 else f"{base}_{count}" for count in range(1, MOST * 100))
    return next(name for name in names if name not in taken)


def _save(field: CustomField) -> None:
    if (field.type in WITH_CHOICES) != bool(field.choices):
        raise Invalid(
            "choices_needed", "A choice needs its choices, and only a choice has some.", choices=[""]
        )
    taken = Refused("field_key_taken", "Another field has this key.", key=[field.key])
    with unless_taken({"custom_field_once": lambda: taken}):
        field.save()


def _tell(event: Event, field: CustomField) -> CustomField:
    publish(event, field, to={"company"})
    return field
