"""What webhooks tell of groups, in the core's words."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tickets.transport import Address, GroupNews, Sender
from whatsapp.cloud_api.foreign import items, line_of, mapping, text
from whatsapp.cloud_api.people import addresses

FIELDS = frozenset(
    {"group_lifecycle_update", "group_participants_update", "group_settings_update", "group_status_update"}
)
LONGEST = 140
_EVENTS = {
    "group_create": "created",
    "group_delete": "ended",
    "group_suspend": "ended",
    "group_suspend_cleared": "created",
    "group_participants_add": "joined",
    "group_participants_remove": "left",
    "group_settings_update": "settings",
}


def address(value: Any) -> Address | None:
    """The group in a field that should name one. Its id is opaque."""
    found = text(value)
    return Address("group", found) if 0 < len(found) <= LONGEST else None


def participant_of(status: Mapping[str, Any]) -> str:
    """Who of a group a status speaks of. Meta's own examples spell the field in two ways."""
    names = ("recipient_participant_id", "participant_recipient_id", "recipient_participant_user_id")
    return next((found for name in names if (found := line_of(status.get(name), 160))), "")


def news_of(item: Mapping[str, Any], at: datetime, waba_id: str) -> GroupNews | None:
    """None for what failed, and for requests to join, which an administrator answers elsewhere."""
    event = _EVENTS.get(text(item.get("type")))
    group = address(item.get("group_id"))
    if event is None or group is None or item.get("errors"):
        return None
    people = items(item.get("added_participants" if event == "joined" else "removed_participants"))
    return GroupNews(
        group=group,
        event=event,
        at=at,
        people=tuple(one for person in people if (one := _person(mapping(person), waba_id)).addresses),
        subject=_changed(item, "subject"),
        description=_changed(item, "description") or None,
    )


def _person(one: Mapping[str, Any], waba_id: str) -> Sender:
    told = [one.get("user_id"), one.get("parent_user_id"), one.get("wa_id"), one.get("input")]
    profile = mapping(one.get("profile"))
    name, username = line_of(profile.get("name"), 200), line_of(profile.get("username"), 80)
    return Sender(addresses(told, waba_id), name, username)


def _changed(item: Mapping[str, Any], name: str) -> str:
    """Plain when a group is made; with its success when it is changed."""
    change = mapping(item.get(f"group_{name}"))
    if change and change.get("update_successful") is not False:
        return line_of(change.get("text"), 200 if name == "subject" else 2000)
    return line_of(item.get(name), 200 if name == "subject" else 2000)
