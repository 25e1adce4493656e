"""How a bulk job looks to its author."""

from typing import Any

from rest_framework import serializers

from tickets.models import BulkJob
from tickets.models.bulk import BulkAction, BulkState


class BulkErrorSerializer(serializers.Serializer[Any]):
    ticket = serializers.IntegerField()
    number = serializers.IntegerField()
    code = serializers.CharField()
    detail = serializers.CharField()


class BulkJobSerializer(serializers.Serializer[BulkJob]):
    """`updated` tickets were changed, `errors` names the first of those that were not."""

    id = serializers.IntegerField()
    action = serializers.ChoiceField(choices=BulkAction.choices)
    params = serializers.DictField()
    state = serializers.ChoiceField(choices=BulkState.choices)
    total = serializers.IntegerField()
    updated = serializers.IntegerField()
    failed = serializers.IntegerField()
    undone = serializers.IntegerField()
    kept = serializers.IntegerField()
    errors = BulkErrorSerializer(many=True)  # type: ignore[assignment]  # the row's, not this form's
    finished_at = serializers.DateTimeField(allow_null=True)
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    version = serializers.IntegerField()
