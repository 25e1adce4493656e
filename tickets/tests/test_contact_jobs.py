"""One act on many contacts: what it does, what it refuses, and how it is taken back."""

from datetime import timedelta

import pytest
from django.test import TestCase
from django.utils.timezone import now

from tickets.actions import contact_jobs
from tickets.models import Contact, ContactJob, ContactJobItem, Tag
from tickets.models.jobs import ItemState

pytestmark = pytest.mark.django_db


@pytest.fixture
def crowd(acme_world):
    return [acme_world.contact(f"Cliente {n}").pk for n in range(3)]


@pytest.fixture
def vip(acme_world):
    with acme_world.scope():
        return Tag.objects.create(name="VIP").pk


def do(client, action, *, status=201, **body):
    answer = client.post("/api/contact-jobs/", {"action": action, **body}, format="json")
    assert answer.status_code == status, answer.content
    job = answer.json()
    return client.get(f"/api/contact-jobs/{job['id']}/").json() if status == 201 else job


def undo(client, job, *, status=200):
    answer = client.post(f"/api/contact-jobs/{job['id']}/undo/")
    assert answer.status_code == status, answer.content
    return client.get(f"/api/contact-jobs/{job['id']}/").json() if status == 200 else answer.json()


def rows(client, ids):
    return [client.get(f"/api/contacts/{pk}/").json() for pk in ids]


def test_a_field_is_filled_in_and_emptied_again(as_, ana, sofia, crowd):
    field = {"on": "contact", "label": "Cidade", "type": "choice", "choices": ["Santos", "Campinas"]}
    key = as_(ana).post("/api/fields/", field, format="json").json()["key"]
    client = as_(sofia)
    client.patch(f"/api/contacts/{crowd[0]}/", {"custom_fields": {key: "Campinas"}}, format="json")
    job = do(client, "field", contacts=crowd, params={"field": key, "value": "Santos"})
    assert [row["custom_fields"] for row in rows(client, crowd)] == [{key: "Santos"}] * 3
    undo(client, job)
    assert [row["custom_fields"] for row in rows(client, crowd)] == [{key: "Campinas"}, {}, {}]
    for params in ({"field": key, "value": "Lisboa"}, {"field": "unknown", "value": "x"}):
        assert do(client, "field", status=400, contacts=crowd, params=params)["code"] == "invalid"


def test_every_act_does_what_it_says_and_is_taken_back(as_, sofia, crowd, vip, bruno):
    client = as_(sofia)
    before = rows(client, crowd)
    acts = [
        do(client, "tag", contacts=crowd, params={"tags": [vip]}),
        do(client, "owner", contacts=crowd, params={"owner": bruno.pk}),
        do(client, "block", contacts=crowd),
        do(client, "bot_off", contacts=crowd),
        do(client, "delete", contacts=crowd),
    ]
    for row in rows(client, crowd):
        assert (row["tags"], row["owner"]) == ([vip], bruno.pk)
        assert row["is_blocked"] and row["bot_off"] and row["is_deleted"] and row["addresses"] == []
    for job in reversed(acts):
        back = undo(client, job)
        assert (back["state"], back["undone"], back["kept"]) == ("undone", 3, 0)
    for was, row in zip(before, rows(client, crowd), strict=True):
        changing = {"version", "updated_at"}
        assert {k: v for k, v in row.items() if k not in changing} == {
            k: v for k, v in was.items() if k not in changing
        }


def test_the_opposites_undo_only_what_they_did(api, crowd, vip, acme_world):
    with acme_world.scope():
        Contact.objects.filter(pk=crowd[0]).update(is_blocked=True, bot_off=True)
    do(api, "tag", contacts=crowd[:1], params={"tags": [vip]})
    untag = do(api, "untag", contacts=crowd, params={"tags": [vip]})
    unblock = do(api, "unblock", contacts=crowd)
    bot_on = do(api, "bot_on", contacts=crowd)
    assert not any(row["tags"] or row["is_blocked"] or row["bot_off"] for row in rows(api, crowd))
    for job in (untag, unblock, bot_on):
        undo(api, job)
    assert [(bool(r["tags"]), r["is_blocked"], r["bot_off"]) for r in rows(api, crowd)] == [
        (True, True, True),
        (False, False, False),
        (False, False, False),
    ]


def test_what_somebody_changed_since_is_kept(api, as_, ana, crowd, bruno):
    job = do(api, "owner", contacts=crowd, params={"owner": bruno.pk})
    as_(ana).patch(f"/api/contacts/{crowd[0]}/", {"owner": ana.pk}, format="json")
    back = undo(api, job)
    assert (back["undone"], back["kept"]) == (2, 1)
    assert [error["contact"] for error in back["errors"]] == [crowd[0]]
    assert [row["owner"] for row in rows(api, crowd)] == [ana.pk, None, None]


