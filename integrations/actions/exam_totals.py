"""The numbers of an exam, summed up from its cases."""

from decimal import ROUND_HALF_UP, Decimal
from math import ceil

from integrations.models import Exam, ExamCase
from integrations.models.exam import WORTH, Verdict

HUNDREDTH = Decimal("0.01")


def sum_up(exam: Exam) -> None:
    """Puts the sums on the row; the caller saves it. Unjudged cases count for nothing yet."""
    columns = ("verdict", "latency_ms", "input_tokens", "output_tokens", "cost")
    rows = list(ExamCase.objects.filter(exam=exam).exclude(verdict="").values_list(*columns))
    verdicts = [row[0] for row in rows]
    for verdict in Verdict.values:
        setattr(exam, verdict, verdicts.count(verdict))
    exam.done = len(rows)
    exam.score = score_of(verdicts)
    latencies = sorted(row[1] for row in rows if row[1] is not None)
    exam.latency_p50, exam.latency_p95 = percentile(latencies, 50), percentile(latencies, 95)
    exam.input_tokens = sum(row[2] for row in rows)
    exam.output_tokens = sum(row[3] for row in rows)
    costs = [row[4] for row in rows if row[4] is not None]
    exam.cost = sum(costs, Decimal(0)) if costs else None


def score_of(verdicts: list[str]) -> Decimal | None:
    """In percent. None where nothing was judged."""
    if not verdicts:
        return None
    worth = sum((WORTH.get(Verdict(verdict), Decimal(0)) for verdict in verdicts), Decimal(0))
    return (100 * worth / len(verdicts)).quantize(HUNDREDTH, ROUND_HALF_UP)


def percentile(ordered: list[int], percent: int) -> int | None:
    """The nearest rank: a value that was really measured."""
    return ordered[max(0, ceil(len(ordered) * percent / 100) - 1)] if ordered else None
