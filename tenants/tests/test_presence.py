"""The sockets' door: who comes in, what they hear, and who is shown at their desk."""

import threading

import pytest
import time_machine
from django.utils.timezone import now, timedelta

from helpdesk.redis import connection
from helpdesk.sockets import Rejected
from tenants import live
from tenants.actions import presence
from tenants.models import Company, Membership, Session

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_heartbeat(monkeypatch):
    """No thread of this process may beat into the next test."""
    monkeypatch.setattr(live, "_heartbeat", live.Heartbeat())
    monkeypatch.setattr(threading.Thread, "start", lambda self: None)


@pytest.fixture
def visitor(api):
    return live.enter(api.signed_in["access"])


def row_of(user, world):
    with world.scope():
        return Membership.objects.get(user=user)


def sweep_after(seconds):
    connection().set(presence.WATCH, 1)
    with time_machine.travel(now() + timedelta(seconds=seconds)):
        presence.sweep()


def test_an_agent_hears_own_queues_and_tickets_without_one(visitor, bruno, acme, sales):
    assert (visitor.company_id, visitor.user_id) == (acme.pk, bruno.pk)
    assert visitor.audiences == {"company", f"user.{bruno.pk}", f"queue.{sales.pk}", "unqueued"}


def test_a_supervisor_hears_what_supervisors_hear(as_, sofia):
    assert "supervisors" in live.enter(as_(sofia).signed_in["access"]).audiences


def test_an_option_of_the_company_hides_tickets_without_a_queue(api, acme):
    Company.objects.filter(pk=acme.pk).update(settings={"agents_see_unqueued": False})
    assert "unqueued" not in live.enter(api.signed_in["access"]).audiences


def test_a_deleted_queue_is_not_heard(api, sales, acme_world):
    with acme_world.scope():
        sales.deleted_at = now()
        sales.save()
    assert f"queue.{sales.pk}" not in live.enter(api.signed_in["access"]).audiences


def test_entering_costs_two_queries(api, django_assert_num_queries):
    from django.db import connection as database

    database.ensure_connection()
    with django_assert_num_queries(2):
        live.enter(api.signed_in["access"])


def test_nonsense_and_ended_sessions_stay_outside(api):
    with pytest.raises(Rejected) as rejected:
        live.enter("nonsense")
    assert rejected.value.code == 4401
    api.post("/api/auth/logout/")
    with pytest.raises(Rejected) as rejected:
        live.enter(api.signed_in["access"])
    assert rejected.value.code == 4401


def test_a_blocked_company_stays_outside(api, visitor, acme):
    Company.objects.filter(pk=acme.pk).update(status="blocked")
    for door in (lambda: live.enter(api.signed_in["access"]), lambda: live.audiences(visitor)):
        with pytest.raises(Rejected) as rejected:
            door()
        assert rejected.value.code == 4403


def test_rights_that_changed_are_heard_without_a_new_token(visitor, bruno, as_, ana):
    as_(ana).patch(f"/api/users/{bruno.pk}/", {"role": "supervisor", "queues": []})
    assert live.audiences(visitor) == {"company", f"user.{bruno.pk}", "supervisors", "unqueued"}


def test_a_removed_person_hears_nothing(visitor, bruno, as_, ana):
    as_(ana).delete(f"/api/users/{bruno.pk}/")
    with pytest.raises(Rejected):
        live.audiences(visitor)


def test_arriving_is_shown_to_the_company(visitor, bruno, acme_world, heard, run_commits):
    with run_commits():
        assert live.arrived(visitor, 1) == {bruno.pk: "online"}
    assert row_of(bruno, acme_world).presence == "online"
    told = heard("presence.changed")
    assert told[0]["data"] == {"user": bruno.pk, "presence": "online", "last_seen_at": None}
    assert told[0]["audience"] == {"company"}


def test_a_second_window_is_no_news(visitor, heard, run_commits):
    with run_commits():
        live.arrived(visitor, 1)
        live.arrived(visitor, 2)
    assert len(heard("presence.changed")) == 1


