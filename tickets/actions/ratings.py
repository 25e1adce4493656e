"""Asking a customer how it was, after the ticket was closed and can no longer be brought back by undo.

The answer is heard by `tickets.responders.rating`; the ticket stays closed meanwhile.
"""

from datetime import timedelta
from typing import Any

from django.utils.timezone import now

from helpdesk.events import publish
from tickets.actions import automatic, dialogue, notices, rating_answers, timers
from tickets.events import RATING_CREATED
from tickets.models import Rating, Ticket
from tickets.models.rating import RatingState, Scale
from tickets.models.ticket import Awaiting
from tickets.phrases import phrase
from tickets.scales import score_of

OCCASION = "rating"
COMMENT_TIME = timedelta(hours=1)  # words that come later are about something else
COMMENT_MOST = 4000
NO_COMMENT = frozenset({"nao", "não", "no", "n", "nada", "-"})


def ask(ticket: Ticket, data: dict[str, Any]) -> None:
    """Follows a close (see settings.AFTER). Not for who was told nothing, was never answered, or has rated it."""
    scale = ticket.company.option("rating")
    if scale == "off" or data.get("silent") or not ticket.is_closed or ticket.opened_at is None:
        return
    if ticket.merged_into_id is not None or ticket.contact.is_group or _is_asked_enough(ticket):
        return
    for old in Rating.objects.waiting().filter(contact=ticket.contact, connection=ticket.connection):
        rating_answers.end(old.ticket, old, RatingState.LEFT)
    if _say_question(ticket, scale) is None:
        return
    expires_at = now() + timedelta(hours=ticket.company.option("rating_hours"))
    rating = Rating.objects.create(
        ticket=ticket, contact=ticket.contact, connection=ticket.connection, agent_id=ticket.agent_id,
        queue_id=ticket.queue_id, scale=scale, asked_at=now(), expires_at=expires_at,
    )  # fmt: skip
    timers.start(rating_answers.TIMER, ticket=ticket, due_at=expires_at)
    dialogue.wait_for(ticket, Awaiting.RATING)
    shown = Rating.objects.with_parts().get(pk=rating.pk)
    publish(RATING_CREATED, shown, to=shown.audience())


def hear(ticket: Ticket, rating: Rating, words: str) -> None:
    """One message of a customer who was asked. The caller holds the locks of both."""
    if rating.state == RatingState.COMMENTING:
        rating.comment = "" if words.strip().casefold() in NO_COMMENT else words.strip()[:COMMENT_MOST]
        _finish(ticket, rating)
        return
    score = score_of(words, rating.scale)
    if score is None:
        _not_understood(ticket, rating)
        return
    rating_answers.note_score(ticket, rating, score)
    if ticket.company.option("rating_comment") and _say(ticket, "rating_comment"):
        rating.state, rating.expires_at = RatingState.COMMENTING, now() + COMMENT_TIME
        rating.save(update_fields=["score", "answered_at", "state", "expires_at"])
        timers.start(rating_answers.TIMER, ticket=ticket, due_at=rating.expires_at)
        rating_answers.told(rating)
        return
    _finish(ticket, rating)


def question_of(company: Any, scale: str) -> str:
    """The company's own words, or ours."""
    own = str(company.option("rating_text")).strip()
    return own or phrase(f"rating.{scale}", company.language)


def _not_understood(ticket: Ticket, rating: Rating) -> None:
    rating.tries += 1
    if rating.tries >= ticket.company.option("rating_tries"):
        rating_answers.end(ticket, rating, RatingState.GIVEN_UP)
        return
    rating.save(update_fields=["tries"])
    hint = phrase("rating.unknown", ticket.company.language)
    _say_question(ticket, rating.scale, before=f"{hint}\n\n")


def _finish(ticket: Ticket, rating: Rating) -> None:
    rating_answers.end(ticket, rating, RatingState.ANSWERED)
    if ticket.agent_id:
        about = {"scale": rating.scale, "score": rating.score, "text": rating.comment}
        notices.tell("rated", [ticket.agent_id], ticket=ticket, data=about)
    _say(ticket, "rating_thanks")


def _say_question(ticket: Ticket, scale: str, before: str = "") -> Any:
    text = before + question_of(ticket.company, scale)
    buttons = _choices(ticket.company.language) if scale == Scale.CSAT else None
    return automatic.say(ticket, text, occasion=OCCASION, buttons=buttons)


def _choices(language: str) -> list[automatic.Button]:
    """From one to five, so that the number of the line is the score."""
    names = phrase("rating.choices", language).split("|")
    return [{"id": str(score), "title": name} for score, name in enumerate(names, start=1)]


def _say(ticket: Ticket, occasion: str) -> Any:
    own = str(ticket.company.option(f"{occasion}_text")).strip()
    return automatic.say(ticket, own or phrase(occasion, ticket.company.language), occasion=occasion)


def _is_asked_enough(ticket: Ticket) -> bool:
    """This episode is rated already, or the customer was asked lately."""
    if Rating.objects.filter(
        ticket=ticket, state=RatingState.ANSWERED, asked_at__gte=ticket.opened_at
    ).exists():
        return True
    days = ticket.company.option("rating_pause_days")
    since = now() - timedelta(days=days)
    lately = Rating.objects.filter(contact=ticket.contact, asked_at__gt=since)
    return bool(days) and bool(lately.exists())
