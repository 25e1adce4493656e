"""What a host does for its devices: sends one after the other and not too fast, uploads, ticks, typing."""

import logging
import random
import time
from concurrent.futures import Executor
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.timezone import now

from tenants.scoping import company_scope, platform_scope
from whatsapp.devices import inbox
from whatsapp.devices.link import DeviceLink, LinkError, LinkEvent, MaybeSent, NotSent
from whatsapp.devices.seat import Seat
from whatsapp.models import DeviceCommand
from whatsapp.models.device import CommandState, State

logger = logging.getLogger(__name__)
GAP_SECONDS, JITTER_SECONDS = 1.5, 1.0  # people do not write faster, and WhatsApp looks for programs
LIMIT = 200


def hand_out(seats: dict[int, Seat], hands: Executor) -> None:
    """The next command of every device that is online and has nothing in hand."""
    free = {pk: seat for pk, seat in seats.items() if _is_free(seat)}
    if not free:
        return
    with platform_scope("what this host's devices are asked to do"):
        waiting = DeviceCommand.objects.filter(device__in=free, state=CommandState.WAITING)
        rows = list(waiting.filter(expires_at__gt=now()).order_by("id")[:LIMIT])
    for command in rows:
        seat = free.get(command.device_id)
        if seat is None or (command.kind == "send" and seat.send_at > time.monotonic()):
            continue
        if _take(command):
            del free[command.device_id]
            seat.busy = hands.submit(run, seat, command)


def run(seat: Seat, command: DeviceCommand) -> None:
    """Do it and write down what became of it. A process that dies in between leaves it running: in doubt."""
    link = seat.link
    if link is None or seat.is_over:
        result: dict[str, Any] = {"outcome": "not_sent", "code": "not_online", "detail": "Not connected."}
    else:
        result = _result(seat, link, command)
    if command.kind == "send":
        seat.send_at = time.monotonic() + GAP_SECONDS + random.uniform(0, JITTER_SECONDS)  # noqa: S311
    seat.books.submit(_finish, seat, command.pk, result).result()


def forget_running(device_id: int) -> None:
    """What an earlier host had in hand stays in doubt for whoever asked; it is never done again."""
    with platform_scope("commands that an earlier host left"):
        left = DeviceCommand.objects.filter(device=device_id, state=CommandState.RUNNING)
        left.update(state=CommandState.DONE, result={"outcome": "unclear", "detail": "The host ended."})


def _is_free(seat: Seat) -> bool:
    is_idle = seat.busy is None or seat.busy.done()
    return is_idle and not seat.is_over and seat.link is not None and seat.standing.state == State.ONLINE


def _take(command: DeviceCommand) -> bool:
    with platform_scope("a command of a device of this host"):
        rows = DeviceCommand.objects.filter(pk=command.pk, state=CommandState.WAITING)
        return bool(rows.update(state=CommandState.RUNNING))


def _finish(seat: Seat, pk: int, result: dict[str, Any]) -> None:
    with company_scope(seat.lease.company_id):
        DeviceCommand.objects.filter(pk=pk).update(state=CommandState.DONE, result=result, payload={})


def _result(seat: Seat, link: DeviceLink, command: DeviceCommand) -> dict[str, Any]:
    try:
        return _DO[command.kind](seat, link, command.payload)
    except NotSent as error:
        return {
            "outcome": "refused" if error.permanent else "not_sent", "code": error.code, "detail": str(error),
        }  # fmt: skip
    except MaybeSent as error:
        return {"outcome": "unclear", "detail": str(error)}
    except LinkError as error:
        return {"outcome": "not_sent", "code": "device_failed", "detail": str(error)}
    except Exception as error:
        logger.exception("a command failed", extra={"fields": {"kind": command.kind}})
        return {"outcome": "unclear", "detail": type(error).__name__}


def _send(seat: Seat, link: DeviceLink, payload: dict[str, Any]) -> dict[str, Any]:
    sent = link.send(payload["to"], payload["message"])
    receipt = {"state": "sent", "ids": [sent.id], "at": sent.at or int(time.time()), "chat": payload["to"]}
    seat.books.submit(
        inbox.keep, seat.lease.company_id, seat.lease.device_id, LinkEvent("receipt", receipt)
    ).result()
    return {"outcome": "sent", "id": sent.id}


def _upload(seat: Seat, link: DeviceLink, payload: dict[str, Any]) -> dict[str, Any]:
    path = Path(settings.MEDIA_ROOT, payload["path"]).resolve()
    if not path.is_relative_to(Path(settings.MEDIA_ROOT).resolve()):
        raise NotSent("file_missing", "The file is not where files are.", permanent=True)
    return {"outcome": "sent", "file": link.upload(payload["kind"], path.read_bytes())}


def _read(seat: Seat, link: DeviceLink, payload: dict[str, Any]) -> dict[str, Any]:
    link.mark_read(payload["chat"], payload["sender"], payload["ids"])
    if payload.get("typing"):
        link.typing(payload["chat"], is_typing=True)
    return {"outcome": "sent"}


def _block(seat: Seat, link: DeviceLink, payload: dict[str, Any]) -> dict[str, Any]:
    for who in payload["who"]:
        link.block(who, blocked=payload["blocked"])
    return {"outcome": "sent"}


def _logout(seat: Seat, link: DeviceLink, payload: dict[str, Any]) -> dict[str, Any]:
    link.logout()
    seat.hear(LinkEvent("logged_out"))
    return {"outcome": "sent"}


_DO = {"send": _send, "upload": _upload, "read": _read, "block": _block, "logout": _logout}
