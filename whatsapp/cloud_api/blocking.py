"""Graph's list of the people whom a number does not want to hear."""

import orjson

from tickets.models import Connection
from tickets.transport import Address, TransportError
from whatsapp.cloud_api import graph
from whatsapp.cloud_api.foreign import items, mapping

_KINDS = ("phone", "bsuid")


def tell(connection: Connection, addresses: tuple[Address, ...], *, blocked: bool) -> None:
    """Put a person on the list or take them off. Graph answers 200 with the refusal inside."""
    one = next((address for kind in _KINDS for address in addresses if address.kind == kind), None)
    if one is None:
        raise TransportError("This customer has no WhatsApp address.", permanent=True, code="no_address")
    user = f"+{one.value}" if one.kind == "phone" else one.value
    answer = graph.call(
        connection,
        "POST" if blocked else "DELETE",
        f"{connection.credentials['phone_number_id']}/block_users",
        content=orjson.dumps({"messaging_product": "whatsapp", "block_users": [{"user": user}]}),
        headers={"Content-Type": "application/json"},
    )
    if items(mapping(answer.get("block_users")).get("failed_users")):
        raise TransportError("WhatsApp did not block this person.", permanent=True, code="block_refused")
