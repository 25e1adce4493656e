"""Where a linked device stands, and what each piece of news makes of it. Pure: no clock, no database.

NEW → PAIRING (code 1…6) → LINKED → CONNECTING ⇄ ONLINE
and what stops it until a person acts: PAIR_TIMEOUT, PASSKEY_REQUIRED, LOGGED_OUT, REPLACED, BANNED, OUTDATED
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from whatsapp.devices.link import LinkEvent
from whatsapp.models.device import State

CODES = 6  # QR codes of one pairing
FIRST_CODE_SECONDS, NEXT_CODE_SECONDS = 60, 20
FAILED_AFTER = 5  # failures in a row, after which we say so; trying goes on, ever more rarely
PAUSES = [2, 5, 15, 60, 300]  # seconds before dialling again
FALSE_LOGOUTS = 2  # refusals right after pairing that are a restart gone wrong, not a logout
LOGGED_OUT_CODES, OUTDATED_CODES, BANNED_CODES = {401, 403, 406}, {405, 409}, {402}
# A person has to do something first.
STOPPED = {
    State.PAIR_TIMEOUT, State.PASSKEY_REQUIRED, State.LOGGED_OUT, State.REPLACED, State.BANNED, State.OUTDATED,
}  # fmt: skip


Step = Callable[["Standing", dict[str, Any]], "Standing"]


@dataclass(frozen=True, slots=True)
class Standing:
    """`is_fresh`: linked, but never online since; then a 401 is a part of linking."""

    state: str = State.NEW
    reason: str = ""
    attempt: int = 0
    failures: int = 0
    is_linked: bool = False
    is_fresh: bool = False

    @property
    def is_stopped(self) -> bool:
        return self.state in STOPPED

    @property
    def pause(self) -> int:
        """Seconds before the next dial."""
        return PAUSES[min(max(self.failures, 1), len(PAUSES)) - 1]


def after(standing: Standing, event: LinkEvent) -> Standing:
    """The standing after this news; the same one when it changes nothing."""
    if standing.is_stopped and event.kind not in {"qr", "paired", "connected"}:
        return standing  # what follows a stop (the line closes) is no news
    step = _STEPS.get(event.kind)
    return step(standing, event.data) if step else standing


def _qr(standing: Standing, data: dict[str, Any]) -> Standing:
    if standing.is_linked:
        return standing
    attempt = standing.attempt + 1 if standing.state == State.PAIRING else 1
    return replace(standing, state=State.PAIRING, reason="", attempt=min(attempt, CODES))


def _pair_timeout(standing: Standing, data: dict[str, Any]) -> Standing:
    if standing.is_linked or standing.state not in {State.NEW, State.PAIRING}:
        return standing
    return replace(standing, state=State.PAIR_TIMEOUT, reason="", attempt=0)


def _pair_failed(standing: Standing, data: dict[str, Any]) -> Standing:
    reason = str(data.get("reason", ""))
    if "passkey" in reason.lower():
        return replace(standing, state=State.PASSKEY_REQUIRED, reason="", attempt=0)
    return replace(standing, state=State.PAIR_TIMEOUT, reason=reason[:200], attempt=0)


def _paired(standing: Standing, data: dict[str, Any]) -> Standing:
    return replace(
        standing, state=State.LINKED, reason="", attempt=0, failures=0, is_linked=True, is_fresh=True
    )


def _restarting(standing: Standing, data: dict[str, Any]) -> Standing:
    """Stream error 515: how every pairing ends, and now and then a session too."""
    return standing if standing.state != State.ONLINE else replace(standing, state=State.CONNECTING)


def _connected(standing: Standing, data: dict[str, Any]) -> Standing:
    return replace(
        standing, state=State.ONLINE, reason="", attempt=0, failures=0, is_linked=True, is_fresh=False
    )


def _disconnected(standing: Standing, data: dict[str, Any]) -> Standing:
    """The engine dials again by itself."""
    return replace(standing, state=State.CONNECTING) if standing.state == State.ONLINE else standing


def _dial_failed(standing: Standing, data: dict[str, Any]) -> Standing:
    failures = standing.failures + 1
    state = State.FAILED if failures >= FAILED_AFTER else State.CONNECTING
    reason = str(data.get("reason", ""))[:200]
    return replace(standing, state=state, reason=reason, failures=failures, attempt=0)


def _logged_out(standing: Standing, data: dict[str, Any]) -> Standing:
    if standing.is_fresh and standing.failures < FALSE_LOGOUTS:
        return _dial_failed(standing, {"reason": "Refused right after linking."})
    return replace(standing, state=State.LOGGED_OUT, reason="", is_linked=False, is_fresh=False)


def _refused(standing: Standing, data: dict[str, Any]) -> Standing:
    """The server closed the door: its code says whether for good."""
    code = data.get("code")
    if code in LOGGED_OUT_CODES:
        return _logged_out(standing, data)
    if code in OUTDATED_CODES:
        return _stop(State.OUTDATED)(standing, data)
    if code in BANNED_CODES:
        return _stop(State.BANNED)(standing, data)
    return _dial_failed(standing, {"reason": f"WhatsApp answered {code}."})


def _stop(state: str) -> Step:
    def step(standing: Standing, data: dict[str, Any]) -> Standing:
        return replace(standing, state=state, reason=str(data.get("reason", ""))[:200], attempt=0)

    return step


_STEPS: dict[str, Step] = {
    "qr": _qr,
    "pair_timeout": _pair_timeout,
    "pair_failed": _pair_failed,
    "paired": _paired,
    "restarting": _restarting,
    "connected": _connected,
    "disconnected": _disconnected,
    "dial_failed": _dial_failed,
    "logged_out": _logged_out,
    "refused": _refused,
    "replaced": _stop(State.REPLACED),
    "banned": _stop(State.BANNED),
    "outdated": _stop(State.OUTDATED),
}
