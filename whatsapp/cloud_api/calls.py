"""News of a voice call in the core's words: each call is told several times, and counts as one."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tickets.transport import Call, Sender
from whatsapp.cloud_api.foreign import decimal, text

OURS = "BUSINESS_INITIATED"
REFUSED = {"REJECTED", "DECLINED"}
LONGEST = 7 * 24 * 3600


def call_of(item: Mapping[str, Any], sender: Sender, at: datetime) -> Call | None:
    """None for news that says nothing to an agent: recordings, or a call of ours that nobody took."""
    event = text(item.get("event"))
    if event not in {"connect", "call_created", "terminate"}:
        return None
    direction = "out" if text(item.get("direction")) == OURS else "in"
    seconds = _seconds(item)
    news = _news(event, text(item.get("status")).upper(), seconds)
    if direction == "out" and news != "answered":
        return None
    return Call(text(item.get("id")), sender, news, at, direction, seconds if news == "answered" else None)


def callers(item: Mapping[str, Any]) -> dict[str, Any]:
    """The customer's side of the call, as a message would name its sender."""
    far = "to" if text(item.get("direction")) == OURS else "from"
    return {name: item.get(name.replace("from", far, 1)) for name in _SIDES}


_SIDES = ("from", "from_user_id", "from_parent_user_id")


def _news(event: str, status: str, seconds: int | None) -> str:
    if event != "terminate":
        return "ringing"
    if seconds:
        return "answered"
    return "rejected" if status in REFUSED else "missed"


def _seconds(item: Mapping[str, Any]) -> int | None:
    """How long people talked."""
    told = decimal(item.get("duration"))
    if told is None:
        start, end = decimal(item.get("start_time")), decimal(item.get("end_time"))
        told = end - start if start is not None and end is not None else None
    return int(told) if told is not None and 0 <= told <= LONGEST else None
