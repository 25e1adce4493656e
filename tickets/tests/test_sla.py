"""Promised replies: counted in working time, warned of before they break, and remembered."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from tickets.models import Hours, SlaMark, SlaPolicy
from tickets.tests.office import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def promise(acme_world, office):
    """`promise(first_reply_minutes=30)`: the company's default policy, unless told otherwise."""

    def make(**fields):
        fields = {"name": f"Policy {len(fields)}", "is_default": True, **fields}
        with acme_world.scope():
            return SlaPolicy.objects.create(**fields)

    return make


def shown(office, ticket):
    row = office.ticket(ticket.pk)
    return row.sla_target, row.sla_due_at and row.sla_due_at - NOON


def marks(office, ticket):
    with office.world.scope():
        rows = SlaMark.objects.filter(ticket=ticket.pk).order_by("id")
        return [(mark.target, mark.met_at is not None, mark.breached_at is not None) for mark in rows]


def minutes(count):
    return timedelta(minutes=count)


def test_a_customer_who_writes_is_promised_a_first_reply(office, promise, sales):
    promise(first_reply_minutes=30, next_reply_minutes=60)
    ticket = office.waits(sales)
    assert shown(office, ticket) == ("first_reply", minutes(30))


def test_further_messages_do_not_move_the_promise(office, promise, sales):
    promise(first_reply_minutes=30)
    maria = office.customer()
    ticket = office.writes(maria)
    office.after(minutes=10)
    office.writes(maria, "Alguém?")
    assert shown(office, ticket) == ("first_reply", minutes(30))


def test_an_answer_keeps_the_promise_and_the_next_question_starts_another(office, promise, bruno, paper):
    promise(first_reply_minutes=30, next_reply_minutes=60)
    maria = office.customer()
    ticket = office.writes(maria)
    office.after(minutes=10)
    office.answers(bruno, ticket)
    assert shown(office, ticket) == ("", None)
    assert office.ticket(ticket.pk).first_reply_at == now()
    assert marks(office, ticket) == [("first_reply", True, False)]
    office.after(minutes=20)
    office.writes(maria, "E o prazo?")
    assert shown(office, ticket) == ("next_reply", minutes(90))


def test_what_is_said_by_itself_is_no_reply(office, promise, paper):
    from tickets.actions import automatic

    promise(first_reply_minutes=30)
    ticket = office.writes(office.customer())
    with office.acting():
        automatic.say(office.ticket(ticket.pk), "Já vamos atender", occasion="greeting")
    assert shown(office, ticket) == ("first_reply", minutes(30))


def test_people_are_warned_once_and_then_told_of_the_breach_once(office, promise, sales, heard):
    promise(first_reply_minutes=30, warn_percent=80)
    ticket = office.waits(sales)
    office.after(minutes=23, seconds=59)
    assert office.ticket(ticket.pk).sla_warned_at is None
    office.after(seconds=1)
    assert office.ticket(ticket.pk).sla_warned_at == NOON + minutes(24)
    office.after(minutes=6)
    row = office.ticket(ticket.pk)
    assert (row.sla_due_at, row.sla_breached_at) == (NOON + minutes(30), NOON + minutes(30))
    office.after(hours=3)
    assert len(office.steps(ticket, "sla_warned")) == len(office.steps(ticket, "sla_breached")) == 1
    states = [
        (bool(f["data"]["sla_warned_at"]), bool(f["data"]["sla_breached_at"]))
        for f in heard("ticket.updated")
    ]
    assert states[-2:] == [(True, False), (True, True)]
    assert marks(office, ticket) == [("first_reply", False, True)]


def test_a_late_answer_is_kept_as_late(office, promise, bruno, paper):
    promise(first_reply_minutes=30)
    ticket = office.writes(office.customer())
    office.after(minutes=45)
    office.answers(bruno, ticket)
    assert marks(office, ticket) == [("first_reply", True, True)]
    assert shown(office, ticket) == ("", None)


def test_the_way_to_the_end_is_counted_while_the_customer_waits_for_us(office, promise, bruno, paper):
    promise(resolution_minutes=120)
    maria = office.customer()
    ticket = office.writes(maria)
    assert shown(office, ticket) == ("resolution", minutes(120))
    office.after(minutes=30)
    office.answers(bruno, ticket)
    assert shown(office, ticket) == ("", None)  # it is the customer's turn
    office.after(hours=5)
    office.writes(maria, "Funcionou?")
    assert shown(office, ticket) == ("resolution", minutes(30 + 300 + 90))
    office.closes(bruno, ticket)
    assert marks(office, ticket) == [("resolution", True, False)]
    assert shown(office, ticket) == ("", None)


def test_the_nearest_promise_is_shown(office, promise, bruno, paper):
    promise(first_reply_minutes=30, resolution_minutes=120)
    ticket = office.writes(office.customer())
    assert shown(office, ticket) == ("first_reply", minutes(30))


