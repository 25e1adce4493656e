"""Who a webhook speaks of: typed addresses, told apart before anything is normalised."""

import re
from collections.abc import Mapping
from typing import Any

from tickets.transport import Address, Sender
from whatsapp.cloud_api.foreign import line_of, mapping, text

PHONE = re.compile(r"[0-9]{5,20}")
# A BSUID with its dots and letters removed would look like a phone number, so it is recognised first.
BSUID = re.compile(r"[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}")
_STRENGTH = {"bsuid": 0, "bsuid_parent": 1, "phone": 2}


def address(value: Any, waba_id: str) -> Address | None:
    """The address in a field that should hold one; None for anything else, an empty text included.

    Meta's own payloads have carried a BSUID in fields meant for phones, so the value decides, not the field.
    A BSUID belongs to a business portfolio. Webhooks name only the account; which accounts share a portfolio is
    asked when a number is checked, and compared when it matters (`accounts_beside`).
    """
    if not isinstance(value, str):
        return None
    if found := BSUID.fullmatch(value):
        return Address("bsuid_parent" if found[1] else "bsuid", value, waba_id)
    return Address("phone", value) if PHONE.fullmatch(value) else None


def addresses(values: list[Any], waba_id: str) -> tuple[Address, ...]:
    """The distinct addresses among the values, strongest first."""
    found = {one.value: one for value in values if (one := address(value, waba_id))}
    return tuple(sorted(found.values(), key=lambda one: _STRENGTH[one.kind]))


def sender_of(message: Mapping[str, Any], contacts: list[Any], waba_id: str, *, alone: bool) -> Sender:
    """Everything that the message and its contact card tell about who wrote it.

    `alone`: the only message beside the only card, which belongs together even when the message names nobody.
    """
    own = [message.get("from"), message.get("from_user_id"), message.get("from_parent_user_id")]
    card = _card(own, contacts, alone=alone)
    ids = [card.get("user_id"), card.get("parent_user_id"), card.get("wa_id")]
    profile = mapping(card.get("profile"))
    return Sender(
        addresses=addresses([*own, *ids], waba_id),
        name=line_of(profile.get("name"), 200),
        username=line_of(profile.get("username"), 80),
        # Webhooks of before 2026 know neither user ids nor user names.
        has_no_username=bool(profile.get("name") and card.get("user_id") and not profile.get("username")),
    )


def recipient_of(status: Mapping[str, Any], contacts: list[Any], waba_id: str) -> Sender | None:
    """Whom a message of ours went to, as its status tells it."""
    own = [
        status.get("recipient_id"),
        status.get("recipient_user_id"),
        status.get("recipient_parent_user_id"),
    ]
    card = _card(own, contacts, alone=False)
    found = addresses([*own, card.get("user_id"), card.get("parent_user_id"), card.get("wa_id")], waba_id)
    return Sender(found) if found else None


def _card(own: list[Any], contacts: list[Any], *, alone: bool) -> Mapping[str, Any]:
    names = {value for value in own if isinstance(value, str) and value}
    cards = [mapping(card) for card in contacts]
    for card in cards:
        if names & {text(card.get("user_id")), text(card.get("wa_id"))}:
            return card
    return cards[0] if alone and len(cards) == 1 and not names else {}
