"""Every condition of the filter alone, and joined: each finds exactly the tickets that it describes."""

import json
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.utils.timezone import now

from tickets.models.conditions import CONDITIONS

DAY = timedelta(days=1)


def ask(client, given, *, tab="any", more=""):
    answer = client.get(f"/api/tickets/?tab={tab}&filter={quote(json.dumps(given))}{more}")
    assert answer.status_code == 200, answer.content
    return answer.json()


def condition(key, operator, value, **more):
    return {"key": key, "operator": operator, "value": value, **more}


@pytest.fixture
def office(acme_world, line, sales, support, bruno, clara, sofia):
    """Tickets that differ in everything that can be asked for; the names say what is special."""
    from tickets.models import ContactTag, Tag, TicketTag

    at, second = now(), acme_world.connection("Second")
    vip = acme_world.contact("Vip", owner=bruno, custom_fields={"city": "Recife"})
    made = {
        "open": {"agent": bruno, "status": "open", "queue": sales, "last_customer_at": at - DAY * 2},
        "closing": {"agent": clara, "status": "open", "queue": support, "last_customer_at": at - DAY * 23 / 24},
        "waiting": {"queue": sales, "waiting_since": at - timedelta(hours=3), "unread_count": 2},
        "unqueued": {"priority": 4, "participants": [sofia.pk], "last_customer_at": None},
        "snoozed": {"agent": bruno, "status": "open", "snoozed_at": at, "snoozed_until": at + DAY},
        "late": {"agent": clara, "status": "open", "sla_due_at": at - DAY, "sla_breached_at": at - DAY},
        "promised": {
            "agent": clara, "status": "open", "sla_due_at": at + DAY, "custom_fields": {"plan": "gold", "seats": 7},
        },
        "closed": {"agent": bruno, "status": "closed", "closed_at": at - DAY * 9, "at": at - DAY * 10},
    }  # fmt: skip
    rows = {}
    for name, fields in made.items():
        contact = vip if name == "promised" else None
        connection = second if name == "closed" else line
        rows[name] = acme_world.ticket(connection, contact, **fields).pk
    with acme_world.scope():
        urgent, refund, gone = (Tag.objects.create(name=name) for name in ("Urgent", "Refund", "Gone"))
        Tag.objects.filter(pk=gone.pk).update(deleted_at=at)
        for name, tag in (("open", urgent), ("open", refund), ("waiting", urgent), ("late", gone)):
            TicketTag.objects.create(ticket_id=rows[name], tag=tag)
        ContactTag.objects.create(contact=vip, tag=refund)
    acme_world.message(_row(acme_world, rows["unqueued"]), "see @sofia", direction="internal", kind="note",
                       content={"mentions": [sofia.pk]})  # fmt: skip
    known = {
        "sales": sales.pk, "support": support.pk, "bruno": bruno.pk, "clara": clara.pk, "second": second.pk,
        "hot": urgent.pk, "refund": refund.pk, "sofia": sofia.pk,
        "yesterday": (at - DAY * 5).isoformat(), "longago": (at - DAY * 30).isoformat(),
    }  # fmt: skip
    return rows, known


def _row(world, pk):
    from tickets.models import Ticket

    with world.scope():
        return Ticket.objects.get(pk=pk)


