"""Whatever nonsense a client sends, Graph answers with an error of its own and never breaks."""

import copy
from collections.abc import Iterator
from typing import Any

import pytest

from .conftest import ANA, LINE, Emulator

NONSENSE: list[Any] = [None, [], {}, 5, "x", True, [1], {"x": 1}, [[]], ""]
BODY = {"text": "Choose"}
MESSAGES: dict[str, dict[str, Any]] = {
    "text": {"text": {"body": "Oi"}, "context": {"message_id": "wamid.x"}},
    "image": {"image": {"id": "1", "caption": "x"}},
    "location": {"location": {"latitude": 1, "longitude": 2}},
    "contacts": {"contacts": [{"name": {"formatted_name": "A", "first_name": "A"}, "phones": []}]},
    "reaction": {"reaction": {"message_id": "x", "emoji": "👍"}},
    "interactive": {
        "interactive": {
            "type": "list",
            "header": {"type": "text", "text": "x"},
            "body": BODY,
            "footer": {"text": "x"},
            "action": {"button": "Open", "sections": [{"title": "x", "rows": [{"id": "1", "title": "x"}]}]},
        }
    },
    "template": {
        "template": {
            "name": "conversation_reopen",
            "language": {"code": "en"},
            "components": [{"type": "body", "parameters": [{"type": "text", "text": "Ana"}]}],
        }
    },
}
BUTTONS = {
    "action": {"buttons": [{"type": "reply", "reply": {"id": "1", "title": "x"}}]},
    "type": "button",
    "body": BODY,
}


def paths(part: Any, so_far: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in a message that can be replaced by nonsense."""
    keys = part.keys() if isinstance(part, dict) else range(len(part)) if isinstance(part, list) else ()
    for key in keys:
        yield (*so_far, key)
        yield from paths(part[key], (*so_far, key))


def spoiled(message: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for path in paths(message):
        for junk in NONSENSE:
            copied = copy.deepcopy(message)
            target = copied
            for key in path[:-1]:
                target = target[key]
            target[path[-1]] = junk
            yield copied


@pytest.mark.parametrize("kind", [*MESSAGES, "buttons", "read"])
def test_nonsense_is_refused_in_graphs_words(open_window: Emulator, kind: str) -> None:
    open_window.ctl("settings", {"pair_burst": 0, "number_per_second": 0})
    base: dict[str, Any] = {
        "messaging_product": "whatsapp",
        "to": ANA,
        "type": kind,
        **MESSAGES.get(kind, {}),
    }
    if kind == "buttons":
        base |= {"type": "interactive", "interactive": BUTTONS}
    if kind == "read":
        base = {"status": "read", "message_id": open_window.says(), "typing_indicator": {"type": "text"}}
    for message in spoiled(base):
        answer = open_window.http.post(f"/v25.0/{LINE}/messages", json=message)
        assert answer.status_code < 500, message
        assert answer.status_code == 200 or answer.json()["error"]["code"], message


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b"null", b"\xff\xfe", b'"x"'])
def test_a_body_that_is_no_object_is_refused(emulator: Emulator, raw: bytes) -> None:
    assert emulator.code(emulator.http.post(f"/v25.0/{LINE}/messages", content=raw)) == 100


@pytest.mark.parametrize("path", ["", "v25.0", "v25.0/404", f"v25.0/{LINE}/unknown", "v25.0/404/messages"])
def test_an_unknown_path_is_refused(emulator: Emulator, path: str) -> None:
    answer = emulator.http.post(f"/{path}", json={})
    assert answer.status_code in {400, 404, 405}
