"""Who is told of what, by which channel, and when they are left in peace."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils.timezone import now

from tenants.models import Membership
from tickets.actions import notices, timers
from tickets.models import PushSubscription, Ticket
from tickets.tests import push_service

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def service(settings):
    with push_service.running() as running:
        settings.PRIVATE_HOSTS_ALLOWED = {running.url.removeprefix("http://")}
        yield running


@pytest.fixture
def told(acme_world):
    """Do something inside the company's scope."""

    def run(what, *about, **more):
        with acme_world.scope():
            return what(*about, **more)

    return run


@pytest.fixture
def is_(acme_world):
    """Set somebody's presence."""

    def run(user, presence):
        with acme_world.scope():
            Membership.objects.filter(user=user).update(presence=presence)

    return run


def subscribed(client, service):
    answer = client.post("/api/push-subscriptions/", service.subscription)
    assert answer.status_code == 201, answer.content
    return answer.json()["id"]


def test_a_ticket_that_waits_is_told_to_those_who_may_take_it(as_, told, is_, ticket, bruno, clara):
    is_(bruno, "online")
    is_(clara, "online")
    told(notices.wait, [ticket])
    mine = as_(bruno).get("/api/notifications/").json()["results"]
    assert [(one["kind"], one["ticket"]["id"], one["read_at"]) for one in mine] == [
        ("new_ticket", ticket.pk, None)
    ]
    assert as_(clara).get("/api/notifications/").json()["results"] == []


def test_nobody_has_to_read_that_a_ticket_waited_once_it_is_taken(as_, told, is_, ticket, bruno):
    is_(bruno, "online")
    told(notices.wait, [ticket])
    told(notices.assigned, ticket, bruno.pk, by=None, reason="round_robin")
    mine = as_(bruno).get("/api/notifications/").json()["results"]
    assert [(one["kind"], one["data"]) for one in mine] == [("assigned", {"reason": "round_robin"})]


def test_notifications_are_read_one_by_one_by_ticket_or_all(as_, told, ticket, bruno):
    api = as_(bruno)
    for kind in ("assigned", "joined", "rated"):
        told(notices.tell, kind, [bruno.pk], ticket=ticket)
    first = api.get("/api/notifications/").json()["results"][0]["id"]
    assert api.get("/api/notifications/count/").json() == {"unread": 3}
    assert api.post("/api/notifications/read/", {"ids": [first]}).json() == {"unread": 2}
    assert len(api.get("/api/notifications/?unread=true").json()["results"]) == 2
    assert api.post("/api/notifications/read/", {"ticket": ticket.pk}).json() == {"unread": 0}


def test_the_same_news_of_a_ticket_is_one_line_with_a_count(as_, told, ticket, bruno):
    for _ in range(3):
        told(notices.tell, "sla_warned", [bruno.pk], ticket=ticket)
    (line,) = as_(bruno).get("/api/notifications/").json()["results"]
    assert line["times"] == 3


def test_nobody_is_told_of_what_they_did_themselves(as_, told, ticket, bruno):
    told(notices.tell, "assigned", [bruno.pk], ticket=ticket, by=bruno)
    assert as_(bruno).get("/api/notifications/").json()["results"] == []


def test_another_persons_notifications_are_not_there(as_, told, ticket, bruno, ana):
    told(notices.tell, "assigned", [bruno.pk], ticket=ticket)
    theirs = as_(bruno).get("/api/notifications/").json()["results"][0]["id"]
    api = as_(ana)
    assert api.get("/api/notifications/").json()["results"] == []
    api.post("/api/notifications/read/", {"ids": [theirs]})
    assert as_(bruno).get("/api/notifications/count/").json() == {"unread": 1}


def test_a_channel_that_is_switched_off_stays_silent(as_, told, ticket, bruno):
    api = as_(bruno)
    changed = api.patch("/api/notifications/settings/", {"matrix": {"rated": {"console": False}}})
    assert changed.json()["matrix"]["rated"]["console"] is False
    told(notices.tell, "rated", [bruno.pk], ticket=ticket)
    assert api.get("/api/notifications/").json()["results"] == []


@pytest.mark.parametrize(
    "matrix", [{"nonsense": {"push": True}}, {"rated": {"pigeon": True}}, {"rated": {"push": "yes"}}]
)
def test_nonsense_in_the_matrix_is_refused(as_, bruno, matrix):
    assert as_(bruno).patch("/api/notifications/settings/", {"matrix": matrix}).status_code == 400


def test_a_push_reaches_the_browser_of_who_is_away(as_, told, is_, ticket, bruno, service):
    subscribed(as_(bruno), service)
    is_(bruno, "offline")
    told(notices.tell, "assigned", [bruno.pk], ticket=ticket)
    assert [(one["kind"], one["ticket"], one["contact"]) for one in service.read] == [
        ("assigned", ticket.pk, "Maria Clara")
    ]
    assert service.senders == ["mailto:no-reply@localhost"]


def test_who_has_the_console_open_gets_no_push(as_, told, is_, ticket, bruno, service):
    subscribed(as_(bruno), service)
    is_(bruno, "online")
    told(notices.tell, "assigned", [bruno.pk], ticket=ticket)
    assert service.read == []


def test_quiet_hours_keep_the_row_and_drop_the_push(as_, told, is_, ticket, bruno, service, time_machine):
    api = as_(bruno)
    subscribed(api, service)
    api.patch("/api/notifications/settings/", {"quiet_from": "20:00", "quiet_until": "08:00"})
    is_(bruno, "offline")
    time_machine.move_to("2026-03-11T02:00:00Z", tick=True)  # eleven in the evening in São Paulo
    told(notices.tell, "assigned", [bruno.pk], ticket=ticket)
    assert service.read == []
    time_machine.move_to("2026-03-11T12:00:00Z", tick=True)
    told(notices.tell, "assigned", [bruno.pk], ticket=ticket)
    assert len(service.read) == 1


