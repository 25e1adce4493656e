"""Secrets change without a webhook being lost: the old one is accepted until the new one is seen at work."""

import logging
import secrets

from django.db import transaction

from helpdesk.errors import Refused
from helpdesk.events import publish
from tenants.actions import audit
from tickets.events import CONNECTION_UPDATED
from tickets.models import Connection
from whatsapp.cloud_api import apps, pasted, signup
from whatsapp.cloud_api.pasted import Pasted
from whatsapp.models import App
from whatsapp.models.app import fingerprint

logger = logging.getLogger(__name__)
SECRETS_KEPT = 3


def rotate_secret(app: App, secret: str, *, by: audit.Actor) -> App:
    """The new secret becomes the first; webhooks signed with the old ones are still accepted.

    Meta is asked whether it is this app's secret, so that a slip of the hand changes nothing.
    """
    if signup.is_platforms(app.app_id):
        raise Refused("app_of_platform", "The operator of this installation keeps this app's secret.")
    found = pasted.look(Pasted(app.api_root, app.graph_version, app_id=app.app_id, app_secret=secret))
    if found.lines[0].state != "ok":
        raise Refused(found.lines[0].code, found.lines[0].detail or "Meta does not know this secret.")
    with transaction.atomic():
        app = App.objects.select_for_update().get(pk=app.pk)
        app.secrets = [secret, *(one for one in app.secrets if one != secret)][:SECRETS_KEPT]
        app.save(update_fields=["secrets"])
        _write_down("app.secret_rotated", app, by, fingerprint=fingerprint(secret), accepted=len(app.secrets))
    apps.forget(app.company_id)
    return app


@transaction.atomic
def retire_secrets(app: App, *, by: audit.Actor) -> App:
    """Only the newest secret counts from now on. Refused while Meta still signs with an older one."""
    app = App.objects.select_for_update().get(pk=app.pk)
    if app.signed_with and app.signed_with != fingerprint(app.secrets[0]):
        raise Refused("secret_in_use", "Meta still signs with the old secret. Change it there first.")
    retired = len(app.secrets) - 1
    app.secrets = app.secrets[:1]
    app.save(update_fields=["secrets"])
    if retired:
        _write_down("app.secrets_retired", app, by, retired=retired)
    transaction.on_commit(lambda: apps.forget(app.company_id))
    return app


@transaction.atomic
def rotate_verify_token(app: App, *, by: audit.Actor) -> App:
    """A new token for the callback address. The old one still answers Meta's challenge until the next change."""
    app = App.objects.select_for_update().get(pk=app.pk)
    app.former_verify_token, app.verify_token = app.verify_token, secrets.token_urlsafe(24)
    app.save(update_fields=["former_verify_token", "verify_token"])
    _write_down("app.verify_token_rotated", app, by)
    transaction.on_commit(lambda: apps.forget(app.company_id))
    return app


def rotate_token(connection: Connection, token: str, *, by: audit.Actor) -> list[Connection]:
    """Replace the access token wherever the old one was used; answers those connections.

    The new token is tried on this number first: one that does not work changes nothing.
    """
    app = apps.app_of(connection)
    known = connection.credentials
    if app is None or not known.get("access_token"):
        raise Refused("not_connected", "The connection has no credentials.")
    found = pasted.look(
        Pasted(app.api_root, app.graph_version, app.app_id, app.secrets[0], token, known["waba_id"],
               known["phone_number_id"])
    )  # fmt: skip
    for line in found.lines:
        if line.state in {"failed", "waiting"}:
            raise Refused(line.code, line.detail or "The new token does not work for this number.")
    with transaction.atomic():
        rows = list(Connection.objects.live().filter(kind=connection.kind).select_for_update())
        changed = [one for one in rows if one.credentials.get("access_token") == known["access_token"]]
        for one in changed:
            one.credentials = {**one.credentials, "access_token": token}
            one.save(update_fields=["credentials"])
            target = f"connection:{one.pk}"
            audit.record("connection.token_rotated", actor=by, target=target, data={"name": one.name})
            publish(CONNECTION_UPDATED, one, to={"company"})
    return changed


def note_signature(app: App, secret: str) -> None:
    """Remember which secret Meta signs with: written when it changes, which is nearly never."""
    mark = fingerprint(secret)
    if app.signed_with == mark:
        return
    App.objects.filter(pk=app.pk).update(signed_with=mark)
    app.signed_with = mark
    logger.info("webhooks are signed with another secret", extra={"fields": {"app": app.pk, "secret": mark}})


def _write_down(action: str, app: App, by: audit.Actor, **data: object) -> None:
    audit.record(action, actor=by, target=f"app:{app.pk}", data={"app_id": app.app_id, **data})
