"""How a scheduled message looks to its author and to supervisors, and each line of its log."""

from typing import Any

from rest_framework import serializers

from tickets.models import ScheduledMessage, ScheduledSend
from tickets.models.message import State
from tickets.models.schedule import BusinessDays, ScheduleState, SendState, Unit, WithoutTicket
from tickets.serializers.attachment import AttachmentSerializer
from tickets.serializers.message import AuthorSerializer, MessageErrorSerializer


class ChosenTemplateSerializer(serializers.Serializer[Any]):
    """The choice as it was made; see `tickets.api.template_choice`."""

    name = serializers.CharField()
    language = serializers.CharField()
    variables = serializers.DictField(child=serializers.CharField(allow_blank=True), required=False)
    header = serializers.DictField(required=False)
    cards = serializers.ListField(child=serializers.DictField(), required=False)


class RepeatSerializer(serializers.Serializer[Any]):
    """`times` and `until` end it; `business_days` says what happens to other dates."""

    unit = serializers.ChoiceField(choices=Unit.choices)
    every = serializers.IntegerField()
    times = serializers.IntegerField(allow_null=True)
    until = serializers.DateField(allow_null=True)


class ScheduledContactSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    display_name = serializers.CharField()


class ScheduledMessageSerializer(serializers.Serializer[ScheduledMessage]):
    """Rows come from `.with_parts()`. `at` is the first time, `next_at` the next."""

    id = serializers.IntegerField()
    name = serializers.CharField(allow_blank=True)
    state = serializers.ChoiceField(choices=ScheduleState.choices)
    ended_because = serializers.CharField(allow_blank=True)
    author = AuthorSerializer(allow_null=True)
    connection = AuthorSerializer()
    queue = AuthorSerializer(allow_null=True)
    contacts = ScheduledContactSerializer(many=True)
    tags = serializers.ListField(child=serializers.IntegerField())
    body = serializers.CharField(allow_blank=True)
    attachments = AttachmentSerializer(many=True)
    template = ChosenTemplateSerializer(allow_null=True)
    fallback_template = ChosenTemplateSerializer(allow_null=True)
    without_ticket = serializers.ChoiceField(choices=WithoutTicket.choices)
    cancel_on_reply = serializers.BooleanField()
    at = serializers.DateTimeField()
    next_at = serializers.DateTimeField(allow_null=True)
    repeat = RepeatSerializer(allow_null=True)
    business_days = serializers.ChoiceField(choices=BusinessDays.choices)
    done_times = serializers.IntegerField()
    sent_count = serializers.IntegerField()
    failed_count = serializers.IntegerField()
    waiting_count = serializers.IntegerField()
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    version = serializers.IntegerField()

    def to_representation(self, row: ScheduledMessage) -> dict[str, Any]:
        named = ("id", "name", "state", "ended_because", "body", "template", "fallback_template")
        kept = ("without_ticket", "cancel_on_reply", "next_at", "business_days", "done_times", "sent_count")
        last = ("failed_count", "waiting_count", "created_at", "updated_at", "version")
        return {
            **{name: getattr(row, name) for name in (*named, *kept, *last)},
            "author": _named(row.author),
            "connection": _named(row.connection),
            "queue": _named(row.queue),
            "contacts": [{"id": one.pk, "display_name": one.display_name} for one in row.contacts.all()],
            "tags": [tag.pk for tag in row.tags.all()],
            "attachments": [_file(kept.attachment) for kept in row.files.all()],
            "at": row.first_at,
            "repeat": _repeat(row),
        }


class SentMessageStateSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    ticket = serializers.IntegerField()
    state = serializers.ChoiceField(choices=State.choices)
    error = MessageErrorSerializer(allow_null=True)


class ScheduledSendSerializer(serializers.Serializer[ScheduledSend]):
    """`message` tells what became of it after it was sent."""

    id = serializers.IntegerField()
    contact = ScheduledContactSerializer()
    occurrence = serializers.IntegerField()
    due_at = serializers.DateTimeField()
    state = serializers.ChoiceField(choices=SendState.choices)
    reason = serializers.CharField(allow_blank=True)
    detail = serializers.CharField(allow_blank=True)
    used_fallback = serializers.BooleanField()
    message = SentMessageStateSerializer(allow_null=True)
    updated_at = serializers.DateTimeField()

    def to_representation(self, row: ScheduledSend) -> dict[str, Any]:
        sent = row.message
        return {
            "id": row.pk,
            "contact": {"id": row.contact.pk, "display_name": row.contact.display_name},
            "occurrence": row.occurrence,
            "due_at": row.due_at,
            "state": row.state,
            "reason": row.reason,
            "detail": row.detail,
            "used_fallback": row.used_fallback,
            "message": sent
            and {"id": sent.pk, "ticket": sent.ticket_id, "state": sent.state, "error": sent.error},
            "updated_at": row.updated_at,
        }


def _named(row: Any) -> dict[str, Any] | None:
    return {"id": row.pk, "name": row.name} if row else None


def _repeat(row: ScheduledMessage) -> dict[str, Any] | None:
    if not row.unit:
        return None
    return {"unit": row.unit, "every": row.every, "times": row.times, "until": row.until}


_file = AttachmentSerializer().to_representation
