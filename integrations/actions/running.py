"""One run of an assistant: the model and its tools in turns, until there is an answer or a hand-over.

Nothing is sent and no ticket is changed here. `integrations.ai.prompts` says what the model is told; its answer
is held against what it was shown (`integrations.ai.grounding`): with `uses_knowledge`, an answer needs a mark [n]
of a source, or [0] where it states no fact; one without is asked for once more, then handed over.
"""

import logging
from collections.abc import Callable
from time import monotonic
from typing import Literal

from integrations.actions import asking
from integrations.actions.conversation import Act as Act
from integrations.actions.conversation import Conversation as Conversation
from integrations.actions.conversation import Handover as Handover
from integrations.actions.conversation import Mode as Mode
from integrations.actions.conversation import Outcome as Outcome
from integrations.actions.conversation import Step as Step
from integrations.actions.judging import Verdict, drop_leaking, judge
from integrations.actions.rounds import Round, begin
from integrations.ai.port import AiError, Reply, Request, Said
from integrations.ai.prompts import CORRECTIONS
from integrations.models import Assistant

logger = logging.getLogger(__name__)

MOST_ROUNDS = 6
MOST_TOOLS = 12
LONGEST = 90.0  # seconds, from the first question on


def run(
    conversation: Conversation,
    *,
    assistant: Assistant,
    mode: Mode,
    purpose: str,
    on_text: Callable[[str], None] | None = None,
    on_step: Callable[[Step], None] | None = None,
    hosted: tuple[Literal["code_interpreter"], ...] = (),
) -> Outcome:
    """Ask until it is settled. `on_text` gets the raw words as they come: for the eyes of people, never to send.

    In an open company scope, outside of any transaction. Never raises for what a provider does.
    """
    ends_at = monotonic() + LONGEST
    turn = begin(conversation, assistant, mode, on_step)
    turn.hosted = hosted
    try:
        for _ in range(MOST_ROUNDS):
            if not conversation.may_go_on():
                return turn.ended(error="overtaken")
            if monotonic() > ends_at:
                return turn.gave_up("confused", "It took too long.")
            reply = _ask(turn, purpose, on_text)
            outcome = _work(turn, reply) if reply.calls else _answer(turn, reply)
            if outcome is not None:
                return outcome
    except AiError as error:
        turn.note("failed", error.detail or error.code)
        return turn.gave_up("failed", error.detail or error.code, error=error.code)
    return turn.gave_up("confused", "It went round in circles.")


def _ask(turn: Round, purpose: str, on_text: Callable[[str], None] | None) -> Reply:
    started = monotonic()
    request = Request(
        model=turn.assistant.model,
        instructions=turn.instructions,
        items=tuple(turn.items),
        tools=tuple(told for _, told in turn.tools.values()),
        temperature=turn.assistant.temperature,
        max_output_tokens=turn.assistant.max_output_tokens,
        hosted=turn.hosted,
    )
    turn.sent(request)
    reply = asking.respond(
        request,
        purpose=purpose,
        assistant=turn.assistant,
        ticket=turn.conversation.ticket,
        by=turn.conversation.by,
        on_text=on_text,
    )
    turn.said(reply, round((monotonic() - started) * 1000))
    return reply


def _work(turn: Round, reply: Reply) -> Outcome | None:
    """Use the tools it asked for. A hand-over ends the run; what stood beside it is not said."""
    if reply.text:
        turn.items.append(Said("assistant", reply.text))
    for call in reply.calls:
        if not turn.conversation.may_go_on():
            return turn.ended(error="overtaken")
        if turn.tools_used >= MOST_TOOLS:
            return turn.gave_up("confused", "It used too many tools.")
        handover = turn.use(call)
        if handover is not None:
            drop_leaking(turn)
            return turn.ended(handover=handover)
        if turn.mistakes > 1:
            return turn.gave_up("confused", "It used tools wrongly again and again.")
    return None


def _answer(turn: Round, reply: Reply) -> Outcome | None:
    """Send it, hand over instead, or ask once for a better one."""
    verdict: Verdict = judge(turn, reply)
    if verdict.handover is not None:
        turn.note(verdict.code, verdict.detail)
        drop_leaking(turn)
        return turn.ended(handover=verdict.handover)
    if not verdict.code:
        return turn.ended(text=verdict.text, cited=verdict.cited)
    turn.note(verdict.code, verdict.detail)
    if turn.corrections >= 1:
        reason = "no_source" if verdict.code in {"no_source", "unknown_source", "unsupported"} else "confused"
        return turn.gave_up(reason, verdict.detail)
    turn.corrections += 1
    turn.items.append(Said("assistant", reply.text or "…"))
    turn.items.append(Said("developer", CORRECTIONS[verdict.code].format(detail=verdict.detail)))
    return None
