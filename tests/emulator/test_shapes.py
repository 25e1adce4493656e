"""Every webhook of the emulator has the shape that is documented: the same key paths, the same JSON types.

The documented ones are `whatsapp/tests/payloads/`, after Meta's reference. A path that no documented webhook of
the kind has is a mistake of the emulator's, and so is one that all of them have and it leaves out.
"""

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest

from whatsapp.tests.conftest import PAYLOADS

from .conftest import ANA, Emulator, Receiver, wait_for

Shape = set[tuple[str, str]]
DOCUMENTED = {
    "text": ["text", "reply", "referral", "forwarded"],
    "image": ["image"],
    "video": ["video"],
    "audio": ["voice"],
    "document": ["document"],
    "sticker": ["sticker"],
    "location": ["location"],
    "contacts": ["contacts"],
    "reaction": ["reaction", "reaction_removed"],
    "button": ["template_button"],
    "interactive": ["button_reply", "list_reply"],
    "edit": ["edit"],
    "revoke": ["revoke"],
    "unsupported": ["unsupported"],
    "system": ["number_changed"],
    "status": ["status_delivered"],
    "failed": ["status_failed"],
}
# Documented as optional: there or not, as the message or its sender has it.
OPTIONAL = (
    ".messages[].context",
    ".messages[].referral",
    ".messages[].contacts[].",
    ".messages[].from_user_id",
    ".messages[].image.url",
    ".messages[].document.caption",
    ".statuses[].biz_opaque_callback_data",
    ".statuses[].recipient_user_id",
)
PICTURE = {"mime_type": "image/jpeg", "data_base64": "/9j/4Hg="}


def shape(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    yield path, type(value).__name__.replace("int", "float")
    if isinstance(value, dict):
        for key, part in value.items():
            yield from shape(part, f"{path}.{key}")
    elif isinstance(value, list):
        for part in value:
            yield from shape(part, f"{path}[]")


def values_of(document: Any) -> Iterator[Any]:
    yield from (change["value"] for entry in document["entry"] for change in entry["changes"])


def documented(kind: str) -> list[Shape]:
    found = []
    for name in DOCUMENTED[kind]:
        document = json.loads((PAYLOADS / f"{name}.json").read_text(encoding="utf-8"))
        found += [set(shape(value)) for value in values_of(document)]
    return found


def differences(kind: str, value: Any) -> list[str]:
    known = documented(kind)
    seen = set(shape(value))
    allowed = set.union(*known)
    missing = set.intersection(*known) - seen
    found = [("+", *one) for one in seen - allowed] + [("-", *one) for one in missing]
    return [f"{sign} {path}: {name}" for sign, path, name in sorted(found) if not path.startswith(OPTIONAL)]


@pytest.fixture
def told(emulator: Emulator, receiver: Receiver) -> dict[str, Any]:
    """One value of every kind, from a customer who does everything."""
    emulator.ctl("webhooks", {"batch_max": 1, "parallel": 1})
    first = emulator.says("Oi")
    card = {
        "name": {"formatted_name": "Bia", "first_name": "Bia"},
        "phones": [{"phone": "+55 21 9", "type": "CELL", "wa_id": "5521999990000"}],
    }
    drafts: list[dict[str, Any]] = [
        {"type": "image", "caption": "Veja", **PICTURE},
        {"type": "video", "mime_type": "video/mp4", "data_base64": "AAAA"},
        {"type": "audio", "voice": True, "data_base64": "T2dnUw=="},
        {"type": "document", "filename": "a.pdf", "data_base64": "JVBERi0="},
        {"type": "sticker", "data_base64": "UklGRg=="},
        {"type": "location", "latitude": -23.5, "longitude": -46.6, "name": "Sé", "address": "SP"},
        {"type": "contacts", "contacts": [card]},
        {"type": "reaction", "message_id": first, "emoji": "👍"},
        {"type": "button", "body": "Sim", "payload": "yes", "context": emulator.sent()},
        {"type": "button_reply", "id": "b1", "title": "Sim", "context": emulator.sent()},
        {"type": "edit", "message_id": first, "body": "Oi!"},
        {"type": "revoke", "message_id": first},
        {"type": "unsupported", "body": "poll"},
    ]
    for draft in drafts:
        emulator.says(**draft)
    emulator.ctl("faults", {"endpoint": "messages", "action": "fail_async", "code": 131026, "times": 1})
    failed = emulator.sent()
    wait_for(lambda: receiver.states(failed) == ["failed"])
    emulator.ctl(f"personas/{ANA}/change_number", {"to": "5511976543210"})
    wait_for(lambda: len(receiver.messages()) == len(drafts) + 2)
    found: dict[str, Any] = {}
    for value in receiver.values():
        for message in value.get("messages", []):
            found[message["type"]] = value
        for status in value.get("statuses", []):
            found["failed" if status["status"] == "failed" else "status"] = value
    return found


def test_every_webhook_has_its_documented_shape(told: dict[str, Any]) -> None:
    assert set(told) == set(DOCUMENTED)
    wrong = {kind: found for kind, value in told.items() if (found := differences(kind, value))}
    assert not wrong, json.dumps(wrong, indent=1)


@pytest.mark.parametrize(
    ("kind", "spoil"),
    [
        ("text", lambda value: value["messages"][0].pop("timestamp")),
        ("text", lambda value: value["messages"][0].update(timestamp=1_790_000_000)),
        ("text", lambda value: value.pop("contacts")),
        ("image", lambda value: value["messages"][0]["image"].pop("sha256")),
        ("reaction", lambda value: value["messages"][0]["reaction"].update(wamid="x")),
        ("edit", lambda value: value["messages"][0]["edit"].pop("original_message_id")),
        ("failed", lambda value: value["statuses"][0].pop("errors")),
        ("status", lambda value: value["statuses"][0].update(status=["delivered"])),
    ],
)
def test_a_wrong_shape_is_noticed(told: dict[str, Any], kind: str, spoil: Any) -> None:
    value = copy.deepcopy(told[kind])
    spoil(value)
    assert differences(kind, value)
