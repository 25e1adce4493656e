"""Raw webhooks as people may see them: secrets never, customers' numbers only where they are asked for."""

import json
import re
from typing import Any

from tickets.masking import MASK, hide

HIDDEN = MASK * 6
_SECRET_KEYS = re.compile(
    r"token|secret|passw|authorization|api_?key|credential|signature|^pin$|^otp$", re.IGNORECASE
)
_SECRETS = re.compile(r"\bEAA[A-Za-z0-9]{16,}|(?<=\bBearer )\S+", re.IGNORECASE)
_SIGNED = re.compile(r"([?&](?:hash|token|access_token|sig|signature|oh|oe|ext)=)[^&\s\"]+")
_NUMBER = re.compile(r"(?<![\w.])\+?\d{8,15}(?![\w])")
# Ids of accounts, numbers and products at Meta look like telephone numbers and are nobody's.
_PEOPLE_IDS = frozenset({"wa_id", "new_wa_id", "recipient_id", "participant_id", "recipient_participant_id"})


def shown(body: bytes, *, numbers: bool) -> tuple[Any, str]:
    """The document, or its text where it is no JSON."""
    try:
        document = json.loads(body)
    except ValueError:
        return None, _text(body.decode(errors="replace").replace("\x00", "\ufffd"), numbers)
    return cleaned(document, numbers=numbers), ""


def cleaned(value: Any, *, numbers: bool, key: str = "") -> Any:
    if isinstance(value, dict):
        return {name: cleaned(one, numbers=numbers, key=name) for name, one in value.items()}
    if isinstance(value, list):
        return [cleaned(one, numbers=numbers, key=key) for one in value]
    if value and isinstance(value, (str, int)) and not isinstance(value, bool) and _SECRET_KEYS.search(key):
        return HIDDEN
    if isinstance(value, str):
        return _text(value, numbers or _is_id(key))
    return value


def _is_id(key: str) -> bool:
    return key in {"id", "timestamp"} or (key.endswith("_id") and key not in _PEOPLE_IDS)


def _text(text: str, numbers: bool) -> str:
    safe = _SIGNED.sub(rf"\1{HIDDEN}", _SECRETS.sub(HIDDEN, text))
    return safe if numbers else _NUMBER.sub(lambda found: hide(found[0]), safe)
