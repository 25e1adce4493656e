"""How a saved view looks to those who may use it."""

from typing import Any

from rest_framework import serializers

from tickets.models import SavedView
from tickets.models.sorting import Sort


class SavedViewSerializer(serializers.Serializer[SavedView]):
    """`owner` is null for the company's views."""

    id = serializers.IntegerField()
    owner = serializers.IntegerField(source="owner_id", allow_null=True)
    is_shared = serializers.SerializerMethodField()
    name = serializers.CharField()
    icon = serializers.CharField(allow_blank=True)
    color = serializers.CharField()
    filter = serializers.DictField()
    sort = serializers.ChoiceField(choices=Sort.choices)
    position = serializers.IntegerField()
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    version = serializers.IntegerField()

    def get_is_shared(self, view: SavedView) -> bool:
        return view.owner_id is None


class ViewCountSerializer(serializers.Serializer[Any]):
    """`count` is exact below `cap` and stops there."""

    view = serializers.IntegerField()
    count = serializers.IntegerField()
    unread = serializers.IntegerField()


class PresetCountSerializer(serializers.Serializer[Any]):
    preset = serializers.CharField()
    count = serializers.IntegerField()
    unread = serializers.IntegerField()


class ViewCountsSerializer(serializers.Serializer[Any]):
    presets = PresetCountSerializer(many=True)
    counts = ViewCountSerializer(many=True)
    cap = serializers.IntegerField()
