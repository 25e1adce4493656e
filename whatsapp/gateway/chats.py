"""A gateway's names for chats and messages: "5511…@c.us", and "false_5511…@c.us_3EB0…" for one message in it."""

from tickets.models import Message
from tickets.models.message import Direction
from tickets.transport import Address
from whatsapp.devices.jids import jid_of


def chat_of(address: Address) -> str | None:
    jid = jid_of(address)
    return jid.replace("@s.whatsapp.net", "@c.us") if jid else None


def id_within(name: str) -> str:
    """WhatsApp's own id, the same on every transport: so a number can move and its answers still find what
    they answer."""
    parts = name.split("_")
    return parts[2] if len(parts) > 2 and parts[0] in {"true", "false"} else name


def name_of(message: Message, chat: str, provider_id: str) -> str:
    return f"{'true' if message.direction == Direction.OUT else 'false'}_{chat}_{provider_id}"
