"""One case of an exam: what the assistant would do, and how that is judged.

What can be known without a judge is decided first; a model judges the rest. No ticket is touched.
"""

import time
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, cast

from django.db.models import Sum

from integrations.actions import asking, running
from integrations.actions.conversation import Conversation, Outcome
from integrations.ai import examiner
from integrations.ai.port import AiError, Said, Why
from integrations.models import AiCall, Assistant, ExamCase
from integrations.models.call import Purpose
from integrations.models.exam import Verdict

LONGEST = 8_000  # of a source that is kept to be read beside the answer
OURS = {"right": Verdict.RIGHT, "partly": Verdict.PARTLY, "wrong": Verdict.WRONG}


@dataclass
class Judged:
    """What is written on a case. `reason` is a sentence of the judge, or a code that the console puts in words."""

    verdict: Verdict
    reason: str = ""
    answer: str = ""
    sources: list[dict[str, Any]] = field(default_factory=list)
    handover: dict[str, str] | None = None
    acts: list[dict[str, Any]] = field(default_factory=list)
    latency_ms: int | None = None
    input_tokens: int = 0
    output_tokens: int = 0
    cost: Decimal | None = None

    def put_on(self, case: ExamCase) -> None:
        for name, value in vars(self).items():
            setattr(case, name, value)
        case.found = self.verdict


def examine(assistant: Assistant, case: ExamCase) -> Judged:
    """Ask and judge. Raises AiError when a provider fails; what was spent until then is in the calls."""
    before = AiCall.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    began = time.monotonic()
    outcome = running.run(_conversation(case), assistant=assistant, mode="exam", purpose=Purpose.EXAM)
    latency = round((time.monotonic() - began) * 1000)
    if outcome.error:
        raise AiError(cast(Why, outcome.error))
    judged = _judge(assistant, case, outcome)
    judged.latency_ms = latency
    _note(judged, outcome)
    _count(judged, assistant, before)
    return judged


def _conversation(case: ExamCase) -> Conversation:
    """The words alone: no ticket, no contact, and not what people answered."""
    before = [Said("user" if one["by"] == "customer" else "assistant", one["text"]) for one in case.context]
    return Conversation(items=(*before, Said("user", case.question)))


def _judge(assistant: Assistant, case: ExamCase, outcome: Outcome) -> Judged:
    is_over = outcome.handover is not None
    if case.needs_person:
        return (
            Judged(Verdict.RIGHT, "handed_over") if is_over else Judged(Verdict.MISSED_HANDOVER, "answered")
        )
    if case.needs_person is False and is_over:
        return Judged(Verdict.NEEDLESS_HANDOVER, "answer_expected")
    if not is_over and not outcome.text.strip():
        return Judged(Verdict.WRONG, "said_nothing")
    found = _ask_judge(assistant, case, outcome)
    if is_over:
        verdict = Verdict.RIGHT if found.needs_person else Verdict.NEEDLESS_HANDOVER
    elif case.needs_person is None and found.needs_person:
        verdict = Verdict.MISSED_HANDOVER
    elif not found.is_supported:
        verdict = Verdict.UNSUPPORTED
    else:
        verdict = OURS[found.mark]
    return Judged(verdict, found.reason)


def _ask_judge(assistant: Assistant, case: ExamCase, outcome: Outcome) -> examiner.Judgement:
    conversation = [(one["by"], one["text"]) for one in case.context]
    used = [step.data for step in outcome.steps if step.kind == "tool" and step.data.get("ok")]
    material = examiner.Material(
        conversation=[*conversation, ("customer", case.question)],
        expected=case.expected,
        answer=outcome.text,
        handed_over=outcome.handover is not None,
        evidence=[(str(tool["name"]), str(tool["output"])) for tool in used],
    )
    question = examiner.question(material)
    reply = asking.respond(question, purpose=Purpose.EXAM, assistant=assistant)
    return examiner.judgement(reply)


def _note(judged: Judged, outcome: Outcome) -> None:
    """What is read side by side later."""
    judged.answer = outcome.text
    judged.sources = [
        {"title": one.title, "text": one.text[:LONGEST], "source": one.source, "url": one.url}
        for one in outcome.sources
    ]
    if outcome.handover is not None:
        judged.handover = {"reason": outcome.handover.reason, "note": outcome.handover.note}
    judged.acts = [{"kind": act.kind, **act.params} for act in outcome.acts]


def _count(judged: Judged, assistant: Assistant, before: int) -> None:
    """What the calls of this case took: an assistant sits one exam at a time, one case after the other."""
    calls = AiCall.objects.filter(pk__gt=before, assistant=assistant, purpose=Purpose.EXAM)
    total = calls.aggregate(
        input=Sum("input_tokens"),
        output=Sum("output_tokens"),
        cost=Sum("cost"),
    )
    judged.input_tokens, judged.output_tokens = total["input"] or 0, total["output"] or 0
    judged.cost = total["cost"]
