"""WhatsApp's own addresses: "5511987654321:12@s.whatsapp.net" is the twelfth device of a phone number."""

import re

from tickets.transport import Address

PHONE_SERVERS = {"s.whatsapp.net", "c.us", "hosted"}
LID_SERVERS = {"lid", "hosted.lid"}
_JID = re.compile(r"([0-9A-Za-z.\-]{1,80}?)(?:\.[0-9]{1,3})?(?::[0-9]{1,4})?@([a-z.]{1,20})")
_PHONE = re.compile(r"[0-9]{5,20}")
_LID = re.compile(r"[0-9]{5,30}")
_GROUP = re.compile(r"[0-9\-]{5,60}")


def address_of(jid: str) -> Address | None:
    """The typed address; None for broadcasts, channels and whatever is no address.

    The server's part decides: a LID is digits as well, and must never become a phone number.
    """
    found = _JID.fullmatch(jid)
    if found is None:
        return None
    user, server = found[1], found[2]
    if server in PHONE_SERVERS and _PHONE.fullmatch(user):
        return Address("phone", user)
    if server in LID_SERVERS and _LID.fullmatch(user):
        return Address("lid", user)
    if server == "g.us" and _GROUP.fullmatch(user):
        return Address("group", user)
    return None


def jid_of(address: Address) -> str | None:
    """How the engine is told whom to write to; None for addresses that this channel does not know."""
    server = {"phone": "s.whatsapp.net", "lid": "lid", "group": "g.us"}.get(address.kind)
    return f"{address.value}@{server}" if server else None


def phone_of(jid: str) -> str:
    """The digits of a phone's JID, blank for others."""
    found = address_of(jid)
    return found.value if found and found.kind == "phone" else ""


def is_group(jid: str) -> bool:
    return jid.endswith("@g.us")
