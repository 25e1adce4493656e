"""Every filter, the counts of saved views, and the search, on the large data set."""

import itertools
import json
from urllib.parse import quote

import psycopg

from bench import load
from bench.report import Report, p50, percentile
from bench.world import SERVICES, Console, installation, large_database, sign_in
from tests.support import database

SECONDS = 2.0
AIM_MS = 150

LIVE = {"key": "status", "operator": "is", "value": ["pending", "open"]}
FILTERS = {
    "status": [("is", ["closed"])],
    "agent": [("is", ["me"]), ("is", ["none"])],
    "tag": [("any", "tags"), ("all", "tags"), ("none", "tags"), ("is_empty", True)],
    "priority": [("is", ["urgent"])],
    "unread": [("is", True)],
    "snoozed": [("is", True)],
    "waiting": [("longer_than", 60)],
    "window": [("closes_within", 2)],
    "sla": [("is", ["breached"])],
    "participant": [("is", ["me"])],
    "mentioned": [("is", ["me"])],
    "created_at": [("within_days", 7)],
    "last_message_at": [("older_than_days", 30)],
    "closed_at": [("within_days", 7)],
}
SEARCHES = {
    "a rare word": "997",
    "a common word": "boleto",
    "a very common word": "bom",
    "a prefix": "entre",
    "words that never meet": "bom boleto",
    "a phrase": '"prazo de entrega"',
    "a phrase that nobody says": '"entrega prazo"',
    "nothing": "xyzzy",
    "a customer": "maria silva",
    "a customer's words": "from:joao boleto",
    "in open ones": "is:open pedido",
    "before a day": "before:2026-10-01 boleto",
    "a ticket's number": "#4321",
}


def run(*, contacts: int = 100_000, tickets: int = 200_000, messages: int = 2_000_000) -> None:
    """Filters, saved-view counts and searches over two million messages: p95 at most 150 ms."""
    name = large_database(contacts=contacts, tickets=tickets, messages=messages)
    tags = _mark(name)
    report = Report("finding")
    with installation("finding", existing_database=name) as stack:
        for who, email in (("admin", "agent1.c1@bench.example"), ("agent", "agent2.c1@bench.example")):
            console = sign_in(stack, email)
            _filters(report, console, who, tags)
            _sorts(report, console, who)
            _views(report, console, who)
            for what, words in SEARCHES.items():
                _measure(report, f"{who}: search, {what}", console, f"search/tickets/?q={quote(words)}")
    slow = [line.metric for line in report.lines if line.ours > AIM_MS]
    report.say(f"\nOver {AIM_MS} ms: {', '.join(slow) or 'nothing'}")


def _filters(report: Report, console: Console, who: str, tags: list[int]) -> None:
    for key, cases in FILTERS.items():
        for operator, given in cases:
            value = tags if given == "tags" else given
            asked = {"all": [{"key": key, "operator": operator, "value": value}]}
            _measure(report, f"{who}: filter {key} {operator}", console, _list(asked))
    either = {"any": [
        {"all": [LIVE, {"key": "tag", "operator": "any", "value": tags}]},
        {"all": [LIVE, {"key": "window", "operator": "closes_within", "value": 4}]},
    ]}  # fmt: skip
    _measure(report, f"{who}: filter of groups", console, _list(either))


def _sorts(report: Report, console: Console, who: str) -> None:
    for sort in ("oldest", "waiting", "window", "priority", "created"):
        _measure(report, f"{who}: sort {sort}", console, f"tickets/?tab=all&sort={sort}")


def _views(report: Report, console: Console, who: str) -> None:
    """Eight views of the kinds that people keep."""
    asked = [
        {"all": [LIVE, {"key": key, "operator": operator, "value": value}]}
        for key, operator, value in (
            ("unread", "is", True), ("agent", "is", ["none"]), ("waiting", "longer_than", 60),
            ("window", "closes_within", 2), ("snoozed", "is", True), ("mentioned", "is", ["me"]),
            ("priority", "is", ["high", "urgent"]), ("sla", "is", ["breached"]),
        )
    ]  # fmt: skip
    known = console.call("GET", "views/")["results"]
    for place, one in enumerate(asked[len(known) :]):
        console.call("POST", "views/", {"name": f"Bench {place}", "filter": one})
    _measure(report, f"{who}: counts of {len(asked)} views", console, "views/counts/")


def _list(asked: object) -> str:
    return f"tickets/?tab=any&filter={quote(json.dumps(asked))}"


def _measure(report: Report, what: str, console: Console, path: str) -> None:
    host = f"localhost:{console.stack.ports.web}"
    wire = load.request("GET", host, f"/api/{path}", console.headers)
    port = console.stack.ports.web
    load.run(port, itertools.repeat(wire), clients=1, seconds=0.3)
    outcome = load.run(port, itertools.repeat(wire), clients=1, seconds=SECONDS)
    assert not outcome.errors, what
    report.add(
        f"{what}, p95", percentile(outcome.latencies, 95), "ms", note=f"p50 {p50(outcome.latencies):.1f}"
    )


def _mark(name: str) -> list[int]:
    """Give the big company tags and what else filters ask for, once; answers two of its tags."""
    with psycopg.connect(database.url_for(SERVICES.owner_url, name), autocommit=True) as connection:
        company = connection.execute("SELECT min(id) FROM tenants_company").fetchone()
        assert company
        marked = "SELECT 1 FROM tickets_ticket WHERE company_id = %s AND snoozed_at IS NOT NULL LIMIT 1"
        if not connection.execute(marked, company).fetchone():
            for statement in _MARKS:
                connection.execute(statement, {"company": company[0]})
            connection.execute("VACUUM ANALYZE tickets_ticket, tickets_tickettag")
        tags = "SELECT id FROM tickets_tag WHERE company_id = %s ORDER BY id"
        found = connection.execute(tags, company).fetchall()
    return [row[0] for row in found[:2]]


_MARKS = (
    """INSERT INTO tickets_tag (company_id, name, color, position, created_at, updated_at, version)
    SELECT %(company)s, 'Tag ' || n, '#475569', n, now(), now(), 1 FROM generate_series(1, 10) n
    ON CONFLICT DO NOTHING""",
    """INSERT INTO tickets_tickettag (company_id, ticket_id, tag_id, created_at, updated_at, version)
    SELECT %(company)s, t.id, g.id, now(), now(), 1 FROM tickets_ticket t
    JOIN tickets_tag g ON g.company_id = t.company_id AND (t.number + g.position) %% 20 < 1
    WHERE t.company_id = %(company)s ON CONFLICT DO NOTHING""",
    """UPDATE tickets_ticket SET priority = 1 + number %% 4,
        waiting_since = CASE WHEN status <> 'closed' AND number %% 2 = 0 THEN last_message_at END,
        snoozed_at = CASE WHEN status = 'open' AND number %% 50 = 0 THEN now() END
    WHERE company_id = %(company)s AND (status <> 'closed' OR number %% 4 <> 1)""",
)
