"""How API keys look: never with their secret, except in the answer that creates one."""

from rest_framework import serializers

from tenants.models import ApiKey
from tenants.roles import SCOPES


class ApiKeySerializer(serializers.Serializer[ApiKey]):
    id = serializers.IntegerField()
    name = serializers.CharField()
    prefix = serializers.CharField()
    scopes = serializers.ListField(child=serializers.ChoiceField(list(SCOPES)))
    expires_at = serializers.DateTimeField(allow_null=True)
    last_used_at = serializers.DateTimeField(allow_null=True)
    is_active = serializers.BooleanField()
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    version = serializers.IntegerField()


class CreatedApiKeySerializer(ApiKeySerializer):
    key = serializers.CharField(help_text="Shown this once: only its hash is kept.")
