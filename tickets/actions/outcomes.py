"""How a try to send ended: exactly one outcome per attempt, written down once, and what follows from it.

Accepted, Refused, Postponed and Unclear are the words of the port. Nothing here sends anything again: an
unclear send waits for a receipt with its cookie, and after DOUBT_SECONDS for an agent's decision.
"""

import random
from datetime import datetime, timedelta
from typing import Any

from django.db import connection as database
from django.db import transaction
from django.utils.timezone import now

from helpdesk.events import publish
from helpdesk.metrics import OUTBOUND
from tenants.scoping import current_company_id
from tenants.statements import Later, Statement
from tickets.actions import notices, rates, receipts, tell
from tickets.events import CONNECTION_UPDATED
from tickets.models import Attempt, Connection, Message, Ticket
from tickets.models.attempt import Outcome as Name
from tickets.models.connection import Status
from tickets.models.message import RANK, Kind, MessageQuerySet, State
from tickets.models.ticket import WINDOW
from tickets.transport import Accepted, Outcome, Postponed, Refused, Unclear, account_of, transport_for

MAX_TRIES = 12
TEMPLATE_LIFE = timedelta(hours=24)
PAIR_PAUSE_MAX = 17 * 60
CONNECTION_PAUSE_MAX = 60
NAMES = {Refused: Name.REFUSED, Postponed: Name.POSTPONED, Unclear: Name.UNCLEAR}
# A late acceptance is the one outcome that replaces another: it ends the doubt. Nothing more is done with a message
# whose first receipts came before this answer: they said more. Answers whether receipts wait to be joined.
_ACCEPT = """
WITH ended AS (
    UPDATE tickets_attempt SET outcome = 'accepted', ended_at = %(at)s, code = '', detail = ''
    WHERE id = %(attempt)s AND company_id = %(company)s AND outcome IN ('', 'unclear')
    RETURNING message_id
)
UPDATE tickets_message AS message
SET provider_id = %(provider_id)s, state = 'accepted', error = NULL, not_before = NULL,
    version = message.version + 1, updated_at = %(at)s
FROM ended
WHERE message.id = ended.message_id AND message.provider_id = '' AND message.state <> ALL(%(further)s)
RETURNING EXISTS (
    SELECT FROM tickets_orphanreceipt AS early
    WHERE early.connection_id = message.connection_id AND early.provider_id = %(provider_id)s
)
"""


def settle(attempt: Attempt, outcome: Outcome, *, slow_downs: int = 0) -> None:
    """Write down the outcome of an attempt, unless somebody did, and move its message on.

    `slow_downs`: how often in a row this person was written to too fast.
    """
    if isinstance(outcome, Accepted):
        with transaction.atomic():
            accept(attempt, outcome)
        return
    OUTBOUND.labels(NAMES[type(outcome)].value).inc()
    with transaction.atomic():
        if not _record(attempt, outcome):
            return
        message = locked(attempt.message_id)
        if message.state == State.SENDING:  # otherwise a receipt was faster and knows better
            _not_accepted(message, outcome, slow_downs)
    _look_beyond(message, outcome)


def accept(attempt: Attempt, outcome: Accepted) -> None:
    """The same for what the provider took. Part of a transaction."""
    OUTBOUND.labels(Name.ACCEPTED.value).inc()
    _lock_provider_id(outcome.provider_id)
    values: dict[str, Any] = {"attempt": attempt.pk, "company": current_company_id(), "at": now()}
    values |= {"provider_id": outcome.provider_id, "further": [state.value for state in RANK]}
    with database.cursor() as cursor:
        cursor.execute(_ACCEPT, values)
        row = cursor.fetchone()
    if row is None:
        return
    message = _shown.rows(pk=attempt.message_id)[0]
    if row[0]:
        receipts.join_orphans(message)
    tell.message_changed(message)


def abandon(message_id: int) -> None:
    """The worker that was sending this message is gone: whether it was sent, nobody knows."""
    attempt = Attempt.objects.filter(message=message_id).order_by("-number").first()
    if attempt is not None:
        settle(attempt, Unclear("interrupted", "The server stopped while the message was being sent."))


