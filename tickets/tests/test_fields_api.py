"""The company's own fields: declared, filled in, and asked for before closing."""

import pytest
from django.utils.timezone import now


@pytest.fixture
def mine(acme_world, line, sales, bruno):
    return acme_world.ticket(line, queue=sales, agent=bruno, status="open", opened_at=now())


@pytest.fixture
def declare(as_, ana):
    client = as_(ana)

    def _declare(label="Nº do pedido", *, status=201, **given):
        answer = client.post("/api/fields/", {"on": "ticket", "label": label, **given}, format="json")
        assert answer.status_code == status, answer.content
        return answer.json()

    return _declare


def fill(client, ticket, *, status=200, **values):
    answer = client.patch(f"/api/tickets/{ticket.pk}/fields/", {"fields": values}, format="json")
    assert answer.status_code == status, answer.content
    return answer.json()


def test_a_field_is_kept_under_a_key_that_follows_from_its_label(declare):
    assert [declare()["key"], declare()["key"]] == ["no_do_pedido", "no_do_pedido_2"]
    assert declare("???")["key"] == "field"


def test_agents_read_fields_and_do_not_declare_them(api, declare):
    field = declare()
    assert [row["id"] for row in api.get("/api/fields/?on=ticket").json()["results"]] == [field["id"]]
    assert api.post("/api/fields/", {"on": "ticket", "label": "x"}).status_code == 403


@pytest.mark.parametrize("given", [{"type": "choice"}, {"type": "text", "choices": ["a"]}])
def test_a_choice_has_choices_and_nothing_else_does(declare, given):
    assert declare(status=400, **given)["code"] == "choices_needed"


@pytest.mark.parametrize(
    ("type_", "given", "kept"),
    [
        ("text", " AB-1 ", "AB-1"),
        ("number", 12.5, 12.5),
        ("date", "2026-03-31", "2026-03-31"),
        ("choice", "Gold", "Gold"),
        ("multi", ["Silver", "Gold"], ["Gold", "Silver"]),
        ("boolean", False, False),
        ("url", "https://acme.example/1", "https://acme.example/1"),
    ],
)
def test_each_type_keeps_its_values(api, mine, declare, type_, given, kept):
    choices = {"choices": ["Gold", "Silver"]} if type_ in {"choice", "multi"} else {}
    key = declare(type=type_, **choices)["key"]
    assert fill(api, mine, **{key: given})["custom_fields"] == {key: kept}


@pytest.mark.parametrize(
    ("type_", "given"),
    [
        ("text", 1),
        ("number", "12"),
        ("number", True),
        ("number", 1e300),
        ("date", "31/03/2026"),
        ("choice", "Bronze"),
        ("multi", ["Bronze"]),
        ("multi", "Gold"),
        ("boolean", "yes"),
        ("url", "javascript:alert(1)"),
    ],
)
def test_a_value_of_another_type_is_refused_by_its_key(api, mine, declare, type_, given):
    choices = {"choices": ["Gold", "Silver"]} if type_ in {"choice", "multi"} else {}
    key = declare(type=type_, **choices)["key"]
    assert key in fill(api, mine, status=400, **{key: given})["fields"]


def test_a_field_that_nobody_declared_is_refused(api, mine):
    assert "plan" in fill(api, mine, status=400, plan="x")["fields"]


def test_null_empties_a_field_and_others_stay(api, mine, declare):
    one, two = declare("One")["key"], declare("Two")["key"]
    fill(api, mine, **{one: "1", two: "2"})
    assert fill(api, mine, **{one: None})["custom_fields"] == {two: "2"}


def test_the_history_says_which_values_were_set(api, mine, declare):
    key = declare()["key"]
    fill(api, mine, **{key: "77"})
    [step] = api.get(f"/api/tickets/{mine.pk}/history/").json()["results"]
    assert (step["kind"], step["data"]["values"]) == ("fields_changed", {key: "77"})


def test_a_deleted_field_comes_back_with_its_values(api, as_, ana, mine, declare):
    field = declare()
    fill(api, mine, **{field["key"]: "77"})
    as_(ana).delete(f"/api/fields/{field['id']}/")
    assert api.get("/api/fields/").json()["results"] == []
    as_(ana).post(f"/api/fields/{field['id']}/restore/")
    assert api.get(f"/api/tickets/{mine.pk}/").json()["custom_fields"] == {field["key"]: "77"}


def test_closing_asks_for_exactly_what_is_missing(api, as_, ana, mine, declare):
    first, second = declare("A", required_to_close=True)["key"], declare("B", required_to_close=True)["key"]
    as_(ana).patch("/api/company/settings/", {"required_tag": True})
    fill(api, mine, **{first: "1"})
    refused = api.post(f"/api/tickets/{mine.pk}/close/")
    assert (refused.status_code, refused.json()["code"]) == (409, "close_incomplete")
    assert refused.json()["fields"] == {"tag": True, "fields": [second]}
    tag = as_(ana).post("/api/tags/", {"name": "VIP"}).json()["id"]
    api.post(f"/api/tickets/{mine.pk}/tags/", {"tags": [tag]})
    fill(api, mine, **{second: "2"})
    assert api.post(f"/api/tickets/{mine.pk}/close/").status_code == 200


def test_without_a_tag_a_ticket_is_not_closed(api, as_, ana, mine):
    as_(ana).patch("/api/company/settings/", {"required_tag": True})
    refused = api.post(f"/api/tickets/{mine.pk}/close/").json()
    assert refused["fields"] == {"tag": True, "fields": []}
