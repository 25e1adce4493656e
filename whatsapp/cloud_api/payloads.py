"""A webhook in the core's words: every item of every change of every entry becomes one fact, or says why not.

`interpret` is pure and total. What is not understood is a fact too, stored and visible, and never in the way
of its neighbours: Meta puts up to a thousand updates of many customers into one POST.
"""

import hashlib
import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from tickets.transport import Call, Edit, GroupNews, Inbound, Notice, Reaction, Receipt, Removal, Sender
from whatsapp.cloud_api import errors, groups, phone_fields, template_news
from whatsapp.cloud_api.calls import call_of, callers
from whatsapp.cloud_api.changes import KINDS as CHANGES
from whatsapp.cloud_api.changes import change_of
from whatsapp.cloud_api.foreign import decimal, items, line_of, mapping, moment, storable, text
from whatsapp.cloud_api.messages import inbound
from whatsapp.cloud_api.people import addresses, recipient_of, sender_of
from whatsapp.cloud_api.phone_fields import Told

LONGEST_ID = 255
STATUS_LANES = 64
STATES = {"sent", "delivered", "read", "played", "failed"}
RENUMBERED = {"user_changed_number", "customer_changed_number", "user_changed_user_id"}
_LISTS = {
    "messages": ("messages", "statuses", "errors", "user_actions"),
    "calls": ("calls", "statuses", "errors"),
    **dict.fromkeys(groups.FIELDS, ("groups", "errors")),
}
WORTH_A_LINE = {"customer_identity_changed": "identity_changed"}
# Of the account, or of a number that is named without its id: applied by `whatsapp.actions.account_news`.
ACCOUNT_FIELDS = template_news.FIELDS | {
    "phone_number_quality_update", "phone_number_name_update", "account_update", "account_alerts",
    "account_review_update", "business_capability_update", "security",
}  # fmt: skip
_EPOCH = datetime.fromtimestamp(0, UTC)


@dataclass(frozen=True, slots=True)
class Renumbered:
    """A customer left the addresses in `was` and is now reached by those of `now`."""

    was: Sender
    now: Sender

    def notice(self, provider_id: str, at: datetime) -> Notice | None:
        """Agents are told of another number; user ids are nothing that people know."""
        numbers = {one.value for one in self.now.addresses if one.kind == "phone"}
        if not numbers - {one.value for one in self.was.addresses}:
            return None
        return Notice(provider_id, self.now, "number_changed", at)


What = Inbound | Reaction | Edit | Removal | Call | Notice | Receipt | Renumbered | GroupNews | Told


