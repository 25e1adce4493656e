"""The same for what a phone tells that shares its number, for news of groups, and for a gateway's webhooks.

What a phone told long ago lies deep in its document. So each message there gets a name, and every name has to come out
again, in a fact that is applied or in one that is kept.
"""

import itertools
import json
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.test_interpret import CASES, check, values
from whatsapp.cloud_api.facts import message_of, pack
from whatsapp.cloud_api.groups import FIELDS as GROUP_FIELDS
from whatsapp.cloud_api.payloads import interpret
from whatsapp.gateway.interpret import interpret as read_gateway

# Their documents are deeper, so fewer of them take as long.
some = settings(max_examples=max(100, CASES // 5), deadline=None, suppress_health_check=list(HealthCheck))

kinds = st.sampled_from(["text", "image", "edit", "revoke", "reaction", "media_placeholder", "errors", "x"])
people = st.sampled_from(["5511987654321", "BR.abc", "BR.ENT.abc", "15550783881", "", "x"])
texts = st.fixed_dictionaries({"body": st.text(max_size=8)}) | values
messages = st.fixed_dictionaries(
    {"id": st.just("here")},
    optional={"from": people | values, "to": people | values, "type": kinds | values,
              "timestamp": st.just("1790000000"), "text": texts, "image": values,
              "edit": values, "revoke": values, "history_context": values},
)  # fmt: skip
listed = st.lists(messages | values, max_size=3) | messages | values
threads = st.fixed_dictionaries({}, optional={"id": people | values, "context": values, "messages": listed})
chunks = st.fixed_dictionaries(
    {}, optional={"metadata": values, "threads": st.lists(threads | values, max_size=2) | threads | values,
                  "errors": st.just([{"code": 2593109}]) | values}
)  # fmt: skip
metadata = st.just({"phone_number_id": "777", "display_phone_number": "15550783881"})
told = st.fixed_dictionaries(
    {"metadata": metadata},
    optional={"message_echoes": listed, "messages": listed, "contacts": values,
              "history": st.lists(chunks | values, max_size=2) | chunks | values, "state_sync": listed},
)  # fmt: skip


@some
@given(st.sampled_from(["smb_message_echoes", "history", "smb_app_state_sync"]), told)
def test_every_message_of_a_phone_comes_out_again(field, value):
    named = _named(value) if field != "smb_app_state_sync" else set()
    facts = interpret(_around(field, value))
    assert facts
    for fact in facts:
        check(fact)
    kept = " ".join(json.dumps([pack(fact), message_of(fact), fact.key]) for fact in facts)
    assert [name for name in named if f"{name}." not in kept] == []


@some
@given(st.sampled_from(sorted(GROUP_FIELDS)), st.lists(values, min_size=1, max_size=4) | values)
def test_all_news_of_groups_are_accounted_for(field, listed):
    facts = interpret(_around(field, {"metadata": {"phone_number_id": "777"}, "groups": listed}))
    assert len(facts) == (len(listed) if isinstance(listed, list) and listed else 1)
    for fact in facts:
        check(fact)


EVENTS = ["message", "message.any", "message.ack", "message.reaction", "message.edited", "message.revoked",
          "session.status", "history", "x"]  # fmt: skip
chats = st.sampled_from(["5511987654321@c.us", "123456789012345@lid", "120363025246125486@g.us", "x", ""])
ids = st.sampled_from(["false_5511987654321@c.us_3EB0", "true_5511987654321@c.us_3EB1", "3EB2", ""])
payloads = st.fixed_dictionaries(
    {}, optional={"id": ids | values, "from": chats | values, "to": chats | values, "fromMe": st.booleans() | values,
                  "body": values, "timestamp": st.just(1_790_000_000) | values, "ack": st.integers(-2, 6) | values,
                  "hasMedia": st.booleans() | values, "media": values, "location": values, "vCards": values,
                  "source": st.sampled_from(["app", "api"]) | values, "replyTo": values, "reaction": values,
                  "_data": values, "participant": chats | values, "editedMessageId": ids, "revokedMessageId": ids}
)  # fmt: skip
calls = st.fixed_dictionaries(
    {}, optional={"event": st.sampled_from(EVENTS) | values, "payload": payloads | values, "chat": chats | values,
                  "messages": st.lists(payloads | values, max_size=4) | values}
)  # fmt: skip


@some
@given(calls | values)
def test_whatever_a_gateway_sends_is_accounted_for(document):
    facts = read_gateway(document, 7)
    for fact in facts:
        check(fact)
    found = document if isinstance(document, dict) else {}
    listed = found.get("messages")
    is_past = found.get("event") == "history" and len(facts) > 1
    assert len(facts) == (len(listed) if is_past else 1)


def _around(field: str, value: dict[str, Any]) -> dict[str, Any]:
    return {"entry": [{"id": "waba", "changes": [{"field": field, "value": value}]}]}


def _named(value: dict[str, Any]) -> set[str]:
    """Gives every message a name of its own, wherever it lies."""
    numbers, found = itertools.count(), set()

    def walk(part: Any) -> None:
        if isinstance(part, dict):
            if part.get("id") == "here":
                name = f"wamid.{next(numbers)}"
                part["id"] = f"{name}."
                found.add(name)
            for inner in part.values():
                walk(inner)
        elif isinstance(part, list):
            for inner in part:
                walk(inner)

    for name in ("message_echoes", "messages", "history"):
        walk(value.get(name))
    return found
