"""Business hours as administrators write them."""

import pytest

pytestmark = pytest.mark.django_db

WEEK = {"mon": [["09:00", "12:00"], ["13:00", "18:00"]], "sat": [["22:00", "02:00"]]}


@pytest.fixture
def admin(as_, ana):
    return as_(ana)


@pytest.fixture
def made(admin):
    given = {"name": "Office", "weekly": WEEK, "holidays": [{"date": "2026-12-25", "name": "Natal"}]}
    answer = admin.post("/api/hours/", given)
    assert answer.status_code == 201, answer.content
    return answer.json()


def test_hours_keep_shifts_and_holidays(made, admin):
    assert made["weekly"]["mon"] == WEEK["mon"]
    assert made["weekly"]["sun"] == []
    assert made["holidays"] == [{"date": "2026-12-25", "name": "Natal", "shifts": []}]
    assert admin.get("/api/hours/").json()["results"] == [made]


def test_a_week_is_replaced_whole(made, admin):
    answer = admin.patch(f"/api/hours/{made['id']}/", {"weekly": {"tue": [["08:00", "17:00"]]}})
    assert answer.json()["weekly"]["mon"] == []
    assert answer.json()["weekly"]["tue"] == [["08:00", "17:00"]]
    assert answer.json()["holidays"] == made["holidays"]


def test_a_holiday_changed_later_needs_its_day_as_well_and_nothing_else(made, admin):
    answer = admin.patch(f"/api/hours/{made['id']}/", {"holidays": [{"name": "Carnaval"}]})
    assert answer.status_code == 400
    answer = admin.patch(f"/api/hours/{made['id']}/", {"holidays": [{"date": "2027-02-09"}]})
    assert answer.json()["holidays"] == [{"date": "2027-02-09", "name": "", "shifts": []}]


@pytest.mark.parametrize(
    "change",
    [
        {"weekly": {"mon": [["9:00", "12:00"]]}},
        {"weekly": {"mon": [["09:00", "25:00"]]}},
        {"weekly": {"mon": [["09:00", "13:00"], ["12:00", "18:00"]]}},
        {"weekly": {"mon": [["22:00", "02:00"], ["23:00", "23:30"]]}},
        {"weekly": {"mon": [["24:00", "02:00"]]}},
        {"weekly": {"mon": [["09:00"]]}},
        {"holidays": [{"date": "2026-02-30"}]},
        {"holidays": [{"date": "2026-12-25"}, {"date": "2026-12-25"}]},
        {"timezone": "Mars/Base"},
        {"name": ""},
    ],
)
def test_what_cannot_be_is_named(made, admin, change):
    answer = admin.patch(f"/api/hours/{made['id']}/", change)
    assert answer.status_code == 400
    assert list(answer.json()["fields"]) == list(change)


def test_a_blank_zone_is_the_companys(made, admin):
    admin.patch(f"/api/hours/{made['id']}/", {"timezone": "Europe/Lisbon"})
    assert admin.patch(f"/api/hours/{made['id']}/", {"timezone": ""}).json()["timezone"] == ""


def test_it_says_when_it_opens(made, admin):
    found = admin.post(f"/api/hours/{made['id']}/open/", {"at": "2026-11-23T15:30:00Z"}).json()
    assert found == {
        "is_open": False,
        "opens_at": "2026-11-23T16:00:00Z",
        "closes_at": "2026-11-23T21:00:00Z",
        "local": "2026-11-23T12:30-03:00",
    }


def test_hours_can_be_tried_before_they_are_saved(admin):
    draft = {
        "weekly": WEEK,
        "holidays": [{"date": "2026-11-23"}],
        "timezone": "",
        "at": "2026-11-23T15:30:00Z",
    }
    found = admin.post("/api/hours/preview/", draft).json()
    assert found["is_open"] is False
    assert found["opens_at"] == "2026-11-29T01:00:00Z"
    assert admin.get("/api/hours/").json()["results"] == []


def test_hours_in_use_are_not_removed(made, admin, sales):
    admin.patch("/api/company/settings/", {"hours": made["id"]})
    answer = admin.delete(f"/api/hours/{made['id']}/")
    assert (answer.status_code, answer.json()["code"]) == (409, "hours_in_use")
    admin.patch("/api/company/settings/", {"hours": 0})
    assert admin.delete(f"/api/hours/{made['id']}/").status_code == 204


def test_a_name_counts_once(made, admin):
    answer = admin.post("/api/hours/", {"name": "office"})
    assert (answer.status_code, answer.json()["code"]) == (409, "hours_name_taken")


def test_agents_look_and_do_not_touch(made, api):
    assert api.get("/api/hours/").json()["results"] == [made]
    assert api.patch(f"/api/hours/{made['id']}/", {"name": "X"}).status_code == 403
