"""Putting aside, marking, pinning and taking back, as the people who do it see it."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from tests.support.world import World
from tickets.actions import inbound, timers
from tickets.models import Ticket, TicketHistory
from tickets.transport import Address, Inbound, Sender


@pytest.fixture
def mine(acme_world, line, sales, bruno):
    return acme_world.ticket(line, queue=sales, agent=bruno, status="open", opened_at=now())


@pytest.fixture
def do(api, mine):
    """`do("snooze", until=…)`: as bruno; answers the ticket."""

    def _do(act, *, status=200, **body):
        answer = api.post(f"/api/tickets/{mine.pk}/{act}/", body)
        assert answer.status_code == status, answer.content
        return answer.json()

    return _do


@pytest.fixture
def writes(acme_world, line):
    """The customer of a ticket writes now."""

    def _writes(ticket, body="Oi?"):
        sender = Sender(addresses=(Address("phone", ticket.contact.number),))
        with acme_world.scope():
            said = Inbound(
                provider_id=f"wamid.{now().timestamp()}", sender=sender, kind="text", body=body, at=now()
            )
            inbound.receive(line, said)

    return _writes


def option(world: World, **values) -> None:
    world.company.settings = {**world.company.settings, **values}
    world.company.save()


def ids(answer):
    return [row["id"] for row in answer.json()["results"]]


@pytest.fixture
def noon(time_machine):
    """The clock stands; asked for first, so that everybody signs in at that time."""
    time_machine.move_to("2026-03-10T12:00:00Z", tick=False)
    return time_machine


def in_an_hour():
    return (now() + timedelta(hours=1)).isoformat()


def test_a_snoozed_ticket_leaves_the_list_and_its_count(api, do, mine):
    row = do("snooze", until=in_an_hour())
    assert row["snoozed_until"] is not None
    assert ids(api.get("/api/tickets/?tab=mine")) == []
    assert api.get("/api/tickets/counts/").json()["mine"] == 0
    assert ids(api.get("/api/tickets/?tab=snoozed")) == [mine.pk]
    assert ids(api.get("/api/tickets/?tab=all")) == [mine.pk]


@pytest.mark.django_db(transaction=True)
def test_it_wakes_once_at_its_time(noon, api, do, mine):
    do("snooze", until="2026-03-10T12:10:00Z")
    noon.move_to("2026-03-10T12:09:59Z", tick=False)
    timers.ring()
    assert api.get(f"/api/tickets/{mine.pk}/").json()["snoozed_at"] is not None
    noon.move_to("2026-03-10T12:10:00Z", tick=False)
    timers.ring()
    timers.ring()
    row = api.get(f"/api/tickets/{mine.pk}/").json()
    assert (row["snoozed_at"], row["snoozed_until"], row["unread_count"]) == (None, None, 1)
    kinds = [step["kind"] for step in api.get(f"/api/tickets/{mine.pk}/history/").json()["results"]]
    assert kinds == ["snoozed", "woken"]


@pytest.mark.parametrize("until", [None, "in an hour"])
def test_the_customers_next_message_wakes_it(api, do, mine, writes, until):
    do("snooze", until=in_an_hour() if until else None)
    writes(mine)
    assert ids(api.get("/api/tickets/?tab=mine")) == [mine.pk]
    steps = api.get(f"/api/tickets/{mine.pk}/history/").json()["results"]
    assert [(step["kind"], step["data"].get("reason")) for step in steps][-1] == ("woken", "reply")


def test_it_can_be_woken_by_hand(api, do, mine):
    do("snooze")
    assert do("wake")["snoozed_at"] is None
    assert ids(api.get("/api/tickets/?tab=mine")) == [mine.pk]


def test_a_closed_ticket_does_not_sleep(do):
    do("close")
    assert do("snooze", status=409)["code"] == "ticket_closed"


@pytest.mark.parametrize("days", [-1, 400])
def test_a_ticket_sleeps_until_a_time_ahead(do, days):
    assert do("snooze", until=(now() + timedelta(days=days)).isoformat(), status=400)["code"] == "snooze_time"


def test_who_takes_a_sleeping_ticket_has_it_awake(api, acme_world, line, sales):
    waiting = acme_world.ticket(line, queue=sales, snoozed_at=now())
    assert api.post(f"/api/tickets/{waiting.pk}/accept/").json()["snoozed_at"] is None


def test_priority_is_a_word_and_part_of_the_history(api, do, mine):
    assert do("priority", priority="urgent")["priority"] == "urgent"
    do("priority", priority="sometimes", status=400)
    [step] = api.get(f"/api/tickets/{mine.pk}/history/").json()["results"]
    assert (step["kind"], step["data"]) == ("prioritized", {"from": "normal", "to": "urgent"})


@pytest.fixture
def tags(as_, ana):
    client = as_(ana)
    return [client.post("/api/tags/", {"name": name}).json()["id"] for name in ("VIP", "Refund", "Bug")]


def test_tags_are_a_set_and_saying_it_twice_changes_nothing(do, tags):
    first = do("tags", tags=tags[:2])
    assert first["tags"] == tags[:2]
    assert do("tags", tags=tags[:2])["version"] == first["version"]


def test_tags_are_added_and_removed_beside_others(do, tags):
    do("tags", tags=tags[:2])
    assert do("tags", add=[tags[2]], remove=[tags[0]])["tags"] == tags[1:]


def test_a_tag_of_nobody_is_refused(do):
    assert do("tags", tags=[10**9], status=400)["code"] == "tag_unknown"


def test_pins_are_ones_own(api, as_, sofia, mine):
    assert api.post(f"/api/tickets/{mine.pk}/pin/").json() == {"tickets": [mine.pk]}
    assert api.get("/api/tickets/pins/").json() == {"tickets": [mine.pk]}
    assert as_(sofia).get("/api/tickets/pins/").json() == {"tickets": []}
    assert api.delete(f"/api/tickets/{mine.pk}/pin/").json() == {"tickets": []}


ACTS = {
    "close": {},
    "snooze": {"until": None},
    "priority": {"priority": "high"},
    "tags": {"tags": "all"},
    "transfer": {"queue": "support"},
}


@pytest.mark.parametrize("act", ACTS)
def test_undo_brings_back_exactly_what_was(do, api, mine, tags, support, act):
    before = api.get(f"/api/tickets/{mine.pk}/").json()
    values = {"all": tags, "support": support.pk}
    do(act, **{name: values.get(value, value) for name, value in ACTS[act].items()})
    after = do("undo")
    changing = {"version", "updated_at"}
    assert {k: v for k, v in after.items() if k not in changing} == {
        k: v for k, v in before.items() if k not in changing
    }


def test_undoing_an_accept_lets_it_wait_again(api, ticket):
    api.post(f"/api/tickets/{ticket.pk}/accept/")
    row = api.post(f"/api/tickets/{ticket.pk}/undo/").json()
    assert (row["status"], row["agent"], row["opened_at"]) == ("pending", None, None)


def test_undo_is_of_ones_own_acts(do, as_, sofia, mine):
    do("close")
    answer = as_(sofia).post(f"/api/tickets/{mine.pk}/undo/")
    assert (answer.status_code, answer.json()["code"]) == (409, "undo_too_late")


def test_undo_is_refused_once_somebody_changed_it(do, as_, sofia, mine):
    do("priority", priority="high")
    as_(sofia).post(f"/api/tickets/{mine.pk}/priority/", {"priority": "urgent"})
    assert do("undo", status=409)["code"] == "undo_too_late"


def test_undo_is_refused_once_the_customer_came_back(do, mine, writes):
    do("close")
    writes(mine)
    assert do("undo", status=409)["code"] == "undo_too_late"


def test_undo_ends_after_its_seconds(noon, do, mine):
    do("close")
    noon.move_to("2026-03-10T12:00:13Z", tick=False)
    assert do("undo", status=409)["code"] == "undo_too_late"


def test_a_company_can_do_without_undo(do, acme_world):
    option(acme_world, undo_seconds=0)
    do("close")
    assert do("undo", status=409)["code"] == "undo_too_late"


followed: list[tuple[int, dict]] = []


def follow(ticket, data):
    followed.append((ticket.pk, data))


@pytest.fixture
def following(settings):
    here = "tickets.tests.test_acts.follow"
    settings.AFTER = {"accepted": [], "transferred": [], "closed": [here], "undone": []}
    followed.clear()


@pytest.mark.django_db(transaction=True)
def test_the_customer_hears_of_a_close_when_it_stands(noon, do, mine, bruno, following):
    do("close")
    timers.ring()
    assert followed == []
    noon.move_to("2026-03-10T12:00:10Z", tick=False)
    timers.ring()
    timers.ring()
    closed = {"at": "2026-03-10T12:00:00+00:00", "by": bruno.pk, "silent": False}
    assert followed == [(mine.pk, closed)]


@pytest.mark.django_db(transaction=True)
def test_an_undone_close_leaves_the_customer_untouched(noon, do, following):
    do("close")
    do("undo")
    noon.move_to("2026-03-10T12:01:00Z", tick=False)
    timers.ring()
    assert followed == []


@pytest.mark.django_db(transaction=True)
def test_a_transfer_says_its_message_once_it_stands(do, acme_world, mine, support, paper, time_machine):
    time_machine.move_to(now(), tick=False)
    do("transfer", queue=support.pk, message="O suporte já responde.")
    with acme_world.scope():
        assert not mine.messages.exists()
    time_machine.shift(timedelta(seconds=10))
    timers.ring()
    with acme_world.scope():
        [said] = mine.messages.all()
        assert (said.body, said.author.name) == ("O suporte já responde.", "Bruno")


def test_undoing_a_close_is_refused_beside_a_new_conversation(do, acme_world, line, mine):
    do("close")
    acme_world.ticket(line, mine.contact)
    assert do("undo", status=409)["code"] == "other_open_ticket"


def test_a_history_row_never_shows_what_it_takes_to_undo(do, api, mine):
    do("close")
    [step] = api.get(f"/api/tickets/{mine.pk}/history/").json()["results"]
    assert set(step) == {"id", "kind", "by", "at", "data"}


def test_what_a_program_reads_is_in_the_log_once_an_hour(as_, ana, anonymous, api, mine):
    made = as_(ana).post("/api/api-keys/", {"name": "CRM", "scopes": ["read"]}).json()
    for _ in range(3):
        answer = anonymous.get(f"/api/tickets/{mine.pk}/", HTTP_AUTHORIZATION=f"Api-Key {made['key']}")
        assert answer.status_code == 200
    steps = api.get(f"/api/tickets/{mine.pk}/history/").json()["results"]
    assert [(step["kind"], step["data"]["key"]["name"]) for step in steps] == [("accessed", "CRM")]


def test_times_are_measured_from_the_marks_of_each_episode(noon, api, acme_world, line, sales):
    with acme_world.scope():
        ticket = acme_world.ticket(line, queue=sales)
        ticket.history.create(kind="created")
    for minutes, act in ((5, "accept"), (9, "close"), (12, "reopen"), (13, "close")):
        noon.move_to(f"2026-03-10T12:{minutes:02d}:00Z", tick=False)
        assert api.post(f"/api/tickets/{ticket.pk}/{act}/").status_code == 200
    times = api.get(f"/api/tickets/{ticket.pk}/times/").json()
    found = [(one["wait_seconds"], one["support_seconds"]) for one in times["episodes"]]
    assert found == [(300, 240), (0, 60)]
    assert (times["wait_seconds"], times["support_seconds"]) == (300, 300)


def test_what_was_undone_took_no_time(api, acme_world, ticket):
    with acme_world.scope():
        ticket.history.create(kind="created")
    api.post(f"/api/tickets/{ticket.pk}/accept/")
    api.post(f"/api/tickets/{ticket.pk}/undo/")
    [episode] = api.get(f"/api/tickets/{ticket.pk}/times/").json()["episodes"]
    assert (episode["started_at"], episode["is_running"]) == (None, True)


def test_a_ticket_is_found_by_its_number(api, as_, raul, mine):
    assert api.get(f"/api/tickets/by-number/{mine.number}/").json()["id"] == mine.pk
    assert as_(raul).get(f"/api/tickets/by-number/{mine.number}/").status_code == 404


def test_two_who_snooze_at_once_leave_one_timer(do, acme_world, mine):
    do("snooze", until=in_an_hour())
    do("snooze", until=(now() + timedelta(hours=2)).isoformat())
    from tickets.models import Timer

    with acme_world.scope():
        assert Timer.objects.filter(kind="snooze", ticket=mine).count() == 1
        assert Ticket.objects.get(pk=mine.pk).snoozed_until > now() + timedelta(minutes=90)
        assert TicketHistory.objects.filter(ticket=mine).count() == 2
