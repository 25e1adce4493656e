"""Nothing lost, nothing shown twice, nothing sent twice, while everything is killed at random."""

import pytest

from tests.chaos import books
from tests.chaos.storm import Company, Storm
from tests.support.stack import Stack

pytestmark = [pytest.mark.chaos]


@pytest.fixture(scope="module")
def storm(request, services, django_db_setup):
    full = request.config.getoption("--chaos-full")
    size = {"inbound": 10_000, "outbound": 1_000, "kills": 50} if full else SMALL
    extra = {"DOUBT_SECONDS": "8" if full else "3", "FETCH_SECONDS": "5"}
    with Stack(services, "chaos", workers=2, extra=extra) as stack:
        companies = [Company(stack, "alpha", "551140009001"), Company(stack, "beta", "551140009002")]
        storm = Storm(stack, companies, **size)
        storm.blow()
        storm.settle(seconds=900 if full else 240)
        yield storm


SMALL = {"inbound": 400, "outbound": 80, "kills": 5}


@pytest.fixture(scope="module")
def both(storm):
    return books.read(storm.stack)


def test_everything_happened_that_was_planned(storm, both):
    assert len(storm.killed) == storm.kills
    assert len(both.truth["sent"]) == storm.inbound + 20 * len(storm.companies)
    assert len([row for row in both.messages if row["direction"] == "out"]) == storm.outbound


def test_nothing_a_customer_wrote_is_lost(both):
    assert books.lost(both) == set()


def test_nothing_a_customer_wrote_is_shown_twice(both):
    assert books.shown_twice(both) == {}


def test_what_customers_changed_is_changed_even_when_it_came_first(both):
    assert both.sent("edit") and both.sent("revoke") and both.sent("reaction")
    assert books.changes_not_made(both) == []


def test_every_picture_of_a_customer_is_there_whole(both):
    assert both.sent("image")
    assert books.files_missing(both) == []


def test_nothing_is_sent_twice_automatically(both):
    assert books.sent_twice(both) == {}


def test_every_send_ends_in_a_state_that_agrees_with_whatsapp(both):
    assert books.disagreements(both) == []


def test_messages_leave_in_the_order_in_which_they_were_written(both):
    assert books.out_of_order(both) == []


def test_messages_are_shown_in_the_order_in_which_customers_wrote_them(both):
    assert books.inbound_out_of_order(both) == []


def test_every_doubtful_send_waits_visibly_for_a_person(both):
    doubtful = [row for row in both.messages if row["state"] == "doubtful"]
    assert all(row["error"] and row["error"]["action"] == "decide" for row in doubtful)


def test_the_two_companies_did_not_mix(storm):
    mixed = books.query(
        storm.stack,
        "SELECT m.id FROM tickets_message m JOIN tickets_ticket t ON t.id = m.ticket_id "
        "WHERE m.company_id <> t.company_id OR m.connection_id <> t.connection_id",
    )
    assert mixed == []


def test_what_came_of_it(storm, both, capsys):
    """Prints the tally, so that a full run leaves figures."""
    states: dict[str, int] = {}
    for row in both.messages:
        if row["direction"] == "out":
            states[row["state"]] = states.get(row["state"], 0) + 1
    with capsys.disabled():
        print(
            f"\nchaos: {len(both.truth['sent'])} in, {sum(states.values())} out {states}, "
            f"{len(storm.killed)} kills {sorted(set(storm.killed))}; lost {len(books.lost(both))}, "
            f"shown twice {len(books.shown_twice(both))}, sent twice {len(books.sent_twice(both))}"
        )
    assert sum(states.values()) == storm.outbound
