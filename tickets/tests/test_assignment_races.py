"""Several workers give out the same tickets at once: one agent for each, and nobody more than they can carry."""

import threading

import pytest
from django.db import connection

from tenants.models import Membership
from tenants.scoping import company_scope
from tickets.actions import assignment, lifecycle, overflow
from tickets.models import Ticket, TicketHistory

pytestmark = pytest.mark.django_db(transaction=True)


def together(*stories):
    """Run each in a thread of its own, all at once; answers what went wrong."""
    wrong, barrier = [], threading.Barrier(len(stories))

    def run(story):
        barrier.wait()
        try:
            story()
        except Exception as error:  # noqa: BLE001  told by the test
            wrong.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[story]) for story in stories]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return wrong


@pytest.fixture
def team(acme_world, sales, support):
    """Three people who serve both queues, online, with room for four tickets each."""
    people = [acme_world.person(name, "agent", (sales, support)) for name in ("Bruno", "Dora", "Edu")]
    with acme_world.scope():
        Membership.objects.update(presence="online", capacity=4)
        for queue, rule in ((sales, "round_robin"), (support, "least_busy")):
            queue.assignment = rule
            queue.save()
    return people


def test_two_queues_that_share_their_people_never_overload_them(acme, acme_world, team, line, sales, support):
    tickets = [acme_world.ticket(line, queue=queue) for queue in (sales, support) for _ in range(8)]
    ids = [ticket.pk for ticket in tickets]
    assert together(
        lambda: assignment.drain(acme.pk, sales.pk),
        lambda: assignment.drain(acme.pk, support.pk),
        lambda: assignment.consider(acme.pk, *ids[::-1]),
        lambda: assignment.freed(acme.pk, team[0].pk),
    ) == []  # fmt: skip
    assignment.drain(acme.pk, sales.pk, support.pk)
    with acme_world.scope():
        held = [Ticket.objects.filter(agent=person, status="open").count() for person in team]
        assert held == [4, 4, 4]
        assert Ticket.objects.filter(status="pending").count() == 4
        assert TicketHistory.objects.filter(kind="assigned").count() == 12


def test_an_agent_who_takes_a_ticket_by_hand_and_the_rule_do_not_both_win(
    acme, acme_world, team, line, sales
):
    from helpdesk.errors import Refused

    for _ in range(6):
        ticket = acme_world.ticket(line, queue=sales)
        lost = []

        def accept(ticket=ticket, lost=lost):
            with company_scope(acme.pk):
                try:
                    lifecycle.accept(ticket, by=team[0])
                except Refused:
                    lost.append(1)

        assert together(accept, lambda ticket=ticket: assignment.consider(acme.pk, ticket.pk)) == []
        with acme_world.scope():
            row = Ticket.objects.get(pk=ticket.pk)
            steps = list(TicketHistory.objects.filter(ticket=ticket).values_list("kind", flat=True))
        assert row.agent is not None
        assert (row.agent == team[0]) or lost
        assert len([kind for kind in steps if kind in {"accepted", "assigned"}]) == 1


def test_a_person_who_is_removed_meanwhile_keeps_nothing(acme, acme_world, team, line, sales, ana):
    from tenants.actions import team as people

    for _ in range(8):
        acme_world.ticket(line, queue=sales)

    def remove():
        with company_scope(acme.pk):
            people.remove(Membership.objects.get(user=team[0]), by=ana)

    assert together(remove, lambda: assignment.drain(acme.pk, sales.pk)) == []
    with acme_world.scope():
        assert not Ticket.objects.filter(agent=team[0]).exists()


def test_two_looks_at_an_idle_ticket_move_it_once(acme, acme_world, team, line, sales):
    from datetime import timedelta

    from django.utils.timezone import now

    sales.idle_minutes = 5
    with acme_world.scope():
        sales.save()
    before = now() - timedelta(minutes=6)
    ticket = acme_world.ticket(
        line, queue=sales, agent=team[0], status="open", opened_at=before, waiting_since=before
    )
    look = lambda: overflow.look(acme.pk, ticket.pk)  # noqa: E731
    assert together(look, look, look) == []
    with acme_world.scope():
        assert TicketHistory.objects.filter(ticket=ticket, kind="assigned").count() == 1
