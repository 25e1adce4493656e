"""A field of the ticket that the company lets the assistant fill in."""

from collections.abc import Mapping
from typing import Any

from helpdesk.errors import Invalid
from integrations.actions.conversation import Act
from integrations.ai.port import Tool
from integrations.tools.port import Answer, Around, BuiltIn, ToolError, schema
from tickets.actions import fields
from tickets.actions.field_values import checked
from tickets.models import CustomField, Ticket
from tickets.models.custom_field import FieldOn, FieldType

NAME = "set_field"


def offer(around: Around) -> Tool | None:
    rows = _allowed(around)
    if not rows:
        return None
    listed = "; ".join(_described(field) for field in rows.values())
    return Tool(
        NAME,
        f"Fill in a field of the ticket with what the customer said. Fields: {listed}.",
        schema(
            field={"type": "string", "enum": sorted(rows)},
            value={"type": ["string", "number", "boolean"], "maxLength": 2_000},
        ),
    )


def use(around: Around, given: dict[str, Any]) -> Answer:
    field = _allowed(around)[given["field"]]
    try:
        value = checked(field, _in_its_type(field, given["value"]))
    except ValueError as error:
        raise ToolError(f"{field.label}: {error}") from error
    params = {"key": field.key, "value": value, "label": field.label}
    return Answer("The field will be filled in.", act=Act(NAME, params))


def perform(ticket: Ticket, params: Mapping[str, Any]) -> None:
    try:
        fields.fill_in(ticket, values={params["key"]: params["value"]}, by=None)
    except Invalid:
        return  # the field was deleted or changed meanwhile


def _allowed(around: Around) -> dict[str, CustomField]:
    rows = CustomField.objects.live().filter(on=FieldOn.TICKET).order_by("position", "id")
    if keys := around.option(NAME, "fields"):
        rows = rows.filter(key__in=keys)
    return {field.key: field for field in rows}


def _described(field: CustomField) -> str:
    choices = f", one of {' / '.join(field.choices)}" if field.choices else ""
    return f"{field.key} ({field.label}, {field.type}{choices})"


def _in_its_type(field: CustomField, value: Any) -> Any:
    """Models write numbers and yes as text."""
    if not isinstance(value, str):
        return value
    if field.type == FieldType.MULTI:
        return [part.strip() for part in value.split(",")]
    if field.type == FieldType.BOOLEAN:
        return {"true": True, "false": False}.get(value.strip().lower(), value)
    if field.type == FieldType.NUMBER:
        try:
            return float(value.replace(",", "."))
        except ValueError:
            return value
    return value


TOOL = BuiltIn(NAME, offer, use, perform)