ALL = {"open", "closing", "waiting", "unqueued", "snoozed", "late", "promised", "closed"}
CASES = [
    ("status", "is", ["closed"], {"closed"}),
    ("status", "is_not", ["open"], {"waiting", "unqueued", "closed"}),
    ("queue", "is", ["sales"], {"open", "waiting"}),
    ("queue", "is", ["support", "none"], {"closing", "unqueued", "snoozed", "late", "promised", "closed"}),
    ("queue", "is_not", ["sales"], ALL - {"open", "waiting"}),
    ("agent", "is", ["clara"], {"closing", "late", "promised"}),
    ("agent", "is", ["none"], {"waiting", "unqueued"}),
    ("agent", "is_not", ["bruno"], ALL - {"open", "snoozed", "closed"}),
    ("connection", "is", ["second"], {"closed"}),
    ("tag", "any", ["hot", "refund"], {"open", "waiting"}),
    ("tag", "all", ["hot", "refund"], {"open"}),
    ("tag", "none", ["hot"], ALL - {"open", "waiting"}),
    ("tag", "is_empty", True, ALL - {"open", "waiting"}),
    ("tag", "is_empty", False, {"open", "waiting"}),
    ("priority", "is", ["urgent"], {"unqueued"}),
    ("priority", "is_not", ["normal"], {"unqueued"}),
    ("unread", "is", True, {"waiting"}),
    ("unread", "is", False, ALL - {"waiting"}),
    ("snoozed", "is", True, {"snoozed"}),
    ("waiting", "longer_than", 120, {"waiting"}),
    ("waiting", "longer_than", 240, set()),
    ("waiting", "is", True, {"waiting"}),
    ("window", "closes_within", 2, {"closing"}),
    ("window", "is_open", False, {"open", "unqueued", "closed"}),
    ("sla", "is", ["breached"], {"late"}),
    ("sla", "is", ["running"], {"promised"}),
    ("sla", "is", ["none"], ALL - {"late", "promised"}),
    ("participant", "is", ["sofia"], {"unqueued"}),
    ("participant", "is", ["me"], {"unqueued"}),
    ("mentioned", "is", ["me"], {"unqueued"}),
    ("mentioned", "is", ["bruno"], set()),
    ("created_at", "within_days", 1, ALL),
    ("last_message_at", "before", "yesterday", {"closed"}),
    ("last_message_at", "after", "longago", ALL),
    ("closed_at", "older_than_days", 5, {"closed"}),
    ("closed_at", "within_days", 5, set()),
    ("contact_tag", "any", ["refund"], {"promised"}),
    ("contact_owner", "is", ["bruno"], {"promised"}),
]


@pytest.mark.parametrize(("key", "operator", "value", "finds"), CASES)
def test_each_condition_finds_its_tickets(as_, sofia, office, key, operator, value, finds):
    rows, known = office
    named = [known.get(one, one) for one in value] if isinstance(value, list) else known.get(value, value)
    page = ask(as_(sofia), {"all": [condition(key, operator, named)]})
    assert {row["id"] for row in page["results"]} == {rows[name] for name in finds}


@pytest.mark.parametrize(
    ("key", "field", "operator", "value", "finds"),
    [
        ("field", "plan", "is", "gold", {"promised"}),
        ("field", "plan", "contains", "OL", {"promised"}),
        ("field", "seats", "above", 5, {"promised"}),
        ("field", "seats", "below", 5, set()),
        ("field", "plan", "is_empty", True, ALL - {"promised"}),
        ("contact_field", "city", "is", "Recife", {"promised"}),
    ],
)
def test_the_companys_own_fields_can_be_asked_for(as_, sofia, office, key, field, operator, value, finds):
    rows, _ = office
    page = ask(as_(sofia), {"all": [condition(key, operator, value, field=field)]})
    assert {row["id"] for row in page["results"]} == {rows[name] for name in finds}


def test_every_condition_has_a_case():
    assert {case[0] for case in CASES} | {"field", "contact_field"} == set(CONDITIONS)


def test_groups_join_conditions(as_, sofia, office):
    rows, known = office
    urgent_or_late = {"any": [condition("tag", "any", [known["hot"]]), condition("sla", "is", ["breached"])]}
    is_open = condition("status", "is", ["open"])
    found = ask(as_(sofia), {"all": [is_open, urgent_or_late]})["results"]
    assert {row["id"] for row in found} == {rows["open"], rows["late"]}


def test_a_filter_never_shows_what_the_agent_may_not_see(api, office):
    rows, known = office
    page = ask(
        api, {"any": [condition("agent", "is", [known["clara"]]), condition("status", "is", ["open"])]}
    )
    assert {row["id"] for row in page["results"]} == {rows["open"], rows["snoozed"]}


def test_a_filter_narrows_a_tab_and_the_simple_parameters(as_, sofia, office):
    rows, known = office
    page = ask(
        as_(sofia), {"all": [condition("unread", "is", False)]}, tab="all", more=f"&queue={known['sales']}"
    )
    assert [row["id"] for row in page["results"]] == [rows["open"]]


