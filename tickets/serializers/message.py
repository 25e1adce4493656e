"""How a message looks to everyone: in the thread, in events and in the answer to a send.

Built by hand: a thread shows a hundred at once, and field objects would take most of the answer's time.
"""

from datetime import datetime
from typing import Any

from rest_framework import serializers

from tickets.models import Message
from tickets.models.message import Direction, Kind, State
from tickets.models.message_rows import shape
from tickets.models.wish import WishState
from tickets.serializers.attachment import AttachmentSerializer, with_urls


class AuthorSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    name = serializers.CharField()


class MessageErrorSerializer(serializers.Serializer[Any]):
    """Why a message did not leave; `action` is what an agent can do about it."""

    code = serializers.CharField()
    title = serializers.CharField(allow_blank=True)
    detail = serializers.CharField(allow_blank=True)
    action = serializers.CharField(allow_blank=True)


class QuotedSerializer(serializers.Serializer[Any]):
    """The message that is being answered, as one line."""

    id = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=Kind.choices)
    direction = serializers.ChoiceField(choices=Direction.choices)
    preview = serializers.CharField(allow_blank=True)
    is_removed = serializers.BooleanField()
    author_name = serializers.CharField(allow_null=True)


class ReactionErrorSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    detail = serializers.CharField(allow_blank=True)


class ReactionSerializer(serializers.Serializer[Any]):
    """`state`: how far an agent's emoji came; a customer's has none."""

    emoji = serializers.CharField()
    by = serializers.ChoiceField(choices=["contact", "agent"])
    name = serializers.CharField(allow_blank=True)
    at = serializers.DateTimeField()
    state = serializers.ChoiceField(choices=WishState.choices, required=False)
    error = ReactionErrorSerializer(required=False, allow_null=True)


class MessageEditSerializer(serializers.Serializer[Any]):
    """What a message said before; `at` is when it said so."""

    id = serializers.IntegerField()
    body = serializers.CharField(allow_blank=True)
    at = serializers.DateTimeField()


class MessageSerializer(serializers.Serializer[Message]):
    """Given a message that came `.with_parts()`, or a light row of `as_rows`, it needs no further query."""

    id = serializers.IntegerField()
    ticket = serializers.IntegerField()
    client_id = serializers.UUIDField(allow_null=True)
    direction = serializers.ChoiceField(choices=Direction.choices)
    kind = serializers.ChoiceField(choices=Kind.choices)
    body = serializers.CharField(allow_blank=True)
    author = AuthorSerializer(allow_null=True)
    state = serializers.ChoiceField(choices=State.choices)
    error = MessageErrorSerializer(allow_null=True)
    reply_to = QuotedSerializer(allow_null=True)
    attachments = AttachmentSerializer(many=True)
    content = serializers.DictField()
    reactions = ReactionSerializer(many=True)
    at = serializers.DateTimeField()
    not_before = serializers.DateTimeField(allow_null=True)
    is_forwarded = serializers.BooleanField()
    arrived_late = serializers.BooleanField()
    edited_at = serializers.DateTimeField(allow_null=True)
    removed_at = serializers.DateTimeField(allow_null=True)
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    version = serializers.IntegerField()

    def to_representation(self, row: Any) -> dict[str, Any]:
        if not isinstance(row, Message):
            return _light(row.shown)
        files = row.attachments.all() if row.may_have_files and not row.is_hidden else ()
        return {
            "id": row.pk,
            "ticket": row.ticket_id,
            "client_id": str(row.client_id) if row.client_id else None,
            "direction": row.direction,
            "kind": row.kind,
            "body": row.body,
            "author": {"id": row.author.pk, "name": row.author.name} if row.author else None,
            "state": row.state,
            "error": row.error,
            "reply_to": _quoted(row.reply_to) if row.reply_to else None,
            "attachments": [_attachment(file) for file in files],
            "content": row.content,
            "reactions": row.reactions,
            "at": moment(row.at),
            "not_before": moment(row.not_before) if row.not_before else None,
            "is_forwarded": row.is_forwarded,
            "arrived_late": row.arrived_late,
            "edited_at": moment(row.edited_at) if row.edited_at else None,
            "removed_at": moment(row.removed_at) if row.removed_at else None,
            "created_at": moment(row.created_at),
            "updated_at": moment(row.updated_at),
            "version": row.version,
        }


_attachment = AttachmentSerializer().to_representation


def _light(shown: str) -> dict[str, Any]:
    row = shape(shown)
    for file in row["attachments"]:
        with_urls(file)
    return row


def _quoted(row: Message) -> dict[str, Any]:
    return {
        "id": row.pk,
        "kind": row.kind,
        "direction": row.direction,
        "preview": row.preview,
        "is_removed": row.removed_at is not None,
        "author_name": row.author.name if row.author else None,
    }


def moment(at: datetime) -> str:
    """Milliseconds are as fine as people tell messages apart; rows are kept and paged in microseconds."""
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
