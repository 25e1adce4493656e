"""News of what we sent: sent, delivered, read, played or failed. A message only moves up that ladder.

Receipts come in any order, more than once, and sometimes before we know the id that they speak of. The cookie
of the attempt then says which message is meant, even when the process that sent it died before the answer.
"""

import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import connection as database
from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils.timezone import now

from tenants.statements import Later, Statement
from tickets.actions import costs, groups, tell
from tickets.bulk import update_rows
from tickets.models import Attempt, Connection, Message, OrphanReceipt, Ticket
from tickets.models.attempt import Outcome
from tickets.models.message import RANK, State
from tickets.models.ticket import WINDOW
from tickets.transport import Receipt

FIELDS = ["state", "error", "provider_id", "pricing"]
IN_GROUPS = [*FIELDS, "content"]
BLOCKING = {State.SENDING, State.DOUBTFUL, State.QUEUED}


def record(connection: Connection, receipt: Receipt) -> None:
    record_all(connection, [receipt])


@transaction.atomic(savepoint=False)
def record_all(connection: Connection, receipts: Sequence[Receipt]) -> None:
    """Apply receipts of one connection; those of unknown messages are kept for later."""
    found = _by_provider_id(connection, {receipt.provider_id for receipt in receipts})
    missing = [receipt for receipt in receipts if receipt.provider_id not in found]
    if missing:
        found |= _by_cookie(connection, missing)
        missing = [receipt for receipt in missing if receipt.provider_id not in found]
    if missing and (missing := _not_of_reactions(missing)):
        found |= _keep_orphans(connection, missing)
    changed: dict[int, Message] = {}
    woken: dict[int, Ticket] = {}
    for receipt in receipts:
        message = found.get(receipt.provider_id)
        if message is None:
            continue
        if message.state in BLOCKING:
            woken[message.ticket_id] = message.ticket
        if apply(message, receipt):
            changed[message.pk] = message
    fields = IN_GROUPS if any(receipt.participant for receipt in receipts) else FIELDS
    update_rows(list(changed.values()), fields)
    costs.record([message for message in changed.values() if _is_newly_priced(message)])
    for message in changed.values():
        tell.message_changed(message)
        _correct_window(message)
    for ticket in woken.values():
        _wake(ticket)


def join_orphans(message: Message) -> None:
    """Apply what came before we knew the id. The caller holds the lock of the provider id."""
    rows = list(
        OrphanReceipt.objects.filter(
            connection=message.connection_id, provider_id=message.provider_id
        ).order_by("id")
    )
    if not rows:
        return
    changed = [apply(message, _unpacked(row)) for row in rows]
    if any(changed):
        message.save(update_fields=IN_GROUPS)
        costs.record([message])
        _correct_window(message)
    OrphanReceipt.objects.filter(pk__in=[row.pk for row in rows]).delete()


def apply(message: Message, receipt: Receipt) -> bool:
    """Move the message as far as this receipt says. False when it knew that already."""
    was_bound = bool(message.provider_id)
    if was_bound and message.provider_id != receipt.provider_id:
        return False  # an earlier try, sent again since by an agent's decision
    message.provider_id = receipt.provider_id
    if receipt.participant:
        return groups.note_receipt(message, receipt) or not was_bound
    priced = receipt.pricing is not None and message.pricing != receipt.pricing
    if receipt.pricing is not None:
        message.pricing = receipt.pricing
        message.is_newly_priced = message.is_newly_priced or priced
    if not _moves(message.state, receipt.state, was_bound=was_bound):
        return priced or not was_bound
    message.state = State(receipt.state)
    message.error = receipt.error if receipt.state == State.FAILED else None
    if _closed_the_window(message) and "parked" in message.content:
        message.state = State.PARKED  # it waits for the customer once more
    message.not_before = None
    return True


def _is_newly_priced(message: Message) -> bool:
    """The provider named a price, or what had one has failed."""
    return message.is_newly_priced or (message.state == State.FAILED and message.pricing is not None)


def _moves(current: str, new: str, *, was_bound: bool) -> bool:
    if new == State.FAILED:
        return (
            current not in {State.FAILED, State.PARKED}
            and RANK.get(State(current), 0) < RANK[State.DELIVERED]
        )
    if current in {State.FAILED, State.PARKED} and was_bound:
        # One of the customer's devices failed and another has it: only certainty undoes a failure.
        return RANK[State(new)] >= RANK[State.DELIVERED]
    return RANK[State(new)] > RANK.get(State(current), 0)


