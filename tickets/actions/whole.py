"""A ticket with all that is looked at by what answers by itself.

A turn reads it a dozen times, so the statements are kept as text.
"""

from typing import Any

from tenants.statements import Later, Statement
from tickets.models import Ticket

PARTS = ("contact", "connection__queue", "company", "queue", "agent")


def locked(ticket_id: int) -> Ticket:
    """Locked until the transaction ends. Raises DoesNotExist."""
    return _one(_locked, ticket_id)


def refresh(ticket: Ticket) -> None:
    """Everything as it is stored now, in the object that the caller has."""
    row = _one(_read, ticket.pk)
    for field in Ticket._meta.concrete_fields:
        setattr(ticket, field.attname, getattr(row, field.attname))
    ticket._state.fields_cache = row._state.fields_cache


def _one(statement: Statement, ticket_id: int) -> Ticket:
    found: list[Ticket] = statement.rows(pk=ticket_id)
    if not found:
        raise Ticket.DoesNotExist
    return found[0]


@Statement
def _read() -> Any:
    return Ticket.objects.select_related(*PARTS).filter(pk=Later("pk"))


@Statement
def _locked() -> Any:
    return Ticket.objects.select_related(*PARTS).filter(pk=Later("pk")).select_for_update(of=("self",))
