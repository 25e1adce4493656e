"""What an exam will take, told before it begins: from earlier exams, or else from the length of what is asked."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from integrations.actions import exam_cases, spending
from integrations.ai import estimates
from integrations.ai.port import Usage
from integrations.models import AiProvider, Assistant, Exam, ExamSet
from integrations.models.exam import ExamState
from integrations.models.provider import this_month

# Where nothing was measured yet: our own rules and some sources, twice (a tool in between), and the judge.
RULES_TOKENS = 1_200
SOURCES_TOKENS = 1_500
ANSWER_TOKENS = 250
SECONDS = 8
ROUNDS = 2
CALLS = ROUNDS + 1


@dataclass(frozen=True, slots=True)
class Estimate:
    """`cost` is None where the company gave no price; `left` where there is no budget that stops."""

    cases: int
    input_tokens: int
    output_tokens: int
    cost: Decimal | None
    currency: str
    seconds: int
    based_on: Literal["exams", "guess"]
    left: Decimal | None
    has_provider: bool

    @property
    def is_affordable(self) -> bool:
        """A budget that stops refuses a model without a price."""
        is_priced = self.cost is not None and self.cost < (self.left or 0)
        return self.has_provider and (self.left is None or is_priced)


def estimate(assistant: Assistant, *, size: int, questions: ExamSet | None) -> Estimate:
    """How many cases there are, and what they will take."""
    cases = min(size, questions.size) if questions else exam_cases.count_tickets(size)
    provider = AiProvider.objects.that_answers_for(assistant)
    measured = _measured(assistant)
    each = measured or _guessed(assistant)
    usage = Usage(input_tokens=each[0] * cases, output_tokens=each[1] * cases)
    return Estimate(
        cases=cases,
        input_tokens=usage.input_tokens,
        output_tokens=usage.output_tokens,
        cost=spending.cost(provider, assistant.model or provider.chat_model, usage) if provider else None,
        currency=provider.currency if provider else "",
        seconds=each[2] * cases,
        based_on="exams" if measured else "guess",
        left=_left(provider) if provider else None,
        has_provider=provider is not None,
    )


def _measured(assistant: Assistant) -> tuple[int, int, int] | None:
    """Tokens in, tokens out and seconds of one case, in its last exams."""
    last = Exam.objects.filter(assistant=assistant, state=ExamState.DONE, done__gt=0).order_by("-id")[:3]
    rows = list(last.values_list("done", "input_tokens", "output_tokens", "latency_p50"))
    cases = sum(row[0] for row in rows)
    tokens_in, tokens_out = sum(row[1] for row in rows), sum(row[2] for row in rows)
    if not cases or not tokens_in:
        return None
    slowest = max(row[3] or 0 for row in rows)
    return tokens_in // cases, tokens_out // cases, max(1, round(slowest * 1.5 / 1000))


def _guessed(assistant: Assistant) -> tuple[int, int, int]:
    own = estimates.tokens(len(assistant.instructions.encode()))
    sources = SOURCES_TOKENS if assistant.uses_knowledge else 0
    tokens_in = (RULES_TOKENS + own) * ROUNDS + sources * CALLS + RULES_TOKENS
    return tokens_in, ANSWER_TOKENS * CALLS, SECONDS


def _left(provider: AiProvider) -> Decimal | None:
    if provider.monthly_budget is None or not provider.stop_at_budget:
        return None
    return max(Decimal(0), provider.monthly_budget - provider.spent_in(this_month()))
