"""The door that Meta calls: prove who you are, leave the bytes, and go. Everything else happens behind it.

A plain view: no session, no parsing, one insert. Meta wants half of the answers within 250 ms and stops
sending for a while when many take longer.
"""

import hashlib
import hmac
import re
import uuid

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods
from prometheus_client import Counter

from tenants.scoping import company_scope
from whatsapp.actions.inbound import store
from whatsapp.actions.rotation import note_signature
from whatsapp.cloud_api.apps import app_behind, app_behind_now
from whatsapp.models import App

LARGEST = 4 * 1024 * 1024  # Meta says 3 MB
REFUSED = Counter("helpdesk_webhooks_refused_total", "Webhooks that were not stored, by reason.", ["reason"])


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def whatsapp(request: HttpRequest, address: uuid.UUID) -> HttpResponse:
    app = app_behind(address)
    if app is None:
        return _refuse("unknown_app", 404)
    return _receive(request, app) if request.method == "POST" else _verify(request, app)


def _verify(request: HttpRequest, app: App) -> HttpResponse:
    """Meta asks once, when the address is saved, whether we know the token."""
    given = request.GET.get("hub.verify_token", "")
    tokens = [str(one) for one in (app.verify_token, app.former_verify_token) if one]
    knows = any(hmac.compare_digest(given.encode(), one.encode()) for one in tokens)
    if request.GET.get("hub.mode") != "subscribe" or not knows:
        return _refuse("verify_token", 403)
    return HttpResponse(request.GET.get("hub.challenge", "")[:1000], content_type="text/plain; charset=utf-8")


def _receive(request: HttpRequest, app: App) -> HttpResponse:
    """200 means: it is on disk. Anything else makes Meta send it again, for up to seven days."""
    length = request.headers.get("Content-Length", "")
    if not re.fullmatch("[0-9]{1,9}", length) or int(length) > LARGEST:
        return _refuse("too_large", 413)
    body = request.read(int(length))
    signature = request.headers.get("X-Hub-Signature-256", "")
    secret = _signed_with(body, signature, app)
    if secret is None and (app := app_behind_now(app.uuid) or app):
        secret = _signed_with(body, signature, app)
    if secret is None:
        return _refuse("signature", 401)
    with company_scope(app.company_id):
        store(app, body)
        note_signature(app, secret)
    return HttpResponse(status=200)


def _signed_with(body: bytes, signature: str, app: App) -> str | None:
    """Over the raw bytes: Meta escapes what it sends, and parsed JSON would not come back the same.

    All secrets are compared, so that the time taken tells nothing of them.
    """
    given = signature.removeprefix("sha256=").encode()
    matches = [
        secret
        for secret in app.secrets
        if hmac.compare_digest(given, hmac.new(secret.encode(), body, hashlib.sha256).hexdigest().encode())
    ]
    return next(iter(matches), None)


def _refuse(reason: str, status: int) -> HttpResponse:
    """Not stored. Counted, because a wrong secret looks like silence to everybody else."""
    REFUSED.labels(reason).inc()
    return HttpResponse(status=status)
