"""Nobody is forgotten: unanswered tickets move to another agent, tickets that nobody takes to another queue."""

import pytest
from django.utils.timezone import now

pytestmark = pytest.mark.django_db


@pytest.fixture
def dora(acme_world, sales):
    return acme_world.person("Dora", "agent", (sales,))


@pytest.fixture
def rule(acme_world, sales, support, bruno, dora, clara):
    """`rule(sales, idle_minutes=5)`"""

    def change(queue, **fields):
        for name, value in fields.items():
            setattr(queue, name, value)
        with acme_world.scope():
            queue.save()
        return queue

    change(sales, assignment="round_robin")
    return change


def test_a_ticket_that_is_not_answered_goes_to_the_next_agent(office, rule, sales, bruno, dora):
    rule(sales, idle_minutes=5)
    office.says(bruno, "online")
    ticket = office.waits(sales)
    office.says(dora, "online")
    office.after(minutes=4, seconds=59)
    assert office.agent_of(ticket) == bruno
    office.after(seconds=1)
    assert office.agent_of(ticket) == dora
    assert office.steps(ticket, "assigned")[-1]["reason"] == "idle"
    assert office.steps(ticket, "assigned")[-1]["from_agent"]["name"] == "Bruno"


def test_an_answer_stops_it(office, rule, sales, bruno, dora, paper):
    rule(sales, idle_minutes=5)
    office.says(bruno, "online")
    ticket = office.waits(sales)
    office.says(dora, "online")
    office.after(minutes=3)
    office.answers(bruno, ticket)
    office.after(hours=1)
    assert office.agent_of(ticket) == bruno


def test_the_next_question_has_patience_of_its_own(office, rule, sales, bruno, dora, paper):
    rule(sales, idle_minutes=5)
    office.says(bruno, "online")
    office.says(dora, "online")
    maria = office.customer()
    office.line.queue = sales
    ticket = office.writes(maria)
    office.answers(bruno, ticket)
    office.after(minutes=30)
    office.writes(maria, "E então?")
    office.after(minutes=4)
    assert office.agent_of(ticket) == bruno
    office.after(minutes=1)
    assert office.agent_of(ticket) == dora


def test_each_agent_gets_it_once_and_it_never_circles(office, rule, sales, bruno, dora):
    rule(sales, idle_minutes=5)
    office.says(bruno, "online")
    ticket = office.waits(sales)
    office.says(dora, "online")
    office.after(hours=5)
    assert [step["agent"]["name"] for step in office.steps(ticket, "assigned")] == ["Bruno", "Dora"]


def test_nobody_beyond_their_capacity_gets_it(office, rule, sales, bruno, dora):
    rule(sales, idle_minutes=5)
    office.says(bruno, "online")
    ticket = office.waits(sales)
    office.member(dora, capacity=0)
    office.says(dora, "online")
    office.after(hours=1)
    assert office.agent_of(ticket) == bruno


@pytest.mark.parametrize("gone", ["away", "offline"])
def test_the_tickets_of_an_absent_agent_go_to_a_colleague(office, rule, sales, bruno, dora, gone):
    rule(sales, away_minutes=10)
    office.says(bruno, "online")
    ticket = office.waits(sales)
    office.says(dora, "online")
    office.after(minutes=30)
    office.leaves(bruno) if gone == "offline" else office.says(bruno, "away")
    office.after(minutes=9, seconds=59)
    assert office.agent_of(ticket) == bruno
    office.after(seconds=1)
    assert office.agent_of(ticket) == dora
    assert office.steps(ticket, "returned")[0]["reason"] == "agent_away"


def test_away_then_offline_is_one_absence(office, rule, sales, bruno):
    rule(sales, away_minutes=10)
    office.says(bruno, "online")
    ticket = office.waits(sales)
    office.says(bruno, "away")
    office.after(minutes=6)
    office.leaves(bruno)
    office.after(minutes=4)
    row = office.ticket(ticket.pk)
    assert (row.status, row.agent) == ("pending", None)


