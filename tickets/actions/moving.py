"""A number moves to another transport: the same connection goes on, and with it every conversation."""

from typing import Any

from django.db import transaction

from helpdesk.constraints import unless_taken
from helpdesk.errors import Refused
from helpdesk.events import publish
from tenants.actions import audit
from tickets.actions import connections
from tickets.events import CONNECTION_UPDATED
from tickets.models import Attachment, Connection
from tickets.models.connection import Status
from tickets.models.message import State
from tickets.transport import transport_of_kind

UNSENT = [State.QUEUED, State.FAILED, State.EXPIRED, State.DOUBTFUL]


@transaction.atomic
def move(connection: Connection, *, by: audit.Actor, kind: str, credentials: dict[str, Any]) -> Connection:
    """Carry this number by another transport from now on. What waits to be sent leaves through the new one."""
    connection = Connection.objects.locked(connection.pk)
    if kind == connection.kind:
        raise Refused("same_kind", "The number is carried in this way already.")
    was, connection.kind = connection.kind, kind
    connection.credentials = transport_of_kind(kind).normalise_credentials(credentials, {})
    connection.external_id = str(connection.credentials.get("external_id", ""))
    connection.status, connection.status_reason, connection.status_code = Status.PENDING, "", ""
    taken = Refused("connection_number_taken", "Another connection already uses this number.")
    with unless_taken({"connection_number_once": lambda: taken}):
        connection.save()
    # The new provider has none of the files that the old one was given.
    files = Attachment.objects.filter(message__connection=connection, message__state__in=UNSENT)
    files.filter(message__direction="out").update(remote={})
    audit.record(
        "connection.moved", actor=by, target=f"connection:{connection.pk}", data={"from": was, "to": kind}
    )
    connections.check_new.nudge(connection.company_id, connection.pk)
    publish(CONNECTION_UPDATED, connection, to={"company"})
    return connection
