"""An assistant's turn: wait until the customer has stopped typing, think outside of any transaction, then speak if it
is still its turn. Whatever a provider does, the customer gets an answer or a person."""

import logging
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from celery import shared_task
from django.db import transaction
from django.utils.timezone import now

from helpdesk.errors import Refused
from integrations import phrases
from integrations.actions import contexts, guards, running, speaking, turns
from integrations.actions.conversation import Conversation, Outcome, Step
from integrations.actions.floor import Floor
from integrations.actions.searching import Passage
from integrations.actions.turns import Who
from integrations.models import Assistant, Turn, TurnState
from integrations.models.call import Purpose
from integrations.tools import registry
from tenants.scoping import CompanyTask
from tickets.actions import reading, timers
from tickets.models import Attachment, Message, Queue, Ticket, Timer
from tickets.models.attachment import State as FileState
from tickets.models.message import Direction, Kind

logger = logging.getLogger(__name__)

TIMER = "assistant"
FILES_PAUSE = timedelta(seconds=2)
FILES_PATIENCE = timedelta(seconds=30)  # what is not here by then is answered without
LAST_ACT = "close_ticket"  # after the answer; the others before it


def who(assistant: Assistant) -> Who:
    return Who(assistant.name, assistant)


def expect(ticket: Ticket, message: Message, assistant: Assistant) -> bool:
    """It answers this message and what comes with it, once the customer pauses. Part of the answering transaction."""
    turn = turns.begin(ticket, message, who(assistant), waits=True)
    if turn is None:
        return False
    due_at = max(now(), message.created_at + timedelta(seconds=assistant.debounce_seconds))
    timers.start(TIMER, ticket=ticket, due_at=due_at)
    return True


def ring(timer: Timer) -> None:
    """The customer has stopped typing. Files that are on their way are waited for, for a while."""
    turn: Turn | None = Turn.objects.under_way().filter(ticket=timer.ticket_id).order_by("-pk").first()
    if turn is None or turn.state != TurnState.WAITING:
        return
    ticket, turn = turns.locked(turn)
    if why := turns.too_late(ticket, turn):
        turns.finish(turn, TurnState.DISCARDED, why)
    elif _files_are_coming(turn):
        timers.start(TIMER, ticket=ticket, due_at=now() + FILES_PAUSE)
    else:
        begin_to_think(turn)


def begin_to_think(turn: Turn) -> None:
    turns.think(turn)
    think.nudge(turn.company_id, turn.pk)
    reading.show_typing.nudge(turn.company_id, turn.ticket_id)


@shared_task(base=CompanyTask)
def think(company_id: int, turn_id: int) -> None:
    """One turn, by one worker. A second run finds it taken."""
    turn = take(turn_id)
    if turn is not None:
        settle(turn, *answer_of(turn))


def take(turn_id: int) -> Turn | None:
    mine = Turn.objects.filter(pk=turn_id, state=TurnState.THINKING, taken_at=None)
    if not mine.update(taken_at=now(), lease_until=now() + turns.LEASE):
        return None
    found: Turn = Turn.objects.select_related("assistant__handover_queue").get(pk=turn_id)
    return found


def answer_of(turn: Turn) -> tuple[Outcome, Attachment | None]:
    """What it would say, and the same spoken where the customer spoke. Takes as long as models do."""
    ticket = Ticket.objects.with_parts().select_related("company", "queue").get(pk=turn.ticket_id)
    assistant = turn.assistant
    if assistant is None or assistant.deleted_at is not None or not assistant.is_on:
        return gives_up("off_duty"), None
    if why := guards.stops(ticket, turn):
        return gives_up(why), None
    summary, items = contexts.of(ticket, turn)
    conversation = Conversation(
        items=items,
        summary=summary,
        ticket=ticket,
        contact=ticket.contact,
        may_go_on=lambda: turns.extend(turn),
    )
    outcome = running.run(conversation, assistant=assistant, mode="live", purpose=Purpose.ANSWER)
    if outcome.text and guards.says_it_again(ticket, outcome.text):
        outcome = gives_up("loop")
    return outcome, _voice(assistant, turn, ticket, outcome)


