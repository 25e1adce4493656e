"""One act on many tickets: what it does, what it refuses, how it survives a kill, and how it is taken back."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from tickets.actions import bulk_jobs
from tickets.models import BulkItem, BulkJob, Ticket

PENDING = {"all": [{"key": "status", "operator": "is", "value": ["pending"]}]}


@pytest.fixture(autouse=True)
def nothing_is_sent(acme):
    acme.settings = {**acme.settings, "undo_seconds": 10}
    acme.save()


@pytest.fixture
def mine(acme_world, line, bruno, sales):
    return [
        acme_world.ticket(line, agent=bruno, status="open", queue=sales, unread_count=2).pk for _ in range(3)
    ]


def do(client, action, *, status=201, **body):
    answer = client.post("/api/bulk-jobs/", {"action": action, **body}, format="json")
    assert answer.status_code == status, answer.content
    job = answer.json()
    return client.get(f"/api/bulk-jobs/{job['id']}/").json() if status == 201 else job


def tickets(client, ids):
    return [client.get(f"/api/tickets/{pk}/").json() for pk in ids]


def test_many_tickets_are_closed_and_counted(api, mine):
    job = do(api, "close", tickets=mine)
    assert (job["state"], job["total"], job["updated"], job["errors"]) == ("done", 3, 3, [])
    assert {row["status"] for row in tickets(api, mine)} == {"closed"}


def test_each_refusal_is_told_and_stops_nothing(api, mine):
    api.post(f"/api/tickets/{mine[1]}/close/")
    job = do(api, "close", tickets=mine)
    assert (job["updated"], job["failed"]) == (2, 1)
    [error] = job["errors"]
    assert (error["ticket"], error["code"]) == (mine[1], "ticket_already_closed")


def test_every_action_does_what_the_single_one_does(api, acme_world, mine, support, clara):
    from tickets.models import Tag

    with acme_world.scope():
        tag = Tag.objects.create(name="Late").pk
    do(api, "tag", tickets=mine, params={"tags": [tag]})
    do(api, "priority", tickets=mine, params={"priority": "urgent"})
    do(api, "read", tickets=mine)
    do(api, "snooze", tickets=mine, params={"until": None})
    rows = tickets(api, mine)
    assert all(row["tags"] == [tag] and row["priority"] == "urgent" for row in rows)
    assert all(row["unread_count"] == 0 and row["snoozed_at"] for row in rows)
    do(api, "wake", tickets=mine)
    do(api, "unread", tickets=mine)
    do(api, "untag", tickets=mine, params={"tags": [tag]})
    rows = tickets(api, mine)
    assert all(row["tags"] == [] and row["unread_count"] == 1 and not row["snoozed_at"] for row in rows)
    do(api, "transfer", tickets=mine[:1], params={"queue": support.pk})
    do(api, "assign", tickets=mine[1:], params={"agent": clara.pk})
    with acme_world.scope():
        assert Ticket.objects.get(pk=mine[0]).queue_id == support.pk
        assert {row.agent_id for row in Ticket.objects.filter(pk__in=mine[1:])} == {clara.pk}


def test_everything_that_matches_is_meant_but_what_is_excluded(as_, ana, acme_world, line, mine):
    """Close all of a status: an administrator's filter reaches every ticket."""
    waiting = [acme_world.ticket(line).pk for _ in range(4)]
    job = do(as_(ana), "close", tab="any", filter=PENDING, exclude=waiting[:1])
    assert job["updated"] == 3
    assert [row["status"] for row in tickets(as_(ana), waiting)] == ["pending", "closed", "closed", "closed"]
    assert {row["status"] for row in tickets(as_(ana), mine)} == {"open"}


def test_an_agent_reaches_only_what_is_visible(api, as_, acme_world, line, support, clara, mine):
    hers = acme_world.ticket(line, agent=clara, status="open").pk
    job = do(api, "close", tickets=[*mine, hers])
    assert job["total"] == 3
    assert as_(clara).get(f"/api/tickets/{hers}/").json()["status"] == "open"
    assert do(api, "close", tickets=[hers], status=400)["code"] == "bulk_nothing"


def test_undo_puts_everything_back(api, mine):
    before = tickets(api, mine)
    job = do(api, "close", tickets=mine)
    assert api.post(f"/api/bulk-jobs/{job['id']}/undo/").status_code == 200
    job = api.get(f"/api/bulk-jobs/{job['id']}/").json()
    assert (job["state"], job["undone"], job["kept"]) == ("undone", 3, 0)
    for row, was in zip(tickets(api, mine), before, strict=True):
        assert [row[name] for name in ("status", "closed_at", "unread_count", "agent")] == [
            was[name] for name in ("status", "closed_at", "unread_count", "agent")
        ]


@pytest.mark.parametrize("action", ["priority", "snooze", "read"])
def test_undo_of_other_acts(api, mine, action):
    before = tickets(api, mine)
    params = {"priority": {"priority": "low"}, "snooze": {"until": None}}.get(action, {})
    job = do(api, action, tickets=mine, params=params)
    api.post(f"/api/bulk-jobs/{job['id']}/undo/")
    fields = ("priority", "snoozed_at", "unread_count")
    assert [[row[name] for name in fields] for row in tickets(api, mine)] == [
        [row[name] for name in fields] for row in before
    ]