def test_a_browser_that_unsubscribed_is_forgotten(as_, told, is_, ticket, bruno, service, acme_world):
    subscribed(as_(bruno), service)
    is_(bruno, "offline")
    service.answer = 410
    told(notices.tell, "assigned", [bruno.pk], ticket=ticket)
    assert told(PushSubscription.objects.count) == 0


def test_the_test_button_says_what_the_push_service_answered(as_, bruno, service):
    api = as_(bruno)
    pk = subscribed(api, service)
    assert api.post(f"/api/push-subscriptions/{pk}/test/").json() == {"ok": True, "status": 201}
    service.answer = 500
    assert api.post(f"/api/push-subscriptions/{pk}/test/").json() == {"ok": False, "status": 500}
    assert service.read == [{"kind": "test", "language": "pt-BR"}]


def test_a_push_address_inside_the_network_is_refused(as_, bruno, service):
    inside = {**service.subscription, "endpoint": "http://127.0.0.1:1/push"}
    answer = as_(bruno).post("/api/push-subscriptions/", inside)
    assert (answer.status_code, answer.json()["code"]) == (400, "push_endpoint_invalid")


def test_without_a_key_push_is_off_and_says_so(as_, bruno, service, settings):
    settings.VAPID_PRIVATE_KEY = ""
    api = as_(bruno)
    assert api.get("/api/push-subscriptions/key/").json() == {"key": ""}
    answer = api.post("/api/push-subscriptions/", service.subscription)
    assert (answer.status_code, answer.json()["code"]) == (409, "push_off")


def test_a_customer_who_writes_reaches_the_agent_who_is_away(
    as_, told, is_, acme_world, line, bruno, service
):
    ticket = acme_world.ticket(line, agent=bruno, status="open", unread_count=1)
    said = acme_world.message(ticket, body="Chegou quebrado")
    with acme_world.scope():
        Ticket.objects.filter(pk=ticket.pk).update(last_message=said)
    subscribed(as_(bruno), service)
    is_(bruno, "offline")
    told(notices.customers_wrote, [ticket])
    assert [(one["kind"], one["text"]) for one in service.read] == [("message", "Chegou quebrado")]


def test_the_digest_gathers_what_was_missed_in_one_letter(as_, told, is_, ticket, bruno, time_machine):
    time_machine.move_to("2026-03-10T12:00:00Z", tick=False)
    as_(bruno).patch("/api/notifications/settings/", {"digest": "hourly"})
    is_(bruno, "offline")
    for kind in ("assigned", "mentioned"):
        told(notices.tell, kind, [bruno.pk], ticket=ticket)
    timers.ring()
    assert mail.outbox == []
    time_machine.shift(timedelta(minutes=10))
    timers.ring()
    (letter,) = mail.outbox
    assert letter.to == [bruno.email]
    assert f"nº {ticket.number}, Maria Clara" in letter.body
    assert letter.body.count("\n- ") == 2
    time_machine.shift(timedelta(minutes=1))
    told(notices.tell, "sla_breached", [bruno.pk], ticket=ticket)
    time_machine.shift(timedelta(minutes=49))
    timers.ring()
    assert len(mail.outbox) == 1
    time_machine.shift(timedelta(minutes=11))
    timers.ring()
    assert [letter.body.count("\n- ") for letter in mail.outbox] == [2, 1]


def test_no_letter_is_written_to_who_came_back(as_, told, is_, ticket, bruno, time_machine):
    time_machine.move_to("2026-03-10T12:00:00Z", tick=False)
    as_(bruno).patch("/api/notifications/settings/", {"digest": "hourly"})
    is_(bruno, "offline")
    told(notices.tell, "assigned", [bruno.pk], ticket=ticket)
    is_(bruno, "online")
    time_machine.move_to(now() + timedelta(hours=1), tick=False)
    timers.ring()
    assert mail.outbox == []


def test_a_transfer_tells_the_new_agent_and_who_did_it(as_, ticket, ana, bruno):
    answer = as_(ana).post(f"/api/tickets/{ticket.pk}/transfer/", {"agent": bruno.pk})
    assert answer.status_code == 200
    (line,) = as_(bruno).get("/api/notifications/").json()["results"]
    assert (line["kind"], line["actor"]["name"]) == ("assigned", ana.name)


def test_a_mention_in_a_note_is_told_with_its_words(as_, ticket, ana, clara):
    note = {
        "client_id": "5b0a3f5e-7f0f-4b0e-8d5e-1f2a3b4c5d6e",
        "kind": "note",
        "body": "@Clara pode ver?",
        "mentions": [clara.pk],
    }
    answer = as_(ana).post(f"/api/tickets/{ticket.pk}/messages/", note)
    assert answer.status_code == 201, answer.content
    (line,) = as_(clara).get("/api/notifications/").json()["results"]
    assert (line["kind"], line["data"]["text"]) == ("mentioned", "@Clara pode ver?")


def test_who_writes_what_cannot_arrive_is_told(as_, told, acme_world, line, bruno):
    from tickets.actions import outcomes
    from tickets.models import Message

    ticket = acme_world.ticket(line, agent=bruno, status="open")
    said = acme_world.message(ticket, direction="out", state="queued", author=bruno)
    told(lambda: outcomes.fail(Message.objects.get(pk=said.pk), code="file_missing", detail="Gone."))
    (line_,) = as_(bruno).get("/api/notifications/").json()["results"]
    assert (line_["kind"], line_["message"]) == ("failed", said.pk)
