"""Views that every company has from the start; the console owns their names."""

from dataclasses import dataclass

from tickets.models.filters import Filter
from tickets.models.sorting import Sort

LIVE: Filter = {"key": "status", "operator": "is", "value": ["pending", "open"]}


@dataclass(frozen=True)
class Preset:
    name: str
    filter: Filter
    sort: str = Sort.NEWEST


def _live(key: str, operator: str, value: object) -> Filter:
    return {"all": [LIVE, {"key": key, "operator": operator, "value": value}]}


PRESETS = (
    Preset("unread", _live("unread", "is", True)),
    Preset("unassigned", _live("agent", "is", ["none"]), Sort.WAITING),
    Preset("waiting_long", _live("waiting", "longer_than", 30), Sort.WAITING),
    Preset("window_closing", _live("window", "closes_within", 4), Sort.WINDOW),
    Preset("snoozed", _live("snoozed", "is", True)),
    Preset("mentioned", _live("mentioned", "is", ["me"])),
)