def test_everything_that_matches_is_meant_but_what_is_excluded(api, acme_world, crowd):
    acme_world.contact("Outra")
    by_search = do(api, "block", all=True, search="cliente", exclude=crowd[:1])
    assert by_search["total"] == 2
    blocked = {"all": [{"key": "blocked", "operator": "is", "value": True}]}
    assert do(api, "unblock", all=True, filter=blocked)["total"] == 2
    segment = api.post("/api/segments/", {"name": "Todos", "filter": {"all": []}}, format="json").json()["id"]
    assert do(api, "block", all=True, segment=segment)["total"] == 4


def test_another_companys_contacts_are_not_meant(api, crowd, rival_world):
    theirs = rival_world.contact("Deles").pk
    assert do(api, "block", contacts=[theirs], status=400)["code"] == "bulk_nothing"
    assert do(api, "block", contacts=[theirs, crowd[0]])["total"] == 1
    with rival_world.scope():
        assert not Contact.objects.get(pk=theirs).is_blocked


def test_only_who_may_delete_one_deletes_many(api, crowd):
    assert do(api, "delete", contacts=crowd, status=403)["code"] == "not_allowed"


def test_a_job_that_names_nobody_or_both_is_refused(api, crowd, clara, rival_world, raul):
    assert do(api, "block", status=400)["fields"]
    assert do(api, "block", contacts=crowd, all=True, status=400)["fields"]
    assert "params" in do(api, "tag", contacts=crowd, status=400)["fields"]
    assert "params" in do(api, "owner", contacts=crowd, params={"owner": raul.pk}, status=400)["fields"]


def test_a_contact_that_went_meanwhile_is_told_and_stops_nothing(api, acme_world, crowd, monkeypatch):
    monkeypatch.setattr(contact_jobs.work, "nudge", lambda *ids: None)  # the nudge is lost
    job = api.post("/api/contact-jobs/", {"action": "block", "contacts": crowd}, format="json").json()
    with acme_world.scope():
        Contact.objects.filter(pk=crowd[1]).update(deleted_at=now())
    contact_jobs.work(acme_world.company.pk, job["id"])
    done = api.get(f"/api/contact-jobs/{job['id']}/").json()
    assert (done["state"], done["updated"], done["failed"]) == ("done", 2, 1)
    assert [(error["contact"], error["code"]) for error in done["errors"]] == [(crowd[1], "contact_gone")]


def test_a_killed_worker_loses_nothing_and_the_sweeper_goes_on(api, acme_world, crowd, monkeypatch):
    monkeypatch.setattr(contact_jobs, "CHUNK", 1)
    nudge = contact_jobs.work.nudge
    monkeypatch.setattr(contact_jobs.work, "nudge", lambda *ids: None)
    job = api.post("/api/contact-jobs/", {"action": "block", "contacts": crowd}, format="json").json()["id"]
    contact_jobs.work(acme_world.company.pk, job)
    with acme_world.scope():
        assert ContactJobItem.objects.filter(job=job, state=ItemState.DONE).count() == 1
        ContactJob.objects.filter(pk=job).update(updated_at=now() - timedelta(minutes=2))
    monkeypatch.setattr(contact_jobs.work, "nudge", nudge)
    with TestCase.captureOnCommitCallbacks(execute=True):
        contact_jobs.sweep()
    assert api.get(f"/api/contact-jobs/{job}/").json()["updated"] == 3


def test_a_running_job_is_cancelled_and_an_old_one_is_not_undone(api, acme_world, crowd, monkeypatch):
    nudge = contact_jobs.work.nudge
    monkeypatch.setattr(contact_jobs.work, "nudge", lambda *ids: None)
    job = api.post("/api/contact-jobs/", {"action": "block", "contacts": crowd}, format="json").json()
    assert api.post(f"/api/contact-jobs/{job['id']}/cancel/").json()["state"] == "cancelled"
    assert api.post(f"/api/contact-jobs/{job['id']}/cancel/").json()["code"] == "bulk_not_running"
    monkeypatch.setattr(contact_jobs.work, "nudge", nudge)
    done = do(api, "block", contacts=crowd)
    with acme_world.scope():
        ContactJob.objects.filter(pk=done["id"]).update(finished_at=now() - timedelta(minutes=61))
    assert undo(api, done, status=409)["code"] == "undo_too_late"


def test_who_lost_the_right_meanwhile_changes_nothing(as_, sofia, acme_world, crowd, monkeypatch):
    from tenants.models import Membership

    client = as_(sofia)
    monkeypatch.setattr(contact_jobs.work, "nudge", lambda *ids: None)
    job = client.post("/api/contact-jobs/", {"action": "delete", "contacts": crowd}, format="json").json()
    with acme_world.scope():
        Membership.objects.filter(user=sofia).update(role="agent")
    contact_jobs.work(acme_world.company.pk, job["id"])
    with acme_world.scope():
        assert ContactJob.objects.get(pk=job["id"]).failed == 3
        assert Contact.objects.live().filter(pk__in=crowd).count() == 3
