"""The life of a ticket, as the people who work on it see it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection as database
from django.utils.timezone import now

from helpdesk.errors import Refused
from tickets.actions import lifecycle
from tickets.models import Ticket


def test_accepting_a_waiting_ticket_makes_it_mine(api, ticket, bruno):
    answer = api.post(f"/api/tickets/{ticket.id}/accept/")
    assert answer.status_code == 200, answer.content
    assert answer.json()["status"] == "open"
    assert answer.json()["agent"] == {"id": bruno.id, "name": "Bruno"}


def test_accepting_twice_changes_nothing(api, ticket):
    first = api.post(f"/api/tickets/{ticket.id}/accept/").json()
    assert api.post(f"/api/tickets/{ticket.id}/accept/").json()["version"] == first["version"]


def test_who_comes_second_is_told_who_was_first(acme_world, as_, api, ticket, sales):
    late = acme_world.person("Dora", "agent", (sales,))
    api.post(f"/api/tickets/{ticket.id}/accept/")
    answer = as_(late).post(f"/api/tickets/{ticket.id}/accept/")
    assert answer.status_code == 409
    assert answer.json()["code"] == "ticket_already_accepted"
    assert answer.json()["fields"]["agent"]["name"] == "Bruno"


def test_an_agent_of_another_queue_cannot_accept(as_, ticket, clara):
    assert as_(clara).post(f"/api/tickets/{ticket.id}/accept/").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_of_two_agents_at_once_exactly_one_gets_the_ticket(acme_world, ticket, bruno, sales):
    dora = acme_world.person("Dora", "agent", (sales,))

    def press(user):
        try:
            with acme_world.scope():
                return lifecycle.accept(ticket, by=user).agent_id
        except Refused as refused:
            return refused.code
        finally:
            database.close()

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(press, [bruno, dora, bruno, dora]))
    with acme_world.scope():
        winner = Ticket.objects.get(pk=ticket.pk).agent_id
    assert sorted(map(str, answers)) == sorted([str(winner)] * 2 + ["ticket_already_accepted"] * 2)


@pytest.mark.django_db(transaction=True)
def test_messages_at_once_open_one_ticket(acme_world, line):
    contact = acme_world.contact()

    def write(_):
        try:
            with acme_world.scope():
                from django.db import transaction

                with transaction.atomic():
                    ticket, created = lifecycle.ticket_for(line, contact, at=now())
                    return ticket.pk, created
        finally:
            database.close()

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(write, range(16)))
    assert len({pk for pk, _ in answers}) == 1
    assert sum(created for _, created in answers) == 1


def test_tickets_are_numbered_per_company(acme_world, rival_world, line):
    numbers = []
    for world in (acme_world, acme_world, rival_world):
        with world.scope():
            there = line if world is acme_world else world.connection("Other")
            ticket, _ = lifecycle.ticket_for(there, world.contact(), at=now())
            numbers.append(ticket.number)
    assert numbers == [1, 2, 1]


@pytest.mark.parametrize(("minutes_later", "same"), [(5, True), (119, True), (121, False)])
def test_who_writes_soon_after_closing_goes_on_with_the_ticket(
    api, acme_world, ticket, line, minutes_later, same
):
    api.post(f"/api/tickets/{ticket.id}/accept/")
    api.post(f"/api/tickets/{ticket.id}/close/")
    with acme_world.scope():
        later = now() + timedelta(minutes=minutes_later)
        found, created = lifecycle.ticket_for(line, ticket.contact, at=later)
        assert (found.pk == ticket.pk) is same
        assert created is not same
        assert (found.status, found.agent_id) == ("pending", None)
        assert found.queue_id == (ticket.queue_id if same else line.queue_id)


def test_a_ticket_never_comes_back_into_a_deleted_queue(api, as_, ana, acme_world, ticket, line, sales):
    api.post(f"/api/tickets/{ticket.id}/close/")
    as_(ana).delete(f"/api/queues/{sales.id}/")
    with acme_world.scope():
        found, _ = lifecycle.ticket_for(line, ticket.contact, at=now())
        assert (found.pk, found.queue_id) == (ticket.pk, None)


def test_a_connection_that_never_reopens_makes_a_new_ticket(api, acme_world, ticket, line):
    line.reopen_minutes = 0
    api.post(f"/api/tickets/{ticket.id}/accept/")
    api.post(f"/api/tickets/{ticket.id}/close/")
    with acme_world.scope():
        assert lifecycle.ticket_for(line, ticket.contact, at=now())[1]


def test_a_transfer_to_a_queue_waits_there(api, as_, ticket, support, clara):
    api.post(f"/api/tickets/{ticket.id}/accept/")
    answer = api.post(
        f"/api/tickets/{ticket.id}/transfer/", {"queue": support.id, "note": "Asks for a refund"}
    )
    assert answer.status_code == 200, answer.content
    assert (answer.json()["status"], answer.json()["agent"]) == ("pending", None)
    assert api.get(f"/api/tickets/{ticket.id}/").status_code == 404
    thread = as_(clara).get(f"/api/tickets/{ticket.id}/messages/").json()["results"]
    assert [(note["kind"], note["direction"], note["body"]) for note in thread] == [
        ("note", "internal", "Asks for a refund")
    ]


def test_a_transfer_to_an_agent_is_theirs(api, as_, ticket, clara):
    answer = api.post(f"/api/tickets/{ticket.id}/transfer/", {"agent": clara.id})
    assert answer.json()["status"] == "open"
    mine = as_(clara).get("/api/tickets/?tab=mine").json()["results"]
    assert [row["id"] for row in mine] == [ticket.id]


@pytest.mark.parametrize("body", [{}, {"agent": 10**15}, {"queue": 10**15}, {"queue": None}, {"agent": "x"}])
def test_a_transfer_to_nowhere_is_refused(api, ticket, body):
    assert api.post(f"/api/tickets/{ticket.id}/transfer/", body).status_code == 400


def test_a_transfer_to_another_company_is_refused(api, ticket, raul):
    assert api.post(f"/api/tickets/{ticket.id}/transfer/", {"agent": raul.id}).status_code == 400


def test_closing_twice_is_refused(api, ticket):
    api.post(f"/api/tickets/{ticket.id}/accept/")
    api.post(f"/api/tickets/{ticket.id}/close/")
    answer = api.post(f"/api/tickets/{ticket.id}/close/")
    assert answer.status_code == 409
    assert answer.json()["code"] == "ticket_already_closed"


def test_whoever_closes_a_waiting_ticket_finds_it_again(api, ticket):
    assert api.post(f"/api/tickets/{ticket.id}/close/").status_code == 200
    closed = api.get("/api/tickets/?tab=closed").json()["results"]
    assert [row["id"] for row in closed] == [ticket.id]


def test_reopening_makes_it_mine_again(api, ticket, bruno):
    api.post(f"/api/tickets/{ticket.id}/close/")
    answer = api.post(f"/api/tickets/{ticket.id}/reopen/")
    assert (answer.json()["status"], answer.json()["agent"]["id"]) == ("open", bruno.id)
    assert answer.json()["closed_at"] is None


def test_reopening_beside_a_live_ticket_is_refused_and_names_it(api, acme_world, ticket, line, sales):
    api.post(f"/api/tickets/{ticket.id}/close/")
    other = acme_world.ticket(line, ticket.contact, queue=sales)
    answer = api.post(f"/api/tickets/{ticket.id}/reopen/")
    assert answer.status_code == 409
    assert answer.json()["code"] == "other_open_ticket"
    assert answer.json()["fields"]["ticket"] == other.id


def test_reading_clears_the_unread_count_of_the_owner_only(api, as_, acme_world, line, bruno, sofia):
    ticket = acme_world.ticket(line, agent=bruno, status="open", unread_count=3)
    assert as_(sofia).post(f"/api/tickets/{ticket.id}/read/").json()["unread_count"] == 3
    assert api.post(f"/api/tickets/{ticket.id}/read/").json()["unread_count"] == 0


def test_the_owner_marks_a_ticket_unread(api, acme_world, line, bruno):
    ticket = acme_world.ticket(line, agent=bruno, status="open")
    answer = api.post(f"/api/tickets/{ticket.id}/unread/")
    assert (answer.status_code, answer.json()["unread_count"]) == (200, 1)
    assert api.get("/api/tickets/counts/").json()["mine_unread"] == 1


def test_marking_unread_keeps_a_higher_count(api, acme_world, line, bruno):
    ticket = acme_world.ticket(line, agent=bruno, status="open", unread_count=3)
    assert api.post(f"/api/tickets/{ticket.id}/unread/").json()["unread_count"] == 3


def test_nobody_marks_the_ticket_of_another_unread(as_, acme_world, line, bruno, sofia):
    ticket = acme_world.ticket(line, agent=bruno, status="open")
    answer = as_(sofia).post(f"/api/tickets/{ticket.id}/unread/")
    assert (answer.status_code, answer.json()["code"]) == (409, "ticket_not_yours")


def test_a_closed_ticket_cannot_be_unread(api, ticket):
    api.post(f"/api/tickets/{ticket.id}/close/")
    answer = api.post(f"/api/tickets/{ticket.id}/unread/")
    assert (answer.status_code, answer.json()["code"]) == (409, "ticket_closed")


def test_the_history_tells_what_happened_in_order(api, as_, ticket, support, clara, ana):
    api.post(f"/api/tickets/{ticket.id}/accept/")
    api.post(f"/api/tickets/{ticket.id}/transfer/", {"queue": support.id})
    as_(clara).post(f"/api/tickets/{ticket.id}/close/")
    steps = as_(ana).get(f"/api/tickets/{ticket.id}/history/").json()["results"]
    assert [(step["kind"], step["by"]["name"]) for step in steps] == [
        ("accepted", "Bruno"),
        ("transferred", "Bruno"),
        ("closed", "Clara"),
    ]
    assert steps[1]["data"]["from_agent"]["name"] == "Bruno"
    assert steps[1]["data"]["to_queue"]["name"] == "Support"


def test_tickets_of_somebody_who_leaves_wait_again(api, as_, acme_world, ticket, bruno, ana):
    api.post(f"/api/tickets/{ticket.id}/accept/")
    assert as_(ana).delete(f"/api/users/{bruno.id}/").status_code in {200, 204}
    row = as_(ana).get(f"/api/tickets/{ticket.id}/").json()
    assert (row["status"], row["agent"]) == ("pending", None)


def test_only_an_admin_deletes_a_ticket(api, as_, ticket, ana):
    assert api.delete(f"/api/tickets/{ticket.id}/").status_code == 403
    assert as_(ana).delete(f"/api/tickets/{ticket.id}/").status_code == 204
    assert as_(ana).get(f"/api/tickets/{ticket.id}/").status_code == 404


def test_beginning_a_conversation_with_a_new_number(api, line, bruno):
    answer = api.post("/api/tickets/", {"number": "+55 11 98765-4321", "connection": line.id})
    assert answer.status_code == 201, answer.content
    assert answer.json()["contact"]["number"] == "5511987654321"
    assert (answer.json()["status"], answer.json()["agent"]["id"]) == ("open", bruno.id)


def test_beginning_a_second_conversation_is_refused(api, line, ticket):
    answer = api.post("/api/tickets/", {"contact": ticket.contact_id, "connection": line.id})
    assert answer.status_code == 409
    assert answer.json()["fields"]["ticket"] == ticket.id


@pytest.mark.parametrize("body", [{}, {"number": "hello"}, {"contact": 1, "number": "5511987654321"}])
def test_a_conversation_needs_one_customer(api, line, body):
    assert api.post("/api/tickets/", {**body, "connection": line.id}).status_code == 400


def test_without_a_default_connection_one_must_be_named(api, line):
    answer = api.post("/api/tickets/", {"number": "+55 11 98765-4321"})
    assert answer.json()["code"] == "connection_needed"
