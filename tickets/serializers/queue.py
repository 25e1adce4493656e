"""How a queue looks to everyone."""

from rest_framework import serializers

from tickets.models import Queue
from tickets.models.queue import Assignment
from tickets.serializers.menu import KeptFileSerializer


class QueueSerializer(serializers.Serializer[Queue]):
    """`members` are the ids of the people who answer there."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    color = serializers.CharField()
    greeting = serializers.CharField(allow_blank=True)
    position = serializers.IntegerField()
    hours = serializers.IntegerField(source="hours_id", allow_null=True)
    out_of_hours = serializers.CharField(allow_blank=True)
    files = KeptFileSerializer(many=True)
    closes = serializers.BooleanField()
    members = serializers.ListField(child=serializers.IntegerField(), source="member_ids")
    assignment = serializers.ChoiceField(choices=Assignment.choices)
    previous_first = serializers.BooleanField()
    capacity = serializers.IntegerField(allow_null=True)
    idle_minutes = serializers.IntegerField(allow_null=True)
    away_minutes = serializers.IntegerField(allow_null=True)
    overflow_minutes = serializers.IntegerField(allow_null=True)
    overflow_queue = serializers.IntegerField(source="overflow_queue_id", allow_null=True)
    inactivity_minutes = serializers.IntegerField(allow_null=True)
    inactivity_close_minutes = serializers.IntegerField(allow_null=True)
    is_deleted = serializers.BooleanField()
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    version = serializers.IntegerField()
