"""What a device hears only when it is back: WhatsApp keeps messages for it, and delivers them with their own dates."""

from datetime import timedelta

from tickets.models import Connection
from whatsapp.models import Event

AFTER = timedelta(minutes=10)
KINDS = {"qr", "gateway"}  # the Cloud API has no device that could be away


def was_missed(connection: Connection, event: Event) -> bool:
    """Whether it was written so long before it reached us that nobody expects an answer this second."""
    heard = event.received_at
    return connection.kind in KINDS and heard is not None and heard - event.at > AFTER
