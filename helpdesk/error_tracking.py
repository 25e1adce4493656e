"""Sentry, when a DSN is set: exceptions with their request id and company, without what people wrote."""

from __future__ import annotations

from typing import Any

import sentry_sdk
from sentry_sdk.integrations.celery import CeleryIntegration
from sentry_sdk.integrations.django import DjangoIntegration
from sentry_sdk.types import Event, Hint

from helpdesk import logs


def start(dsn: str, *, environment: str, release: str, transport: Any = None) -> bool:
    """Report unhandled exceptions of this process; without a DSN nothing is installed or sent."""
    if not dsn:
        return False
    sentry_sdk.init(
        dsn=dsn,
        environment=environment,
        release=release,
        transport=transport,
        integrations=[DjangoIntegration(), CeleryIntegration()],
        include_local_variables=False,  # locals hold message texts and tokens
        max_request_body_size="never",
        max_breadcrumbs=0,  # breadcrumbs quote SQL and log lines
        before_send=scrub,
    )
    return True


def scrub(event: Event, hint: Hint) -> Event | None:
    """Keep type, place and redacted text of the exception; drop the request but for its method."""
    request = event.get("request")
    if isinstance(request, dict):
        event["request"] = {"method": request.get("method", "")}
    for exception in event.get("exception", {}).get("values", []):
        exception["value"] = logs.redact(str(exception.get("value") or ""))
    if isinstance(event.get("logentry"), dict):
        event["logentry"] = {"message": logs.redact(str(event["logentry"].get("message") or ""))}
    event["tags"] = {
        **dict(event.get("tags") or {}),
        **{key: str(value) for key, value in logs.context().items()},
    }
    event.pop("user", None)
    event.pop("extra", None)
    return event
