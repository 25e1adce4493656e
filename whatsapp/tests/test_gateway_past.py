"""Old conversations of a gateway: asked for by an administrator, fetched page by page, alarming nobody."""

import itertools
from datetime import UTC, datetime, timedelta

import pytest
from django.utils.timezone import now

from whatsapp.actions import histories
from whatsapp.gateway import history
from whatsapp.models import Event, PhoneSync
from whatsapp.tests.gateways import CHAT, call, says

pytestmark = pytest.mark.django_db(transaction=True)
OTHER, HIDDEN = "5521911112222@c.us", "123456789012345@lid"
MONDAY = int(datetime(2026, 3, 2, 12, tzinfo=UTC).timestamp())
DAY = 86_400


def old(number, chat=CHAT, *, day=0, **more):
    """The message of that number in a chat; the even ones are ours."""
    is_ours = number % 2 == 0
    name = f"{'true' if is_ours else 'false'}_{chat}_OLD{chat[:6]}{number:04d}"
    ends = (
        {"from": "5511912340000@c.us", "to": chat} if is_ours else {"from": chat, "to": "5511912340000@c.us"}
    )
    told = {
        "id": name,
        "timestamp": MONDAY + day * DAY + number,
        "fromMe": is_ours,
        "body": f"Velha {number}",
        "ack": 3,
    }
    return {**told, **ends, "hasMedia": False, "_data": {"notifyName": "Maria", "long": "x"}, **more}


@pytest.fixture
def ask(boss, line):
    def post(past="all", **days):
        return boss.post(f"/api/connections/{line}/phone/", {"past": past, **days})

    return post


@pytest.fixture
def sync(boss, line):
    def read():
        [row] = boss.get(f"/api/connections/{line}/phone/").json()["syncs"]
        return {name: row[name] for name in ("state", "progress", "items", "error")}

    return read


def test_the_past_comes_with_its_own_dates_into_a_closed_ticket_without_alarms(
    waha, ask, sync, messages, boss
):
    waha.chats = {
        CHAT: [old(n) for n in range(1, 5)],
        "120363025246125486@g.us": [old(9)],
        HIDDEN: [old(1, HIDDEN)],
    }
    assert ask().status_code == 200
    assert sync() == {"state": "done", "progress": 100, "items": 5, "error": ""}
    found = [one for one in messages() if one.ticket.contact.number]
    ours, theirs = ("out", "read"), ("in", "received")
    assert [(one.direction, one.state) for one in found] == [theirs, ours, theirs, ours]
    assert [one.body for one in found] == [f"Velha {n}" for n in range(1, 5)]
    assert found[0].at == datetime.fromtimestamp(MONDAY + 1, UTC)
    assert {(one.ticket.status, one.ticket.unread_count) for one in messages()} == {("closed", 0)}
    assert boss.get("/api/tickets/counts/").json()["waiting"] == 0
    assert not any("@g.us" in one for one in waha.asked)


def test_a_long_conversation_comes_page_by_page(waha, ask, sync, messages, monkeypatch):
    monkeypatch.setattr(history, "MESSAGES", 7)
    waha.chats = {CHAT: [old(n) for n in range(1, 31)]}
    ask()
    assert waha.asked == [f"{CHAT} {start}" for start in range(0, 35, 7)]
    assert [one.body for one in messages()] == [f"Velha {n}" for n in range(1, 31)]


def test_a_message_that_is_here_already_stays_one(waha, line, ask, messages):
    assert call(waha, line, "message", says("Oi", "3EB0LIVE")).status_code == 200
    waha.chats = {CHAT: [old(1), says("Oi", "3EB0LIVE", to="5511912340000@c.us")]}
    for _ in range(2):
        assert ask().status_code == 200
    assert sorted(one.body for one in messages()) == ["Oi", "Velha 1"]
    assert {one.body: one.ticket.status for one in messages()} == {"Oi": "pending", "Velha 1": "closed"}


def test_only_the_days_that_were_chosen_are_imported(waha, ask, messages):
    waha.chats = {CHAT: [old(1, day=-1), old(3), old(5, day=1), old(7, day=2)]}
    assert ask("period", past_from="2026-03-02", past_until="2026-03-03").status_code == 200
    assert [one.body for one in messages()] == ["Velha 3", "Velha 5"]


