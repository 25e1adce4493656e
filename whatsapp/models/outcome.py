"""What became of a fact, in the words of the ledger, and why: codes that the console says in plain language."""

from typing import Any

from django.db import models
from django.db.models import Q

from whatsapp.models.event import Event, Kind, State


class Outcome(models.TextChoices):
    APPLIED = "applied"
    PENDING = "pending"
    WAITING = "waiting"
    SKIPPED = "skipped"
    UNSUPPORTED = "unsupported"
    QUARANTINED = "quarantined"
    DUPLICATE = "duplicate"  # of a fact that came more than once: it counts once all the same


class Reason(models.TextChoices):
    MESSAGE_STORED = "message_stored"
    MESSAGE_GONE = "message_gone"  # it was stored; the contact has been deleted since
    RECEIPT_APPLIED = "receipt_applied"
    RECEIPT_KEPT = "receipt_kept"  # of a message that we do not know
    CHANGE_APPLIED = "change_applied"
    STORED_UNSUPPORTED = "stored_unsupported"
    STORED_UNKNOWN = "stored_unknown"
    WAITS_TURN = "waits_turn"
    TRIES_AGAIN = "tries_again"
    WAITS_MESSAGE = "waits_message"
    NOT_HEARD = "not_heard"  # the contact is blocked, or the group is not served
    PAST_UNWANTED = "past_unwanted"  # an old message out of the period that was chosen for the import
    NO_CONNECTION = "no_connection"
    GAVE_UP = "gave_up"


_STORED_ONLY = Q(kind__in=[Kind.UNSUPPORTED, Kind.UNKNOWN], state=State.APPLIED)
NARROWED: dict[str, Q] = {
    Outcome.APPLIED: Q(state=State.APPLIED) & ~Q(kind__in=[Kind.UNSUPPORTED, Kind.UNKNOWN]),
    Outcome.PENDING: Q(state=State.PENDING),
    Outcome.WAITING: Q(state=State.PARKED),
    Outcome.SKIPPED: Q(state=State.SKIPPED),
    Outcome.UNSUPPORTED: _STORED_ONLY,
    Outcome.QUARANTINED: Q(state=State.QUARANTINED),
    Outcome.DUPLICATE: Q(repeats__gt=0),
}
_OUTCOMES = {
    State.APPLIED: Outcome.APPLIED,
    State.PENDING: Outcome.PENDING,
    State.PARKED: Outcome.WAITING,
    State.SKIPPED: Outcome.SKIPPED,
    State.QUARANTINED: Outcome.QUARANTINED,
}


def outcome_of(event: Event) -> Outcome:
    if event.state == State.APPLIED and event.kind in {Kind.UNSUPPORTED, Kind.UNKNOWN}:
        return Outcome.UNSUPPORTED
    return _OUTCOMES[State(event.state)]


def reason_of(event: Event, message: Any) -> Reason:
    """`message` is the one that it is about, where that is ours."""
    match event.state:
        case State.PENDING:
            return Reason.TRIES_AGAIN if event.tries else Reason.WAITS_TURN
        case State.PARKED:
            return Reason.WAITS_MESSAGE
        case State.SKIPPED:
            return Reason.PAST_UNWANTED if event.kind == Kind.PHONE else Reason.NOT_HEARD
        case State.QUARANTINED:
            return Reason.GAVE_UP if event.connection_id else Reason.NO_CONNECTION
    match event.kind:
        case Kind.UNKNOWN:
            return Reason.STORED_UNKNOWN
        case Kind.UNSUPPORTED:
            return Reason.STORED_UNSUPPORTED
        case Kind.MESSAGE:
            return Reason.MESSAGE_STORED if message else Reason.MESSAGE_GONE
        case Kind.STATUS:
            return Reason.RECEIPT_APPLIED if message else Reason.RECEIPT_KEPT
    return Reason.CHANGE_APPLIED
