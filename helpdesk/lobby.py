"""Sockets that have not said who they are: counted, per address and in all, so that strangers cannot fill us up."""

from collections import Counter
from typing import Any

from django.conf import settings


class Lobby:
    """Of one process. Who authenticates leaves it, and so does who goes."""

    def __init__(self) -> None:
        self._waiting: Counter[str] = Counter()
        self._all = 0

    def enter(self, address: str) -> bool:
        """False when there are too many already; then nothing is counted."""
        if (
            self._all >= settings.SOCKETS_WAITING
            or self._waiting[address] >= settings.SOCKETS_WAITING_ADDRESS
        ):
            return False
        self._waiting[address] += 1
        self._all += 1
        return True

    def leave(self, address: str) -> None:
        """Once for each `enter` that was answered with True."""
        self._all -= 1
        self._waiting[address] -= 1
        if not self._waiting[address]:
            del self._waiting[address]


lobby = Lobby()


def address_of(scope: dict[str, Any]) -> str:
    """The visitor's address, as the proxy in front of us saw it; what the visitor claims is not looked at."""
    proxies = int(str(settings.REST_FRAMEWORK["NUM_PROXIES"]))
    if proxies:
        given = b",".join(value for name, value in scope["headers"] if name == b"x-forwarded-for").decode(
            "latin-1"
        )
        seen = [part.strip() for part in given.split(",") if part.strip()]
        if seen:
            return seen[-min(proxies, len(seen))]
    return str((scope.get("client") or ("",))[0])
