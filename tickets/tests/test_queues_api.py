"""Queues: who answers where, in which order, and what happens to what waits there."""

import pytest

from tickets.models import Ticket


@pytest.fixture
def admin(as_, ana):
    return as_(ana)


def listed(client, query=""):
    return [row["name"] for row in client.get(f"/api/queues/{query}").json()["results"]]


def test_a_queue_is_made_with_members_and_a_free_colour(admin, acme_world, bruno, clara):
    first = admin.post("/api/queues/", {"name": "Finance", "members": [bruno.id, clara.id]})
    assert first.status_code == 201, first.content
    assert first.json()["members"] == sorted([bruno.id, clara.id])
    second = admin.post("/api/queues/", {"name": "Returns"}).json()
    assert second["color"] != first.json()["color"]


def test_agents_do_not_make_queues(api):
    assert api.post("/api/queues/", {"name": "Mine"}).status_code == 403


@pytest.mark.parametrize("name", ["Sales", "SALES"])
def test_two_queues_cannot_share_a_name(admin, sales, name):
    answer = admin.post("/api/queues/", {"name": name})
    assert answer.status_code == 409
    assert answer.json()["code"] == "queue_name_taken"


def test_members_are_replaced_as_a_set(admin, sales, bruno, clara):
    row = admin.patch(f"/api/queues/{sales.id}/", {"members": [clara.id]}).json()
    assert row["members"] == [clara.id]


def test_people_of_another_company_cannot_be_members(admin, sales, raul):
    assert admin.patch(f"/api/queues/{sales.id}/", {"members": [raul.id]}).status_code == 400


def test_moving_a_queue_shifts_the_others(admin):
    made = [admin.post("/api/queues/", {"name": name}).json() for name in ("A", "B", "C")]
    admin.patch(f"/api/queues/{made[2]['id']}/", {"position": 0})
    assert listed(admin) == ["C", "A", "B"]


def test_what_waits_in_a_deleted_queue_waits_without_one(admin, acme_world, sales, ticket):
    assert admin.delete(f"/api/queues/{sales.id}/").status_code == 204
    with acme_world.scope():
        assert Ticket.objects.get(pk=ticket.pk).queue_id is None
    assert listed(admin) == []
    assert listed(admin, "?deleted=true") == ["Sales"]


def test_a_restored_queue_has_its_members_again(admin, sales, bruno):
    admin.delete(f"/api/queues/{sales.id}/")
    row = admin.post(f"/api/queues/{sales.id}/restore/").json()
    assert (row["is_deleted"], row["members"]) == (False, [bruno.id])


def test_a_queue_whose_name_was_given_away_stays_deleted(admin, sales):
    admin.delete(f"/api/queues/{sales.id}/")
    admin.post("/api/queues/", {"name": "Sales"})
    assert admin.post(f"/api/queues/{sales.id}/restore/").status_code == 409


def test_the_plan_limits_the_number_of_queues(admin, acme, sales):
    acme.limits = {"queues": 1}
    acme.save()
    answer = admin.post("/api/queues/", {"name": "One too many"})
    assert answer.status_code == 402


@pytest.mark.parametrize(
    "body",
    [{}, {"name": ""}, {"name": "X", "color": "red"}, {"name": "X", "position": -1}, {"name": "a" * 61}],
)
def test_nonsense_is_refused(admin, body):
    assert admin.post("/api/queues/", body).status_code == 400


def test_an_agent_sees_what_waits_in_a_queue_after_joining_it(admin, as_, clara, sales, ticket):
    assert as_(clara).get(f"/api/tickets/{ticket.id}/").status_code == 404
    admin.patch(f"/api/queues/{sales.id}/", {"members": [clara.id]})
    assert as_(clara).get(f"/api/tickets/{ticket.id}/").status_code == 200
