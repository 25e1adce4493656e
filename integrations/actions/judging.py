"""Whether what a model wrote may be sent to a customer."""

import re
from dataclasses import dataclass

from integrations.actions.conversation import Handover
from integrations.actions.rounds import Round
from integrations.ai import grounding
from integrations.ai.leaks import leaks
from integrations.ai.port import Reply

# Tool calls that small models write as text, in the ways of the families that do so
_CALL = re.compile(
    r"</?\|?(?:tool_call|function_call|tool_calls|function)\b[^>]*>|<\|[a-z_]+\|>|\[TOOL_CALLS\]", re.I
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """`code` is "" when `text` may be sent; otherwise why not. With `handover` there is nothing to ask again."""

    text: str = ""
    cited: tuple[int, ...] = ()
    code: str = ""
    detail: str = ""
    handover: Handover | None = None


def judge(turn: Round, reply: Reply) -> Verdict:
    """From what can never be sent to what only needs its marks taken out."""
    if reply.finish == "refused":
        return _over("out_of_reach", "The provider refused to answer.")
    if gone := given_away(turn, reply.text):
        return _over("unsafe", f"The answer gave away {gone}.")
    if name := _written_call(turn, reply.text):
        if name == "hand_over":
            return _over("asked", "")
        return Verdict(code="not_words", detail=name)
    found = grounding.read(
        reply.text,
        known=range(1, turn.around.sources.count + 1),
        shown=turn.shown,
        is_strict=turn.assistant.uses_knowledge,
    )
    if not found.text:
        return Verdict(code="empty")
    if found.problem:
        return Verdict(found.text, found.cited, found.problem, found.detail)
    for act in turn.acts:  # words that leave later are words all the same
        if gone := given_away(turn, str(act.params.get("text", ""))):
            return _over("unsafe", f"A message for later gave away {gone}.")
        later = grounding.read(
            f"{act.params.get('text', '')} [0]", known=(), shown=turn.shown, is_strict=True
        )
        if later.problem:
            return Verdict(found.text, found.cited, later.problem, later.detail)
    return Verdict(found.text, found.cited)


def given_away(turn: Round, text: str) -> str:
    """What these words would tell that no customer may read; "" when nothing."""
    frame = turn.around.frame
    if frame.boundary in text:
        return "marks of the conversation's frame"
    if grounding.gives_away(text, secret=turn.rules, canary=frame.canary):
        return "its rules"
    return leaks(text, rules=turn.rules, own=turn.assistant.instructions)


def drop_leaking(turn: Round) -> None:
    """Before a hand-over, which does what was declared although no answer was judged: no words that give away."""
    turn.acts[:] = [act for act in turn.acts if not given_away(turn, str(act.params.get("text", "")))]


def _over(reason: str, detail: str) -> Verdict:
    return Verdict(code=reason, detail=detail, handover=Handover(reason, detail))


def _written_call(turn: Round, text: str) -> str:
    """The tool that stands in the text as a call; "" when the text is words."""
    names = [*turn.tools, "hand_over"]
    for name in names:
        spelled = re.escape(name)
        if re.search(
            rf"[\"'`]{spelled}[\"'`]\s*[,:}}]|\b{spelled}\s*[({{\[]|[\[<#*]{{1,2}}{spelled}[\]>#*]", text
        ):
            return name
    return "tool" if _CALL.search(text) else ""
