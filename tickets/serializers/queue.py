"""How a queue looks to everyone."""

from rest_framework import serializers

from tickets.models import Queue


class QueueSerializer(serializers.Serializer[Queue]):
    """`members` are the ids of the people who answer there."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    color = serializers.CharField()
    greeting = serializers.CharField(allow_blank=True)
    position = serializers.IntegerField()
    members = serializers.ListField(child=serializers.IntegerField(), source="member_ids")
    is_deleted = serializers.BooleanField()
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    version = serializers.IntegerField()
