"""How a tag looks to everyone."""

from rest_framework import serializers

from tickets.models import Tag


class TagSerializer(serializers.Serializer[Tag]):
    id = serializers.IntegerField()
    name = serializers.CharField()
    color = serializers.CharField()
    position = serializers.IntegerField()
    is_deleted = serializers.BooleanField()
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    version = serializers.IntegerField()
