"""How a custom field looks to everyone."""

from rest_framework import serializers

from tickets.models import CustomField
from tickets.models.custom_field import FieldOn, FieldType


class FieldSerializer(serializers.Serializer[CustomField]):
    """`choices` are those of the types choice and multi."""

    id = serializers.IntegerField()
    on = serializers.ChoiceField(choices=FieldOn.choices)
    key = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    type = serializers.ChoiceField(choices=FieldType.choices)
    choices = serializers.ListField(child=serializers.CharField())
    help = serializers.CharField(allow_blank=True)
    required_to_close = serializers.BooleanField()
    position = serializers.IntegerField()
    is_deleted = serializers.BooleanField()
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    version = serializers.IntegerField()
