"""How business hours look to everyone."""

from typing import Any

from rest_framework import serializers

from tickets.hours import WEEKDAYS
from tickets.models import Hours


class HolidaySerializer(serializers.Serializer[Any]):
    """Without shifts the day is closed."""

    date = serializers.DateField()
    name = serializers.CharField(allow_blank=True)
    shifts = serializers.ListField(child=serializers.ListField(child=serializers.CharField()))


class HoursSerializer(serializers.Serializer[Hours]):
    """`weekly` has a list of shifts ["09:00", "18:00"] for each of mon … sun; a blank `timezone` is the
    company's."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    timezone = serializers.CharField(allow_blank=True)
    weekly = serializers.DictField(
        child=serializers.ListField(child=serializers.ListField(child=serializers.CharField()))
    )
    holidays = HolidaySerializer(many=True)
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    version = serializers.IntegerField()

    def to_representation(self, row: Hours) -> dict[str, Any]:
        return {
            "id": row.pk,
            "name": row.name,
            "timezone": row.timezone,
            "weekly": {day: row.weekly.get(day, []) for day in WEEKDAYS},
            "holidays": row.holidays,
            "created_at": row.created_at,
            "updated_at": row.updated_at,
            "version": row.version,
        }
