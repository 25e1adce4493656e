"""The door to what AI took: calls, tokens, money, time, and how conversations ended."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.timezone import now
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from integrations.models import AiCall, usage
from integrations.models.call import Outcome, Purpose
from integrations.models.provider import timezone_of_company
from tenants.doors import CompanyViewSet
from tickets.api.shared import IdField, asked

LONGEST = timedelta(days=800)


class UsageFilters(serializers.Serializer[Any]):
    """`after` and `before` default to this month, by the company's own clock."""

    by = serializers.ChoiceField(choices=usage.GROUPS, default="assistant")
    after = serializers.DateTimeField(required=False)
    before = serializers.DateTimeField(required=False)
    assistant = IdField(required=False)
    provider = IdField(required=False)
    purpose = serializers.ChoiceField(choices=Purpose.choices, required=False)

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        if "after" in given and "before" in given and given["before"] - given["after"] > LONGEST:
            raise serializers.ValidationError({"before": ["At most two years at once."]})
        return given


class AiUsageLineSerializer(serializers.Serializer[Any]):
    """`key` is an id, a name, a day like 2026-11-21 or a month like 2026-11; blank for calls of no assistant.

    `unpriced` calls worked, and the company gave no price for their model: the cost is without them. Of `estimated`
    ones the provider told no tokens, so they are our guess. `outcomes` counts them by what became of them.
    `conversations` are of assistants: `handed_over`, `taken_over` by people who spoke after it, or `resolved` alone.
    """

    key = serializers.CharField(allow_blank=True)
    name = serializers.CharField(allow_blank=True)
    currency = serializers.CharField()
    calls = serializers.IntegerField()
    failed = serializers.IntegerField()
    unpriced = serializers.IntegerField()
    estimated = serializers.IntegerField()
    input_tokens = serializers.IntegerField()
    cached_tokens = serializers.IntegerField()
    output_tokens = serializers.IntegerField()
    audio_seconds = serializers.FloatField()
    cost = serializers.DecimalField(max_digits=14, decimal_places=6)
    latency_p50_ms = serializers.IntegerField(allow_null=True)
    latency_p95_ms = serializers.IntegerField(allow_null=True)
    outcomes = serializers.DictField(child=serializers.IntegerField())
    conversations = serializers.IntegerField()
    handed_over = serializers.IntegerField()
    taken_over = serializers.IntegerField()
    resolved = serializers.IntegerField()


class AiUsageReportSerializer(serializers.Serializer[Any]):
    after = serializers.DateTimeField()
    before = serializers.DateTimeField()
    lines = AiUsageLineSerializer(many=True)


class UsageViewSet(CompanyViewSet):
    model = AiCall
    queryset = AiCall.objects.none()  # for the schema
    serializer_class = AiUsageReportSerializer
    required = {"report": "ai.read"}

    @extend_schema(parameters=[UsageFilters], operation_id="ai_usage_report")
    def report(self, request: Request) -> Response:
        """What a period took, by assistant, purpose, model, provider, day or month."""
        given = asked(UsageFilters, request)
        zone = timezone_of_company()
        after, before = _period(given, zone)
        rows = AiCall.objects.filter(at__gte=after, at__lt=before).exclude(outcome=Outcome.ASKING)
        for name in ("assistant", "provider", "purpose"):
            if name in given:
                rows = rows.filter(**{name: given[name]})
        lines = usage.totals(rows, given["by"], zone)
        _add_ends(lines, given["by"], after, before)
        body = {"after": after, "before": before, "lines": lines}
        return Response(AiUsageReportSerializer(body).data)


def _period(given: dict[str, Any], zone: str) -> tuple[datetime, datetime]:
    before = given.get("before") or now()
    month = now().astimezone(ZoneInfo(zone)).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    after = given.get("after") or min(month, before - timedelta(seconds=1))
    return after, before


def _add_ends(lines: list[dict[str, Any]], by: str, after: datetime, before: datetime) -> None:
    """How conversations ended is known of assistants; a second currency of the same one adds nothing."""
    ends = usage.ended(after, before) if by == "assistant" else {}
    for line in lines:
        line |= ends.pop(line["key"], usage.NO_ENDS)
