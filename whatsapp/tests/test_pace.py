"""Our pace against the emulator's limits, which count as Meta's do."""

import time

from tickets.actions import rates
from whatsapp.emulator.limits import Limits
from whatsapp.emulator.settings import Behaviour


def test_at_full_speed_whatsapp_refuses_nothing():
    """The emulator counts as Meta does; what our buckets let through never meets its limits."""
    limits, sent, ends = Limits(), 0, time.monotonic() + 2.2
    while time.monotonic() < ends:
        peer = 0 if sent % 3 == 0 else sent
        wait = rates.take(9, peer)
        if wait:
            peer = 10_000 + sent
            wait = rates.take(9, peer)
        if wait:
            time.sleep(min(wait, 0.05))
            continue
        limits.spend("9", str(peer), time.time(), Behaviour())  # raises where Meta would refuse
        sent += 1
    assert sent > 80
