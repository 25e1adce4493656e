"""The host of linked devices: holds leases, keeps links connected, does what devices are asked to do.

Crash-only: an engine may take the whole process with it, so nothing here needs to end well. A device is
connected only while its lease is held; a lease that cannot be renewed means letting go of the line first.
"""

import logging
import os
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, close_old_connections
from django.db.models import F, Q
from django.utils.timezone import now
from prometheus_client import Gauge

from tenants.scoping import platform_scope
from whatsapp.actions.device_states import Lease, standing_of
from whatsapp.devices import commands
from whatsapp.devices.link import Engine
from whatsapp.devices.seat import Seat
from whatsapp.devices.states import Standing
from whatsapp.models import Device
from whatsapp.models.payload import Source

logger = logging.getLogger(__name__)

ROOM = 25  # devices per host: as many are lost for a moment when an engine crashes
LEASE = timedelta(seconds=settings.DEVICE_LEASE_SECONDS)
RENEW_SECONDS = settings.DEVICE_LEASE_SECONDS / 3
SURE_SECONDS = settings.DEVICE_LEASE_SECONDS * 5 / 6  # how long we trust a renewal without another
LOOK_SECONDS = 0.25
CLAIM_SECONDS = 1.0
BOOK_THREADS = 3
SPARE_THREADS = 16
DEVICES = Gauge("helpdesk_devices_hosted", "Linked devices of this host.", multiprocess_mode="livesum")


class Host:
    """`tick` does one round; `run` goes on until told to stop."""

    def __init__(self, engine: Engine, *, name: str = "", room: int = ROOM, root: Path | None = None) -> None:
        self.engine = engine
        self.name = name or f"{socket.gethostname()}:{os.getpid()}"
        self.room = room
        self.root = root or settings.DEVICES_ROOT
        self.seats: dict[int, Seat] = {}
        self.leaving: dict[int, Seat] = {}  # their lines are being closed; nobody may dial meanwhile
        self.books = ThreadPoolExecutor(BOOK_THREADS, thread_name_prefix="books")
        # A link keeps its thread for life; the spare ones are for commands.
        self.hands = ThreadPoolExecutor(room + SPARE_THREADS, thread_name_prefix="link")
        self._renewed = self._claimed = 0.0
        self._lock = threading.Lock()

    def run(self, stopping: threading.Event) -> None:
        self.root.mkdir(parents=True, exist_ok=True, mode=0o700)
        while not stopping.wait(LOOK_SECONDS):
            try:
                self.tick()
            except DatabaseError:
                logger.warning("the database does not answer; leases run on", exc_info=True)
                close_old_connections()
                self._leave_what_is_unsure()
        self.close()

    def tick(self) -> None:
        """Renew, let go, claim, dial, command: in this order."""
        at = time.monotonic()
        if at - self._renewed >= RENEW_SECONDS:
            self.renew()
        self._leave_what_is_unsure()
        if at - self._claimed >= CLAIM_SECONDS:
            self._claimed = at
            self.leaving = {pk: seat for pk, seat in self.leaving.items() if not seat.has_left}
            self.look()
            self.claim()
        for seat in list(self.seats.values()):
            seat.look_at_code()
            seat.look_at_line()
            self._dial(seat)
        commands.hand_out(self.seats, self.hands)

    def renew(self) -> None:
        """Keep what is ours; what is not is let go of."""
        started = time.monotonic()
        with platform_scope("the leases of this host's devices"):
            Device.objects.filter(owner=self.name, lease_until__gt=now()).update(lease_until=now() + LEASE)
        self._renewed = started
        self.look(sure_from=started)

    def look(self, sure_from: float | None = None) -> None:
        """Whose lease a person or another host has taken away."""
        with platform_scope("the leases of this host's devices"):
            rows = Device.objects.filter(owner=self.name, lease_until__gt=now(), is_wanted=True)
            rows = rows.filter(connection__kind=Source.QR, connection__deleted_at=None)
            ours = dict(rows.values_list("pk", "epoch"))
        for pk, seat in list(self.seats.items()):
            if ours.get(pk) != seat.lease.epoch:
                self.drop(seat)
            elif sure_from is not None:
                seat.held_until = sure_from + SURE_SECONDS

    def claim(self) -> None:
        """Take devices that nobody holds, while there is room."""
        free = self.room - len(self.seats)
        if free <= 0:
            return
        started = time.monotonic()
        with platform_scope("devices of all companies that have no host"):
            unheld = Q(lease_until=None) | Q(lease_until__lte=now())
            rows = Device.objects.filter(unheld, is_wanted=True, connection__deleted_at=None)
            rows = rows.filter(connection__kind=Source.QR)  # not moved to another transport
            rows = rows.exclude(pk__in=self.leaving)
            for pk in list(rows.order_by("lease_until", "pk").values_list("pk", flat=True)[:free]):
                taken = Device.objects.filter(unheld, pk=pk, is_wanted=True).update(
                    owner=self.name, lease_until=now() + LEASE, epoch=F("epoch") + 1
                )
                if taken:
                    self._seat(Device.objects.get(pk=pk), started)

    def drop(self, seat: Seat) -> None:
        """The line first; then the seat is free."""
        seat.is_over = True
        self.leaving[seat.lease.device_id] = seat
        self._forget(seat)
        self.hands.submit(seat.leave)

    def close(self) -> None:
        """Let go of every line and give the leases back, so that another host need not wait for them."""
        seats = list(self.seats.values())
        for seat in seats:
            seat.leave()
            self._forget(seat)
        with platform_scope("the leases of a host that ends"):
            Device.objects.filter(owner=self.name).update(owner="", lease_until=None)
        self.hands.shutdown(wait=False, cancel_futures=True)
        self.books.shutdown(wait=False)

    def _seat(self, device: Device, started: float) -> None:
        seat = Seat(
            lease=Lease(device.pk, device.company_id, self.name, device.epoch),
            standing=standing_of(device) if device.jid else Standing(),
            jid=device.jid,
            keys=self.root / f"{device.pk}.db",
            held_until=started + SURE_SECONDS,
            lost=self.drop,
            books=self.books,
        )
        self.seats[device.pk] = seat
        DEVICES.set(len(self.seats))
        commands.forget_running(device.pk)

    def _dial(self, seat: Seat) -> None:
        is_down = seat.dialling is None or seat.dialling.done()
        if is_down and not seat.is_over and not seat.standing.is_stopped and seat.dial_at <= time.monotonic():
            seat.dialling = self.hands.submit(seat.dial, self.engine)

    def _leave_what_is_unsure(self) -> None:
        at = time.monotonic()
        for seat in list(self.seats.values()):
            if at > seat.held_until or seat.standing.is_stopped:
                self.drop(seat)

    def _forget(self, seat: Seat) -> None:
        with self._lock:
            if self.seats.get(seat.lease.device_id) is seat:
                del self.seats[seat.lease.device_id]
        DEVICES.set(len(self.seats))


def describe(host: Host) -> dict[str, Any]:
    """For the health page of the process."""
    states: dict[str, int] = {}
    for seat in list(host.seats.values()):
        states[seat.standing.state] = states.get(seat.standing.state, 0) + 1
    return {"host": host.name, "devices": len(host.seats), "states": states}
