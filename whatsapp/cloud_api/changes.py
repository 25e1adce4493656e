"""What a webhook says about an earlier message: a reaction, a correction, or that it was deleted."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tickets.transport import Edit, Reaction, Removal, Sender
from whatsapp.cloud_api.foreign import line_of, mapping, text

LONGEST_ID = 255
KINDS = {"reaction": "reaction", "edit": "edit", "revoke": "removal"}  # type of message: kind of fact


def change_of(item: Mapping[str, Any], sender: Sender, at: datetime) -> Reaction | Edit | Removal | None:
    """None when it does not say which message it means, or nothing that can be read."""
    kind = text(item.get("type"))
    body = mapping(item.get(kind))
    target = text(body.get("message_id" if kind == "reaction" else "original_message_id"))
    if not target or len(target) > LONGEST_ID:
        return None
    if kind == "reaction":  # an emoji that is missing or empty takes the reaction away
        return Reaction(target, sender, line_of(body.get("emoji"), 32), at)
    if kind == "revoke":
        return Removal(target, at)
    words = _words(mapping(body.get("message")))
    return Edit(target, words, at) if words is not None else None


def _words(message: Mapping[str, Any]) -> str | None:
    """The new text. A caption may be taken away, the text of a text may not."""
    kind = text(message.get("type"))
    part = mapping(message.get(kind))
    if kind == "text":
        return text(part.get("body")) or None
    return text(part.get("caption")) if part else None
