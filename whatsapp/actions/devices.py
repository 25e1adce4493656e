"""Linked devices, as people ask for them: link, connect, disconnect, log out. The host of the device does it.

Every act that must reach a host takes the lease away: the host notices, lets go of the line first, and whoever
takes the device next reads here what is wanted.
"""

from datetime import timedelta
from typing import Any

from celery import shared_task
from django.conf import settings
from django.db import transaction
from django.utils.timezone import now

from helpdesk.errors import Refused
from helpdesk.events import publish
from tenants.actions import audit
from tenants.models import Company
from tenants.scoping import current_company_id, platform_scope
from tickets.models import Connection
from whatsapp.actions import device_states
from whatsapp.actions.past import Period
from whatsapp.events import DEVICE_UPDATED
from whatsapp.models import Device, DeviceCommand
from whatsapp.models.device import State

AUDIENCE = {"connections"}  # who may change connections
COMMAND_KEPT = timedelta(hours=1)
LOGOUT_SECONDS = 30


def require_allowed(company: Company) -> None:
    """Linked devices are off until the operator and the company's administrator both want them."""
    if not settings.QR_DEVICES:
        raise Refused("devices_not_offered", "This installation does not offer linked devices.")
    if not company.option("qr_devices"):
        raise Refused("devices_off", "Linked devices are turned off in the company's settings.")


@transaction.atomic
def pair(connection: Connection, *, by: audit.Actor, period: Period | None = None) -> Device:
    """Ask for QR codes; asking again begins anew with the first code. `period`: which past comes with the phone."""
    require_allowed(connection.company)
    device = of(connection)
    if device.jid:
        raise Refused("device_linked", "This number is linked. Log it out first.")
    if period is not None:
        _choose(device, period, by)
    _begin(device, State.NEW)
    _record("device.pairing", device, by)
    return _tell(device)


@transaction.atomic
def choose_past(connection: Connection, period: Period, *, by: audit.Actor) -> Device:
    """Of what the phone still tells of the past, only this is imported. What is here stays."""
    device = of(connection)
    _choose(device, period, by)
    return _tell(device)


@transaction.atomic
def connect(connection: Connection, *, by: audit.Actor) -> Device:
    """Connect a linked device again, whatever stopped it."""
    require_allowed(connection.company)
    device = of(connection)
    if not device.jid:
        raise Refused("device_not_linked", "Scan the QR code first.")
    _begin(device, State.CONNECTING)
    _record("device.connected", device, by)
    return _tell(device)


@transaction.atomic
def disconnect(connection: Connection, *, by: audit.Actor) -> Device:
    """Leave the network and stay linked."""
    device = of(connection)
    device.is_wanted = False
    device.state = State.OFFLINE if device.jid else State.NEW
    device.reason = ""
    _take_away(device)
    _record("device.disconnected", device, by)
    return _tell(device)


@transaction.atomic
def logout(connection: Connection, *, by: audit.Actor) -> Device:
    """Give the link up. A device that is online tells WhatsApp; otherwise the phone's owner removes it there."""
    device = of(connection)
    _record("device.logged_out", device, by)
    if device.is_online:
        until = now() + timedelta(seconds=LOGOUT_SECONDS)
        DeviceCommand.objects.create(device=device, kind="logout", expires_at=until)
        return device
    device.is_wanted = False
    device.state, device.reason = State.LOGGED_OUT, ""
    device.jid = device.lid = ""
    _take_away(device)
    return _tell(device)


@transaction.atomic
def restart_all(*, by: audit.Actor) -> list[Device]:
    """Connect every linked device of the company anew."""
    require_allowed(Company.objects.get(pk=current_company_id()))
    linked = Device.objects.exclude(jid="").filter(connection__deleted_at=None).order_by("pk")
    found = []
    for device in linked.select_related("connection").select_for_update(of=("self",)):
        _begin(device, State.CONNECTING)
        _record("device.connected", device, by)
        found.append(_tell(device))
    return found


def of(connection: Connection) -> Device:
    """The connection's device, locked; it is made when it is needed first."""
    device, _ = Device.objects.select_for_update(of=("self",)).get_or_create(connection=connection)
    device.connection = connection
    found: Device = device
    return found


@shared_task
def tidy() -> None:
    """Forget commands that are over."""
    with platform_scope("old commands of all companies' devices"):
        DeviceCommand.objects.filter(created_at__lt=now() - COMMAND_KEPT).delete()


def _choose(device: Device, period: Period, by: audit.Actor) -> None:
    period.check()
    period.put(device)
    days = {"from": str(device.past_from or ""), "until": str(device.past_until or "")}
    _record("device.past_chosen", device, by, past=device.past, **days)


def _begin(device: Device, state: str) -> None:
    device.is_wanted = True
    device.state, device.reason = state, ""
    device.failures, device.retry_at, device.banned_until = 0, None, None
    _take_away(device)


def _take_away(device: Device) -> None:
    device.owner, device.lease_until = "", None
    device.epoch += 1
    device.attempt, device.qr, device.qr_expires_at = 0, "", None


def _tell(device: Device) -> Device:
    device.save()
    device_states.show_on_connection(device)
    publish(DEVICE_UPDATED, device, to=AUDIENCE)
    return device


def _record(action: str, device: Device, by: audit.Actor, **data: Any) -> None:
    named = {"name": device.connection.name, **data}
    audit.record(action, actor=by, target=f"connection:{device.pk}", data=named)
