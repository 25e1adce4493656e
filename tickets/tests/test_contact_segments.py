"""Contacts by filter, order and segment; segments of one's own and of the company, with counts."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from tickets.models import ContactTag, CustomField, Tag

pytestmark = pytest.mark.django_db


def condition(key, operator, value, **more):
    return {"all": [{"key": key, "operator": operator, "value": value, **more}]}


def names(client, **asked):
    import json

    if "filter" in asked:
        asked["filter"] = json.dumps(asked["filter"])
    answer = client.get("/api/contacts/", asked)
    assert answer.status_code == 200, answer.content
    return [row["name"] for row in answer.json()["results"]]


@pytest.fixture
def people(acme_world, bruno, line, support):
    day = timedelta(days=1)
    made = {
        "Ana": acme_world.contact("Ana", email="ana@x.com", last_active_at=now() - 40 * day),
        "Érica": acme_world.contact("Érica", owner=bruno, is_blocked=True, last_active_at=now() - 2 * day),
        "Bia": acme_world.contact(
            "Bia",
            bot_off=True,
            custom_fields={"plan": "gold"},
            consented_at=now(),
            last_active_at=now() - day,
        ),
    }
    with acme_world.scope():
        CustomField.objects.create(on="contact", key="plan", label="Plano")
        tag = Tag.objects.create(name="VIP")
        ContactTag.objects.create(contact=made["Bia"], tag=tag)
    acme_world.ticket(line, made["Ana"], queue=support)
    acme_world.ticket(line, made["Bia"], status="closed", closed_at=now())
    return {**made, "tag": tag.pk}


def test_each_condition_finds_whom_it_describes(api, people, bruno, line, support):
    questions = [
        (condition("tag", "any", [people["tag"]]), ["Bia"]),
        (condition("owner", "is", ["me"]), ["Érica"]),
        (condition("owner", "is", ["none"]), ["Bia", "Ana"]),
        (condition("has_email", "is", True), ["Ana"]),
        (condition("has_number", "is", False), []),
        (condition("blocked", "is", True), ["Érica"]),
        (condition("bot_off", "is", True), ["Bia"]),
        (condition("consented", "is", True), ["Bia"]),
        (condition("last_active_at", "older_than_days", 30), ["Ana"]),
        (condition("connection", "is", [line.pk]), ["Bia", "Ana"]),
        (condition("connection", "is", ["none"]), ["Érica"]),
        (condition("queue", "is_not", [support.pk]), ["Bia", "Érica"]),
        (condition("open_ticket", "is", True), ["Ana"]),
        (condition("field", "is", "gold", field="plan"), ["Bia"]),
    ]
    known = {row["key"]: row for row in api.get("/api/contacts/filters/").json()["conditions"]}
    for filter_, expected in questions:
        one = filter_["all"][0]
        operators = {row["operator"]: row["takes"] for row in known[one["key"]]["operators"]}
        assert one["operator"] in operators, operators
        assert names(api, filter=filter_) == expected, filter_


def test_groups_of_conditions_are_joined_by_and_and_or(api, people):
    either = {"any": [condition("blocked", "is", True), condition("bot_off", "is", True)]}
    assert names(api, filter=either) == ["Bia", "Érica"]
    assert names(api, filter={"all": [either, condition("has_email", "is", True)]}) == []


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("newest", ["Bia", "Érica", "Ana"]),
        ("name", ["Ana", "Bia", "Érica"]),
        ("active", ["Bia", "Érica", "Ana"]),
    ],
)
def test_every_order_goes_on_where_a_page_ended(api, people, sort, expected):
    seen, url = [], f"/api/contacts/?sort={sort}&limit=1"
    while url:
        answer = api.get(url).json()
        seen += [row["name"] for row in answer["results"]]
        url = answer["next"]
    assert seen == expected


def test_a_filter_that_nobody_knows_is_refused(api):
    assert api.get("/api/contacts/", {"filter": "{"}).json()["code"] == "invalid_filter"
    assert api.get("/api/contacts/", {"filter": '{"all": [{"key": "shoe"}]}'}).status_code == 400


def test_a_segment_keeps_filter_and_order_and_counts_its_contacts(api, people):
    segment = api.post(
        "/api/segments/",
        {"name": "Com e-mail ou bloqueados", "sort": "name", "filter": condition("has_number", "is", True)},
        format="json",
    ).json()
    assert names(api, segment=segment["id"]) == ["Ana", "Bia", "Érica"]
    assert names(api, segment=segment["id"], sort="newest") == ["Bia", "Érica", "Ana"]
    assert names(api, segment=segment["id"], search="bia") == ["Bia"]
    assert names(api, segment=segment["id"], filter=condition("blocked", "is", True)) == ["Érica"]
    counted = api.get("/api/segments/counts/").json()
    assert counted == {"counts": [{"segment": segment["id"], "count": 3}], "cap": 1000}


def test_me_in_a_shared_segment_is_whoever_looks(api, as_, clara, ana, people):
    shared = as_(ana).post(
        "/api/segments/", {"name": "Minha carteira", "is_shared": True, "filter": condition("owner", "is", ["me"])},
        format="json",
    ).json()["id"]  # fmt: skip
    assert names(api, segment=shared) == ["Érica"]
    assert names(as_(clara), segment=shared) == []


def test_ones_own_segments_are_ones_own_and_the_companys_need_the_right(api, as_, clara, sofia):
    own = api.post("/api/segments/", {"name": "Meus"}).json()["id"]
    assert as_(clara).get(f"/api/segments/{own}/").status_code == 404
    assert as_(clara).get("/api/contacts/", {"segment": own}).status_code == 404
    assert api.post("/api/segments/", {"name": "De todos", "is_shared": True}).status_code == 403
    shared = as_(sofia).post("/api/segments/", {"name": "De todos", "is_shared": True}).json()["id"]
    assert api.get(f"/api/segments/{shared}/").json()["is_shared"]
    assert api.patch(f"/api/segments/{shared}/", {"name": "X"}).status_code == 403
    assert api.delete(f"/api/segments/{shared}/").status_code == 403
    assert api.delete(f"/api/segments/{own}/").status_code == 204


def test_segments_are_put_in_order(api):
    first, second, third = (api.post("/api/segments/", {"name": name}).json()["id"] for name in "ABC")
    api.patch(f"/api/segments/{third}/", {"position": 0})
    assert [row["id"] for row in api.get("/api/segments/").json()["results"]] == [third, first, second]


def test_sharing_a_segment_moves_it_to_everybody(as_, sofia, bruno):
    boss = as_(sofia)
    own = boss.post("/api/segments/", {"name": "VIP"}).json()["id"]
    assert as_(bruno).get(f"/api/segments/{own}/").status_code == 404
    boss.patch(f"/api/segments/{own}/", {"is_shared": True})
    assert as_(bruno).get(f"/api/segments/{own}/").status_code == 200
