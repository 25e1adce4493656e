"""Facts as rows: what an event keeps in its JSON column, and how it becomes the core's dataclass again."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from tickets.transport import (
    Address,
    BookEntry,
    Call,
    Edit,
    GroupNews,
    ImportNews,
    Inbound,
    InboundFile,
    Notice,
    PhoneMessage,
    Reaction,
    Receipt,
    Removal,
    Sender,
)
from whatsapp.cloud_api.payloads import Fact, Renumbered, What


def pack(fact: Fact) -> dict[str, Any]:
    """The time is a column of the event, and whether it was missed follows from it: both are left out here."""
    if fact.what is None:
        return {"raw": fact.raw}
    data = asdict(fact.what)
    for told_elsewhere in ("at", "is_missed"):
        data.pop(told_elsewhere, None)
    return data


def unpack(kind: str, data: dict[str, Any], at: datetime) -> What:
    """The opposite of `pack`, for the kinds that are applied."""
    return _UNPACK[kind](data, at)


def target_of(fact: Fact) -> str:
    """The provider id of the message that the fact speaks of, when it cannot be applied without it."""
    return fact.what.target if isinstance(fact.what, Reaction | Edit | Removal) else ""


def message_of(fact: Fact) -> str:
    """The provider id of the message that the fact brings or speaks of."""
    return str(getattr(fact.what, "provider_id", "") or getattr(fact.what, "target", ""))


def _sender(data: dict[str, Any]) -> Sender:
    found = tuple(Address(**one) for one in data["addresses"])
    return Sender(found, data["name"], data["username"], bool(data.get("has_no_username")))


def _inbound(data: dict[str, Any], at: datetime) -> Inbound:
    file = InboundFile(**data["file"]) if data["file"] else None
    group = Address(**data["group"]) if data.get("group") else None
    return Inbound(**{**data, "sender": _sender(data["sender"]), "file": file, "group": group, "at": at})


def _reaction(data: dict[str, Any], at: datetime) -> Reaction:
    return Reaction(**{**data, "sender": _sender(data["sender"]), "at": at})


def _group(data: dict[str, Any], at: datetime) -> GroupNews:
    people = tuple(_sender(one) for one in data["people"])
    return GroupNews(**{**data, "group": Address(**data["group"]), "people": people, "at": at})


def _receipt(data: dict[str, Any], at: datetime) -> Receipt:
    recipient = _sender(data["recipient"]) if data["recipient"] else None
    return Receipt(**{**data, "recipient": recipient, "at": at})


def _edit(data: dict[str, Any], at: datetime) -> Edit:
    return Edit(**data, at=at)


def _removal(data: dict[str, Any], at: datetime) -> Removal:
    return Removal(**data, at=at)


def _call(data: dict[str, Any], at: datetime) -> Call:
    return Call(**{**data, "sender": _sender(data["sender"]), "at": at})


def _notice(data: dict[str, Any], at: datetime) -> Notice:
    return Notice(**{**data, "sender": _sender(data["sender"]), "at": at})


def _phone(data: dict[str, Any], at: datetime) -> PhoneMessage:
    file = InboundFile(**data["file"]) if data["file"] else None
    return PhoneMessage(**{**data, "peer": _sender(data["peer"]), "file": file, "at": at})


def _book(data: dict[str, Any], at: datetime) -> BookEntry:
    return BookEntry(_sender(data["peer"]), at)


def _import(data: dict[str, Any], at: datetime) -> ImportNews:
    return ImportNews(**data, at=at)


def _renumbered(data: dict[str, Any], at: datetime) -> Renumbered:
    return Renumbered(_sender(data["was"]), _sender(data["now"]))


_UNPACK: dict[str, Callable[[dict[str, Any], datetime], What]] = {
    "message": _inbound,
    "reaction": _reaction,
    "edit": _edit,
    "removal": _removal,
    "call": _call,
    "notice": _notice,
    "group": _group,
    "phone": _phone,
    "book": _book,
    "import": _import,
    "status": _receipt,
    "identity": _renumbered,
}
