"""What an administrator types to connect a number, and what is shown of it afterwards: never a secret."""

import re
import secrets
from typing import Any

from django.conf import settings

from helpdesk import http
from helpdesk.errors import Invalid
from tenants.scoping import current_company_id
from tickets.models import Connection
from whatsapp.cloud_api import apps
from whatsapp.models import App

SECRETS_KEPT = 2  # the new one and the one before, while Meta changes over
_ID = re.compile(r"[0-9]{5,32}")
_VERSION = re.compile(r"v[0-9]{1,3}\.[0-9]")


def normalise(given: dict[str, Any], known: dict[str, Any]) -> dict[str, Any]:
    """Check and complete the form, in the caller's transaction: the app at Meta has a row of its own.

    A secret left out keeps its value; `external_id` finds the connection when a webhook comes.
    """
    old = App.objects.filter(pk=known.get("app") or 0).first()
    values = {
        "phone_number_id": _numeric(given, "phone_number_id", known.get("phone_number_id")),
        "waba_id": _numeric(given, "waba_id", known.get("waba_id")),
        "access_token": _token(given, known),
    }
    app_id = _numeric(given, "app_id", old.app_id if old else None)
    app = App.objects.filter(app_id=app_id).first() or App(
        app_id=app_id, verify_token=secrets.token_urlsafe(24)
    )
    if secret := _typed(given, "app_secret"):
        app.secrets = [secret, *(one for one in app.secrets if one != secret)][:SECRETS_KEPT]
    if not app.secrets:
        raise _invalid("app_secret", "needed", "The app secret is needed to trust webhooks.")
    app.graph_version = allowed_version(_typed(given, "graph_version") or app.graph_version)
    app.api_root = allowed_root(_typed(given, "api_root") or app.api_root)
    app.save()
    apps.forget(current_company_id())
    kept = {name: known[name] for name in ("on_phone",) if name in known}
    return {**kept, **values, "app": app.pk, "external_id": values["phone_number_id"]}


def describe(connection: Connection) -> dict[str, Any]:
    known = connection.credentials
    app = apps.app_of(connection)
    return {
        "webhook": {
            "url": f"{settings.WEBHOOK_ROOT}{app.webhook_path}" if app else "",
            "verify_token": app.verify_token if app else "",
            "last_received_at": connection.last_received_at,
        },
        "credentials": {
            "phone_number_id": known.get("phone_number_id", ""),
            "waba_id": known.get("waba_id", ""),
            "app_id": app.app_id if app else "",
            "graph_version": app.graph_version if app else "",
            "api_root": app.api_root if app else "",
            "on_phone": bool(known.get("on_phone")),
            "has_access_token": bool(known.get("access_token")),
            "has_app_secret": bool(app and app.secrets),
        },
    }


def _typed(given: dict[str, Any], name: str) -> str:
    value = given.get(name)
    return value.strip() if isinstance(value, str) else ""


def _numeric(given: dict[str, Any], name: str, known: str | None) -> str:
    value = _typed(given, name) or (known or "")
    if not _ID.fullmatch(value):
        raise _invalid(name, "id_shape", "This is a number of 5 to 32 digits, as Meta shows it.")
    return value


def _token(given: dict[str, Any], known: dict[str, Any]) -> str:
    token = _typed(given, "access_token") or str(known.get("access_token", ""))
    if not token or not token.isascii() or any(sign.isspace() for sign in token):
        raise _invalid("access_token", "token_shape", "Paste the access token of the system user.")
    return token


def allowed_version(value: str) -> str:
    if not _VERSION.fullmatch(value):
        raise _invalid("graph_version", "version_shape", "A Graph version looks like v25.0.")
    return value


def allowed_root(value: str) -> str:
    """Only Graph itself, or what the operator of this installation allows."""
    root = value.rstrip("/")
    if root == settings.WHATSAPP_API_ROOT.rstrip("/"):
        return root
    try:
        http.check_address(root)
    except (http.AddressRefused, http.HTTPError) as error:
        raise _invalid("api_root", "address_refused", "This address is not allowed.") from error
    return root


def _invalid(field: str, code: str, detail: str) -> Invalid:
    """The console has the words for the code."""
    return Invalid("credentials_invalid", detail, **{field: [code]})