def settle(turn: Turn, outcome: Outcome, voice: Attachment | None = None) -> bool:
    """Say it, or hand over, if it still may. False: it was too late."""
    turn.input_tokens, turn.output_tokens = outcome.usage.input_tokens, outcome.usage.output_tokens
    steps = [{"kind": step.kind, "ms": step.ms, **step.data} for step in outcome.steps]
    usage = {"input_tokens": turn.input_tokens, "output_tokens": turn.output_tokens, "model": outcome.model}
    return turns.speak(turn, lambda floor: _say(floor, turn, outcome, voice), steps=steps, usage=usage)


def gives_up(reason: str) -> Outcome:
    """Nothing was asked of a model."""
    return Outcome(handover=running.Handover(reason))


def _say(floor: Floor, turn: Turn, outcome: Outcome, voice: Attachment | None) -> None:
    for act in outcome.acts:
        if act.kind != LAST_ACT:
            _perform(floor, act)
    if outcome.handover is not None or not outcome.text:
        _hand_over(floor, outcome)
        return
    files = (voice,) if voice is not None else ()
    sources = _told(outcome.sources)
    said = floor.say("" if files else outcome.text, sources=sources, attachments=files, voice=bool(files))
    if said is None and files:
        floor.say(outcome.text, sources=sources)
    for act in outcome.acts:
        if act.kind == LAST_ACT:
            _perform(floor, act)


def _hand_over(floor: Floor, outcome: Outcome) -> None:
    handover = outcome.handover
    code = outcome.error or (handover.reason if handover else "confused")
    queue = Queue.objects.live().filter(pk=handover.queue).first() if handover and handover.queue else None
    note = handover.note if handover and not outcome.error else ""
    tried = _tried(outcome.steps, floor.ticket.company.language)
    floor.hand_over(
        code, text=outcome.text, note="\n\n".join(part for part in (note, tried) if part), queue=queue
    )


def _perform(floor: Floor, act: Any) -> None:
    """What became impossible meanwhile is left undone, and the answer still leaves."""
    try:
        with transaction.atomic():
            registry.perform(floor.ticket, act)
    except Refused as refused:
        logger.info("act refused", extra={"fields": {"act": act.kind, "why": refused.code}})
    floor.refresh()


def _tried(steps: Iterable[Step], language: str) -> str:
    """The tools that were used, for the agent who goes on."""
    used = [step.data for step in steps if step.kind == "tool"]
    lines = [f"- {one.get('name')}: {str(one.get('arguments', ''))[:160]}" for one in used]
    return "\n".join([phrases.of("tried", language), *lines]) if lines else ""


def _told(sources: Iterable[Passage]) -> list[dict[str, Any]]:
    return [{"id": one.id, "title": one.title, "url": one.url, "text": one.text[:300]} for one in sources]


def _voice(assistant: Assistant, turn: Turn, ticket: Ticket, outcome: Outcome) -> Attachment | None:
    """By voice, where the customer's newest words were spoken and the assistant may."""
    if not assistant.speaks or not outcome.text or outcome.handover is not None:
        return None
    newest = (
        Message.objects.filter(ticket=ticket.pk, direction=Direction.IN, pk__lte=turn.upto)
        .order_by("-pk")
        .first()
    )
    if newest is None or newest.kind != Kind.AUDIO:
        return None
    return speaking.voice_of(outcome.text, ticket)


def _files_are_coming(turn: Turn) -> bool:
    rows = Attachment.objects.filter(
        message__ticket=turn.ticket_id, message__direction=Direction.IN, message__pk__range=(turn.since, turn.upto),
        state__in=[FileState.WANTED, FileState.FETCHING], created_at__gt=now() - FILES_PATIENCE,
    )  # fmt: skip
    return bool(rows.exists())
