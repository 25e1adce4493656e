"""Rows of what WhatsApp told us, and of linked phones."""

from typing import Any
from uuid import uuid4

from django.utils.timezone import now

from tests.gates.rows.tickets import message
from tests.support.world import World


def payload(world: World) -> Any:
    from whatsapp.models import App, Payload

    with world.scope():
        app, _ = App.objects.get_or_create(app_id="77001122334455")
        return Payload.objects.create(
            app=app, sha256=uuid4().bytes, body=b"{}", received_at=now(), state="quarantined"
        )


def event(world: World) -> Any:
    from whatsapp.models import Event

    told = message(world)
    with world.scope():
        return Event.objects.create(
            payload=payload(world), connection_id=told.connection_id, kind="message", key=uuid4().hex,
            at=now(), state="quarantined", provider_id=told.provider_id,
        )  # fmt: skip


def device(world: World) -> Any:
    from whatsapp.models import Device

    phone = world.connection(f"Phone {uuid4().hex[:6]}", kind="qr")
    with world.scope():
        return Device.objects.create(connection=phone)


def app(world: World) -> Any:
    from whatsapp.models import App

    with world.scope():
        return App.objects.create(
            app_id=uuid4().hex, secrets=["secret"], verify_token="token", api_root="http://127.0.0.1:9"
        )


MAKERS = {
    "whatsapp.App": app,
    "whatsapp.Device": device,
    "whatsapp.Payload": payload,
    "whatsapp.Event": event,
}
