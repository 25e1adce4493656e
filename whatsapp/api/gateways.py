"""The door that a gateway calls: prove that you know the key, leave the bytes, and go."""

import hashlib
import hmac
import re

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from tenants.scoping import company_scope, platform_scope
from tickets.actions import connections
from tickets.models import Connection
from whatsapp.actions import gateways
from whatsapp.api.webhooks import LARGEST, REFUSED
from whatsapp.devices import inbox
from whatsapp.models.payload import Source

STATUS_EVENT = b'"session.status"'


@csrf_exempt
@require_POST
def gateway(request: HttpRequest, connection_id: int) -> HttpResponse:
    """200 means: it is on disk. Anything else makes the gateway send it again."""
    with platform_scope("a gateway's webhook names its connection, and that its company"):
        rows = Connection.objects.live().filter(pk=connection_id, kind=Source.GATEWAY)
        connection: Connection | None = rows.first()
    if connection is None:
        return _refuse("unknown_gateway", 404)
    length = request.headers.get("Content-Length", "")
    if not re.fullmatch("[0-9]{1,9}", length) or int(length) > LARGEST:
        return _refuse("too_large", 413)
    body = request.read(int(length))
    wanted = hmac.new(str(connection.credentials["hmac_key"]).encode(), body, hashlib.sha512).hexdigest()
    if not hmac.compare_digest(wanted.encode(), request.headers.get("X-Webhook-Hmac", "").lower().encode()):
        return _refuse("signature", 401)
    with company_scope(connection.company_id):
        inbox.store(connection.company_id, connection.pk, Source.GATEWAY, body)
        connections.heard_from([connection.pk])
        if STATUS_EVENT in body:
            gateways.look.nudge(connection.company_id, connection.pk)
    return HttpResponse(status=200)


def _refuse(reason: str, status: int) -> HttpResponse:
    REFUSED.labels(reason).inc()
    return HttpResponse(status=status)
