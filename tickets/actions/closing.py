"""What has to be filled in before a ticket may be closed."""

from typing import Any

from helpdesk.errors import Refused
from tickets.actions import steps
from tickets.models import CustomField, Ticket
from tickets.models.custom_field import FieldOn


def refuse_incomplete(ticket: Ticket) -> None:
    """Raises Refused that names what is missing: `tag`, and the keys of `fields`."""
    fields = missing_fields(ticket)
    tag = ticket.company.option("required_tag") and not steps.snapshot(ticket, steps.TAGS)[steps.TAGS]
    if tag or fields:
        raise Refused(
            "close_incomplete", "Something has to be filled in before closing.", tag=bool(tag), fields=fields
        )


def missing_fields(ticket: Ticket) -> list[str]:
    """Keys of the ticket's required fields that have no value, in the company's order."""
    required = CustomField.objects.live().filter(on=FieldOn.TICKET, required_to_close=True)
    keys = required.order_by("position", "id").values_list("key", flat=True)
    values: dict[str, Any] = ticket.custom_fields
    return [key for key in keys if values.get(key) in (None, "", [])]
