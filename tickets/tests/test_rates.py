"""The pace of sending: per number and per conversation, shared by all workers, slower without Redis."""

import pytest
import redis

from tickets.actions import rates


@pytest.fixture(autouse=True)
def fresh(monkeypatch):
    monkeypatch.setattr(rates, "_alone", rates._Alone())


def taken(connection_id, contacts, count):
    """How many of `count` sends in a row may leave at once."""
    return sum(rates.take(connection_id, contact) == 0 for contact in (list(contacts) * count)[:count])


def test_one_conversation_has_a_burst_and_then_one_message_each_six_seconds():
    sent = 0
    while sent < 100 and (wait := rates.take(1, 1)) < 1:
        sent += wait == 0
    assert sent == rates.PAIR_BURST
    assert 5 < wait <= 6


def test_a_number_has_its_pace_whoever_is_written_to():
    at_once = taken(1, range(100), 100)
    assert rates.NUMBER_BURST <= at_once < 60


def test_numbers_do_not_slow_each_other():
    taken(1, range(100), 100)
    assert rates.take(2, 1) == 0


def test_a_refused_number_pauses_and_comes_back_slower():
    rates.slow_down(1, 30)
    assert 29 < rates.take(1, 1) <= 30
    assert rates.take(2, 1) == 0


class Unreachable:
    def register_script(self, source):
        def fail(**_):
            raise redis.ConnectionError("gone")

        return fail


@pytest.fixture
def without_redis(monkeypatch):
    rates._script.cache_clear()
    monkeypatch.setattr(rates, "connection", Unreachable)
    yield
    rates._script.cache_clear()


def test_without_redis_a_process_sends_at_a_quarter_of_the_pace(without_redis):
    at_once = taken(1, range(50), 50)
    assert 3 <= at_once <= 8
    assert rates._alone.is_resting()


def test_without_redis_a_refused_number_still_pauses(without_redis):
    rates.slow_down(1, 30)
    assert 29 < rates.take(1, 1) <= 30


def test_what_is_sent_by_itself_leaves_the_last_tokens_to_people():
    automatic = 0
    while rates.take(1, automatic, by_person=False) == 0:
        automatic += 1
    assert automatic < rates.NUMBER_BURST
    assert rates.take(1, 1000) == 0


def test_a_refused_account_rests_with_all_its_numbers():
    rates.pause([1, 2], 60)
    assert 59 < rates.take(1, 1) <= 60
    assert 59 < rates.take(2, 1) <= 60
    assert rates.take(3, 1) == 0


def test_a_refusal_of_the_account_rests_the_other_numbers_of_it(paper, say, acme_world, line, monkeypatch):
    from tickets.tests.paper import Paper
    from tickets.transport import Postponed

    monkeypatch.setattr(Paper, "account_of", lambda self, connection: "one account", raising=False)
    other = acme_world.connection("Second number")
    paper.answers = [Postponed("rate_limited", "", "account", 60)]
    say("Olá")
    assert rates.take(line.pk, 5) > 50
    assert rates.take(other.pk, 5) > 50
