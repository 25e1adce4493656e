"""The clock gives out each job once per slot, in Celery's words, and outlives Redis."""

import json
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django.conf import settings

from helpdesk import clock
from helpdesk.celery import app
from helpdesk.redis import connection

NOON = 1_700_000_000.0
JOB = "whatsapp.actions.inbound.sweep"


def table(**jobs):
    return SimpleNamespace(
        CLOCK=jobs or {JOB: 10, "helpdesk.health.beat": 60},
        REDIS_URL=settings.REDIS_URL,
        CELERY_TASK_ROUTES=settings.CELERY_TASK_ROUTES,
        CELERY_TASK_DEFAULT_QUEUE="default",
    )


def given(queue="inbound"):
    return [json.loads(text)["headers"]["task"] for text in connection().lrange(queue, 0, -1)]


def test_a_job_is_given_out_once_in_each_of_its_slots():
    ticking = clock.Clock(table())
    for second in range(30):
        ticking.tick(NOON + second)
    assert given() == [JOB] * 4  # the slot that was running, and three that began
    assert given("default") == ["helpdesk.health.beat"] * len(given("default"))
    assert 1 <= len(given("default")) <= 2


def test_two_clocks_give_out_a_job_as_often_as_one():
    one, two = clock.Clock(table()), clock.Clock(table())
    for second in range(30):
        one.tick(NOON + second)
        two.tick(NOON + second + 0.4)
    assert given() == [JOB] * 4


def test_a_clock_that_starts_again_does_not_repeat_its_slot():
    clock.Clock(table()).tick(NOON)
    clock.Clock(table()).tick(NOON + 0.1)
    assert given() == [JOB]


def test_it_says_when_to_look_again():
    ticking = clock.Clock(table())
    again_at = ticking.tick(NOON)
    assert NOON < again_at <= NOON + 10
    ticking.tick(again_at)
    assert given() == [JOB] * 2


@pytest.mark.filterwarnings("ignore:task_always_eager has no effect")
def test_the_message_is_what_celery_would_have_sent():
    app.send_task(JOB, queue="inbound", ignore_result=True)
    theirs = json.loads(connection().lpop("inbound"))
    ours = json.loads(clock.message(JOB, "inbound", datetime.now(UTC)))
    assert ours.keys() == theirs.keys()
    assert ours["properties"].keys() == theirs["properties"].keys()
    assert ours["body"] == theirs["body"]
    assert ours["properties"]["delivery_info"] == theirs["properties"]["delivery_info"]
    defaults = {"group_index", "shadow", "replaced_task_nesting", "stamped_headers", "stamps"}
    assert theirs["headers"].keys() - ours["headers"].keys() <= defaults
    for name in ("lang", "task", "argsrepr", "kwargsrepr", "retries", "timelimit", "eta", "ignore_result"):
        assert ours["headers"][name] == theirs["headers"][name], name


def test_every_job_of_the_table_exists_and_goes_to_its_queue():
    app.loader.import_default_modules()
    for job in settings.CLOCK:
        assert job in app.tasks, f"{job} is in CLOCK but no module of CELERY_IMPORTS has it"
        theirs = app.amqp.router.route({}, job).get("queue")
        assert clock._queue_of(job, settings) == (theirs.name if theirs else "default")


def test_without_redis_it_waits_and_goes_on_later():
    lost = table()
    lost.REDIS_URL = "redis://127.0.0.1:9/0"
    ticking = clock.Clock(lost)
    assert ticking.tick(NOON) == NOON + clock.PAUSE
    lost.REDIS_URL = settings.REDIS_URL
    ticking.tick(NOON + 1)
    assert given() == [JOB]


def test_a_line_that_redis_cut_is_replaced():
    ticking = clock.Clock(table())
    ticking.tick(NOON)
    connection().client_kill_filter(_type="normal", skipme=True)
    ticking.tick(NOON + 10)
    ticking.tick(NOON + 11)
    assert given() == [JOB] * 2


def test_a_refused_password_is_no_answer():
    with pytest.raises(clock.Unreachable):
        clock.Line(settings.REDIS_URL.replace("redis://", "redis://:wrong@"))
