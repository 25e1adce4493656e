"""How a step in a ticket's life looks beside the conversation."""

from typing import Any

from rest_framework import serializers

from tickets.models import TicketHistory
from tickets.models.history import HistoryKind


class HistoryAuthorSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    name = serializers.CharField()


class HistorySerializer(serializers.Serializer[TicketHistory]):
    """`data` holds what changed: from_queue, to_queue, from_agent, to_agent as {id, name}, or a reason."""

    id = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=HistoryKind.choices)
    by = HistoryAuthorSerializer(allow_null=True)
    at = serializers.DateTimeField(source="created_at")
    data = serializers.DictField()  # type: ignore[assignment]
