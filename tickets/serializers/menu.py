"""How a menu looks to everyone."""

from typing import Any

from rest_framework import serializers

from tickets.menus import KINDS
from tickets.models import Menu
from tickets.models.attachment import Kind as FileKind


class KeptFileSerializer(serializers.Serializer[Any]):
    """A file that is sent again and again."""

    id = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=FileKind.choices)
    name = serializers.CharField(allow_blank=True)
    mime = serializers.CharField()
    size = serializers.IntegerField()
    url = serializers.CharField()


class MenuOptionSerializer(serializers.Serializer[Any]):
    """`key` never changes, so that customers in the menu keep their place. `options` are those below it."""

    key = serializers.CharField()
    title = serializers.CharField()
    kind = serializers.ChoiceField(choices=KINDS)
    text = serializers.CharField(allow_blank=True)
    queue = serializers.IntegerField(allow_null=True)
    agent = serializers.IntegerField(allow_null=True)
    files = KeptFileSerializer(many=True)
    closes = serializers.BooleanField()
    options = serializers.ListField(child=serializers.DictField())


class MenuSerializer(serializers.Serializer[Menu]):
    """`text` stands above the first choices."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    text = serializers.CharField(allow_blank=True)
    options = MenuOptionSerializer(many=True)
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    version = serializers.IntegerField()

    def to_representation(self, row: Menu) -> dict[str, Any]:
        return {
            "id": row.pk,
            "name": row.name,
            "text": row.text,
            "options": row.options,
            "created_at": row.created_at,
            "updated_at": row.updated_at,
            "version": row.version,
        }
