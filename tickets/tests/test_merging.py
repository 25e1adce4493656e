"""Two tickets that are one matter become one, and can become two again."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from tickets.actions import lifecycle
from tickets.models import Ticket


@pytest.fixture
def other_line(acme_world):
    return acme_world.connection("Second number")


@pytest.fixture
def pair(acme_world, line, other_line, sales, bruno):
    """The same customer on two numbers; their messages alternate."""
    contact = acme_world.contact("Maria")
    old = acme_world.ticket(line, contact, queue=sales, agent=bruno, status="open", unread_count=1)
    new = acme_world.ticket(other_line, contact, queue=sales, agent=bruno, status="open", unread_count=2)
    for minute, ticket in enumerate((old, new, old, new)):
        acme_world.message(ticket, f"{minute}", at=now() - timedelta(minutes=10 - minute))
    return old, new


def merge(client, ticket, into, *, status=200, **given):
    answer = client.post(f"/api/tickets/{ticket.pk}/merge/", {"into": into.pk, **given})
    assert answer.status_code == status, answer.content
    return answer.json()


def thread(client, ticket):
    rows = client.get(f"/api/tickets/{ticket.pk}/messages/").json()["results"]
    return [row["body"] for row in reversed(rows)]


def test_the_messages_of_both_stand_in_the_order_of_their_times(api, pair):
    old, new = pair
    row = merge(api, old, new)
    assert (row["id"], row["unread_count"]) == (new.pk, 3)
    assert thread(api, new) == ["0", "1", "2", "3"]


def test_the_merged_ticket_is_closed_and_says_where_it_went(api, pair):
    old, new = pair
    merge(api, old, new)
    row = api.get(f"/api/tickets/{old.pk}/").json()
    assert (row["status"], row["merged_into"]) == ("closed", new.pk)
    for ticket, key in ((old, "into"), (new, "from")):
        steps = api.get(f"/api/tickets/{ticket.pk}/history/").json()["results"]
        assert [(step["kind"], key in step["data"]) for step in steps] == [("merged", True)]


def test_its_number_leads_to_the_one_that_goes_on(api, pair):
    old, new = pair
    merge(api, old, new)
    assert api.get(f"/api/tickets/by-number/{old.number}/").json()["id"] == new.pk


def test_it_cannot_be_opened_or_merged_again(api, pair):
    old, new = pair
    merge(api, old, new)
    assert api.post(f"/api/tickets/{old.pk}/reopen/").json()["code"] == "ticket_merged"
    assert merge(api, old, new, status=409)["code"] == "ticket_merged"


def test_who_writes_to_a_merged_ticket_opens_a_new_one(api, acme_world, line, pair):
    old, new = pair
    merge(api, old, new)
    with acme_world.scope():
        found, created = lifecycle.ticket_for(line, old.contact, at=now())
        assert created
        assert found.pk != old.pk


def test_undoing_a_merge_is_exact(api, pair):
    old, new = pair
    before = [api.get(f"/api/tickets/{ticket.pk}/").json() for ticket in pair]
    merge(api, old, new)
    assert api.post(f"/api/tickets/{new.pk}/undo/").status_code == 200
    after = [api.get(f"/api/tickets/{ticket.pk}/").json() for ticket in pair]
    for was, is_now in zip(before, after, strict=True):
        assert {**was, "version": 0, "updated_at": 0} == {**is_now, "version": 0, "updated_at": 0}
    assert (thread(api, old), thread(api, new)) == (["0", "2"], ["1", "3"])


def test_tags_and_participants_of_both_stay(api, as_, ana, pair, clara):
    old, new = pair
    tags = [as_(ana).post("/api/tags/", {"name": name}).json()["id"] for name in ("A", "B")]
    api.post(f"/api/tickets/{old.pk}/tags/", {"tags": tags[:1]})
    api.post(f"/api/tickets/{new.pk}/tags/", {"tags": tags[1:]})
    api.post(f"/api/tickets/{old.pk}/participants/", {"users": [clara.pk]})
    row = merge(api, old, new)
    assert (row["tags"], row["participants"]) == (tags, [clara.pk])


def test_different_customers_are_merged_only_when_that_is_meant(api, acme_world, line, bruno, pair):
    old, _ = pair
    stranger = acme_world.ticket(line, agent=bruno, status="open")
    refused = merge(api, stranger, old, status=409)
    assert refused["code"] == "merge_other_contact"
    assert refused["fields"]["contacts"] == ["Maria Clara", "Maria"]
    assert merge(api, stranger, old, other_contact=True)["contact"]["name"] == "Maria"


def test_what_has_not_left_yet_never_reaches_the_other_customer(api, acme_world, line, bruno, pair):
    old, _ = pair
    stranger = acme_world.ticket(line, agent=bruno, status="open")
    acme_world.message(stranger, "Segredo", direction="out", state="queued")
    assert merge(api, stranger, old, status=409, other_contact=True)["code"] == "merge_unsent"


def test_an_open_ticket_is_not_merged_into_a_closed_one(api, pair):
    old, new = pair
    api.post(f"/api/tickets/{new.pk}/close/")
    assert merge(api, old, new, status=409)["code"] == "merge_into_closed"
    assert merge(api, new, old)["status"] == "open"


def test_a_ticket_is_not_merged_into_itself_or_into_nothing(api, rival_world, pair):
    old, _ = pair
    theirs = rival_world.ticket(rival_world.connection("Theirs"))
    assert merge(api, old, old, status=409)["code"] == "merge_itself"
    assert "into" in merge(api, old, theirs, status=400)["fields"]


def test_another_number_does_not_open_the_window(api, acme_world, other_line, line, bruno):
    contact = acme_world.contact()
    long_ago = now() - timedelta(days=3)
    fresh = acme_world.ticket(line, contact, agent=bruno, status="open")
    silent = acme_world.ticket(other_line, contact, agent=bruno, status="open", last_customer_at=long_ago)
    row = merge(api, fresh, silent)
    assert row["window_expires_at"] < now().isoformat()
    with acme_world.scope():
        assert Ticket.objects.live().filter(contact=contact).count() == 1
