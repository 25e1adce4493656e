"""Waiting tickets find an agent: who is there, whose turn it is, and how much each may carry."""

import pytest

from tickets.actions import assignment

pytestmark = pytest.mark.django_db


@pytest.fixture
def dora(acme_world, sales):
    return acme_world.person("Dora", "agent", (sales,))


@pytest.fixture
def round_robin(acme_world, sales, bruno, dora):
    """Sales, where bruno and dora take turns."""
    sales.assignment = "round_robin"
    with acme_world.scope():
        sales.save()
    return sales


def reasons(office, ticket):
    return [step["reason"] for step in office.steps(ticket, "assigned")]


def test_a_new_ticket_opens_with_the_agent_who_is_there(office, round_robin, bruno, dora):
    office.says(bruno, "online")
    ticket = office.waits(round_robin)
    assert (ticket.status, ticket.agent) == ("open", bruno)
    assert ticket.opened_at is not None
    assert reasons(office, ticket) == ["round_robin"]


@pytest.mark.parametrize("said", ["away", "busy", "offline"])
def test_who_is_not_online_gets_nothing(office, round_robin, bruno, said):
    office.says(bruno, "online")
    office.leaves(bruno) if said == "offline" else office.says(bruno, said)
    assert office.waits(round_robin).agent is None


def test_busy_people_get_tickets_where_the_company_wants_it(office, round_robin, bruno):
    office.options(assign_to_busy=True)
    office.says(bruno, "busy")
    assert office.waits(round_robin).agent == bruno


def test_agents_take_turns(office, round_robin, bruno, dora):
    office.says(bruno, "online")
    office.says(dora, "online")
    got = []
    for _ in range(4):
        got.append(office.waits(round_robin).agent.name)
        office.after(seconds=1)
    assert got == ["Bruno", "Dora", "Bruno", "Dora"]


def test_the_least_busy_agent_is_next(office, round_robin, acme_world, bruno, dora, line):
    round_robin.assignment = "least_busy"
    with acme_world.scope():
        round_robin.save()
    for _ in range(2):
        acme_world.ticket(line, agent=bruno, status="open", queue=round_robin)
    office.says(bruno, "online")
    office.says(dora, "online")
    assert [office.waits(round_robin).agent for _ in range(2)] == [dora, dora]


def test_only_members_of_the_queue_are_chosen(office, round_robin, clara, ana, bruno):
    office.says(clara, "online")
    office.says(ana, "online")
    assert office.waits(round_robin).agent is None


def test_a_manual_queue_gives_nothing_out(office, sales, bruno):
    office.says(bruno, "online")
    assert office.waits(sales).agent is None


@pytest.mark.parametrize("limit", ["company", "member", "queue"])
def test_nobody_gets_more_than_they_can_carry(office, acme_world, round_robin, bruno, limit):
    if limit == "company":
        office.options(agent_capacity=2)
    elif limit == "member":
        office.member(bruno, capacity=2)
    else:
        round_robin.capacity = 2
        with acme_world.scope():
            round_robin.save()
    office.says(bruno, "online")
    tickets = [office.waits(round_robin) for _ in range(3)]
    assert [ticket.agent for ticket in tickets] == [bruno, bruno, None]


def test_what_waits_is_given_out_when_somebody_comes_the_most_urgent_and_oldest_first(
    office, round_robin, bruno
):
    office.member(bruno, capacity=2)
    first = office.waits(round_robin)
    office.after(minutes=1)
    second = office.waits(round_robin)
    office.after(minutes=1)
    urgent = office.waits(round_robin, priority=4)
    office.says(bruno, "online")
    assert office.agent_of(urgent) == office.agent_of(first) == bruno
    assert office.agent_of(second) is None


def test_closing_a_ticket_makes_room_for_the_next(office, round_robin, bruno):
    office.member(bruno, capacity=1)
    office.says(bruno, "online")
    first, second = office.waits(round_robin), office.waits(round_robin)
    assert office.agent_of(second) is None
    office.closes(bruno, first)
    assert office.agent_of(second) == bruno


def test_handing_a_ticket_on_makes_room_for_the_next(office, round_robin, bruno, support):
    office.member(bruno, capacity=1)
    office.says(bruno, "online")
    first, second = office.waits(round_robin), office.waits(round_robin)
    office.transfers(bruno, first, queue=support)
    assert office.agent_of(second) == bruno


def test_a_transfer_into_an_automatic_queue_finds_an_agent(office, round_robin, support, clara, bruno):
    office.says(bruno, "online")
    ticket = office.waits(support)
    office.transfers(clara, ticket, queue=round_robin)
    assert office.agent_of(ticket) == bruno


