"""How links end and go on, as the real engine tells it: the states of docs/devices.md begin with these words."""

import shutil
from contextlib import contextmanager

import pytest

from whatsapp.tests.relay.nodes import HIDDEN
from whatsapp.tests.relay.process import EngineProcess, linked


@pytest.fixture(scope="module")
def kept(relay, folder, account):
    """An account, and the keys of an engine that was linked to it and ended."""
    person = account("Padaria")
    keys = folder / "linked.db"
    with linked(relay, person, keys):
        return person, keys


@pytest.fixture
def again(relay, kept, tmp_path):
    """The same link in another process, with its own copy of the keys."""
    copies = iter(range(10))

    @contextmanager
    def begin():
        keys = tmp_path / f"{next(copies)}.db"
        shutil.copy(kept[1], keys)
        with EngineProcess(keys, relay.environment) as engine:
            yield engine

    return begin


def test_keys_that_were_kept_log_in_without_a_code(again):
    with again() as engine:
        engine.until("connected")
        assert [one["event"] for one in engine.heard] == ["connected"]


@pytest.mark.parametrize(
    ("refusal", "event", "told"),
    [
        (
            {"reason": "402", "code": "102", "expire": "3600"},
            "banned",
            {"seconds": 3600, "reason": "Blocked by users."},
        ),
        ({"reason": "405"}, "outdated", {}),
        ({"reason": "409"}, "refused", {"code": 409}),
        ({"reason": "400"}, "refused", {"code": 400}),
        ({"reason": "403"}, "logged_out", {"code": 403, "on_connect": True}),
        ({"reason": "401"}, "logged_out", {"code": 401, "on_connect": True}),
    ],
)
def test_a_login_that_is_refused_says_why(kept, again, refusal, event, told):
    kept[0].refusal = refusal
    with again() as engine:
        heard = engine.until(event)
    kept[0].refusal = {}
    assert heard == heard | told


def test_a_second_program_with_the_same_keys_replaces_the_first(again):
    with again() as first:
        first.until("connected")
        with again() as second:
            second.until("connected")
            first.until("replaced")


def test_a_link_that_we_give_up_is_gone_at_the_server_too(relay, folder, account):
    person = account("Loja")
    with linked(relay, person, folder / "given-up.db") as engine:
        engine.do("logout")
    assert person.devices == {}


def test_a_line_lost_between_the_two_logins_of_linking_is_dialled_anew(relay, folder, account):
    """The engine itself waits for ever: so `Seat.look_at_line` ends it, and its keys log in."""
    person, keys = account("Mercado"), folder / "lost.db"
    relay.forgets_to_restart = True
    with EngineProcess(keys, relay.environment) as engine:
        relay.scan(person, engine.until("qr")["code"])
        engine.until("paired")
        engine.do("stop")
    relay.forgets_to_restart = False
    with EngineProcess(keys, relay.environment) as engine:
        assert engine.until("connected")["lid"] == person.jid(HIDDEN)


def test_the_telephone_removes_the_link(relay, kept, again):
    with again() as engine:
        engine.until("connected")
        relay.unlink(kept[0])
        assert engine.until("logged_out")["on_connect"] is False
