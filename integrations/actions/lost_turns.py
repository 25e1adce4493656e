"""No customer is left in silence: turns whose workers died, and conversations in which nothing has the turn.

Looked for again and again, because whatever should have gone on may be gone with its worker or with its nudge.
"""

from datetime import timedelta
from typing import Any

from celery import shared_task
from django.db import transaction
from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet, Subquery
from django.utils.timezone import now

from integrations.actions import thinking, turns
from integrations.actions.turns import Who
from integrations.models import Turn, TurnState
from tenants.scoping import CompanyTask, platform_scope
from tickets.actions import answering, dialogue, whole
from tickets.models import Message, Ticket, Timer
from tickets.models.message import Direction, State
from tickets.models.ticket import WINDOW, Awaiting, Status

PATIENCE = timedelta(seconds=30)  # in which whatever goes on by itself has gone on
MOST_TRIES = 1  # another worker tries once; then people go on
SWEEP_LIMIT = 200
# An answer that never arrived, or of which nobody knows whether it did
LOST = Q(state__in=[State.FAILED, State.EXPIRED, State.CANCELLED]) | Q(
    state=State.DOUBTFUL, error__action="decide"
)


@shared_task
def sweep() -> None:
    with platform_scope("turns of all companies that nothing goes on with"):
        lost = Turn.objects.filter(state=TurnState.THINKING, lease_until__lt=now())
        for company_id, turn_id in list(lost.values_list("company_id", "pk")[:SWEEP_LIMIT]):
            revive.nudge(company_id, turn_id)
        for company_id, ticket_id in list(_silent().values_list("company_id", "pk")[:SWEEP_LIMIT]):
            rescue.nudge(company_id, ticket_id)


@shared_task(base=CompanyTask)
def revive(company_id: int, turn_id: int) -> None:
    """Its worker died: another tries, once. A bot of others may have done its part already, so people go on."""
    turn: Turn | None = Turn.objects.filter(pk=turn_id).first()
    if turn is None:
        return
    with transaction.atomic():
        ticket, turn = turns.locked(turn)
        if turn.state != TurnState.THINKING or (turn.lease_until or now()) >= now():
            return
        if why := turns.too_late(ticket, turn):
            turns.finish(turn, TurnState.DISCARDED, why)
        elif turn.bot is None and turn.tries < MOST_TRIES:
            thinking.begin_to_think(turns.again(ticket, turn))
        else:
            turns.hand_over(turn, "worker_lost")


@shared_task(base=CompanyTask)
def rescue(company_id: int, ticket_id: int) -> None:
    """Nothing has the turn although the customer wrote, or nothing ever had it: people go on."""
    with transaction.atomic():
        ticket = whole.locked(ticket_id)
        if not _silent().filter(pk=ticket_id).exists():
            return
        last = turns.newest(ticket)
        message = Message.objects.filter(ticket=ticket_id, direction=Direction.IN).order_by("-pk").first()
        who = Who(last.name, last.assistant, last.bot) if last else None
        turn = turns.begin(ticket, message, who) if who and message else None
        if turn is None or last is None or message is None:
            dialogue.wait_for(ticket, Awaiting.NOTHING)
        else:
            turns.hand_over(turn, "off_duty" if message.pk > last.upto else "unsayable")


def _silent() -> QuerySet[Any]:
    """Tickets that wait for something that answers by itself, where nothing will: what the customer wrote is no
    turn's, or the answer did not get through."""
    turn = Turn.objects.filter(ticket=OuterRef("pk"))
    last = turn.order_by("-pk")
    heard = Message.objects.filter(ticket=OuterRef("pk"), direction=Direction.IN)
    heard = heard.exclude(content__has_key=answering.MISSED).order_by()
    newest = heard.values("ticket").annotate(newest=Max("pk")).values("newest")
    expected = Timer.objects.filter(ticket=OuterRef("pk"), kind__in=[answering.TIMER, thinking.TIMER])
    lost = Message.objects.filter(LOST, pk=OuterRef("said"))
    rows: QuerySet[Any] = Ticket.objects.filter(
        ~Exists(turn.under_way()), ~Exists(expected), awaiting=Awaiting.BOT, status=Status.PENDING, agent=None,
        last_message_at__range=(now() - WINDOW, now() - PATIENCE),
    )  # fmt: skip
    rows = rows.annotate(
        answered=Subquery(last.values("upto")[:1]),
        said=Subquery(last.values("said__0")[:1]),
        heard=Subquery(newest),
    )
    return rows.filter(Q(answered=None) | Q(heard__gt=F("answered")) | Exists(lost))
