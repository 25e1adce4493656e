"""Every declared event, on real sockets: never another company's, and in the company only who may see it.

Two servers with a hub each: half of the people are on one, half on the other.
"""

import itertools
from uuid import uuid4

import pytest

from helpdesk.events import EVENTS, SIGNALS, publish_data, publish_signal
from helpdesk.sockets import Visitor
from tenants.actions import presence
from tenants.scoping import platform_scope
from tests.support.consoles import Console, mark
from tickets.actions import notices, tell, watching

pytestmark = pytest.mark.django_db(transaction=True)

OF_THE_LINE = {"hello", "pong", "resync", "error"}  # said by one socket to its own console
EVERYONE = {"ana", "sofia", "bruno", "clara"}
SUPERVISORS = {"ana", "sofia"}
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
def stories(acme, acme_world, clients, ticket, line, sales, bruno):
    """For each event and signal: what makes it happen, and who hears it."""
    ana, agent = clients["ana"], clients["bruno"]

    def told(what, *about):
        with acme_world.scope():
            what(*about)

    def accepted():
        assert agent.post(f"/api/tickets/{ticket.pk}/accept/").status_code == 200

    def spare(noun, **fields):
        return ana.post(f"/api/{noun}/", {"name": f"Spare {noun}", **fields}).json()["id"]

    def notify_bruno():
        notices.tell("sla_warned", [bruno.pk], ticket=ticket)

    def removed(noun, pk):
        assert ana.delete(f"/api/{noun}/{pk}/").status_code == 204

    def asked():
        from tenants.actions import company as companies
        from tickets.actions import ratings
        from tickets.models import Ticket

        row = Ticket.objects.select_related("company", "contact", "connection").get(pk=ticket.pk)
        companies.set_options({"rating": "nps"}, by=None)
        row.status, row.agent, row.opened_at, row.closed_at = "closed", bruno, row.created_at, row.created_at
        row.save()
        ratings.ask(Ticket.objects.select_related("company", "contact", "connection").get(pk=ticket.pk), {})

    def rated():
        from django.db import transaction

        from tickets.actions import rating_answers, ratings
        from tickets.models import Ticket

        row = Ticket.objects.select_related("company", "contact", "connection").get(pk=ticket.pk)
        with transaction.atomic():
            ratings.hear(row, rating_answers.waiting(row), "9")

    waiting = SUPERVISORS | {"bruno"}  # it waits in Sales, where bruno works and clara does not
    note = {"client_id": str(uuid4()), "kind": "note", "body": "Liga amanhã"}
    person = {"name": "Nova", "email": "nova@acme.example", "role": "agent", "queues": []}
    said = acme_world.message(ticket)
    quick = {"shortcut": "oi", "title": "Oi", "body": "Oi", "is_shared": True}
    own = {**quick, "is_shared": False}
    shared = ana.post("/api/quick-replies/", {**quick, "shortcut": "pix"}).json()
    kept = agent.post("/api/quick-replies/", {**own, "shortcut": "tchau"}).json()
    customer = acme_world.contact("Rui")
    queue = acme_world.queue("Billing")
    number = acme_world.connection("Second")
    view = spare("views", is_shared=True)
    menu = ana.post("/api/menus/", {"name": "Main"}).json()["id"]
    steps = {"name": "Fim", "steps": [{"kind": "close"}], "is_shared": True}
    our_macro = ana.post("/api/macros/", {**steps, "name": "Nossa"}).json()
    my_macro = agent.post("/api/macros/", {**steps, "name": "Dele", "is_shared": False}).json()
    promise = {"contacts": [customer.pk], "connection": number.pk, "body": "Oi", "at": "2040-01-02T12:00:00Z"}
    promised = ana.post("/api/scheduled-messages/", promise).json()
    office_hours = ana.post("/api/hours/", {"name": "Office"}).json()["id"]
    tag = ana.post("/api/tags/", {"name": "VIP"}).json()["id"]
    field = ana.post("/api/fields/", {"on": "contact", "label": "Plano"}).json()["id"]
    twin = acme_world.ticket(number, ticket.contact, queue=sales)
    at_desk = Visitor(acme.pk, bruno.pk, 1, frozenset({f"queue.{sales.pk}"}), 0)
    return {
        "ticket.created": (lambda: told(tell.ticket_created, ticket), waiting),
        "ticket.updated": (accepted, waiting),
        "ticket.merged": (
            lambda: ana.post(f"/api/tickets/{ticket.pk}/merge/", {"into": twin.pk}),
            waiting,
        ),
        "draft.changed": (
            lambda: agent.put(f"/api/tickets/{ticket.pk}/draft/", {"body": "Bom dia"}),
            {"bruno"},
        ),
        "pins.changed": (lambda: agent.post(f"/api/tickets/{ticket.pk}/pin/"), {"bruno"}),
        "viewers.changed": (lambda: watching.watch(at_desk, 1, {"ticket": ticket.pk}), waiting),
        "field.created": (
            lambda: ana.post("/api/fields/", {"on": "ticket", "label": "Pedido"}),
            EVERYONE,
        ),
        "field.updated": (lambda: ana.patch(f"/api/fields/{field}/", {"label": "Plan"}), EVERYONE),
        "field.deleted": (lambda: removed("fields", field), EVERYONE),
        "message.created": (
            lambda: (accepted(), agent.post(f"/api/tickets/{ticket.pk}/messages/", note)),
            waiting,
        ),
        "message.updated": (lambda: told(tell.message_changed, said), waiting),
        "contact.created": (lambda: spare("contacts", number="5511987654321"), EVERYONE),
        "contact.updated": (
            lambda: agent.patch(f"/api/contacts/{customer.pk}/", {"name": "Rui Costa"}),
            EVERYONE,
        ),
        "queue.created": (lambda: spare("queues", color="#123456"), EVERYONE),
        "queue.updated": (lambda: ana.patch(f"/api/queues/{queue.pk}/", {"name": "Bills"}), EVERYONE),
        "queue.deleted": (lambda: removed("queues", queue.pk), EVERYONE),
        "view.created": (lambda: spare("views", is_shared=True), EVERYONE),
        "view.updated": (lambda: ana.patch(f"/api/views/{view}/", {"name": "Late"}), EVERYONE),
        "view.deleted": (lambda: removed("views", view), EVERYONE),
        "bulk_job.updated": (
            lambda: agent.post(
                "/api/bulk-jobs/",
                {"action": "priority", "params": {"priority": "high"}, "tickets": [ticket.pk]},
            ),
            {"bruno"},
        ),
        "tag.created": (lambda: spare("tags", color="#123456"), EVERYONE),
        "tag.updated": (lambda: ana.patch(f"/api/tags/{tag}/", {"name": "Urgente"}), EVERYONE),
        "tag.deleted": (lambda: removed("tags", tag), EVERYONE),
        "hours.created": (lambda: spare("hours"), EVERYONE),
        "hours.updated": (lambda: ana.patch(f"/api/hours/{office_hours}/", {"name": "Day"}), EVERYONE),
        "hours.deleted": (lambda: removed("hours", office_hours), EVERYONE),
        "notification.created": (lambda: told(notices.tell, "rated", [bruno.pk]), {"bruno"}),
        "notification.updated": (
            lambda: (told(notify_bruno), told(notify_bruno)),
            {"bruno"},
        ),
        "notifications.changed": (
            lambda: (told(notify_bruno), agent.post("/api/notifications/read/", {})),
            {"bruno"},
        ),
        "quick_reply.created": (
            lambda: (ana.post("/api/quick-replies/", quick), agent.post("/api/quick-replies/", own)),
            EVERYONE,
        ),
        "quick_reply.updated": (
            lambda: agent.patch(f"/api/quick-replies/{kept['id']}/", {"body": "Até já"}),
            {"bruno"},
        ),
        "quick_reply.deleted": (lambda: removed("quick-replies", shared["id"]), EVERYONE),
        "menu.created": (lambda: spare("menus"), EVERYONE),
        "menu.updated": (lambda: ana.patch(f"/api/menus/{menu}/", {"name": "Other"}), EVERYONE),
        "menu.deleted": (lambda: removed("menus", menu), EVERYONE),
        "macro.created": (lambda: ana.post("/api/macros/", steps), EVERYONE),
        "macro.updated": (
            lambda: agent.patch(f"/api/macros/{my_macro['id']}/", {"name": "Minha"}),
            {"bruno"},
        ),
        "macro.deleted": (lambda: removed("macros", our_macro["id"]), EVERYONE),
        "rating.created": (lambda: told(asked), SUPERVISORS | {"bruno"}),
        "rating.updated": (lambda: (told(asked), told(rated)), SUPERVISORS | {"bruno"}),
        "scheduled_message.created": (
            lambda: agent.post("/api/scheduled-messages/", promise),
            SUPERVISORS | {"bruno"},
        ),
        "scheduled_message.updated": (
            lambda: ana.post(f"/api/scheduled-messages/{promised['id']}/pause/"),
            SUPERVISORS,
        ),
        "connection.created": (lambda: told(_connection_created, number), EVERYONE),
        "connection.updated": (
            lambda: ana.patch(f"/api/connections/{number.pk}/", {"reopen_minutes": 7}),
            EVERYONE,
        ),
        "connection.deleted": (lambda: removed("connections", number.pk), EVERYONE),
        "user.created": (lambda: ana.post("/api/users/", person), EVERYONE),
        "user.updated": (lambda: ana.patch(f"/api/users/{bruno.pk}/", {"role": "supervisor"}), EVERYONE),
        "company.updated": (lambda: ana.patch("/api/company/", {"name": "Acme & Co"}), EVERYONE),
        "typing.changed": (
            lambda: (accepted(), agent.post(f"/api/tickets/{ticket.pk}/typing/", {"is_typing": True})),
            waiting,
        ),
        "presence.changed": (lambda: told(presence.say, bruno.pk, "busy"), EVERYONE),
        "session.changed": (
            lambda: ana.patch(f"/api/users/{bruno.pk}/", {"role": "supervisor"}),
            {"bruno"},
        ),
        "session.ended": (lambda: None, set()),  # closes the line: see below
    }


