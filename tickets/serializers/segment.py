"""How a segment looks to those who may use it."""

from typing import Any

from rest_framework import serializers

from tickets.models import Segment
from tickets.models.segment import ContactSort


class SegmentSerializer(serializers.Serializer[Segment]):
    """`owner` is null for the company's segments."""

    id = serializers.IntegerField()
    owner = serializers.IntegerField(source="owner_id", allow_null=True)
    is_shared = serializers.SerializerMethodField()
    name = serializers.CharField()
    color = serializers.CharField()
    filter = serializers.DictField()
    sort = serializers.ChoiceField(choices=ContactSort.choices)
    position = serializers.IntegerField()
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    version = serializers.IntegerField()

    def get_is_shared(self, segment: Segment) -> bool:
        return segment.owner_id is None


class SegmentCountSerializer(serializers.Serializer[Any]):
    """`count` is exact below `cap` and stops there."""

    segment = serializers.IntegerField()
    count = serializers.IntegerField()


class SegmentCountsSerializer(serializers.Serializer[Any]):
    counts = SegmentCountSerializer(many=True)
    cap = serializers.IntegerField()
