"""Forms that a business made at Meta, which calls them flows: those that can be sent."""

from typing import Any
from urllib.parse import quote

from tickets.models import Connection
from whatsapp.cloud_api import graph
from whatsapp.cloud_api.foreign import items, line_of, mapping

MOST = 100


def published(connection: Connection) -> list[dict[str, Any]]:
    """Their ids and names. Raises TransportError."""
    account = quote(str(connection.credentials.get("waba_id", "")), safe="")
    answer = graph.call(connection, "GET", f"{account}/flows?fields=id,name,status&limit={MOST}")
    rows = [mapping(row) for row in items(answer.get("data"))]
    return [
        {"id": line_of(row.get("id"), 64), "name": line_of(row.get("name"), 200)}
        for row in rows
        if row.get("status") == "PUBLISHED" and row.get("id")
    ]