def flag(message_id: int) -> None:
    """Silence lasted too long: the lane goes on, and an agent decides about this message."""
    with transaction.atomic():
        message = locked(message_id)
        if message.state == State.DOUBTFUL and not is_flagged(message):
            change(message, error={**(message.error or {}), "action": "decide"})


def is_flagged(message: Message) -> bool:
    return bool(message.error and message.error.get("action") == "decide")


def expire(message: Message, *, code: str = "window_closed") -> None:
    """It can no longer leave: the agent sees why, and may send it again or use a template."""
    with transaction.atomic():
        message = locked(message.pk)
        if message.state == State.QUEUED:
            _expired(message, code)


def fail(message: Message, *, code: str, detail: str) -> None:
    """It can never leave as it is, and no attempt was made."""
    with transaction.atomic():
        message = locked(message.pk)
        if message.state == State.QUEUED:
            error = problem(code, "The message cannot be sent.", detail, "retry")
            change(message, state=State.FAILED, error=error, not_before=None)


def postpone(message: Message, outcome: Postponed) -> None:
    """The same as a postponed attempt, for what has to happen before one (giving the provider a file)."""
    with transaction.atomic():
        message = locked(message.pk)
        if message.state == State.QUEUED:
            message.tries += 1
            _postponed(message, outcome, slow_downs=0)
    _look_beyond(message, outcome)


def deadline(message: Message) -> datetime:
    """Until when it makes sense to send: the customer's window, or a day for what needs none."""
    ends = message.ticket.window_expires_at
    if needs_window(message):
        return ends or message.at
    return max(message.at, message.not_before or message.at) + TEMPLATE_LIFE


def needs_window(message: Message) -> bool:
    return message.kind != Kind.TEMPLATE and transport_for(message.connection).has_window


def problem(code: str, title: str, detail: str, action: str) -> dict[str, str]:
    return {"code": code, "title": title, "detail": detail, "action": action}


def _record(attempt: Attempt, outcome: Refused | Postponed | Unclear) -> bool:
    return bool(
        Attempt.objects.filter(pk=attempt.pk, outcome="").update(
            outcome=NAMES[type(outcome)], ended_at=now(), code=outcome.code[:40], detail=outcome.detail
        )
    )


def _not_accepted(message: Message, outcome: Refused | Postponed | Unclear, slow_downs: int) -> None:
    if isinstance(outcome, Refused) and outcome.window_closed and was_parked(message):
        _park_again(message)
    elif isinstance(outcome, Refused):
        action = "connection" if outcome.hold else "template" if outcome.window_closed else "retry"
        error = problem(outcome.code, outcome.title, outcome.detail, action)
        change(message, state=State.FAILED, error=error, not_before=None)
    elif isinstance(outcome, Postponed):
        _postponed(message, outcome, slow_downs)
    else:
        title = "It is not known whether this was sent."
        error = problem(outcome.code or "unclear", title, outcome.detail, "wait")
        change(message, state=State.DOUBTFUL, error=error)


def _postponed(message: Message, outcome: Postponed, slow_downs: int) -> None:
    again_at = now() + timedelta(seconds=_pause(message, outcome, slow_downs))
    if outcome.scope == "hold":
        change(message, state=State.QUEUED, tries=max(0, message.tries - 1))
    elif message.tries >= MAX_TRIES:
        _expired(message, "gave_up")
    elif again_at > deadline(message) and not was_parked(message):
        _expired(message, "window_closed" if needs_window(message) else "gave_up")
    else:
        # What was parked keeps its place, too: parked now, with the window still open, it would leave behind others.
        change(message, state=State.QUEUED, tries=message.tries, not_before=again_at)


def _pause(message: Message, outcome: Postponed, slow_downs: int) -> float:
    """Lane: 1, 4, 16 … seconds, as WhatsApp asks. Connection: jitter, so that lanes do not return in step."""
    if outcome.scope == "lane":
        return max(outcome.seconds, min(4.0 ** min(slow_downs, 10), PAIR_PAUSE_MAX))
    ceiling = min(2.0**message.tries, CONNECTION_PAUSE_MAX)
    return max(outcome.seconds, 1.0, random.uniform(0.5, 1.0) * ceiling)  # noqa: S311


