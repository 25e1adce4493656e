"""Two at once: the database decides, nobody gets an error page."""

import threading

import pytest
from django.db import connection

from tenants.models import Membership, Platform
from tests.support.client import ApiClient

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*calls):
    """Each call in a thread of its own, started together; answers in the order of the calls."""
    answers = [None] * len(calls)
    start = threading.Barrier(len(calls))

    def run(place, call):
        start.wait()
        try:
            answers[place] = call()
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=item) for item in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return answers


def test_two_administrators_cannot_remove_each_other(as_, ana, acme_world):
    carla = acme_world.person("Carla", "admin")
    one, two = as_(ana), as_(carla)
    answers = at_once(
        lambda: one.delete(f"/api/users/{carla.pk}/"), lambda: two.delete(f"/api/users/{ana.pk}/")
    )
    assert sorted(answer.status_code for answer in answers) in ([204, 401], [204, 409])
    with acme_world.scope():
        assert Membership.objects.filter(role="admin", is_active=True).count() == 1


def test_tabs_that_refresh_at_the_same_moment_all_stay_signed_in(api):
    token = api.signed_in["refresh"]
    refresh = lambda: ApiClient().post("/api/auth/refresh/", {"refresh": token})  # noqa: E731
    answers = at_once(refresh, refresh, refresh, refresh)
    assert [answer.status_code for answer in answers] == [200] * 4
    assert len({answer.json()["refresh"] for answer in answers}) == 1


def test_the_last_place_of_a_plan_is_taken_once(as_, ana, acme):
    type(acme).objects.filter(pk=acme.pk).update(limits={"users": 2})
    client = as_(ana)

    def add(name):
        body = {"name": name, "email": f"{name}@acme.example", "role": "agent"}
        return lambda: client.post("/api/users/", body)

    answers = at_once(add("dani"), add("eva"), add("fabio"))
    assert sorted(answer.status_code for answer in answers) == [201, 402, 402]


def test_one_of_two_first_people_runs_the_platform():
    Platform.objects.all().delete()

    def sign_up(name):
        body = {"company": name, "name": name, "email": f"{name}@x.example", "password": "correct-horse-42"}
        return lambda: ApiClient().post("/api/auth/signup/", body)

    answers = at_once(sign_up("um"), sign_up("dois"))
    assert sorted(answer.json()["me"]["is_operator"] for answer in answers) == [False, True]