def test_a_person_says_busy_and_stays_it_in_a_second_window(visitor, bruno, acme_world, heard, run_commits):
    with run_commits():
        live.arrived(visitor, 1)
        live.say_presence(visitor, "busy")
        assert live.arrived(visitor, 2) == {bruno.pk: "busy"}
    assert [frame["data"]["presence"] for frame in heard("presence.changed")] == ["online", "busy"]


@pytest.mark.parametrize("said", ["offline", "asleep", ""])
def test_other_words_mean_nothing(visitor, bruno, acme_world, said):
    live.arrived(visitor, 1)
    live.say_presence(visitor, said)
    assert row_of(bruno, acme_world).presence == "online"


def test_a_minute_after_the_last_window_closed_the_person_is_offline(
    visitor, bruno, acme_world, heard, run_commits
):
    live.arrived(visitor, 1)
    live.left(visitor, 1)
    sweep_after(50)
    assert row_of(bruno, acme_world).presence == "online"
    with run_commits():
        sweep_after(61)
    row = row_of(bruno, acme_world)
    assert row.presence == "offline"
    assert abs((now() - row.last_seen_at).total_seconds()) < 5
    assert heard("presence.changed")[-1]["data"]["presence"] == "offline"


def test_a_window_in_another_process_keeps_the_person_online(visitor, bruno, acme_world):
    live.arrived(visitor, 1)
    live.left(visitor, 1)
    elsewhere = live.Heartbeat()
    elsewhere.add(visitor)
    with time_machine.travel(now() + timedelta(seconds=55)):
        elsewhere.beat()
    sweep_after(65)
    assert row_of(bruno, acme_world).presence == "online"


def test_the_heartbeat_stops_with_the_last_window(visitor):
    heartbeat = live.Heartbeat()
    heartbeat.add(visitor)
    heartbeat.add(visitor)
    heartbeat.remove(visitor)
    heartbeat.beat()
    assert connection().zcard(f"presence:{visitor.company_id}") == 1
    connection().delete(f"presence:{visitor.company_id}")
    heartbeat.remove(visitor)
    heartbeat.beat()
    assert connection().zcard(f"presence:{visitor.company_id}") == 0


def test_a_redis_without_memory_sends_nobody_home(visitor, bruno, acme_world):
    live.arrived(visitor, 1)
    connection().flushdb()
    presence.sweep()
    assert row_of(bruno, acme_world).presence == "online"
    presence.sweep()  # nobody beat in the meantime: now the silence means something
    assert row_of(bruno, acme_world).presence == "offline"


def test_signing_out_is_shown_at_once(api, visitor, bruno, acme_world, heard):
    live.arrived(visitor, 1)
    api.post("/api/auth/logout/")
    assert row_of(bruno, acme_world).presence == "offline"
    assert heard("presence.changed")[-1]["data"]["presence"] == "offline"


def test_coming_back_right_after_signing_out_is_shown(api, visitor, bruno, as_, acme_world):
    live.arrived(visitor, 1)
    api.post("/api/auth/logout/")
    live.left(visitor, 1)
    assert live.arrived(live.enter(as_(bruno).signed_in["access"]), 2) == {bruno.pk: "online"}


def test_signing_out_here_leaves_another_browser_online(api, visitor, bruno, as_, acme_world):
    as_(bruno)
    live.arrived(visitor, 1)
    api.post("/api/auth/logout/")
    assert row_of(bruno, acme_world).presence == "online"


def test_without_redis_the_door_still_opens(visitor, bruno, no_redis, acme_world):
    assert live.arrived(visitor, 1) == {bruno.pk: "online"}
    live.left(visitor, 1)
    presence.sweep()
    assert row_of(bruno, acme_world).presence == "online"


def test_an_operator_without_a_company_has_nothing_to_hear(anonymous, bruno):
    from tenants.tokens import Access

    session = Session.objects.create(
        user=bruno, refresh_id="x", last_used_at=now(), expires_at=now() + timedelta(days=1)
    )
    with pytest.raises(Rejected) as rejected:
        live.enter(str(Access.of(session)))
    assert rejected.value.code == 4403
