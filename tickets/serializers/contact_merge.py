"""How a merge of two contacts looks: who became part of whom, and what moved."""

from typing import Any

from rest_framework import serializers

from tickets.models import ContactMerge


class MergedContactSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    display_name = serializers.CharField()


class MergePersonSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    name = serializers.CharField()


class MovedSerializer(serializers.Serializer[Any]):
    """How many of each."""

    addresses = serializers.IntegerField()
    tickets = serializers.IntegerField()
    notes = serializers.IntegerField()
    tags = serializers.IntegerField()


class ContactMergeSerializer(serializers.Serializer[ContactMerge]):
    id = serializers.IntegerField()
    survivor = MergedContactSerializer()
    merged = MergedContactSerializer()
    by = MergePersonSerializer(allow_null=True)
    moved = serializers.SerializerMethodField()
    undone_at = serializers.DateTimeField(allow_null=True)
    undone_by = MergePersonSerializer(allow_null=True)
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    version = serializers.IntegerField()

    def get_moved(self, row: ContactMerge) -> MovedSerializer:
        return {  # type: ignore[return-value]
            kind: len(row.moved.get(kind, [])) for kind in ("addresses", "tickets", "notes", "tags")
        }
