"""Finds ports that are free, and says so when it is not the usual one."""

from __future__ import annotations

import socket
from collections.abc import Callable
from dataclasses import asdict

from helpdesk.supervisor.processes import Ports

TRIES = 50
ADDRESSES = ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1"))


class NoFreePort(RuntimeError):
    """Every port near the wanted one is taken."""


def choose(wanted: Ports, tell: Callable[[str], None]) -> Ports:
    """The wanted ports, or for those that are taken the next free ones."""
    spoken_for: set[int] = set()
    chosen = {}
    for name, port in asdict(wanted).items():
        others = set(asdict(wanted).values()) - {port}
        free = _next_free(port, spoken_for | others)
        if free != port:
            tell(f"Port {port} is taken by another program; {name} uses {free} instead.")
        spoken_for.add(free)
        chosen[name] = free
    return Ports(**chosen)


def is_free(port: int) -> bool:
    """Tell whether nothing on this machine listens there.

    Browsers try ::1 for `localhost` first, so a stranger on that side alone would get our visitors.
    """
    return all(_can_bind(family, address, port) for family, address in ADDRESSES)


def _next_free(port: int, spoken_for: set[int]) -> int:
    for candidate in range(port, port + TRIES):
        if candidate not in spoken_for and is_free(candidate):
            return candidate
    raise NoFreePort(f"No free port between {port} and {port + TRIES}.")


def _can_bind(family: socket.AddressFamily, address: str, port: int) -> bool:
    try:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((address, port))
    except OSError as error:
        return family == socket.AF_INET6 and error.errno not in _IN_USE
    return True


_IN_USE = {48, 98}  # EADDRINUSE on macOS and Linux; any other answer means that there is no IPv6 here
