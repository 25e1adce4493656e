"""Every background job is measured, and its log lines say which job and company they belong to."""

import pytest
from celery import shared_task
from celery.fixups.django import DjangoWorkerFixup
from django.db import connection
from prometheus_client import REGISTRY

from helpdesk import jobs, logs
from helpdesk.celery import app

seen = []


@shared_task(name="tests.note")
def note(fails=False):
    logs.bind(company=3)
    seen.append(dict(logs.context()))
    if fails:
        raise ValueError


def count(result):
    return (
        REGISTRY.get_sample_value("helpdesk_job_seconds_count", {"job": "tests.note", "result": result}) or 0
    )


def test_a_job_names_itself_and_gives_the_request_its_context_back():
    logs.bind(request="abcdef12")
    note.delay()
    assert seen[-1]["job"] == "tests.note"
    assert "request" not in seen[-1]
    assert dict(logs.context()) == {"request": "abcdef12"}
    logs.clear()


def test_jobs_are_measured_by_result():
    before = count("success"), count("failure")
    note.delay()
    note.apply(kwargs={"fails": True}, throw=False)
    assert (count("success"), count("failure")) == (before[0] + 1, before[1] + 1)
    assert jobs._running == {}


def backend():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return cursor.fetchone()[0]


@pytest.mark.django_db(transaction=True)
def test_the_next_job_finds_the_database_connection_of_the_one_before():
    before = backend()
    celery_itself = DjangoWorkerFixup(app)
    celery_itself.on_task_prerun(sender=note)
    jobs._job_starts("one", note)
    jobs._job_ends("one", note)
    celery_itself.on_task_postrun(sender=note)
    assert backend() == before


@pytest.mark.django_db(transaction=True)
def test_a_job_connects_anew_when_postgresql_has_hung_up(services):
    import psycopg

    before = backend()
    with psycopg.connect(services.admin_url, autocommit=True) as admin:
        admin.execute("SELECT pg_terminate_backend(%s, 5000)", [before])
    jobs._job_starts("two", note)
    jobs._job_ends("two", note)
    assert backend() != before


def test_jobs_share_a_client_until_kombu_drops_its_connections():
    with app.connection_for_write() as line, line.channel() as channel:
        before = channel._create_client()
        assert channel._create_client() is before
        channel._disconnect_pools()
        after = channel._create_client()
        assert after is not before
        assert after.ping()