def _connection_created(connection):
    from tickets.events import CONNECTION_CREATED, CONNECTION_UPDATED

    assert CONNECTION_CREATED.serializer == CONNECTION_UPDATED.serializer
    publish_data(CONNECTION_CREATED, connection.company_id, {"id": connection.pk}, to={"company"})


def test_every_declared_event_has_a_story(stories):
    assert set(stories) == (set(EVENTS) | set(SIGNALS)) - OF_THE_LINE


@pytest.mark.parametrize("name", sorted((set(EVENTS) | set(SIGNALS)) - OF_THE_LINE - {"session.ended"}))
def test_it_reaches_exactly_who_may_see_it(name, stories, after):
    act, audience = stories[name]
    frames = after(act)
    frames["bruno"] = [frame for frame in frames["bruno"] if frame["type"] == name]
    assert names(frames, name) == audience
    assert frames["raul"] == []


@pytest.mark.parametrize("name", sorted(set(EVENTS) | set(SIGNALS)))
def test_no_audience_word_opens_another_companys_line(name, people, after, acme, sales, support):
    """Even when it is told to every audience that anybody could be in."""
    to = {"company", "supervisors", "unqueued", f"queue.{sales.pk}", f"queue.{support.pk}"}
    to |= {f"user.{people[who].pk}" for who in ("ana", "raul")}
    harmless = {"user": 0, "text": name}
    if name in EVENTS:
        frames = after(lambda: publish_data(EVENTS[name], acme.pk, harmless, to=to))
    else:
        frames = after(lambda: publish_signal(SIGNALS[name], acme.pk, harmless, to=to))
    assert frames["raul"] == []
    assert names(frames, name) == EVERYONE


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
