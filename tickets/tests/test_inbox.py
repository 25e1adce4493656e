"""The inbox's lists: who sees which ticket where, in which order, and what it costs."""

from datetime import timedelta

import pytest
from django.db import connection as database
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from tickets.models.rows import as_rows
from tickets.serializers.ticket import TicketSerializer


def ids(client, query=""):
    answer = client.get(f"/api/tickets/{query}")
    assert answer.status_code == 200, answer.content
    return [row["id"] for row in answer.json()["results"]]


@pytest.fixture
def inbox(acme_world, line, sales, support, bruno, clara):
    """One ticket of each situation, the newest last."""
    situations = {
        "bruno": {"agent": bruno, "status": "open", "queue": sales},
        "clara": {"agent": clara, "status": "open", "queue": support},
        "in_sales": {"queue": sales},
        "in_support": {"queue": support},
        "unqueued": {},
        "closed_by_bruno": {"agent": bruno, "status": "closed", "queue": sales},
        "closed_by_clara": {"agent": clara, "status": "closed", "queue": sales},
    }
    start = now()
    return {
        name: acme_world.ticket(line, at=start + timedelta(seconds=place), **fields).pk
        for place, (name, fields) in enumerate(situations.items())
    }


@pytest.mark.parametrize(
    ("who", "tab", "sees"),
    [
        ("bruno", "mine", ["bruno"]),
        ("bruno", "waiting", ["unqueued", "in_sales"]),
        ("bruno", "all", ["unqueued", "in_sales", "bruno"]),
        ("bruno", "closed", ["closed_by_bruno"]),
        ("clara", "waiting", ["unqueued", "in_support"]),
        ("clara", "closed", ["closed_by_clara"]),
        ("sofia", "mine", []),
        ("sofia", "waiting", ["unqueued", "in_support", "in_sales"]),
        ("sofia", "all", ["unqueued", "in_support", "in_sales", "clara", "bruno"]),
        ("sofia", "closed", ["closed_by_clara", "closed_by_bruno"]),
        ("raul", "all", []),
        ("raul", "closed", []),
    ],
)
def test_everybody_sees_the_tickets_that_are_theirs_to_see(request, as_, inbox, who, tab, sees):
    client = as_(request.getfixturevalue(who))
    assert ids(client, f"?tab={tab}") == [inbox[name] for name in sees]


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("bruno", {"bruno", "in_sales", "unqueued", "closed_by_bruno"}),
        ("clara", {"clara", "in_support", "unqueued", "closed_by_clara"}),
        (
            "ana",
            {"bruno", "clara", "in_sales", "in_support", "unqueued", "closed_by_bruno", "closed_by_clara"},
        ),
        ("raul", set()),
    ],
)
def test_an_invisible_ticket_is_not_found(request, as_, inbox, who, sees):
    client = as_(request.getfixturevalue(who))
    found = {name for name, pk in inbox.items() if client.get(f"/api/tickets/{pk}/").status_code == 200}
    assert found == sees


def test_agents_may_be_kept_from_unqueued_tickets(acme, api, inbox):
    acme.settings = {"agents_see_unqueued": False}
    acme.save()
    assert ids(api, "?tab=waiting") == [inbox["in_sales"]]


def test_filters_narrow_a_tab(as_, inbox, sofia, sales, clara, line):
    client = as_(sofia)
    assert ids(client, f"?queue={sales.id}") == [inbox["in_sales"], inbox["bruno"]]
    assert ids(client, f"?agent={clara.id}") == [inbox["clara"]]
    assert ids(client, f"?connection={line.id}&queue={sales.id}&agent={clara.id}") == []


def test_unread_ones_only(as_, acme_world, line, sofia, inbox):
    unread = acme_world.ticket(line, unread_count=2)
    assert ids(as_(sofia), "?unread=true") == [unread.pk]


