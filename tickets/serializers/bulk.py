"""How an act on many tickets looks to its author."""

from typing import Any

from rest_framework import serializers

from tickets.models.bulk import BulkAction
from tickets.serializers.job import JobSerializer


class BulkErrorSerializer(serializers.Serializer[Any]):
    ticket = serializers.IntegerField()
    number = serializers.IntegerField()
    code = serializers.CharField()
    detail = serializers.CharField()


class BulkJobSerializer(JobSerializer):
    action = serializers.ChoiceField(choices=BulkAction.choices)
    errors = BulkErrorSerializer(many=True)  # type: ignore[assignment]  # the row's, not this form's
