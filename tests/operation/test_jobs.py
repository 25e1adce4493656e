"""Every background job is measured, and its log lines say which job and company they belong to."""

from celery import shared_task
from prometheus_client import REGISTRY

from helpdesk import jobs, logs

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
