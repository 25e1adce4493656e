"""The list of assistants says why one does not answer: every reason, in the words of a code."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss(as_, ana):
    return as_(ana)


@pytest.fixture
def assistant(acme_world):
    """`assistant(name, **fields)`: one that is on duty without an exam, unless told otherwise."""
    from integrations.models import Assistant

    def make(name="Lia", **fields):
        with acme_world.scope():
            position = Assistant.objects.count()
            given = {
                "instructions": "Help.",
                "is_on": True,
                "exam_threshold": 0,
                "position": position,
                **fields,
            }
            return Assistant.objects.create(name=name, **given)

    return make


@pytest.fixture
def examined(acme_world):
    from integrations.models import Exam

    def make(assistant, **fields):
        given = {"edition": 1, "threshold": 80, "source": "tickets", "size": 1, "state": "done", **fields}
        with acme_world.scope():
            return Exam.objects.create(assistant=assistant, **given)

    return make


@pytest.fixture
def whys(boss):
    def ask():
        answer = boss.get("/api/ai/assistants/standings/")
        assert answer.status_code == 200, answer.content
        return [row["why"] for row in answer.json()]

    return ask


def test_one_that_would_answer_has_no_reason(whys, assistant, provider, line):
    assistant()
    assert whys() == [None]


def test_off_duty_it_says_what_is_missing(whys, assistant, examined, provider, line):
    off = {"is_on": False, "exam_threshold": 80}
    assistant("Free", is_on=False)
    assistant("Never", **off)
    examined(assistant("Bad", **off), score=67.5)
    examined(assistant("Good", **off), score=92)
    examined(assistant("Asked", **off), state="running")
    examined(assistant("Changed", **off, edition=2), score=92)
    expected = ["switched_off", "exam_needed", "exam_failed", "switched_off", "exam_under_way", "exam_needed"]
    assert whys() == expected


def test_the_score_that_was_not_enough_and_its_exam_are_told(boss, assistant, examined, provider):
    row = assistant(is_on=False, exam_threshold=80)
    exam = examined(row, score=67.5)
    [told] = boss.get("/api/ai/assistants/standings/").json()
    expected = {"assistant": row.pk, "why": "exam_failed", "detail": "", "exam": exam.pk, "score": 67.5}
    assert told == expected


def test_without_anybody_to_ask_it_says_so(whys, assistant, line):
    assistant()
    assert whys() == ["no_provider"]


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"trouble": "not_authenticated"}, "provider_trouble"),
        ({"trouble": "timeout"}, None),  # passes by itself
        ({"monthly_budget": 0}, "out_of_budget"),
        ({"monthly_budget": 0, "stop_at_budget": False}, None),
        ({"monthly_budget": 5}, None),
        ({"monthly_budget": 5, "prices": {}}, "provider_trouble"),
        ({"prices": {}}, None),
        ({"is_on": False}, "no_provider"),
    ],
)
def test_what_is_wrong_with_the_provider_is_told(whys, assistant, provider, acme_world, line, fields, why):
    from integrations.models import AiProvider

    assistant()
    with acme_world.scope():
        AiProvider.objects.filter(pk=provider.pk).update(**fields)
    assert whys() == [why]


def test_a_model_that_nobody_may_ask_or_named_is_told(boss, assistant, provider, acme_world, line):
    from integrations.models import AiProvider

    assistant("Own", model="unpriced")
    assistant("None", provider=provider)
    with acme_world.scope():
        AiProvider.objects.filter(pk=provider.pk).update(monthly_budget=5)
        AiProvider.objects.create(name="B", base_url=provider.base_url, chat_model="m", is_default=False)
    told = boss.get("/api/ai/assistants/standings/").json()
    assert (told[0]["why"], told[0]["detail"]) == ("provider_trouble", "price_needed")
    with acme_world.scope():
        AiProvider.objects.filter(pk=provider.pk).update(chat_model="")
    told = boss.get("/api/ai/assistants/standings/").json()
    assert (told[1]["why"], told[1]["detail"]) == ("provider_trouble", "no_model")


def test_one_for_numbers_and_queues_that_are_gone_has_no_place(whys, assistant, provider, line):
    assistant("Numbers", connections=[line.pk + 1000])
    assistant("Queues", queues=[10**6])
    assert whys() == ["no_place", "no_place"]


def test_outside_its_hours_it_rests(whys, assistant, provider, acme_world, boss, line):
    from tickets.models import Hours

    with acme_world.scope():
        never = Hours.objects.create(name="Never", weekly={})
    boss.patch("/api/company/settings/", {"hours_of": "company", "hours": never.pk}, format="json")
    assistant("Day", hours="open")
    assistant("Night", hours="closed")
    assert whys() == ["outside_hours", None]


def test_one_behind_another_that_is_asked_everywhere_says_who(boss, assistant, provider, line, sales):
    assistant("First", queues=[sales.pk])
    assistant("Second")
    assistant("Third", queues=[sales.pk])
    told = boss.get("/api/ai/assistants/standings/").json()
    assert [(row["why"], row["detail"]) for row in told] == [(None, ""), (None, ""), ("behind", "First")]


def test_it_costs_the_same_for_one_and_for_many(
    boss, assistant, examined, provider, line, django_assert_max_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    examined(assistant("0"), score=90)
    boss.get("/api/ai/assistants/standings/")
    with CaptureQueriesContext(connection) as one:
        boss.get("/api/ai/assistants/standings/")
    for number in range(1, 5):
        examined(assistant(str(number), is_on=bool(number % 2), exam_threshold=80), score=90)
    with django_assert_max_num_queries(len(one)):
        boss.get("/api/ai/assistants/standings/")