def test_who_comes_back_in_time_keeps_the_ticket(office, rule, sales, bruno, dora):
    rule(sales, away_minutes=10)
    office.says(bruno, "online")
    ticket = office.waits(sales)
    office.says(dora, "online")
    office.says(bruno, "away")
    office.after(minutes=5)
    office.says(bruno, "online")
    office.after(hours=1)
    assert office.agent_of(ticket) == bruno


def test_answered_tickets_stay_with_an_absent_agent_until_the_customer_writes(
    office, rule, sales, bruno, dora, paper
):
    rule(sales, away_minutes=10)
    office.says(bruno, "online")
    maria = office.customer()
    office.line.queue = sales
    ticket = office.writes(maria)
    office.answers(bruno, ticket)
    office.says(dora, "online")
    office.leaves(bruno)
    office.after(hours=2)
    assert office.agent_of(ticket) == bruno
    office.writes(maria, "Obrigada, e o prazo?")
    office.after(minutes=10)
    assert office.agent_of(ticket) == dora


def test_what_nobody_takes_overflows_into_the_next_queue(office, rule, sales, support, clara):
    rule(sales, overflow_minutes=15, overflow_queue=support)
    rule(support, assignment="least_busy")
    office.says(clara, "online")
    ticket = office.waits(sales)
    office.after(minutes=14, seconds=59)
    assert office.ticket(ticket.pk).queue == sales
    office.after(seconds=1)
    row = office.ticket(ticket.pk)
    assert (row.queue, row.agent) == (support, clara)
    step = office.steps(ticket, "overflowed")[0]
    assert (step["from_queue"]["name"], step["to_queue"]["name"], step["minutes"]) == ("Sales", "Support", 15)


def test_queues_that_overflow_into_each_other_do_not_play_ping_pong(office, rule, sales, support):
    rule(sales, overflow_minutes=15, overflow_queue=support)
    rule(support, overflow_minutes=15, overflow_queue=sales)
    ticket = office.waits(sales)
    office.after(hours=8)
    assert len(office.steps(ticket, "overflowed")) == 1
    assert office.ticket(ticket.pk).queue == support


def test_a_new_episode_may_overflow_again(office, rule, sales, support, bruno, paper):
    rule(sales, overflow_minutes=15, overflow_queue=support)
    ticket = office.waits(sales)
    office.after(minutes=15)
    office.transfers(bruno, ticket, queue=sales)
    office.after(minutes=15)
    assert len(office.steps(ticket, "overflowed")) == 2


def test_a_deleted_queue_receives_nothing(office, rule, sales, support):
    rule(sales, overflow_minutes=15, overflow_queue=support)
    rule(support, deleted_at=now())
    ticket = office.waits(sales)
    office.after(hours=1)
    assert office.ticket(ticket.pk).queue == sales


def test_a_rule_that_is_turned_on_counts_for_what_waits_already(office, rule, sales, support, as_, ana):
    client = as_(ana)
    ticket = office.waits(sales)
    client.patch(f"/api/queues/{sales.pk}/", {"overflow_minutes": 10, "overflow_queue": support.pk})
    office.after(minutes=10)
    assert office.ticket(ticket.pk).queue == support


def test_a_queue_cannot_overflow_into_itself(office, sales, as_, ana):
    answer = as_(ana).patch(f"/api/queues/{sales.pk}/", {"overflow_queue": sales.pk})
    assert (answer.status_code, answer.json()["code"]) == (409, "queue_overflows_itself")


def test_tickets_of_a_removed_person_find_a_colleague(office, rule, sales, bruno, dora, as_, ana):
    client = as_(ana)
    office.says(bruno, "online")
    ticket = office.waits(sales)
    office.says(dora, "online")
    client.delete(f"/api/users/{bruno.pk}/")
    assert office.agent_of(ticket) == dora


def test_a_lost_nudge_is_made_good_within_a_minute(office, rule, sales, bruno, dora, monkeypatch):
    from tickets.actions import overflow

    rule(sales, idle_minutes=5)
    office.says(bruno, "online")
    ticket = office.waits(sales)
    office.says(dora, "online")
    with monkeypatch.context() as broken:
        broken.setattr(overflow.look, "apply_async", lambda **_: None)
        office.after(minutes=5)
    assert office.agent_of(ticket) == bruno
    office.after(minutes=1)
    assert office.agent_of(ticket) == dora
