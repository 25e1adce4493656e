"""Asking the host of a device to do something, and learning what became of it.

The row is the request; whoever asks waits for it to change. A request that nobody took in time is withdrawn, and
then it surely did not happen; one that was taken and stays silent may have happened.
"""

import time
from datetime import timedelta
from typing import Any

from django.utils.timezone import now

from tickets.models import Connection
from whatsapp.models import Device, DeviceCommand
from whatsapp.models.device import CommandState

SEND_SECONDS, UPLOAD_SECONDS, SIGNAL_SECONDS = 20.0, 120.0, 20.0
_NAPS = (0.02, 0.05, 0.1, 0.2)


def is_online(connection: Connection) -> bool:
    """Whether a host holds the device now and WhatsApp answers it."""
    rows = Device.objects.filter(pk=connection.pk, state="online", lease_until__gt=now())
    return bool(rows.exists())


def ask(connection: Connection, kind: str, payload: dict[str, Any], *, seconds: float) -> dict[str, Any]:
    """The result, `{"outcome": …}`. Not inside a transaction: the host must see the row."""
    command = tell(connection, kind, payload, seconds=seconds)
    deadline = time.monotonic() + seconds
    naps = iter(_NAPS)
    while time.monotonic() < deadline:
        time.sleep(next(naps, _NAPS[-1]))
        found = DeviceCommand.objects.filter(pk=command.pk).values_list("state", "result").first()
        if found is not None and found[0] == CommandState.DONE:
            return dict(found[1] or {})
    return _give_up(command)


def tell(connection: Connection, kind: str, payload: dict[str, Any], *, seconds: float) -> DeviceCommand:
    """Leave a request for the host and go."""
    until = now() + timedelta(seconds=seconds)
    command: DeviceCommand = DeviceCommand.objects.create(
        device_id=connection.pk, kind=kind, payload=payload, expires_at=until
    )
    return command


def _give_up(command: DeviceCommand) -> dict[str, Any]:
    waiting = DeviceCommand.objects.filter(pk=command.pk, state=CommandState.WAITING)
    if waiting.update(state=CommandState.WITHDRAWN):
        return {"outcome": "not_sent", "code": "device_busy", "detail": "The device did not take it in time."}
    row = DeviceCommand.objects.get(pk=command.pk)
    if row.state == CommandState.DONE:
        return dict(row.result or {})
    return {"outcome": "unclear", "detail": "The device has it and does not say what became of it."}
