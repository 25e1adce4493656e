"""Whether what a customer writes after the end belongs to the question for a rating, or begins something else."""

from django.utils.timezone import now

from helpdesk.events import publish
from tickets import scales
from tickets.actions import tell, timers
from tickets.events import RATING_UPDATED
from tickets.models import Message, Rating, Ticket, Timer
from tickets.models.history import HistoryKind
from tickets.models.message import Direction
from tickets.models.rating import RatingState
from tickets.models.ticket import Awaiting

TIMER = "rating"


def waiting(ticket: Ticket) -> Rating | None:
    """The rating that this ticket waits for, locked."""
    rows = Rating.objects.waiting().filter(ticket=ticket.pk).select_for_update(of=("self",))
    found: Rating | None = rows.first()
    return found


def belongs(ticket: Ticket, body: str) -> bool:
    """Whether these words may stay in the closed ticket. What cannot be an answer ends the question instead, and
    the words go the ordinary way. The caller holds the ticket's lock."""
    if ticket.awaiting != Awaiting.RATING:
        return False
    rating = waiting(ticket)
    if rating is not None and may_answer(rating, body):
        return True
    end(ticket, rating, RatingState.LEFT)
    return False


def may_answer(rating: Rating, body: str) -> bool:
    if rating.state == RatingState.COMMENTING:
        return bool(body.strip())
    return scales.score_of(body, rating.scale) is not None or scales.is_attempt(body)


def end(ticket: Ticket, rating: Rating | None, state: RatingState) -> None:
    """The ticket waits for nothing any more. A score that is there counts, comment or not."""
    if rating is not None:
        if state != RatingState.GIVEN_UP and rating.score is None and ticket.awaiting == Awaiting.RATING:
            _read_unheard(ticket, rating)
        rating.state = RatingState.ANSWERED if rating.score is not None else state
        rating.save(update_fields=["state", "score", "comment", "tries", "answered_at"])
        told(rating)
    timers.stop(TIMER, ticket=ticket)
    if ticket.awaiting == Awaiting.RATING:
        ticket.awaiting = Awaiting.NOTHING
        ticket.save(update_fields=["awaiting"])
        tell.ticket_changed(ticket)


def note_score(ticket: Ticket, rating: Rating, score: int) -> None:
    """The caller saves it."""
    rating.score, rating.answered_at = score, now()
    data = {"rating": rating.pk, "score": score, "scale": rating.scale}
    ticket.history.create(kind=HistoryKind.RATED, by=None, data=data)


def _read_unheard(ticket: Ticket, rating: Rating) -> None:
    """Words of a moment ago, which the dialogue did not come to before something ended the question."""
    rows = Message.objects.filter(ticket=ticket.pk, direction=Direction.IN, created_at__gte=rating.asked_at)
    for body in rows.order_by("id").values_list("body", flat=True):
        score = scales.score_of(body, rating.scale)
        if score is not None:
            note_score(ticket, rating, score)
            return


def told(rating: Rating) -> None:
    shown: Rating = Rating.objects.with_parts().get(pk=rating.pk)
    publish(RATING_UPDATED, shown, to=shown.audience())


def ring(timer: Timer) -> None:
    """Nobody answered in time."""
    ticket: Ticket = Ticket.objects.get(pk=timer.ticket_id)
    rating = waiting(ticket)
    if rating is not None and rating.expires_at <= now():
        end(ticket, rating, RatingState.EXPIRED if ticket.awaiting == Awaiting.RATING else RatingState.LEFT)
