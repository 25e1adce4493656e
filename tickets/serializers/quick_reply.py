"""How a quick reply looks to those who may use it."""

from typing import Any

from rest_framework import serializers

from tickets.contents import READERS
from tickets.models import QuickReply
from tickets.models.message import Kind
from tickets.serializers.attachment import AttachmentSerializer
from tickets.serializers.message import AuthorSerializer

REPLY_KINDS = [str(kind) for kind in (Kind.TEXT, *READERS)]


class QuickReplySerializer(serializers.Serializer[QuickReply]):
    """`owner` is null for the company's. Rows come from `.with_parts()`."""

    id = serializers.IntegerField()
    shortcut = serializers.CharField()
    title = serializers.CharField()
    folder = serializers.CharField(allow_blank=True)
    body = serializers.CharField(allow_blank=True)
    kind = serializers.ChoiceField(choices=REPLY_KINDS)
    content = serializers.DictField()
    attachments = AttachmentSerializer(many=True)
    owner = AuthorSerializer(allow_null=True)
    is_shared = serializers.BooleanField()
    used_count = serializers.IntegerField()
    used_at = serializers.DateTimeField(allow_null=True)
    is_deleted = serializers.BooleanField()
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    version = serializers.IntegerField()

    def to_representation(self, row: QuickReply) -> dict[str, Any]:
        return {
            "id": row.pk,
            "shortcut": row.shortcut,
            "title": row.title,
            "folder": row.folder,
            "body": row.body,
            "kind": row.kind,
            "content": row.content,
            "attachments": [_file(kept.attachment) for kept in row.files.all()],
            "owner": {"id": row.owner.pk, "name": row.owner.name} if row.owner else None,
            "is_shared": row.owner_id is None,
            "used_count": row.used_count,
            "used_at": row.used_at,
            "is_deleted": row.is_deleted,
            "created_at": row.created_at,
            "updated_at": row.updated_at,
            "version": row.version,
        }


_file = AttachmentSerializer().to_representation


class RenderedSerializer(serializers.Serializer[Any]):
    """A text as this customer would read it, the files that go with it, and what they could tap."""

    text = serializers.CharField(allow_blank=True)
    attachments = AttachmentSerializer(many=True, source="files")
    kind = serializers.ChoiceField(choices=REPLY_KINDS)
    content = serializers.DictField()
