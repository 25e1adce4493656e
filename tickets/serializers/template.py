"""How a template looks to everyone."""

from dataclasses import asdict
from typing import Any

from rest_framework import serializers

from tickets import template_parts
from tickets.models import Template
from tickets.models.template import TemplateCategory, TemplateFormat, TemplateStatus
from tickets.serializers.attachment import AttachmentSerializer


class BlankSerializer(serializers.Serializer[Any]):
    """Something to fill in: `key` names it in a choice, `name` is what its author called it."""

    key = serializers.CharField()
    kind = serializers.ChoiceField(choices=["text", "code", "image", "video", "document", "location"])
    name = serializers.CharField(allow_blank=True)
    example = serializers.CharField(allow_blank=True)


class TemplateSerializer(serializers.Serializer[Template]):
    """`components` are what the provider has, `edited` what was written since. Rows come `.with_parts()`."""

    id = serializers.IntegerField()
    kind = serializers.CharField()
    account = serializers.CharField()
    name = serializers.CharField()
    language = serializers.CharField()
    category = serializers.ChoiceField(choices=TemplateCategory.choices)
    next_category = serializers.CharField(allow_blank=True)
    status = serializers.ChoiceField(choices=TemplateStatus.choices)
    reason = serializers.CharField(allow_blank=True)
    advice = serializers.CharField(allow_blank=True)
    quality = serializers.CharField(allow_blank=True)
    format = serializers.ChoiceField(choices=TemplateFormat.choices)
    components = serializers.ListField(child=serializers.DictField())
    edited = serializers.ListField(child=serializers.DictField(), allow_null=True)
    blanks = BlankSerializer(many=True)
    defaults = serializers.DictField(child=serializers.CharField())
    files = AttachmentSerializer(many=True)
    is_sendable = serializers.BooleanField()
    is_known = serializers.BooleanField()
    submitted_at = serializers.DateTimeField(allow_null=True)
    synced_at = serializers.DateTimeField(allow_null=True)
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    version = serializers.IntegerField()

    def to_representation(self, row: Template) -> dict[str, Any]:
        same = ("id", "kind", "account", "name", "language", "category", "next_category", "status", "reason")
        told = ("advice", "quality", "format", "components", "edited", "defaults", "is_sendable", "is_known")
        times = ("submitted_at", "synced_at", "created_at", "updated_at", "version")
        return {
            **{name: getattr(row, name) for name in (*same, *told, *times)},
            "blanks": [asdict(blank) for blank in template_parts.blanks_of(row.components)],
            "files": [_file(kept.attachment) for kept in row.files.all()],
        }


_file = AttachmentSerializer().to_representation
