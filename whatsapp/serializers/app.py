"""How an app at Meta looks: its address, which secrets it accepts by their fingerprints, never a secret."""

from typing import Any

from django.conf import settings
from rest_framework import serializers

from whatsapp.models import App
from whatsapp.models.app import fingerprint


class SecretSerializer(serializers.Serializer[Any]):
    """`is_used`: the newest webhook was signed with it."""

    fingerprint = serializers.CharField()
    is_newest = serializers.BooleanField()
    is_used = serializers.BooleanField()


class AppSerializer(serializers.Serializer[App]):
    id = serializers.IntegerField()
    app_id = serializers.CharField()
    graph_version = serializers.CharField()
    webhook_url = serializers.CharField()
    verify_token = serializers.CharField()
    accepts_former_token = serializers.BooleanField()
    secrets = SecretSerializer(many=True)
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    version = serializers.IntegerField()

    def to_representation(self, row: App) -> dict[str, Any]:
        marks = [fingerprint(secret) for secret in row.secrets]
        return {
            "id": row.pk,
            "app_id": row.app_id,
            "graph_version": row.graph_version,
            "webhook_url": f"{settings.WEBHOOK_ROOT}{row.webhook_path}",
            "verify_token": row.verify_token,
            "accepts_former_token": bool(row.former_verify_token),
            "secrets": [
                {"fingerprint": mark, "is_newest": place == 0, "is_used": mark == row.signed_with}
                for place, mark in enumerate(marks)
            ],
            "created_at": row.created_at,
            "updated_at": row.updated_at,
            "version": row.version,
        }