@pytest.mark.parametrize(
    "words", ["joão", "JOAO", "joao pessoa", "pessoa jo", "98877", "+55 (83) 98877-1122", "jo", "🌻"]
)
def test_tickets_are_found_by_name_and_number(as_, acme_world, line, sofia, inbox, words):
    joao = acme_world.ticket(line, acme_world.contact("João Pessoa 🌻", "5583988771122"))
    assert ids(as_(sofia), f"?search={words.replace('+', '%2B')}") == [joao.pk]


def test_a_frequent_word_finds_as_much_as_a_rare_one(monkeypatch, as_, acme_world, line, sofia):
    monkeypatch.setattr("tickets.models.search.FEW", 2)
    marias = [acme_world.ticket(line, acme_world.contact(f"Maria {n}")).pk for n in range(4)]
    assert sorted(ids(as_(sofia), "?search=maria")) == marias


def test_pages_follow_each_other_without_gaps(as_, acme_world, line, sofia):
    at = now()
    made = [acme_world.ticket(line, at=at).pk for _ in range(7)]  # the same moment: the id decides
    client, url, seen = as_(sofia), "/api/tickets/?limit=3", []
    while url:
        page = client.get(url).json()
        seen += [row["id"] for row in page["results"]]
        url = page["next"]
    assert seen == made[::-1]


def test_counts_are_those_of_the_tabs(as_, api, inbox, acme_world, line, bruno):
    acme_world.ticket(line, agent=bruno, status="open", unread_count=2)
    assert api.get("/api/tickets/counts/").json() == {
        "mine": 2, "waiting": 2, "all": 4, "mine_unread": 1, "waiting_unread": 0, "cap": 1000,
    }  # fmt: skip


def test_a_link_opens_for_those_who_may_see_it(api, as_, ticket, clara, raul):
    url = f"/api/tickets/by-uuid/{ticket.uuid}/"
    assert api.get(url).json()["id"] == ticket.id
    assert as_(clara).get(url).status_code == 404
    assert as_(raul).get(url).status_code == 404


@pytest.mark.parametrize("query", ["?tab=nonsense", "?queue=x", "?agent=-1", "?unread=maybe", "?limit=0"])
def test_nonsense_in_the_query_is_refused(api, query):
    assert api.get(f"/api/tickets/{query}").status_code == 400


def test_the_row_has_every_declared_field(acme_world, ticket, bruno):
    acme_world.message(ticket, "Olá")
    with acme_world.scope():
        row = TicketSerializer(ticket).data
        listed = TicketSerializer(as_rows(type(ticket).objects.filter(pk=ticket.pk)), many=True).data[0]
    declared = TicketSerializer().fields
    assert set(row) == set(declared)
    assert row == listed
    for part in ("contact", "connection", "queue"):
        assert set(row[part]) == set(declared[part].fields)


def test_the_last_message_is_one_line(acme_world, api, ticket):
    message = acme_world.message(ticket, "a" * 500)
    with acme_world.scope():
        ticket.last_message = message
        ticket.save()
    shown = api.get(f"/api/tickets/{ticket.id}/").json()["last_message"]
    assert shown == {
        "id": message.id,
        "kind": "text",
        "direction": "in",
        "preview": "a" * 160,
        "state": "received",
        "is_removed": False,
    }


@pytest.mark.parametrize(
    "path", ["/api/tickets/?tab=all", "/api/tickets/counts/", "/api/tickets/?tab=waiting"]
)
def test_a_list_costs_the_same_for_one_row_and_for_many(api, acme_world, line, sales, path):
    costs = []
    for _ in range(2):
        for _ in range(8):
            acme_world.ticket(line, queue=sales)
        with CaptureQueriesContext(database) as queries:
            assert api.get(path).status_code == 200
        costs.append(len([query for query in queries if "set_config" not in query["sql"]]))
    assert costs[0] == costs[1] <= 3  # who, which queues, what


def test_a_ticket_is_found_by_its_number(api, acme_world, line, bruno):
    wanted, _ = (acme_world.ticket(line, agent=bruno, status="open") for _ in range(2))
    found = api.get("/api/tickets/", {"search": f"#{wanted.number}"}).json()["results"]
    assert [row["id"] for row in found] == [wanted.id]