def test_a_period_may_end_on_the_last_day_there_is(waha, ask, messages):
    waha.chats = {CHAT: [old(1, day=-1), old(3)]}
    assert ask("period", past_from="2026-03-02", past_until="9999-12-31").status_code == 200
    assert [one.body for one in messages()] == ["Velha 3"]


def test_days_that_a_form_still_holds_do_not_narrow_all(waha, ask, messages):
    waha.chats = {CHAT: [old(1, day=-1), old(3), old(5, day=1)]}
    assert ask("all", past_from="2026-03-02", past_until="2026-03-02").status_code == 200
    assert [one.body for one in messages()] == ["Velha 1", "Velha 3", "Velha 5"]


def test_files_of_the_past_come_as_well(waha, ask, messages):
    picture = {"url": f"{waha.url}/api/files/old.jpg", "mimetype": "image/jpeg", "filename": "old.jpg"}
    waha.chats = {CHAT: [old(1, hasMedia=True, media=picture), old(3, hasMedia=True, media=None, body="")]}
    ask()
    assert [(one.kind, one.content.get("type")) for one in messages()] == [
        ("image", None), ("unsupported", "media_not_kept")
    ]  # fmt: skip


def test_what_a_gateway_cannot_give_is_said(waha, ask, sync):
    waha.broken = {"": 400}
    ask()
    assert sync() == {
        "state": "refused",
        "progress": 0,
        "items": 0,
        "error": "Enable the store of the session",
    }


@pytest.fixture
def later(line):
    """Two minutes later the clock finds imports that nobody works on."""
    import time_machine

    minutes = itertools.count(2, 2)

    def pass_by():
        with time_machine.travel(now() + timedelta(minutes=next(minutes)), tick=False):
            histories.sweep()

    return pass_by


def test_a_chat_that_fails_and_fails_is_left_out_and_told(waha, ask, sync, messages, later):
    waha.chats, waha.broken = {CHAT: [old(1)], OTHER: [old(3, OTHER)]}, {CHAT: 500}
    ask()
    for _ in range(histories.TRIES - 1):
        assert sync()["state"] == "running"
        later()
    assert sync()["state"] == "running", "the chat is left out, and the others go on"
    later()
    assert sync() == {"state": "done", "progress": 100, "items": 1, "error": "chats_left_out"}
    assert [one.body for one in messages()] == ["Velha 3"]


def test_a_worker_that_died_is_followed_by_another_where_it_ended(
    waha, ask, sync, line, acme_world, messages
):
    waha.chats = {CHAT: [old(1)], OTHER: [old(3, OTHER)]}
    ask()
    with acme_world.scope():
        row = PhoneSync.objects.get(connection=line)
        row.state, row.plan = "running", row.plan | {"next": 1, "is_held": True}
        row.save()
    waha.asked.clear()
    histories.fetch(row.company_id, line)
    assert waha.asked == [], "its lease still runs"
    with acme_world.scope():
        PhoneSync.objects.filter(pk=row.pk).update(heard_at=row.heard_at - 2 * histories.DEAD)
    histories.fetch(row.company_id, line)
    assert waha.asked == [f"{OTHER} 0"] and sync()["state"] == "done"
    assert len(messages()) == 2


def test_only_a_gateway_is_asked_and_only_once_at_a_time(boss, acme_world, ask, line, waha):
    number = acme_world.connection("Shop")
    answer = boss.post(f"/api/connections/{number.pk}/phone/", {"past": "all"})
    assert (answer.status_code, answer.json()["code"]) == (409, "not_a_gateway")
    assert ask("none").status_code == 400
    assert ask("period").json()["fields"] == {"past_from": ["needed"]}
    waha.broken = {"": 503}
    ask()
    assert ask().json()["code"] == "import_running"


def test_what_is_written_on_the_phone_itself_is_an_answer(waha, line, messages, acme_world):
    call(waha, line, "message.any", says("Oi"))
    written = {
        "id": f"true_{CHAT}_3EB0OUT",
        "timestamp": 1_790_000_060,
        "fromMe": True,
        "to": CHAT,
        "body": "Já vou",
    }
    call(waha, line, "message.any", {**written, "from": "5511912340000@c.us", "source": "app"})
    call(waha, line, "message.any", {**written, "id": f"true_{CHAT}_3EB0API", "source": "api"})
    assert [(one.body, one.direction) for one in messages()] == [("Oi", "in"), ("Já vou", "out")]
    with acme_world.scope():
        assert Event.objects.filter(kind="unsupported").count() == 1, "ours is known already"
