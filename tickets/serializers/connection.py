"""How a connection looks to everyone. Secrets only ever show as `has_…`."""

from typing import Any

from rest_framework import serializers

from tickets.models import Connection
from tickets.models.connection import Status
from tickets.transport import transport_for


class WebhookSerializer(serializers.Serializer[Any]):
    """What to copy into the provider's page, and when it last called."""

    url = serializers.CharField()
    verify_token = serializers.CharField()
    last_received_at = serializers.DateTimeField(allow_null=True)


class ShownCredentialsSerializer(serializers.Serializer[Any]):
    phone_number_id = serializers.CharField()
    waba_id = serializers.CharField()
    app_id = serializers.CharField()
    graph_version = serializers.CharField()
    api_root = serializers.CharField()
    on_phone = serializers.BooleanField(required=False)
    has_access_token = serializers.BooleanField()
    has_app_secret = serializers.BooleanField()


class CheckSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    ok = serializers.BooleanField()
    detail = serializers.CharField(allow_blank=True)
    warning = serializers.BooleanField()
    code = serializers.CharField(default="", allow_blank=True)


class LastCheckSerializer(serializers.Serializer[Any]):
    """What the last look at the provider found."""

    checked_at = serializers.DateTimeField()
    checks = CheckSerializer(many=True)


class ConnectionSerializer(serializers.Serializer[Connection]):
    id = serializers.IntegerField()
    name = serializers.CharField()
    kind = serializers.CharField()
    status = serializers.ChoiceField(choices=Status.choices)
    status_reason = serializers.CharField(allow_blank=True)
    status_code = serializers.CharField(allow_blank=True)
    number = serializers.CharField(allow_blank=True)
    verified_name = serializers.CharField(allow_blank=True)
    quality = serializers.CharField(allow_blank=True)
    is_default = serializers.BooleanField()
    is_deleted = serializers.BooleanField()
    queue = serializers.IntegerField(allow_null=True)
    menu = serializers.IntegerField(allow_null=True)
    hours = serializers.IntegerField(allow_null=True)
    greeting = serializers.CharField(allow_blank=True)
    farewell = serializers.CharField(allow_blank=True)
    out_of_hours = serializers.CharField(allow_blank=True)
    reopen_minutes = serializers.IntegerField()
    health = LastCheckSerializer(allow_null=True)
    webhook = WebhookSerializer()
    credentials = ShownCredentialsSerializer()
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    version = serializers.IntegerField()

    def to_representation(self, row: Connection) -> dict[str, Any]:
        described = transport_for(row).describe(row)
        return {
            "id": row.pk,
            "name": row.name,
            "kind": row.kind,
            "status": row.status,
            "status_reason": row.status_reason,
            "status_code": row.status_code,
            "number": row.number,
            "verified_name": row.verified_name,
            "quality": row.quality,
            "is_default": row.is_default,
            "is_deleted": row.is_deleted,
            "queue": row.queue_id,
            "menu": row.menu_id,
            "hours": row.hours_id,
            "greeting": row.greeting,
            "farewell": row.farewell,
            "out_of_hours": row.out_of_hours,
            "reopen_minutes": row.reopen_minutes,
            "health": row.health or None,
            "webhook": described["webhook"],
            "credentials": described["credentials"],
            "created_at": row.created_at,
            "updated_at": row.updated_at,
            "version": row.version,
        }


class HealthSerializer(serializers.Serializer[Any]):
    """The answer of a live check, line by line."""

    ok = serializers.BooleanField()
    checks = CheckSerializer(many=True)


class SendableFormSerializer(serializers.Serializer[Any]):
    """`id` is what a message of the kind `form` names as its `form_id`."""

    id = serializers.CharField()
    name = serializers.CharField()


class KindsSerializer(serializers.Serializer[Any]):
    """`limits` by kind and part: {"buttons": {"buttons": 3, "title": 20}}."""

    kinds = serializers.ListField(child=serializers.CharField())
    limits = serializers.DictField(child=serializers.DictField(child=serializers.IntegerField()))
