"""What one person keeps about tickets, as their own consoles see it."""

from typing import Any

from rest_framework import serializers

from tickets.models import Draft
from tickets.models.personal import Mode


class DraftSerializer(serializers.Serializer[Draft]):
    """`attachments` are ids of uploads. An empty draft is one that was sent or thrown away."""

    id = serializers.IntegerField()
    ticket = serializers.IntegerField(source="ticket_id")
    body = serializers.CharField(allow_blank=True)
    mode = serializers.ChoiceField(choices=Mode.choices)
    attachments = serializers.ListField(child=serializers.IntegerField())
    reply_to = serializers.IntegerField(source="reply_to_id", allow_null=True)
    mentions = serializers.ListField(child=serializers.IntegerField())
    updated_at = serializers.DateTimeField()
    version = serializers.IntegerField()


class PinsSerializer(serializers.Serializer[Any]):
    """The last one pinned first."""

    tickets = serializers.ListField(child=serializers.IntegerField())
