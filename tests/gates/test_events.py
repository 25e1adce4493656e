"""Every declared event, on real sockets: never another company's, and in the company only who may see it.

Two servers with a hub each: half of the people are on one, half on the other.
"""

import itertools
from functools import partial

import pytest

import helpdesk.urls  # noqa: F401  # every door, and with them every event
from helpdesk.events import EVENTS, SIGNALS, publish_data, publish_signal
from tenants.scoping import platform_scope
from tests.gates.stories import EVERYONE, STORIES, Stage
from tests.support.consoles import Console, mark
from tickets.actions import tell

pytestmark = pytest.mark.django_db(transaction=True)

OF_THE_LINE = {"hello", "pong", "resync", "error"}  # said by one socket to its own console
_marks = itertools.count(1)


@pytest.fixture
def people(ana, sofia, bruno, clara, raul):
    return {"ana": ana, "sofia": sofia, "bruno": bruno, "clara": clara, "raul": raul}


@pytest.fixture
def clients(as_, people):
    return {name: as_(user) for name, user in people.items()}


@pytest.fixture
def office(servers, clients):
    """Everybody's console, on alternating servers, after their arrivals have been told."""
    open_ = {}
    for number, (name, client) in enumerate(clients.items()):
        url = servers.urls[number % 2]
        open_[name] = Console.open(url, client.signed_in["access"])
    yield open_
    for console in open_.values():
        console.line.close()


@pytest.fixture
def after(office, acme, rival):
    """`after(act)`: each person's frames that the act caused."""

    def run(act):
        listen()
        act()
        return listen()

    def listen():
        sign = mark(f"mark {next(_marks)}", acme, rival)
        return {name: console.heard(sign) for name, console in office.items()}

    return run


def names(frames, kind):
    return {person for person, heard in frames.items() if kind in {frame["type"] for frame in heard}}


@pytest.fixture
def stage(acme, acme_world, clients, ticket, line, sales, bruno):
    return Stage(acme, acme_world, clients["ana"], clients["bruno"], bruno, ticket, line, sales)


def test_every_declared_event_has_a_story():
    assert set(STORIES) == (set(EVENTS) | set(SIGNALS)) - OF_THE_LINE


@pytest.mark.parametrize("name", sorted((set(EVENTS) | set(SIGNALS)) - OF_THE_LINE - {"session.ended"}))
def test_it_reaches_exactly_who_may_see_it(name, stage, after):
    prepare, audience = STORIES[name]
    frames = after(prepare(stage))
    frames["bruno"] = [frame for frame in frames["bruno"] if frame["type"] == name]
    assert names(frames, name) == audience
    assert frames["raul"] == []


def test_no_audience_word_opens_another_companys_line(people, after, acme, sales, support):
    """Even when it is told to every audience that anybody could be in; one office for all of them."""
    to = {"company", "supervisors", "unqueued", f"queue.{sales.pk}", f"queue.{support.pk}"}
    to |= {f"user.{people[who].pk}" for who in ("ana", "raul")}
    for name in sorted(set(EVENTS) | set(SIGNALS)):
        harmless = {"user": 0, "text": name}
        if name in EVENTS:
            frames = after(partial(publish_data, EVENTS[name], acme.pk, harmless, to=to))
        else:
            frames = after(partial(publish_signal, SIGNALS[name], acme.pk, harmless, to=to))
        assert frames["raul"] == [], name
        assert names(frames, name) == EVERYONE, name


def test_frames_count_up_from_hello_and_events_are_rest_rows(office, after, clients):
    frames = after(
        lambda: clients["bruno"].post("/api/contacts/", {"name": "Ivo", "number": "5511912345678"})
    )
    shown = next(frame["data"] for frame in frames["clara"] if frame["type"] == "contact.created")
    assert shown == clients["clara"].get(f"/api/contacts/{shown['id']}/").json()
    for console in office.values():
        assert [frame["seq"] for frame in console.seen] == list(range(len(console.seen)))


def test_an_agent_of_a_new_queue_hears_it_at_once_and_of_the_old_one_no_more(
    after, clients, ticket, acme_world, support, bruno, line
):
    other = acme_world.ticket(line, queue=support)

    def everything_changes():
        with acme_world.scope():
            tell.ticket_changed(ticket)
            tell.ticket_changed(other)

    heard = [frame["data"]["id"] for frame in after(everything_changes)["bruno"]]
    assert heard == [ticket.pk]
    after(lambda: clients["ana"].patch(f"/api/users/{bruno.pk}/", {"queues": [support.pk]}))
    settle(after, "bruno", everything_changes, [other.pk])


def settle(after, who, act, expected):
    """Rights are read again beside the line: the change counts within a moment."""
    for _ in range(20):
        heard = [frame["data"]["id"] for frame in after(act)[who] if frame["type"] == "ticket.updated"]
        if heard == expected:
            return
    raise AssertionError(f"{who} still hears {heard}")


def test_who_leaves_the_company_is_cut_off(office, clients, bruno):
    clients["ana"].delete(f"/api/users/{bruno.pk}/")
    assert office["bruno"].closed_with() == 4401


def test_signing_out_closes_that_sessions_lines_and_no_other(office, servers, clients, as_, bruno):
    second = Console.open(servers.urls[1], as_(bruno).signed_in["access"])
    clients["bruno"].post("/api/auth/logout/")
    assert office["bruno"].closed_with() == 4401
    second.say(type="ping")
    assert second.until("pong")
    second.line.close()


def test_signing_out_closes_the_line_to_the_company_left_before(servers, clients, bruno, acme, rival_world):
    from tenants.models import Membership

    with rival_world.scope():
        Membership.objects.create(user=bruno, role="agent")
    console = Console.open(servers.urls[0], clients["bruno"].signed_in["access"])
    answer = clients["bruno"].post("/api/auth/switch/", {"company": rival_world.company.pk})
    assert answer.status_code == 200
    clients["bruno"].post("/api/auth/logout/")
    assert console.closed_with() == 4401


def test_a_blocked_company_falls_silent(office, acme):
    from tenants.actions import platform
    from tenants.models import User

    boss = User.objects.create(email="op@platform.example", name="Op", password="!", is_operator=True)
    with platform_scope("this test"):
        platform.block(acme, by=boss)
    assert {name: office[name].closed_with() for name in EVERYONE} == dict.fromkeys(EVERYONE, 4403)
    office["raul"].say(type="ping")
    assert office["raul"].until("pong")
