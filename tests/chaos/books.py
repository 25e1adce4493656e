"""Two books that must agree: the emulator's truth and the product's database, read past every fence."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

import psycopg

from tests.chaos.customers import CHANGES, PICTURE
from tests.support import database
from tests.support.stack import Stack

VISIBLE = {"accepted", "sent", "delivered", "read", "played", "failed", "doubtful", "expired"}


@dataclass
class Books:
    truth: dict[str, Any]
    messages: list[dict[str, Any]]
    files: list[dict[str, Any]]

    def sent(self, *types: str) -> list[dict[str, Any]]:
        """What customers sent of these types."""
        return [one for one in self.truth["sent"] if one["type"] in types]


def query(stack: Stack, sql: str) -> list[dict[str, Any]]:
    url = database.url_for(stack.services.admin_url, stack.database_name)
    with psycopg.connect(url, row_factory=psycopg.rows.dict_row) as connection:
        return connection.execute(sql).fetchall()  # type: ignore[arg-type]


def moving(stack: Stack) -> dict[str, int]:
    """How much is still on its way through the pipelines."""
    counts = {
        "payloads": "SELECT count(*) n FROM whatsapp_payload WHERE state = 'new'",
        "events": "SELECT count(*) n FROM whatsapp_event WHERE state IN ('pending', 'parked')",
        "files": "SELECT count(*) n FROM tickets_attachment WHERE message_id IS NOT NULL "
        "AND state IN ('wanted', 'fetching')",
        "messages": "SELECT count(*) n FROM tickets_message WHERE state IN ('queued', 'sending')",
        "undecided": "SELECT count(*) n FROM tickets_message WHERE state = 'doubtful' "
        "AND coalesce(error->>'action', '') <> 'decide'",
    }
    return {name: query(stack, sql)[0]["n"] for name, sql in counts.items()}


def read(stack: Stack) -> Books:
    rows = query(
        stack,
        "SELECT m.id, m.company_id, m.ticket_id, t.contact_id, m.direction, m.body, m.state, m.provider_id, m.at, "
        "m.error, m.edited_at, m.removed_at, m.reactions "
        "FROM tickets_message m JOIN tickets_ticket t ON t.id = m.ticket_id ORDER BY m.id",
    )
    files = query(
        stack,
        "SELECT a.state, a.size, m.provider_id, m.direction FROM tickets_attachment a "
        "JOIN tickets_message m ON m.id = a.message_id",
    )
    return Books(stack.control("GET", "truth"), rows, files)


def lost(books: Books) -> set[str]:
    """What customers sent and nobody can see."""
    kept = {row["provider_id"] for row in books.messages if row["direction"] == "in"}
    return {sent["wamid"] for sent in books.truth["sent"] if sent["type"] not in CHANGES} - kept


def changes_not_made(books: Books) -> list[str]:
    """Edits, deletions and reactions of customers that nobody can see, whenever they arrived."""
    kept = {row["provider_id"]: row for row in books.messages if row["direction"] == "in"}
    wrong = []
    for one in books.sent("edit"):
        row = kept[one["body"]["original_message_id"]]
        if row["edited_at"] is None or row["body"] != one["body"]["message"]["text"]["body"]:
            wrong.append(f"{row['body']} was edited")
    for one in books.sent("revoke"):
        if kept[one["body"]["original_message_id"]]["removed_at"] is None:
            wrong.append(f"{one['body']} was deleted")
    for one in books.sent("reaction"):
        emojis = [given["emoji"] for given in kept[one["body"]["message_id"]]["reactions"]]
        if emojis != [one["body"]["emoji"]]:
            wrong.append(f"{one['body']} shows {emojis}")
    return wrong


def files_missing(books: Books) -> list[str]:
    """Pictures of customers that are not there, once and whole."""
    stored = Counter(
        file["provider_id"]
        for file in books.files
        if file["direction"] == "in" and file["state"] == "stored" and file["size"] == len(PICTURE)
    )
    return [one["wamid"] for one in books.sent("image") if stored[one["wamid"]] != 1]


def shown_twice(books: Books) -> dict[str, int]:
    bodies = Counter(row["body"] for row in books.messages if row["direction"] == "in")
    return {body: count for body, count in bodies.items() if count > 1}


def sent_twice(books: Books) -> dict[str, int]:
    """What WhatsApp accepted more than once, although no person asked for it."""
    bodies = Counter(accepted["body"] for accepted in books.truth["accepted"])
    return {body: count for body, count in bodies.items() if count > 1}


def disagreements(books: Books) -> list[str]:
    """Sends whose state contradicts what WhatsApp knows of them."""
    accepted = {item["body"]: item for item in books.truth["accepted"]}
    wrong = []
    for row in books.messages:
        if row["direction"] != "out":
            continue
        known = accepted.get(row["body"])
        if row["state"] not in VISIBLE:
            wrong.append(f"{row['body']} is {row['state']}: not at rest")
        elif known is None and row["state"] in {"accepted", "sent", "delivered", "read", "played"}:
            wrong.append(f"{row['body']} is {row['state']} but WhatsApp never had it")
        elif known and row["state"] in {"expired", "cancelled"}:
            wrong.append(f"{row['body']} is {row['state']} but WhatsApp has it")
        elif known and row["state"] == "failed" and "failed" not in _names(known["states"]):
            wrong.append(f"{row['body']} is failed but WhatsApp accepted it")
    stored = {row["body"] for row in books.messages if row["direction"] == "out"}
    return wrong + [f"{body} was accepted but is not stored" for body in accepted if body not in stored]


def _names(states: Any) -> set[str]:
    return {state if isinstance(state, str) else state.get("status", "") for state in states}


def out_of_order(books: Books) -> list[str]:
    """Conversations whose messages left in another order than they were written."""
    written = {
        row["body"]: (row["ticket_id"], row["id"]) for row in books.messages if row["direction"] == "out"
    }
    last: dict[int, int] = defaultdict(int)
    wrong = []
    for item in books.truth["accepted"]:
        ticket, number = written[item["body"]]
        if number < last[ticket]:
            wrong.append(f"{item['body']} overtook a later message of ticket {ticket}")
        last[ticket] = max(last[ticket], number)
    return wrong


def inbound_out_of_order(books: Books) -> list[str]:
    """Threads whose customer messages are shown in another order than the provider's clock says."""
    times = {item["wamid"]: item["at"] for item in books.truth["sent"]}
    threads: dict[tuple[int, int], list[dict[str, Any]]] = defaultdict(list)
    for row in books.messages:
        if row["direction"] == "in":
            threads[row["company_id"], row["contact_id"]].append(row)
    wrong = []
    for rows in threads.values():
        rows.sort(key=lambda row: (row["at"], row["id"]))
        clock = [int(times[row["provider_id"]]) for row in rows]
        if clock != sorted(clock):
            wrong.append(f"contact {rows[0]['contact_id']}: {clock}")
    return wrong
