"""Calls are counted in lots, and still nobody gets more of them than allowed."""

import uuid

import pytest

from tenants import throttles


@pytest.fixture
def bucket():
    return f"rate:test:{uuid.uuid4()}"


def test_exactly_what_is_allowed_passes(bucket):
    passed = [throttles.refused_for(bucket, 250, 60) is None for _ in range(300)]
    assert passed == [True] * 250 + [False] * 50


def test_two_processes_together_pass_no_more_than_is_allowed(bucket, monkeypatch):
    passed = 0
    others: dict = {}
    for _ in range(300):
        passed += throttles.refused_for(bucket, 250, 60) is None
        mine = throttles._lots
        monkeypatch.setattr(throttles, "_lots", others)
        others = mine
    assert 250 - throttles.LOT <= passed <= 250


def test_a_small_allowance_is_counted_call_by_call(bucket):
    throttles.refused_for(bucket, 5, 60)
    assert not throttles._lots.get((bucket, 5))


def test_who_is_refused_is_told_when_the_window_ends(bucket):
    throttles.refused_for(bucket, 1, 60)
    assert 0 < throttles.refused_for(bucket, 1, 60) <= 60
