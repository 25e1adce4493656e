"""How a sign-in looks: the tokens it answers with, and the row in a person's list of sessions."""

from typing import Any

from rest_framework import serializers

from tenants.models import Session
from tenants.serializers.user import MeSerializer


class SessionSerializer(serializers.Serializer[Any]):
    """`refresh` is only in the body when the caller asked for it; browsers keep it in a cookie."""

    access = serializers.CharField()
    expires_in = serializers.IntegerField(help_text="Seconds until the access token expires.")
    refresh = serializers.CharField(required=False)
    me = MeSerializer()


class LoginSessionSerializer(serializers.Serializer[Session]):
    id = serializers.IntegerField()
    user_agent = serializers.CharField()
    ip = serializers.CharField(allow_null=True)
    created_at = serializers.DateTimeField()
    last_used_at = serializers.DateTimeField()
    is_current = serializers.SerializerMethodField()

    def get_is_current(self, session: Session) -> bool:
        return bool(session.pk == self.context.get("session_id"))
