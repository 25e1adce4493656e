"""How notifications, their settings and push subscriptions look to the person they belong to."""

from typing import Any

from rest_framework import serializers

from tickets.models import Notification, NotificationSettings, PushSubscription
from tickets.notification_kinds import CHANNELS, DIGESTS, KINDS, SOUNDS

KIND_CHOICES = [(key, key) for key in KINDS]


class NotificationTicketSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    number = serializers.IntegerField()
    contact = serializers.CharField()


class NotificationActorSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    name = serializers.CharField()


class NotificationSerializer(serializers.Serializer[Notification]):
    """`times` counts what happened since the person last read it; rows come from `.with_parts()`."""

    id = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=KIND_CHOICES)
    ticket = NotificationTicketSerializer(allow_null=True)
    message = serializers.IntegerField(allow_null=True)
    actor = NotificationActorSerializer(allow_null=True)
    data = serializers.DictField()  # type: ignore[assignment]
    times = serializers.IntegerField()
    at = serializers.DateTimeField()
    read_at = serializers.DateTimeField(allow_null=True)
    version = serializers.IntegerField()

    def to_representation(self, row: Notification) -> dict[str, Any]:
        ticket, actor = row.ticket, row.actor
        return {
            "id": row.pk,
            "kind": row.kind,
            "ticket": {"id": ticket.pk, "number": ticket.number, "contact": ticket.contact.display_name}
            if ticket
            else None,
            "message": row.message_id,
            "actor": {"id": actor.pk, "name": actor.name} if actor else None,
            "data": row.data,
            "times": row.times,
            "at": row.at,
            "read_at": row.read_at,
            "version": row.version,
        }


class ChannelsSerializer(serializers.Serializer[Any]):
    console = serializers.BooleanField()
    sound = serializers.BooleanField()
    push = serializers.BooleanField()
    email = serializers.BooleanField()


class NotificationSettingsSerializer(serializers.Serializer[NotificationSettings]):
    """`matrix` is complete: every kind with every channel, as it holds now."""

    matrix = serializers.DictField(child=ChannelsSerializer())
    sound = serializers.ChoiceField(choices=SOUNDS)
    volume = serializers.IntegerField()
    quiet_from = serializers.TimeField(allow_null=True)
    quiet_until = serializers.TimeField(allow_null=True)
    quiet_days = serializers.ListField(child=serializers.CharField())
    digest = serializers.ChoiceField(choices=DIGESTS)

    def to_representation(self, row: NotificationSettings) -> dict[str, Any]:
        return {
            "matrix": {kind: {channel: row.wants(kind, channel) for channel in CHANNELS} for kind in KINDS},
            "sound": row.sound,
            "volume": row.volume,
            "quiet_from": row.quiet_from,
            "quiet_until": row.quiet_until,
            "quiet_days": row.quiet_days,
            "digest": row.digest,
        }


class PushSubscriptionSerializer(serializers.Serializer[PushSubscription]):
    id = serializers.IntegerField()
    user_agent = serializers.CharField(allow_blank=True)
    created_at = serializers.DateTimeField()
    last_used_at = serializers.DateTimeField(allow_null=True)
