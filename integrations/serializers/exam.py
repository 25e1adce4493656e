"""How exams of assistants look: the row with its sums, one case with everything to read beside it, a set."""

from typing import Any

from rest_framework import serializers

from integrations.models import Exam, ExamCase, ExamSet
from integrations.models.exam import ExamSource, ExamState, Verdict


class NamedSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    name = serializers.CharField()


class VerdictCountsSerializer(serializers.Serializer[Any]):
    right = serializers.IntegerField()
    partly = serializers.IntegerField()
    wrong = serializers.IntegerField()
    unsupported = serializers.IntegerField()
    missed_handover = serializers.IntegerField()
    needless_handover = serializers.IntegerField()
    error = serializers.IntegerField()


class ExamSerializer(serializers.Serializer[Exam]):
    """`is_current`: the assistant has not changed since. `reason` says why it failed. Latencies in milliseconds."""

    id = serializers.IntegerField()
    assistant = NamedSerializer()
    edition = serializers.IntegerField()
    is_current = serializers.BooleanField()
    threshold = serializers.IntegerField()
    source = serializers.ChoiceField(choices=ExamSource.choices)  # type: ignore[assignment]  # the row's, not this form's
    questions = NamedSerializer(allow_null=True)
    by = NamedSerializer(allow_null=True)
    state = serializers.ChoiceField(choices=ExamState.choices)
    reason = serializers.CharField(allow_blank=True)
    size = serializers.IntegerField()
    done = serializers.IntegerField()
    score = serializers.FloatField(allow_null=True)
    is_passed = serializers.BooleanField()
    verdicts = VerdictCountsSerializer()
    input_tokens = serializers.IntegerField()
    output_tokens = serializers.IntegerField()
    cost = serializers.DecimalField(max_digits=14, decimal_places=6, allow_null=True)
    currency = serializers.CharField(allow_blank=True)
    latency_p50 = serializers.IntegerField(allow_null=True)
    latency_p95 = serializers.IntegerField(allow_null=True)
    finished_at = serializers.DateTimeField(allow_null=True)
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    version = serializers.IntegerField()

    def to_representation(self, row: Exam) -> dict[str, Any]:
        plain = ("edition", "threshold", "source", "state", "reason", "size", "done", "is_passed")
        took = ("input_tokens", "output_tokens", "currency", "latency_p50", "latency_p95", "finished_at")
        return {
            "id": row.pk,
            "assistant": _named(row.assistant),
            "is_current": row.edition == row.assistant.edition,
            "questions": _named(row.questions),
            "by": _named(row.user),
            "score": None if row.score is None else float(row.score),
            "verdicts": {verdict: getattr(row, verdict) for verdict in Verdict.values},
            "cost": None if row.cost is None else str(row.cost),
            **{name: getattr(row, name) for name in (*plain, *took)},
            **{name: getattr(row, name) for name in ("created_at", "updated_at", "version")},
        }


class ExamContextSerializer(serializers.Serializer[Any]):
    by = serializers.ChoiceField(choices=["customer", "people"])
    text = serializers.CharField()


class ExamSourceSerializer(serializers.Serializer[Any]):
    title = serializers.CharField(allow_blank=True)
    text = serializers.CharField()
    source = serializers.CharField()  # type: ignore[assignment]  # the row's, not this form's
    url = serializers.CharField(allow_blank=True)


class ExamHandoverSerializer(serializers.Serializer[Any]):
    reason = serializers.CharField()
    note = serializers.CharField(allow_blank=True)


class ExamTicketSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    number = serializers.IntegerField()


class ExamCaseSerializer(serializers.Serializer[ExamCase]):
    """`verdict` is blank until it is judged; `found` is the machine's, `judged_by` who said otherwise."""

    id = serializers.IntegerField()
    exam = serializers.IntegerField()
    position = serializers.IntegerField()
    ticket = ExamTicketSerializer(allow_null=True)
    context = ExamContextSerializer(many=True)  # type: ignore[assignment]  # the row's, not this form's
    question = serializers.CharField()
    expected = serializers.CharField(allow_blank=True)
    needs_person = serializers.BooleanField(allow_null=True)
    answer = serializers.CharField(allow_blank=True)
    sources = ExamSourceSerializer(many=True)
    handover = ExamHandoverSerializer(allow_null=True)
    acts = serializers.ListField(child=serializers.DictField())
    verdict = serializers.ChoiceField(choices=Verdict.choices, allow_blank=True)
    found = serializers.ChoiceField(choices=Verdict.choices, allow_blank=True)
    reason = serializers.CharField(allow_blank=True)
    judged_by = NamedSerializer(allow_null=True)
    judged_at = serializers.DateTimeField(allow_null=True)
    latency_ms = serializers.IntegerField(allow_null=True)
    input_tokens = serializers.IntegerField()
    output_tokens = serializers.IntegerField()
    cost = serializers.DecimalField(max_digits=14, decimal_places=6, allow_null=True)
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    version = serializers.IntegerField()

    def to_representation(self, row: ExamCase) -> dict[str, Any]:
        asked = ("position", "context", "question", "expected", "needs_person")
        said = ("answer", "sources", "handover", "acts", "verdict", "found", "reason", "judged_at")
        took = ("latency_ms", "input_tokens", "output_tokens")
        return {
            "id": row.pk,
            "exam": row.exam_id,
            "ticket": {"id": row.ticket_id, "number": row.ticket.number} if row.ticket else None,
            "judged_by": _named(row.judged_by),
            "cost": None if row.cost is None else str(row.cost),
            **{name: getattr(row, name) for name in (*asked, *said, *took)},
            **{name: getattr(row, name) for name in ("created_at", "updated_at", "version")},
        }


class ExamSetSerializer(serializers.Serializer[ExamSet]):
    id = serializers.IntegerField()
    name = serializers.CharField()
    size = serializers.IntegerField()
    by = NamedSerializer(allow_null=True)
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    version = serializers.IntegerField()

    def to_representation(self, row: ExamSet) -> dict[str, Any]:
        plain = ("name", "size", "created_at", "updated_at", "version")
        return {"id": row.pk, "by": _named(row.user), **{name: getattr(row, name) for name in plain}}


class ExamQuestionSerializer(serializers.Serializer[Any]):
    question = serializers.CharField()
    expected = serializers.CharField(allow_blank=True)
    needs_person = serializers.BooleanField(allow_null=True)


class ExamSetWholeSerializer(ExamSetSerializer):
    """With its questions."""

    questions = ExamQuestionSerializer(many=True)

    def to_representation(self, row: ExamSet) -> dict[str, Any]:
        return {**super().to_representation(row), "questions": row.questions}


class ExamEstimateSerializer(serializers.Serializer[Any]):
    """`cost` is null where the company gave no price; `left` (of this month's budget) where nothing stops."""

    cases = serializers.IntegerField()
    input_tokens = serializers.IntegerField()
    output_tokens = serializers.IntegerField()
    cost = serializers.DecimalField(max_digits=14, decimal_places=6, allow_null=True)
    currency = serializers.CharField(allow_blank=True)
    seconds = serializers.IntegerField()
    based_on = serializers.ChoiceField(choices=["exams", "guess"])
    left = serializers.DecimalField(max_digits=14, decimal_places=6, allow_null=True)
    has_provider = serializers.BooleanField()
    is_affordable = serializers.BooleanField()


def _named(row: Any) -> dict[str, Any] | None:
    return {"id": row.pk, "name": row.name} if row else None