def _look_beyond(message: Message, outcome: Outcome) -> None:
    """What the answer tells about the number or the customer. Lost in a crash, the next send learns it."""
    if isinstance(outcome, Refused):
        if outcome.hold:
            hold(message.connection_id, outcome.title or outcome.detail, outcome.code)
        if outcome.window_closed:
            _close_window(message.ticket_id)
    elif isinstance(outcome, Postponed):
        if outcome.scope == "hold":
            hold(message.connection_id, outcome.detail, outcome.code)
        elif outcome.scope == "account":
            _rest_account(message.connection, max(1.0, outcome.seconds))
        elif outcome.scope == "connection":
            rates.slow_down(message.connection_id, min(max(1.0, outcome.seconds), CONNECTION_PAUSE_MAX))


def _rest_account(connection: Connection, seconds: float) -> None:
    account = account_of(connection)
    others = Connection.objects.live().filter(kind=connection.kind)
    rates.pause([one.pk for one in others if account_of(one) == account], seconds)


@transaction.atomic
def hold(connection_id: int, reason: str, code: str) -> None:
    """Nothing leaves through this connection until a person acts. Its queue waits."""
    connection: Connection = Connection.objects.locked(connection_id)
    if connection.status == Status.HELD:
        return
    connection.status = Status.HELD
    connection.status_reason, connection.status_code = reason[:300], code[:40]
    connection.save(update_fields=["status", "status_reason", "status_code"])
    publish(CONNECTION_UPDATED, connection, to={"company"})
    from tickets.actions import connections  # checking one resumes its lanes, which need this module

    connections.tell_admins(connection, connection.status_reason, connection.status_code)


@transaction.atomic
def _close_window(ticket_id: int) -> None:
    """WhatsApp's clock is the one that counts: ours thought the window was open."""
    ticket = Ticket.objects.with_parts().locked(ticket_id)
    if ticket.window_is_open(now()):
        ticket.last_customer_at = now() - WINDOW
        ticket.save(update_fields=["last_customer_at"])
        tell.ticket_changed(ticket)


def was_parked(message: Message) -> bool:
    """It was written to wait for the window, so a window that closed again is no failure."""
    return "parked" in message.content


def _park_again(message: Message) -> None:
    from tickets.actions import parking  # sending itself needs this module

    change(message, state=State.PARKED, error=None, not_before=None)
    parking.look.nudge(message.company_id, message.ticket_id)


def _expired(message: Message, code: str) -> None:
    if code == "window_closed" and was_parked(message):
        _park_again(message)
        return
    errors = {
        "window_closed": problem(
            code, "The 24-hour window is closed.", "Use a template to write to this customer.", "template"
        ),
        "gave_up": problem(code, "The message could not be sent.", "It was tried many times.", "retry"),
    }
    change(message, state=State.EXPIRED, error=errors[code], not_before=None)


def change(message: Message, **values: Any) -> None:
    for name, value in values.items():
        setattr(message, name, value)
    message.save(update_fields=list(values))
    tell.message_changed(message)
    if message.state in {State.FAILED, State.EXPIRED} and message.author_id:
        notices.tell("failed", [message.author_id], ticket=message.ticket, message=message)


def locked(message_id: int) -> Message:
    message: Message = whole().locked(message_id)
    return message


def whole() -> MessageQuerySet:
    """What sending looks at and events show, in one statement; only files cost a second one."""
    rows: MessageQuerySet = Message.objects.select_related(
        "ticket", "connection", "author", "reply_to__author"
    )
    return rows


@Statement
def _shown() -> Any:
    """What the event of an acceptance needs, and who may see it."""
    return Message.objects.select_related("ticket", "author", "reply_to__author").filter(pk=Later("pk"))


def _lock_provider_id(provider_id: str) -> None:
    """A receipt for this id may arrive in this very moment: one of us waits for the other."""
    with database.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [provider_id])