def _by_provider_id(connection: Connection, ids: set[str]) -> dict[str, Message]:
    rows = _sent.rows(connection=connection.pk, ids=list(ids))
    return {message.provider_id: message for message in _with_files(rows)}


@Statement
def _sent() -> Any:
    """Said as the index says it: without `exclude` the planner cannot see that a long list has no empty id."""
    return (
        _locked()
        .filter(connection=Later("connection"), provider_id__any=Later("ids"))
        .exclude(provider_id="")
    )


def _with_files(messages: Iterable[Message]) -> list[Message]:
    found = list(messages)
    prefetch_related_objects([one for one in found if one.may_have_files], "attachments")
    return found


def _by_cookie(connection: Connection, receipts: Iterable[Receipt]) -> dict[str, Message]:
    """The attempt knows its message although nobody read the answer to it."""
    cookies = {cookie: receipt for receipt in receipts if (cookie := _cookie(receipt)) is not None}
    if not cookies:
        return {}
    attempts = list(
        Attempt.objects.select_for_update().filter(
            cookie__in=cookies, message__connection=connection.pk
        ).order_by("pk")
    )  # fmt: skip
    if not attempts:
        return {}
    open_ones = [one.pk for one in attempts if one.outcome in ("", Outcome.UNCLEAR)]
    Attempt.objects.filter(pk__in=open_ones).update(outcome=Outcome.ACCEPTED, ended_at=now())
    known = _locked().filter(pk__in={one.message_id for one in attempts})
    rows = {row.pk: row for row in _with_files(known)}
    return {cookies[one.cookie].provider_id: rows[one.message_id] for one in attempts}


def _not_of_reactions(receipts: Sequence[Receipt]) -> list[Receipt]:
    """Those that remain after an agent's emoji took theirs."""
    from tickets.actions import reactions  # they need what settles sends, and that needs this module

    return reactions.take_receipts(receipts)


def _keep_orphans(connection: Connection, receipts: Sequence[Receipt]) -> dict[str, Message]:
    """Nobody knows these ids. Look once more under the lock that an acceptance also takes, then keep them."""
    ids = sorted({receipt.provider_id for receipt in receipts})
    with database.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(lock) FROM"
            " (SELECT DISTINCT hashtext(id) AS lock FROM unnest(%s::text[]) AS id ORDER BY 1) AS locks",
            [ids],
        )
    found = _by_provider_id(connection, set(ids))
    orphans = [
        OrphanReceipt(
            company_id=connection.company_id,
            connection=connection,
            provider_id=receipt.provider_id,
            receipt=_packed(receipt),
        )
        for receipt in receipts
        if receipt.provider_id not in found
    ]
    OrphanReceipt.objects.bulk_create(orphans)
    return found


def _locked() -> Any:
    """What events show of them but for their files, which few have."""
    rows = Message.objects.select_related("ticket", "author", "reply_to__author").order_by("pk")
    return rows.select_for_update(of=("self",))


def _cookie(receipt: Receipt) -> uuid.UUID | None:
    try:
        return uuid.UUID(receipt.cookie)
    except ValueError:
        return None


def _correct_window(message: Message) -> None:
    """The provider's clock counts: it says that the window was closed when we believed it open."""
    if not _closed_the_window(message):
        return
    ticket = Ticket.objects.with_parts().locked(message.ticket_id)
    if (
        ticket.last_customer_at is not None
        and ticket.last_customer_at < message.at
        and ticket.window_is_open(now())
    ):
        ticket.last_customer_at = now() - WINDOW
        ticket.save(update_fields=["last_customer_at"])
        tell.ticket_changed(ticket)


def _closed_the_window(message: Message) -> bool:
    failed = message.state in {State.FAILED, State.PARKED}
    return failed and (message.error or {}).get("code") == "window_closed"


def _wake(ticket: Ticket) -> None:
    """A doubt is over: what waits behind the message may leave."""
    from tickets.actions import lanes, outbound  # sending itself needs this module

    outbound.deliver.nudge(ticket.company_id, lanes.wake(ticket))


def _packed(receipt: Receipt) -> dict[str, Any]:
    return {
        "state": receipt.state,
        "at": receipt.at.isoformat(),
        "error": receipt.error,
        "pricing": receipt.pricing,
        "participant": receipt.participant,
    }


def _unpacked(row: OrphanReceipt) -> Receipt:
    kept = row.receipt
    return Receipt(
        provider_id=row.provider_id,
        state=kept["state"],
        at=datetime.fromisoformat(kept["at"]),
        error=kept["error"],
        pricing=kept["pricing"],
        participant=kept.get("participant", ""),
    )