def test_more_room_is_filled_at_once(office, round_robin, bruno, as_, ana):
    client = as_(ana)
    office.member(bruno, capacity=1)
    office.says(bruno, "online")
    office.waits(round_robin)
    second = office.waits(round_robin)
    assert client.patch(f"/api/users/{bruno.pk}/", {"capacity": 2}).json()["capacity"] == 2
    assert office.agent_of(second) == bruno


def test_a_queue_that_becomes_automatic_gives_out_what_waits(office, sales, bruno, as_, ana):
    client = as_(ana)
    office.says(bruno, "online")
    ticket = office.waits(sales)
    row = client.patch(f"/api/queues/{sales.pk}/", {"assignment": "least_busy"}).json()
    assert row["assignment"] == "least_busy"
    assert office.agent_of(ticket) == bruno


def test_the_contacts_own_agent_comes_first_even_from_another_queue(office, round_robin, bruno, clara):
    office.options(owner_first=True)
    office.says(bruno, "online")
    office.says(clara, "online")
    office.line.queue = round_robin
    ticket = office.writes(office.customer(owner=clara))
    assert (ticket.agent, reasons(office, ticket)) == (clara, ["owner"])


def test_a_contact_with_an_agent_opens_there_without_any_queue(office, clara):
    office.options(owner_first=True)
    office.says(clara, "online")
    ticket = office.writes(office.customer(owner=clara))
    assert (ticket.status, ticket.agent, ticket.queue) == ("open", clara, None)


def test_while_the_own_agent_is_away_the_queue_decides_or_the_customer_waits(
    office, round_robin, bruno, clara
):
    office.options(owner_first=True)
    ticket = office.writes(office.customer(owner=clara))
    assert ticket.agent is None
    office.says(clara, "online")
    assert office.agent_of(ticket) == clara


def test_without_the_option_the_own_agent_is_one_among_others(office, sales, clara):
    office.says(clara, "online")
    office.line.queue = sales
    assert office.writes(office.customer(owner=clara)).agent is None


def test_whoever_answered_last_comes_first(office, acme_world, round_robin, bruno, dora, paper):
    round_robin.previous_first = True
    with acme_world.scope():
        round_robin.save()
    office.says(dora, "online")
    maria = office.customer()
    office.line.queue = round_robin
    first = office.writes(maria)
    office.answers(dora, first)
    office.closes(dora, first)
    office.after(days=1)
    office.says(bruno, "online")
    again = office.writes(maria)
    assert again.pk != first.pk
    assert (again.agent, reasons(office, again)) == (dora, ["previous"])


def test_a_customer_in_the_menu_is_not_given_to_anybody(office, acme_world, round_robin, bruno):
    ticket = office.waits(round_robin, awaiting="menu")
    office.says(bruno, "online")
    assert office.agent_of(ticket) is None


def test_a_sleeping_ticket_does_not_count_and_is_not_given_out(office, round_robin, bruno):
    from tickets.actions import snooze

    office.member(bruno, capacity=1)
    office.says(bruno, "online")
    first, second = office.waits(round_robin), office.waits(round_robin)
    with office.acting():
        snooze.snooze(office.ticket(first.pk), until=None, by=bruno)
    assert office.agent_of(second) == bruno


def test_both_audiences_hear_of_it(office, round_robin, bruno, heard):
    ticket = office.waits(round_robin)
    office.says(bruno, "online")
    told = [frame for frame in heard("ticket.updated") if frame["data"]["agent"]]
    assert told[0]["data"]["id"] == ticket.pk
    assert told[0]["audience"] == {"supervisors", f"queue.{round_robin.pk}", f"user.{bruno.pk}"}


def test_the_sweeper_finds_what_a_lost_nudge_left(office, acme_world, round_robin, bruno, monkeypatch):
    monkeypatch.setattr(assignment.consider, "apply_async", lambda **_: None)
    office.says(bruno, "online")
    ticket = office.waits(round_robin)
    assert ticket.agent is None
    with office.acting():
        assignment.sweep()
    assert office.agent_of(ticket) == bruno


def test_everybody_sees_who_carries_how_much(office, round_robin, bruno, dora, api):
    office.member(dora, capacity=3)
    office.says(bruno, "online")
    office.waits(round_robin)
    people = {row["user"]: row for row in api.get("/api/workload/").json()["people"]}
    assert (people[bruno.pk]["open"], people[bruno.pk]["unanswered"]) == (1, 1)
    assert (people[bruno.pk]["capacity"], people[dora.pk]["capacity"]) == (10, 3)