@dataclass(frozen=True, slots=True)
class Fact:
    """`kind` is a kind of event; `number_id` its business number. Without a lane nothing is applied.

    `at` is null when the item does not tell its time: then the moment of arrival counts.
    """

    kind: str
    key: str
    number_id: str = ""
    lane: str = ""
    at: datetime | None = None
    what: What | None = None
    raw: Any = None  # kept only where `what` does not say it all


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the document we are: the account, the field and the value around an item."""

    waba_id: str
    field: str
    value: Mapping[str, Any]
    number_id: str = ""


def interpret(document: Any) -> list[Fact]:
    """Every fact of a webhook, in its order."""
    entries = mapping(document).get("entry")
    if not isinstance(entries, list) or not entries:
        return [_unknown(Place("", "", {}), document)]
    return [fact for entry in entries for fact in _of_entry(entry)]


def _of_entry(entry: Any) -> Iterator[Fact]:
    waba_id = line_of(mapping(entry).get("id"), 64)
    changes = mapping(entry).get("changes")
    if not isinstance(changes, list) or not changes:
        yield _unknown(Place(waba_id, "", {}), entry)
        return
    for change in changes:
        if waba_id and text(mapping(change).get("field")) in ACCOUNT_FIELDS and mapping(change).get("value"):
            yield _account(waba_id, entry, change)
        else:
            yield from _of_change(waba_id, change)


def _account(waba_id: str, entry: Any, change: Any) -> Fact:
    """News of the account itself: one may repeat word for word, so its own time is part of what it is."""
    field, time = text(mapping(change).get("field")), decimal(mapping(entry).get("time"))
    raw = {"account": waba_id, "field": field, "value": storable(mapping(mapping(change).get("value")))}
    key = _digest(Place(waba_id, f"{field}:{time}", {}), change)
    return Fact("account", key, lane=f"a:{waba_id}", at=moment(time), raw=raw)


def _of_change(waba_id: str, change: Any) -> Iterator[Fact]:
    field = text(mapping(change).get("field"))
    value = mapping(mapping(change).get("value"))
    place = Place(waba_id, field, value, _number_id(value))
    if field in phone_fields.FIELDS and place.number_id and value.keys() & phone_fields.LISTS:
        yield from list(_of_phone(place)) or [_unsupported(place, change)]
        return
    parts = [(name, value[name]) for name in _LISTS.get(field, ()) if value.get(name) not in (None, [])]
    if not parts:
        yield _unsupported(place, change) if field and value else _unknown(place, change)
        return
    for name, listed in parts:
        if not isinstance(listed, list):
            yield _unknown(place, listed)
            continue
        for item in listed:
            yield _of_item(place, name, item)


def _of_item(place: Place, name: str, item: Any) -> Fact:
    if not isinstance(item, dict) or not item:
        return _unknown(place, item)
    if name == "messages":
        return _message(place, item) or _unknown(place, item)
    if name == "calls":
        return _call(place, item) or _unknown(place, item)
    if name == "groups":
        return _group(place, item)
    if name == "statuses" and place.field == "messages":
        return _status(place, item) or _unknown(place, item)
    return _unsupported(place, item)


def _message(place: Place, item: dict[str, Any]) -> Fact | None:
    wamid, kind, at = _id(item.get("id")), text(item.get("type")), moment(item.get("timestamp"))
    if not wamid or not place.number_id:
        return None
    key = _key("m", place.number_id, wamid)
    if kind == "system":
        return _system(place, item, key, at)
    messages, cards = items(place.value.get("messages")), items(place.value.get("contacts"))
    sender = sender_of(item, cards, place.waba_id, alone=len(messages) == 1)
    group = groups.address(item.get("group_id"))
    if not sender.addresses or (group is None and item.get("group_id") is not None):
        return None
    lane = _lane("p", place.number_id, group.value if group else sender.addresses[0].value)
    when = at or _EPOCH
    if kind == "request_welcome":
        return Fact("notice", key, place.number_id, lane, at, Notice(wamid, sender, "chat_opened", when))
    if kind in CHANGES and (change := change_of(item, sender, when)):
        return Fact(CHANGES[kind], key, place.number_id, lane, at, change)
    if kind == "reaction":
        return None
    if len(messages) == 1 and "errors" in place.value:  # why the message beside them is not what it should be
        item = {"errors": place.value["errors"], **item}
    what = replace(inbound(item, wamid, sender, when), group=group)
    return Fact("message", key, place.number_id, lane, at, what)


def _of_phone(place: Place) -> Iterator[Fact]:
    """What the phone tells that shares the number. A live message and its copy in a history differ in key."""
    for found in phone_fields.read(place.field, place.value, place.waba_id):
        if found.what is None:
            yield _unsupported(place, found.raw)
            continue
        key = _key(found.mark, place.number_id, found.name) if found.name else _digest(place, found.raw)
        lane = _lane("p" if found.peer else "i", place.number_id, found.peer or "phone")
        yield Fact(found.kind, key, place.number_id, lane, found.at, found.what)


def _group(place: Place, item: dict[str, Any]) -> Fact:
    """News of a group itself: who came, who went, what it is called."""
    at = moment(item.get("timestamp"))
    news = groups.news_of(item, at or _EPOCH, place.waba_id) if place.number_id else None
    if news is None:
        return _unsupported(place, item)
    lane = _lane("p", place.number_id, news.group.value)
    return Fact("group", _digest(place, item), place.number_id, lane, at, news)


def _call(place: Place, item: dict[str, Any]) -> Fact | None:
    """Each news of a call counts once; together they are one call."""
    call_id, at = _id(item.get("id")), moment(item.get("timestamp"))
    if not call_id or not place.number_id:
        return None
    key = _key("c", place.number_id, call_id, text(item.get("event")))
    cards = items(place.value.get("contacts"))
    calls = items(place.value.get("calls"))
    sender = sender_of(callers(item), cards, place.waba_id, alone=len(calls) == 1)
    call = call_of(item, sender, at or _EPOCH) if sender.addresses else None
    if call is None:
        return Fact("unsupported", key, place.number_id, at=at, raw=storable(item))
    lane = _lane("p", place.number_id, sender.addresses[0].value)
    return Fact("call", key, place.number_id, lane, at, call)


def _system(place: Place, item: dict[str, Any], key: str, at: datetime | None) -> Fact:
    """Who somebody is has changed; other system messages are kept for the record."""
    body = mapping(item.get("system"))
    was = [item.get("from"), item.get("from_user_id"), body.get("previous_user_id"),
           body.get("previous_parent_user_id")]  # fmt: skip
    now = [body.get("wa_id"), body.get("new_wa_id"), body.get("user_id"), body.get("parent_user_id")]
    old, new = addresses(was, place.waba_id), addresses(now, place.waba_id)
    left = tuple(one for one in old if one not in new)
    news = text(body.get("type"))
    is_new = news in RENUMBERED and new and left
    if not old or not (is_new or news in WORTH_A_LINE):
        return Fact("unsupported", key, place.number_id, at=at, raw=storable(item))
    if news in WORTH_A_LINE:
        notice = Notice(_id(item.get("id")), Sender(old), WORTH_A_LINE[news], at or _EPOCH)
        return Fact("notice", key, place.number_id, _lane("p", place.number_id, old[0].value), at, notice)
    # What they write from now on waits for this; what still comes from the old address finds them anyway.
    lane = _lane("p", place.number_id, new[0].value)
    return Fact("identity", key, place.number_id, lane, at, Renumbered(Sender(left), Sender(new)))


def _status(place: Place, item: dict[str, Any]) -> Fact | None:
    wamid, state, at = _id(item.get("id")), text(item.get("status")), moment(item.get("timestamp"))
    if not wamid or not place.number_id:
        return None
    who = groups.participant_of(item)
    key = _key("s", place.number_id, wamid, state, who or "-", text(item.get("timestamp")))
    if state not in STATES:
        return Fact("unsupported", key, place.number_id, at=at, raw=storable(item))
    receipt = Receipt(
        provider_id=wamid,
        state=state,
        at=at or _EPOCH,
        cookie=line_of(item.get("biz_opaque_callback_data"), 100),
        error=errors.of_status(items(item.get("errors"))) if state == "failed" else None,
        recipient=recipient_of(item, items(place.value.get("contacts")), place.waba_id),
        pricing=_pricing(item),
        participant=who,
    )
    lane = f"s:{place.number_id}:{zlib.crc32(wamid.encode()) % STATUS_LANES}"
    return Fact("status", key, place.number_id, lane, at, receipt)


def _pricing(item: Mapping[str, Any]) -> dict[str, Any] | None:
    """What the message costs; some group statuses carry it inside the conversation."""
    pricing = mapping(item.get("pricing")) or mapping(mapping(item.get("conversation")).get("pricing"))
    named = {name: storable(pricing[name]) for name in ("billable", "type", "category") if name in pricing}
    return named or None


def _unsupported(place: Place, item: Any) -> Fact:
    """A known shape that this version stores and does not act on."""
    return Fact("unsupported", _digest(place, item), place.number_id, raw=storable(item))


def _unknown(place: Place, item: Any) -> Fact:
    return Fact("unknown", _digest(place, item), place.number_id, raw=storable(item))


def _number_id(value: Mapping[str, Any]) -> str:
    given = mapping(value.get("metadata")).get("phone_number_id")
    return line_of(str(given) if isinstance(given, int) and abs(given) < 2**63 else given, 64)


def _id(value: Any) -> str:
    found = text(value)
    return found if len(found) <= LONGEST_ID else ""


def _key(*parts: str) -> str:
    """Short enough for its column, whatever the parts are."""
    key = ":".join(parts)
    return key if len(key) <= 200 else f"{parts[0]}:{hashlib.sha256(key.encode()).hexdigest()}"


def _lane(kind: str, number_id: str, value: str) -> str:
    return f"{kind}:{number_id}:{value}"


def _digest(place: Place, item: Any) -> str:
    canonical = json.dumps([place.waba_id, place.field, place.number_id, storable(item)], sort_keys=True)
    return f"x:{hashlib.sha256(canonical.encode()).hexdigest()}"
