"""What the company knows about what a ticket's customer asks now."""

from integrations.actions.searching import Found, search
from tickets.models import Message, Ticket

LATEST = 3  # messages that the question is taken from
MOST = 1_000  # characters


def question_of(ticket: Ticket) -> str:
    """What the customer said last, since we last answered; their very last words when we answered already."""
    said: list[str] = []
    rows = Message.objects.filter(ticket=ticket, direction__in=["in", "out"]).order_by("-id")
    for direction, body in rows.values_list("direction", "body")[:20]:
        if direction == "out" and said:
            break
        if direction == "in" and body.strip():
            said.append(body.strip())
        if len(said) == LATEST:
            break
    return "\n".join(reversed(said))[-MOST:]


def for_ticket(
    ticket: Ticket, *, limit: int = 3, threshold: float | None = None, answers_only: bool = True
) -> Found:
    question = question_of(ticket)
    return search(question, limit=limit, threshold=threshold, answers_only=answers_only)
