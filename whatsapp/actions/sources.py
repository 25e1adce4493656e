"""Who reads a payload: each source of payloads speaks its own language."""

from typing import Any

from whatsapp.cloud_api import payloads
from whatsapp.cloud_api.payloads import Fact
from whatsapp.devices import interpret as devices
from whatsapp.gateway import interpret as gateway
from whatsapp.models.payload import Source


def facts_in(source: str, document: Any, connection_id: int | None) -> list[Fact]:
    """Every fact of a payload, in its order. Pure and total, whoever sent it."""
    if source == Source.QR and connection_id is not None:
        return devices.interpret(document, connection_id)
    if source == Source.GATEWAY and connection_id is not None:
        return gateway.interpret(document, connection_id)
    return payloads.interpret(document)
