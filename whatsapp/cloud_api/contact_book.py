"""Meta's contact book: who is in it is named with the phone number in webhooks, however private they are."""

from urllib.parse import urlencode

from tickets.models import Connection
from tickets.transport import Address
from whatsapp.cloud_api import graph


def erase(connection: Connection, addresses: tuple[Address, ...]) -> None:
    """One entry per user id; Meta cannot bring it back. Without a user id there is no entry to name."""
    for one in addresses:
        if one.kind == "bsuid":
            query = urlencode({"messaging_product": "whatsapp", "bsuid": one.value})
            number_id = connection.credentials["phone_number_id"]
            graph.call(connection, "DELETE", f"{number_id}/contact_book?{query}")
