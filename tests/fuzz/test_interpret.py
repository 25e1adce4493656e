"""Whatever Meta, or somebody with its secret, sends: interpret() answers, and leaves nothing out.

FUZZ_CASES=100000 runs it at full length.
"""

import json
import os
from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from whatsapp.cloud_api.facts import pack, unpack
from whatsapp.cloud_api.payloads import interpret
from whatsapp.tests.conftest import PAYLOADS

CASES = int(os.environ.get("FUZZ_CASES", "500"))
LISTS = {
    "messages": ("messages", "statuses", "errors", "user_actions"),
    "calls": ("calls", "statuses", "errors"),
}
full = settings(max_examples=CASES, deadline=None, suppress_health_check=list(HealthCheck))

words = st.sampled_from(
    ["text", "image", "audio", "reaction", "system", "edit", "revoke", "interactive", "contacts", "location",
     "button", "order", "sent", "failed", "read", "wamid.X", "5511987654321", "BR.abc", "BR.ENT.abc", "",
     "messages", "user_changed_number", "button_reply", "nfm_reply", "calls", "connect", "terminate",
     "customer_identity_changed", "request_welcome", "REJECTED", "USER_INITIATED", "BUSINESS_INITIATED",
     '{"a": [1, {"b": null}]}', "[[[[[[[[1]]]]]]]]", "{", "1790000000", "\x00", "\ud800", "x" * 300]
)  # fmt: skip
names = st.sampled_from(
    ["id", "type", "from", "from_user_id", "timestamp", "text", "body", "image", "reaction", "message_id",
     "emoji", "system", "wa_id", "user_id", "previous_user_id", "profile", "name", "context", "errors", "code",
     "interactive", "button_reply", "contacts", "phones", "location", "latitude", "longitude", "status",
     "pricing", "conversation", "biz_opaque_callback_data", "recipient_id", "group_id", "edit", "message",
     "original_message_id", "referral", "audio", "voice", "mime_type", "sha256", "title", "payload", "button",
     "nfm_reply", "response_json", "order", "product_items", "quantity", "item_price", "currency", "event",
     "direction", "duration", "start_time", "end_time", "caption", "unsupported", "referred_product", "to"]
)  # fmt: skip
scalars = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | words
)  # anything JSON can hold, and what Python's reader lets through
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(names | st.text(max_size=3), inner, max_size=6)
    ),
    max_leaves=12,
)
items = st.dictionaries(names, values, max_size=8) | values
lists = st.lists(items, max_size=3) | values
metadata = st.just({"phone_number_id": "777", "display_phone_number": "1"}) | values
bodies = st.fixed_dictionaries(
    {}, optional={"metadata": metadata, "contacts": lists, "messages": lists, "statuses": lists,
                  "errors": lists, "user_actions": lists, "calls": lists}
)  # fmt: skip
changes = st.fixed_dictionaries(
    {}, optional={"field": st.sampled_from(["messages", "calls"]) | words, "value": bodies | values}
)
entries = st.fixed_dictionaries(
    {}, optional={"id": words, "changes": st.lists(changes | values, max_size=3) | values}
)
documents = (
    st.fixed_dictionaries({}, optional={"entry": st.lists(entries | values, max_size=3) | values}) | values
)


@full
@given(documents)
def test_anything_is_interpreted_and_nothing_is_left_out(document):
    facts = interpret(document)
    assert len(facts) == expected(document)
    for fact in facts:
        check(fact)


@full
@given(st.sampled_from(sorted(PAYLOADS.glob("*.json"))), st.data())
def test_a_real_webhook_with_one_thing_wrong(path, data):
    document = json.loads(path.read_text())
    places = list(every_place(document))
    holder, key = data.draw(st.sampled_from(places))
    if data.draw(st.booleans()):
        holder[key] = data.draw(values)
    else:
        del holder[key]
    facts = interpret(document)
    assert len(facts) == expected(document)
    for fact in facts:
        check(fact)


def check(fact):
    """It has a key, and PostgreSQL can store what it holds."""
    stored = json.dumps(pack(fact), allow_nan=False, ensure_ascii=False)
    assert "\\u0000" not in stored
    json.loads(stored)
    for text in (fact.key, fact.lane, fact.number_id, stored):
        text.encode("utf-8")
    assert fact.key and len(fact.key) <= 220 and len(fact.lane) <= 220
    if fact.what is not None:
        assert fact.lane
        assert unpack(fact.kind, json.loads(stored), getattr(fact.what, "at", fact.at)) == fact.what


def expected(document: Any) -> int:
    """Counted in the most pedestrian way: items of lists, and one for whatever has no items."""
    entry = document.get("entry") if isinstance(document, dict) else None
    return of_list(entry, in_entry)


def in_entry(entry: Any) -> int:
    return of_list(entry.get("changes") if isinstance(entry, dict) else None, in_change)


def in_change(change: Any) -> int:
    value = change.get("value") if isinstance(change, dict) else None
    if not isinstance(value, dict):
        return 1
    total = 0
    for name in LISTS.get(change.get("field") if isinstance(change.get("field"), str) else "", ()):
        part = value.get(name)
        if isinstance(part, list):
            total += len(part)
        elif part is not None:
            total += 1
    return total or 1


def of_list(part: Any, count: Callable[[Any], int]) -> int:
    if not isinstance(part, list) or not part:
        return 1
    return sum(count(one) for one in part)


def every_place(part: Any):
    pairs = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    for key, value in list(pairs):
        yield part, key
        yield from every_place(value)
