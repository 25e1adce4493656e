"""How a policy of service levels looks."""

from typing import Any

from rest_framework import serializers

from tickets.models import SlaPolicy
from tickets.models.ticket import Priority
from tickets.serializers.ticket import PRIORITIES


class PrioritiesField(serializers.ListField):
    """Stored as numbers, said as words."""

    child = serializers.ChoiceField(choices=PRIORITIES)

    def to_representation(self, data: Any) -> Any:
        return [Priority(number).label for number in data]

    def to_internal_value(self, data: Any) -> Any:
        words = super().to_internal_value(data)
        return sorted({priority.value for priority in Priority if priority.label in words})


class SlaPolicySerializer(serializers.Serializer[SlaPolicy]):
    """Minutes of null are not promised; empty lists of queues, connections and priorities mean any."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    position = serializers.IntegerField()
    first_reply_minutes = serializers.IntegerField(allow_null=True)
    next_reply_minutes = serializers.IntegerField(allow_null=True)
    resolution_minutes = serializers.IntegerField(allow_null=True)
    business_hours = serializers.BooleanField()
    warn_percent = serializers.IntegerField()
    is_default = serializers.BooleanField()
    queues = serializers.ListField(child=serializers.IntegerField())
    connections = serializers.ListField(child=serializers.IntegerField())
    priorities = PrioritiesField()
    is_deleted = serializers.BooleanField()
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    version = serializers.IntegerField()