@pytest.mark.parametrize(
    "given",
    [
        [], "x", {"all": {}}, {"none": []}, {"all": [], "any": []}, {"all": [1]},
        {"all": [condition("colour", "is", ["red"])]},
        {"all": [condition("status", "like", ["open"])]},
        {"all": [condition("status", "is", ["ajar"])]},
        {"all": [condition("status", "is", [])]},
        {"all": [condition("queue", "is", ["x"])]},
        {"all": [condition("queue", "is", [True])]},
        {"all": [condition("queue", "is", [2**70])]},
        {"all": [condition("unread", "is", "yes")]},
        {"all": [condition("window", "closes_within", 25)]},
        {"all": [condition("created_at", "after", "yesterday")]},
        {"all": [condition("created_at", "after", "2026-01-01T00:00:00")]},
        {"all": [condition("field", "is", "x")]},
        {"all": [condition("field", "is", "x", field="a__b")]},
        {"all": [condition("field", "is", "x", field="a'b")]},
        {"all": [condition("status", "is", ["open"], field="plan")]},
        {"all": [{"all": [{"all": [{"all": [{"all": []}]}]}]}]},
        {"all": [condition("unread", "is", True)] * 41},
    ],
)  # fmt: skip
def test_nonsense_is_refused_with_a_code(api, given):
    answer = api.get(f"/api/tickets/?filter={quote(json.dumps(given))}")
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_filter")


def test_what_is_not_json_is_refused(api):
    for text in ("{", "all", "x" * 9000):
        assert api.get(f"/api/tickets/?filter={text}").json()["code"] == "invalid_filter"


@pytest.mark.parametrize("sort", ["newest", "oldest", "waiting", "window", "priority", "created"])
def test_each_order_pages_without_gaps(as_, sofia, acme_world, line, sort):
    at = now()
    for place in range(9):
        has = place % 3 != 0
        acme_world.ticket(
            line, at=at - timedelta(minutes=place % 4), priority=1 + place % 4,
            waiting_since=at - timedelta(minutes=place % 2) if has else None,
            last_customer_at=at - timedelta(minutes=place % 2) if has else None,
        )  # fmt: skip
    client, url, seen = as_(sofia), f"/api/tickets/?sort={sort}&limit=2", []
    while url:
        page = client.get(url).json()
        seen += page["results"]
        url = page["next"]
    assert len({row["id"] for row in seen}) == len(seen) == 9
    assert seen == sorted(seen, key=lambda row: key_of(row, sort))


def key_of(row, sort):
    at, pk = -_seconds(row["last_message_at"]), -row["id"]
    return {
        "newest": (at, pk),
        "oldest": (-at, -pk),
        "waiting": (row["waiting_since"] is None, row["waiting_since"] or "", -pk),
        "window": (row["window_expires_at"] is None, row["window_expires_at"] or "", -pk),
        "priority": (-["low", "normal", "high", "urgent"].index(row["priority"]), at, pk),
        "created": (-row["number"],),
    }[sort]


def _seconds(text):
    from datetime import datetime

    return datetime.fromisoformat(text).timestamp()


def test_a_cursor_of_another_order_is_refused(api, acme_world, line):
    for _ in range(3):
        acme_world.ticket(line)
    following = api.get("/api/tickets/?limit=1&sort=created").json()["next"]
    answer = api.get(following.replace("sort=created", "sort=priority"))
    assert answer.json()["code"] == "invalid_cursor"


def test_a_list_is_counted_without_being_read(as_, bruno, clara, acme_world, line):
    for unread in (0, 3, 3):
        acme_world.ticket(line, agent=bruno, status="open", unread_count=unread)
    given = quote(json.dumps({"all": [{"key": "unread", "operator": "is", "value": True}]}))
    assert as_(bruno).get("/api/tickets/count/?tab=mine").json() == {"count": 3, "cap": 20_000}
    assert as_(bruno).get(f"/api/tickets/count/?tab=mine&filter={given}").json()["count"] == 2
    assert as_(clara).get("/api/tickets/count/?tab=all").json()["count"] == 0


def test_the_schema_names_every_condition(api):
    schema = api.get("/api/tickets/filters/").json()
    assert [one["key"] for one in schema["conditions"]] == list(CONDITIONS)
    assert schema["sorts"] == ["newest", "oldest", "waiting", "window", "priority", "created"]
