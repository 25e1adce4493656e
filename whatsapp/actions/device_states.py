"""What a host reports of a device: written once, under the fence of its lease, and told to who watches."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.timezone import now

from helpdesk.events import publish
from tickets.actions import outbound
from tickets.events import CONNECTION_UPDATED
from tickets.models import Connection
from tickets.models.connection import Status
from whatsapp.devices.jids import phone_of
from whatsapp.devices.states import FIRST_CODE_SECONDS, NEXT_CODE_SECONDS, Standing
from whatsapp.events import DEVICE_UPDATED
from whatsapp.models import Device
from whatsapp.models.device import State

AUDIENCE = {"connections"}
PENDING = {State.NEW, State.PAIRING, State.LINKED}
WORDS = {
    State.PAIR_TIMEOUT: "The QR code was not scanned in time.",
    State.PASSKEY_REQUIRED: "WhatsApp asks for a passkey, which this way of linking cannot give.",
    State.LOGGED_OUT: "The device was logged out.",
    State.REPLACED: "Another program took over this link.",
    State.BANNED: "WhatsApp banned this number for a time.",
    State.OUTDATED: "WhatsApp no longer accepts this version of the program.",
    State.FAILED: "WhatsApp cannot be reached.",
    State.CONNECTING: "Connecting to WhatsApp.",
    State.OFFLINE: "Disconnected here.",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Lease:
    """Who writes: nothing is written once another host, or a person, has taken the device away."""

    device_id: int
    company_id: int
    owner: str
    epoch: int


@dataclass(frozen=True, slots=True)
class Report:
    standing: Standing
    news: dict[str, Any] = field(default_factory=dict)  # jid, lid, name, qr, seconds of a ban


class LeaseLost(Exception):
    """This host may no longer speak for the device."""


class NumberTaken(Exception):
    """Another connection has the number that was just linked."""


@transaction.atomic
def note(lease: Lease, report: Report) -> Device:
    """Write where the device stands now. Raises LeaseLost or NumberTaken."""
    rows = Device.objects.select_related("connection").select_for_update(of=("self",))
    device: Device | None = rows.filter(pk=lease.device_id, owner=lease.owner, epoch=lease.epoch).first()
    if device is None:
        raise LeaseLost
    was_online = device.is_online
    _take(device, report)
    if report.news.get("jid"):
        _take_number(device, str(report.news["jid"]), str(report.news.get("name", "")))
    if was_online and not device.is_online:
        device.offline_at = now()
    device.save()
    show_on_connection(device)
    if device.is_online and not was_online:
        outbound.resume(device.pk)
    publish(DEVICE_UPDATED, device, to=AUDIENCE)
    return device


def show_on_connection(device: Device) -> None:
    """The connection's own state, which everybody sees and sending obeys."""
    shown = _shown(device)
    connection = Connection.objects.locked(device.pk)
    if (connection.status, connection.status_reason, connection.status_code) == shown:
        return
    connection.status, connection.status_reason, connection.status_code = shown
    connection.save(update_fields=["status", "status_reason", "status_code"])
    publish(CONNECTION_UPDATED, connection, to={"company"})


def standing_of(device: Device) -> Standing:
    return Standing(
        state=device.state,
        reason=device.reason,
        attempt=device.attempt,
        failures=device.failures,
        is_linked=bool(device.jid),
        is_fresh=device.is_fresh,
    )


def _take(device: Device, report: Report) -> None:
    standing, news = report.standing, report.news
    device.state, device.reason = standing.state, standing.reason
    device.attempt, device.failures, device.is_fresh = standing.attempt, standing.failures, standing.is_fresh
    device.qr, device.qr_expires_at, device.retry_at = "", None, None
    if standing.state == State.PAIRING:
        lives = FIRST_CODE_SECONDS if standing.attempt == 1 else NEXT_CODE_SECONDS
        device.qr = str(news.get("code", ""))
        device.qr_expires_at = now() + timedelta(seconds=lives)
    if standing.state in {State.CONNECTING, State.FAILED} and standing.failures:
        device.retry_at = now() + timedelta(seconds=standing.pause)
    if standing.state == State.ONLINE:
        device.online_at = now()
    if standing.state == State.BANNED and isinstance(news.get("seconds"), int):
        device.banned_until = now() + timedelta(seconds=news["seconds"])
    if standing.is_stopped:
        device.is_wanted, device.owner, device.lease_until = False, "", None
    if not standing.is_linked:
        device.jid = device.lid = ""
    device.jid = str(news.get("jid") or device.jid)[:80]
    device.lid = str(news.get("lid") or device.lid)[:80]


def _take_number(device: Device, jid: str, name: str) -> None:
    """The connection is known by the number that was linked; a number answers for one connection."""
    connection = Connection.objects.locked(device.pk)
    number = phone_of(jid)
    connection.external_id, connection.number = number, number or connection.number
    connection.verified_name = name[:120] or connection.verified_name
    try:
        with transaction.atomic():
            connection.save(update_fields=["external_id", "number", "verified_name"])
    except IntegrityError as error:
        raise NumberTaken from error


def _shown(device: Device) -> tuple[str, str, str]:
    if device.is_online:
        return Status.CONNECTED, "", ""
    if device.state in PENDING:
        return Status.PENDING, "", ""
    words = WORDS[State(device.state)]
    return Status.DISCONNECTED, f"{words} {device.reason}".strip()[:300], f"device_{device.state}"
