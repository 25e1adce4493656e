"""What AI took, through its door."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from integrations.models import AiCall, Assistant, Turn

URL = "/api/ai/usage/"


@pytest.fixture
def bia(acme_world):
    with acme_world.scope():
        return Assistant.objects.create(name="Bia", instructions="…")


@pytest.fixture
def call(acme_world, provider):
    def _call(**fields):
        given = {
            "at": now(),
            "purpose": "answer",
            "model": "m",
            "cost": "0.5",
            "latency_ms": 100,
            "input_tokens": 10,
        }
        with acme_world.scope():
            return AiCall.objects.create(provider=provider, **{**given, **fields})

    return _call


@pytest.fixture
def lines(as_, sofia):
    return lambda **query: as_(sofia).get(URL, query).json()["lines"]


def test_each_assistant_has_a_line_with_cost_and_times(lines, call, bia):
    for latency in (100, 200, 300):
        call(assistant=bia, latency_ms=latency)
    call(assistant=bia, outcome="timeout", cost=None, latency_ms=60_000)
    call(purpose="copilot", cost=None)
    first, other = lines()
    assert (first["name"], first["calls"], first["failed"], first["cost"]) == ("Bia", 4, 1, "1.500000")
    assert (first["latency_p50_ms"], first["latency_p95_ms"]) == (200, 290)
    assert first["outcomes"] == {"ok": 3, "timeout": 1}
    assert (other["key"], other["unpriced"]) == ("", 1)


@pytest.mark.parametrize(("by", "keys"), [
    ("purpose", {"answer", "copilot"}), ("model", {"m", "big"}), ("provider", None),
])  # fmt: skip
def test_the_same_by_purpose_model_and_provider(lines, call, provider, by, keys):
    call()
    call(purpose="copilot", model="big")
    assert {line["key"] for line in lines(by=by)} == (keys or {str(provider.pk)})


def test_days_and_months_are_the_companys_own(lines, call, time_machine):
    time_machine.move_to("2026-11-30T12:00:00Z")
    call(at=now().replace(day=21, hour=2))  # still the 20th in São Paulo
    call(at=now().replace(day=21, hour=4))
    assert [line["key"] for line in lines(by="day")] == ["2026-11-20", "2026-11-21"]
    assert [line["key"] for line in lines(by="month")] == ["2026-11"]


def test_this_month_unless_asked_otherwise(lines, call, time_machine):
    time_machine.move_to("2026-11-21T12:00:00Z")
    call(at=now() - timedelta(days=40))
    assert lines() == []
    assert len(lines(after="2026-10-01T00:00:00Z", by="day")) == 1


def test_how_conversations_ended_is_told_of_each_assistant(lines, call, bia, acme_world, line):
    call(assistant=bia)
    with acme_world.scope():
        for states in (["spoken", "handed_over"], ["spoken", "spoken"], ["spoken"], ["discarded"]):
            ticket = acme_world.ticket(line)
            for state in states:
                Turn.objects.create(ticket=ticket, assistant=bia, state=state, since=1, upto=1)
    (shown,) = lines()
    assert (shown["conversations"], shown["handed_over"], shown["resolved"]) == (3, 1, 2)


@pytest.mark.parametrize(
    ("by", "ends"),
    [
        ({"direction": "out"}, (0, 1)),  # an agent, or a phone
        ({"direction": "out", "content": {"automatic": "farewell"}}, (1, 0)),
        ({"direction": "out", "state": "cancelled"}, (1, 0)),
        ({"direction": "internal", "kind": "note"}, (1, 0)),
    ],
)
def test_a_conversation_in_which_people_spoke_afterwards_was_not_resolved_alone(
    lines, call, bia, acme_world, ticket, by, ends
):
    call(assistant=bia)
    asked = acme_world.message(ticket, "Qual o prazo?")
    with acme_world.scope():
        Turn.objects.create(ticket=ticket, assistant=bia, state="spoken", since=asked.pk, upto=asked.pk)
    acme_world.message(ticket, "Cinco dias.", **by)
    (shown,) = lines()
    assert (shown["resolved"], shown["taken_over"], shown["handed_over"]) == (*ends, 0)


def test_a_call_that_has_not_ended_is_not_told(lines, call):
    call(outcome="asking", cost=None)
    assert lines() == []


def test_nothing_of_another_company_is_counted(lines, rival_world, ai_server):
    foreign = ai_server.provider_of(rival_world)
    with rival_world.scope():
        AiCall.objects.create(provider=foreign, at=now(), purpose="answer", model="m", cost="9")
    assert lines() == []
