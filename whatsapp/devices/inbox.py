"""Keeping what a link heard: the raw event is committed before the engine's callback returns."""

import hashlib
from typing import Any

import orjson
from django.db import connection as database
from prometheus_client import Counter

from tenants.scoping import company_scope
from whatsapp.actions import inbound
from whatsapp.devices.link import LinkEvent

HEARD = Counter("helpdesk_device_events_total", "Events of linked devices that were kept, by kind.", ["kind"])
# An engine acknowledges a message before we have it: what dies between the two is gone, so it is counted.
UNKEPT = Counter("helpdesk_device_events_lost_total", "Events of linked devices that could not be kept.")
_INSERT = """
INSERT INTO whatsapp_payload
    (company_id, connection_id, source, sha256, body, received_at, state, error, created_at, updated_at, version)
VALUES (%s, %s, %s, %s, %s, clock_timestamp(), 'new', '', clock_timestamp(), clock_timestamp(), 1)
ON CONFLICT (connection_id, sha256) DO NOTHING
"""


def keep(company_id: int, connection_id: int, event: LinkEvent) -> None:
    """Store an event of a device. When this returns, it is committed."""
    body = orjson.dumps({"event": event.kind, **event.data})
    with company_scope(company_id):
        store(company_id, connection_id, "qr", body)
    HEARD.labels(event.kind).inc()


def store(company_id: int, connection_id: int, source: str, body: bytes) -> None:
    """Part of no transaction. The caller has opened the company's scope."""
    values: list[Any] = [company_id, connection_id, source, hashlib.sha256(body).digest(), body]
    with database.cursor() as cursor:
        cursor.execute(_INSERT, values)
    inbound.nudge(company_id)
