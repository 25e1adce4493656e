"""Saved views: one's own and the company's, in their order, with counts."""

import pytest

UNREAD = {"all": [{"key": "unread", "operator": "is", "value": True}]}


def make(client, name="Unread", status=201, **fields):
    answer = client.post("/api/views/", {"name": name, "filter": UNREAD, **fields})
    assert answer.status_code == status, answer.content
    return answer.json()


def names(client):
    return [row["name"] for row in client.get("/api/views/").json()["results"]]


def test_a_view_of_ones_own_is_seen_by_nobody_else(api, as_, ana, clara):
    view = make(api)
    assert names(api) == ["Unread"]
    assert names(as_(clara)) == names(as_(ana)) == []
    assert as_(ana).patch(f"/api/views/{view['id']}/", {"name": "Mine"}).status_code == 404


def test_a_shared_view_is_seen_by_everybody(api, as_, sofia):
    view = make(as_(sofia), is_shared=True, icon="clock", color="#123456", sort="waiting")
    shown = api.get(f"/api/views/{view['id']}/").json()
    assert (shown["is_shared"], shown["icon"], shown["sort"]) == (True, "clock", "waiting")


def test_agents_write_no_shared_views(api, as_, sofia):
    make(api, status=403, is_shared=True)
    shared = make(as_(sofia), is_shared=True)
    for answer in (
        api.patch(f"/api/views/{shared['id']}/", {"name": "x"}),
        api.delete(f"/api/views/{shared['id']}/"),
    ):
        assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")


def test_sharing_gives_a_view_to_all(api, as_, sofia):
    client = as_(sofia)
    view = make(client)
    assert names(api) == []
    assert client.patch(f"/api/views/{view['id']}/", {"is_shared": True}).json()["is_shared"] is True
    assert names(api) == ["Unread"]


def test_views_keep_the_order_that_they_are_given(api):
    ids = [make(api, name)["id"] for name in ("A", "B", "C")]
    api.patch(f"/api/views/{ids[2]}/", {"position": 0})
    assert names(api) == ["C", "A", "B"]


def test_a_deleted_view_is_gone(api):
    view = make(api)
    assert api.delete(f"/api/views/{view['id']}/").status_code == 204
    assert names(api) == []


def test_a_view_keeps_no_filter_that_nobody_understands(api):
    answer = api.post("/api/views/", {"name": "x", "filter": {"all": [{"key": "x"}]}})
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_filter")


def test_all_views_are_counted_in_one_request(api, as_, sofia, acme_world, line, sales, support, bruno):
    acme_world.ticket(line, queue=sales, unread_count=3)
    acme_world.ticket(line, queue=support, unread_count=1)
    acme_world.ticket(line, agent=bruno, status="open")
    mine = {"all": [{"key": "agent", "operator": "is", "value": ["me"]}]}
    unread, own = make(as_(sofia), is_shared=True), make(api, "Mine", filter=mine)
    counted = api.get("/api/views/counts/").json()
    assert counted["cap"] == 1000
    assert counted["counts"] == [
        {"view": unread["id"], "count": 1, "unread": 1},
        {"view": own["id"], "count": 1, "unread": 0},
    ]
    assert {one["preset"]: one["count"] for one in counted["presets"]} == {
        "unread": 1, "unassigned": 1, "waiting_long": 0, "window_closing": 0, "snoozed": 0, "mentioned": 0,
    }  # fmt: skip
    assert as_(sofia).get("/api/views/counts/").json()["counts"][0]["count"] == 2


def test_counting_many_views_takes_one_statement(api, django_assert_max_num_queries):
    for place in range(5):
        make(api, str(place))
    api.get("/api/views/counts/")
    with django_assert_max_num_queries(12):
        api.get("/api/views/counts/")


@pytest.mark.parametrize("wrong", [{"color": "red"}, {"sort": "size"}, {"name": ""}, {"position": -1}])
def test_nonsense_is_refused(api, wrong):
    assert api.post("/api/views/", {"name": "x", **wrong}).status_code == 400


def test_every_preset_is_a_filter_that_lists_understand(api):
    import json
    from urllib.parse import quote

    for preset in api.get("/api/tickets/filters/").json()["presets"]:
        path = f"/api/tickets/?tab=any&sort={preset['sort']}&filter={quote(json.dumps(preset['filter']))}"
        assert api.get(path).status_code == 200
