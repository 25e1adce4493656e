"""How an audit entry looks."""

from typing import Any

from rest_framework import serializers

from tenants.models import AuditEntry
from tenants.serializers.user import PersonRefSerializer


class AuditEntrySerializer(serializers.Serializer[AuditEntry]):
    """`actor` is null when a program or nobody signed in did it; `data.api_key` names the program's key."""

    id = serializers.IntegerField()
    action = serializers.CharField()
    actor = PersonRefSerializer(allow_null=True)
    target = serializers.CharField()
    data = serializers.SerializerMethodField()  # type: ignore[assignment]  # the contract's own word
    at = serializers.DateTimeField(source="created_at")

    def get_data(self, entry: AuditEntry) -> dict[str, Any]:
        key = {"api_key": entry.api_key.prefix} if entry.api_key else {}
        return {**entry.data, **key}
