"""How long each episode of a ticket waited and was worked on."""

from typing import Any

from rest_framework import serializers


class EpisodeSerializer(serializers.Serializer[Any]):
    """From waiting to closing. Seconds are null while their end, or their beginning, has not come."""

    queued_at = serializers.DateTimeField()
    started_at = serializers.DateTimeField(allow_null=True)
    closed_at = serializers.DateTimeField(allow_null=True)
    rated_at = serializers.DateTimeField(allow_null=True)
    finished_at = serializers.DateTimeField(allow_null=True)
    wait_seconds = serializers.IntegerField(allow_null=True)
    support_seconds = serializers.IntegerField(allow_null=True)
    is_running = serializers.BooleanField()


class TimesSerializer(serializers.Serializer[Any]):
    wait_seconds = serializers.IntegerField()
    support_seconds = serializers.IntegerField()
    episodes = EpisodeSerializer(many=True)
