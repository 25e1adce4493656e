"""The answer to "how was it?": heard in the closed ticket. What is no answer brings the ticket back to the agents."""

from helpdesk.constraints import unless_taken
from helpdesk.errors import Refused
from tickets.actions import following, rating_answers, ratings, tell
from tickets.actions.opening import ONE_LIVE, bring_back, other_open_ticket
from tickets.models import Message, Rating, Ticket
from tickets.models.history import HistoryKind
from tickets.models.message import Kind
from tickets.models.rating import RatingState
from tickets.models.ticket import Awaiting


def answer(message: Message) -> bool:
    ticket = message.ticket
    if not ticket.is_closed:
        return False
    rating = rating_answers.waiting(ticket) if ticket.awaiting == Awaiting.RATING else None
    if rating is None:
        if _came_with_an_answer(ticket, message):
            _bring_to_agents(ticket, message)
        return False
    if message.created_at < rating.asked_at:
        return False  # part of the conversation that is rated
    words = _words(message)
    if rating_answers.may_answer(rating, words):
        ratings.hear(ticket, rating, words)
        return True
    rating_answers.end(ticket, rating, RatingState.LEFT)
    _bring_to_agents(ticket, message)
    return False


def _came_with_an_answer(ticket: Ticket, message: Message) -> bool:
    """Written before the answer was heard, and left over."""
    return bool(
        Rating.objects.filter(
            ticket=ticket, answered_at__gte=message.created_at, asked_at__lte=message.created_at
        ).exists()
    )


def _words(message: Message) -> str:
    """A button's own id, or what was typed. A picture answers nothing."""
    if message.kind in {Kind.BUTTON_REPLY, Kind.LIST_REPLY}:
        return str(message.content.get("id") or "") or message.body
    return message.body if message.kind == Kind.TEXT else ""


def _bring_to_agents(ticket: Ticket, message: Message) -> None:
    """It came in one breath with an answer, so it lies in the closed ticket: nothing a customer says is lost there."""
    before = ticket.audience()
    try:
        with unless_taken({ONE_LIVE: lambda: other_open_ticket(ticket.connection_id, ticket.contact_id)}):
            bring_back(ticket, kind=HistoryKind.REOPENED, by=None)
    except Refused:
        return  # they already wrote into a new one
    ticket.unread_count += 1
    ticket.waiting_since = message.at
    ticket.save(update_fields=["unread_count", "waiting_since"])
    following.moved(ticket)
    tell.ticket_changed(ticket, also=before)