def test_undo_leaves_what_somebody_changed_since(api, mine):
    job = do(api, "close", tickets=mine)
    api.post(f"/api/tickets/{mine[0]}/reopen/")
    api.post(f"/api/bulk-jobs/{job['id']}/undo/")
    job = api.get(f"/api/bulk-jobs/{job['id']}/").json()
    assert (job["undone"], job["kept"]) == (2, 1)
    assert [(error["ticket"], error["code"]) for error in job["errors"]] == [(mine[0], "undo_too_late")]


def test_undo_is_possible_once(api, mine):
    job = do(api, "priority", tickets=mine, params={"priority": "low"})
    api.post(f"/api/bulk-jobs/{job['id']}/undo/")
    answer = api.post(f"/api/bulk-jobs/{job['id']}/undo/")
    assert (answer.status_code, answer.json()["code"]) == (409, "undo_too_late")


def test_undo_is_possible_for_an_hour(api, acme_world, mine):
    job = do(api, "priority", tickets=mine, params={"priority": "low"})
    with acme_world.scope():
        BulkJob.objects.filter(pk=job["id"]).update(finished_at=now() - timedelta(minutes=61))
    assert api.post(f"/api/bulk-jobs/{job['id']}/undo/").json()["code"] == "undo_too_late"


def test_a_killed_job_is_found_and_goes_on_where_it_was(
    monkeypatch, settings, api, acme_world, mine, run_sweeper
):
    monkeypatch.setattr(bulk_jobs.work, "nudge", lambda *given: None)  # the worker dies with its nudges
    job = do(api, "close", tickets=mine)
    assert job["updated"] == 0
    monkeypatch.setattr(bulk_jobs, "CHUNK", 2)
    with acme_world.scope():
        bulk_jobs.work(acme_world.company.pk, job["id"])
        assert BulkItem.objects.filter(job=job["id"], state="done").count() == 2
    monkeypatch.undo()
    run_sweeper()
    job = api.get(f"/api/bulk-jobs/{job['id']}/").json()
    assert (job["state"], job["updated"], job["failed"]) == ("done", 3, 0)


@pytest.fixture
def run_sweeper():
    import time_machine
    from django.test.testcases import TestCase

    def run():
        later = now() + timedelta(minutes=2)
        with time_machine.travel(later, tick=True), TestCase.captureOnCommitCallbacks(execute=True):
            bulk_jobs.sweep()

    return run


def test_a_cancelled_job_leaves_the_rest_alone(monkeypatch, api, acme_world, mine):
    monkeypatch.setattr(bulk_jobs.work, "nudge", lambda *given: None)
    monkeypatch.setattr(bulk_jobs, "CHUNK", 1)
    job = do(api, "close", tickets=mine)
    with acme_world.scope():
        bulk_jobs.work(acme_world.company.pk, job["id"])
    assert api.post(f"/api/bulk-jobs/{job['id']}/cancel/").json()["state"] == "cancelled"
    with acme_world.scope():
        bulk_jobs.work(acme_world.company.pk, job["id"])
        assert Ticket.objects.filter(pk__in=mine, status="closed").count() == 1
    assert api.post(f"/api/bulk-jobs/{job['id']}/cancel/").json()["code"] == "bulk_not_running"


def test_a_job_is_its_authors_own(api, as_, ana, mine):
    job = do(api, "priority", tickets=mine, params={"priority": "low"})
    assert as_(ana).get(f"/api/bulk-jobs/{job['id']}/").status_code == 404
    assert as_(ana).get("/api/bulk-jobs/").json()["results"] == []


@pytest.mark.parametrize(
    "body",
    [
        {"action": "burn", "tickets": [1]},
        {"action": "close"},
        {"action": "close", "tickets": [1], "tab": "all"},
        {"action": "tag", "tickets": [1]},
        {"action": "tag", "tickets": [1], "params": {"tags": [999]}},
        {"action": "transfer", "tickets": [1], "params": {}},
        {"action": "priority", "tickets": [1], "params": {"priority": "x"}},
        {"action": "snooze", "tickets": [1], "params": {"until": "2001-01-01T00:00:00Z"}},
        {"action": "close", "tab": "all", "filter": {"all": [{"key": "x"}]}},
    ],
)
def test_nonsense_is_refused(api, body):
    assert api.post("/api/bulk-jobs/", body, format="json").status_code == 400


def test_too_many_at_once_are_refused(monkeypatch, api, mine):
    monkeypatch.setattr(bulk_jobs, "MOST", 2)
    answer = do(api, "close", tab="mine", status=409)
    assert answer["code"] == "bulk_too_many"


def test_who_lost_the_right_meanwhile_changes_nothing(monkeypatch, api, acme_world, mine, bruno):
    from tenants.models import Membership

    monkeypatch.setattr(bulk_jobs.work, "nudge", lambda *given: None)
    job = do(api, "close", tickets=mine)
    with acme_world.scope():
        Membership.objects.filter(user=bruno).update(is_active=False)
        bulk_jobs.work(acme_world.company.pk, job["id"])
        row = BulkJob.objects.get(pk=job["id"])
        assert (row.updated, row.failed) == (0, 3)
