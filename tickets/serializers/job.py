"""How one act on many rows looks to its author."""

from typing import Any

from rest_framework import serializers

from tickets.models.jobs import BulkState


class JobSerializer(serializers.Serializer[Any]):
    """`updated` rows were changed; `kept` were not put back, because somebody changed them since.

    `errors` names the first of those that stayed as they were.
    """

    id = serializers.IntegerField()
    params = serializers.DictField()
    state = serializers.ChoiceField(choices=BulkState.choices)
    total = serializers.IntegerField()
    updated = serializers.IntegerField()
    failed = serializers.IntegerField()
    undone = serializers.IntegerField()
    kept = serializers.IntegerField()
    finished_at = serializers.DateTimeField(allow_null=True)
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    version = serializers.IntegerField()