def test_a_sleeping_ticket_stops_the_clock(office, promise, bruno, sales):
    from tickets.actions import snooze

    promise(first_reply_minutes=30)
    ticket = office.waits(sales)
    office.after(minutes=10)
    with office.acting():
        snooze.snooze(office.ticket(ticket.pk), until=now() + timedelta(hours=2), by=bruno)
    assert shown(office, ticket) == ("", None)
    office.after(hours=2)
    assert shown(office, ticket) == ("first_reply", minutes(10 + 120 + 20))


def test_only_working_time_counts_where_the_policy_says_so(office, promise, acme_world, sales):
    with acme_world.scope():
        hours = Hours.objects.create(
            name="Office", timezone="UTC",
            weekly={day: [["09:00", "12:10"], ["14:00", "18:00"]] for day in ("mon", "tue", "wed")},
        )  # fmt: skip
    office.options(hours=hours.pk, hours_of="company")
    promise(first_reply_minutes=30, business_hours=True)
    ticket = office.waits(sales)
    assert shown(office, ticket) == ("first_reply", minutes(120 + 20))


def test_the_first_policy_that_fits_counts(office, promise, acme_world, sales, support, line):
    promise(first_reply_minutes=60)
    promise(name="Support", is_default=False, first_reply_minutes=5, queues=[support.pk])
    promise(name="Urgent", is_default=False, first_reply_minutes=2, priorities=[4], position=1)
    assert shown(office, office.waits(sales))[1] == minutes(60)
    assert shown(office, office.waits(support))[1] == minutes(5)


def test_another_queue_brings_another_promise_and_keeps_the_time_that_passed(
    office, promise, sales, support, bruno
):
    promise(first_reply_minutes=60)
    promise(name="Support", is_default=False, first_reply_minutes=20, queues=[support.pk])
    ticket = office.waits(sales)
    office.after(minutes=15)
    office.transfers(bruno, ticket, queue=support)
    assert shown(office, ticket) == ("first_reply", minutes(20))


def test_without_a_policy_nothing_is_promised(office, sales):
    ticket = office.waits(sales)
    assert shown(office, ticket) == ("", None)
    assert office.ticket(ticket.pk).sla_clocks == {}


def test_a_deleted_policy_promises_nothing_any_more(office, promise, as_, ana, sales, bruno):
    client = as_(ana)
    policy = promise(first_reply_minutes=30)
    assert client.delete(f"/api/sla-policies/{policy.pk}/").status_code == 204
    assert shown(office, office.waits(sales)) == ("", None)


def test_policies_are_kept_by_administrators(as_, ana, api, sales):
    client = as_(ana)
    body = {
        "name": "Vendas",
        "first_reply_minutes": 15,
        "queues": [sales.pk],
        "priorities": ["urgent", "high"],
    }
    answer = client.post("/api/sla-policies/", body)
    assert answer.status_code == 201, answer.content
    row = answer.json()
    assert (row["priorities"], row["queues"], row["warn_percent"]) == (["high", "urgent"], [sales.pk], 80)
    changed = client.patch(f"/api/sla-policies/{row['id']}/", {"resolution_minutes": 480}).json()
    assert (changed["resolution_minutes"], changed["first_reply_minutes"]) == (480, 15)
    assert api.post("/api/sla-policies/", body).status_code == 403
    assert [one["name"] for one in api.get("/api/sla-policies/").json()["results"]] == ["Vendas"]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"name": "Nothing"}, "sla_promises_nothing"),
        ({"name": "Queue", "first_reply_minutes": 5, "queues": [10**12]}, "invalid"),
        ({"name": "Zero", "first_reply_minutes": 0}, "invalid"),
        ({"name": "Percent", "first_reply_minutes": 5, "warn_percent": 100}, "invalid"),
    ],
)
def test_a_policy_that_makes_no_sense_is_refused(as_, ana, body, code):
    answer = as_(ana).post("/api/sla-policies/", body)
    assert (answer.status_code, answer.json()["code"]) == (400, code)


def test_there_is_one_default_policy(as_, ana):
    client = as_(ana)
    first = client.post(
        "/api/sla-policies/", {"name": "A", "first_reply_minutes": 5, "is_default": True}
    ).json()
    second = client.post(
        "/api/sla-policies/", {"name": "B", "first_reply_minutes": 9, "is_default": True}
    ).json()
    assert second["is_default"]
    assert not client.get(f"/api/sla-policies/{first['id']}/").json()["is_default"]
    client.delete(f"/api/sla-policies/{second['id']}/")
    client.patch(f"/api/sla-policies/{first['id']}/", {"is_default": True})
    assert not client.post(f"/api/sla-policies/{second['id']}/restore/").json()["is_default"]


def test_a_message_of_a_customer_who_waits_already_costs_nothing(
    office, promise, django_assert_max_num_queries
):
    promise(first_reply_minutes=30)
    maria = office.customer()
    office.writes(maria)
    with django_assert_max_num_queries(100) as seen:
        office.writes(maria, "Alguém?")
    statements = [query["sql"] for query in seen.captured_queries]
    assert not [sql for sql in statements if "tickets_sla" in sql or "tickets_timer" in sql]
