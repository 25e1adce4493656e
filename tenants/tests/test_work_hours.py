"""Working hours of a person: outside of them nobody signs in or stays signed in."""

import pytest
import time_machine

from tests.support.client import PASSWORD

pytestmark = pytest.mark.django_db

MORNING, NIGHT = "2026-11-23T13:00:00Z", "2026-11-24T01:00:00Z"  # 10:00 and 22:00 in São Paulo


@pytest.fixture
def day_shift(as_, ana, bruno):
    body = {"work_begins": "08:00", "work_ends": "18:00"}
    with time_machine.travel(MORNING, tick=False):
        answer = as_(ana).patch(f"/api/users/{bruno.pk}/", body)
    assert answer.status_code == 200, answer.content
    return answer.json()


def log_in(client, person, **more):
    body = {"email": person.email, "password": PASSWORD, "refresh_in": "body", **more}
    return client.post("/api/auth/login/", body)


def test_they_are_shown_as_they_were_given(day_shift):
    assert (day_shift["work_begins"], day_shift["work_ends"]) == ("08:00", "18:00")


@pytest.mark.parametrize(("at", "status"), [(MORNING, 200), (NIGHT, 401)])
def test_signing_in_follows_the_companys_clock(day_shift, anonymous, bruno, at, status):
    with time_machine.travel(at, tick=False):
        answer = log_in(anonymous, bruno)
    assert answer.status_code == status
    assert status == 200 or answer.json()["code"] == "outside_work_hours"


def test_who_is_signed_in_does_not_stay_into_the_night(day_shift, anonymous, bruno):
    with time_machine.travel(MORNING, tick=False):
        refresh = log_in(anonymous, bruno).json()["refresh"]
    with time_machine.travel(NIGHT, tick=False):
        answer = anonymous.post("/api/auth/refresh/", {"refresh": refresh})
    assert answer.status_code == 401
    assert answer.json()["code"] == "outside_work_hours"


def test_a_shift_may_run_through_midnight(as_, ana, bruno, anonymous):
    with time_machine.travel(MORNING, tick=False):
        as_(ana).patch(f"/api/users/{bruno.pk}/", {"work_begins": "20:00", "work_ends": "06:00"})
        assert log_in(anonymous, bruno).status_code == 401
    with time_machine.travel(NIGHT, tick=False):
        assert log_in(anonymous, bruno).status_code == 200


def test_administrators_are_never_locked_out(as_, ana, anonymous):
    with time_machine.travel(MORNING, tick=False):
        as_(ana).patch(f"/api/users/{ana.pk}/", {"work_begins": "08:00", "work_ends": "09:00"})
        assert log_in(anonymous, ana).status_code == 200


@pytest.mark.parametrize("body", [{"work_begins": "08:00"}, {"work_begins": None, "work_ends": "18:00"}])
def test_half_a_shift_is_refused(as_, ana, bruno, body):
    answer = as_(ana).patch(f"/api/users/{bruno.pk}/", body)
    assert answer.status_code == 400
    assert "work_ends" in answer.json()["fields"]


def test_taking_them_away_lets_the_person_in(day_shift, as_, ana, bruno, anonymous):
    with time_machine.travel(NIGHT, tick=False):
        as_(ana).patch(f"/api/users/{bruno.pk}/", {"work_begins": None, "work_ends": None})
        assert log_in(anonymous, bruno).status_code == 200
