"""Keys for programs."""

from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import now
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from tenants.actions import api_keys
from tenants.api.doors import read
from tenants.authentication import auth_of
from tenants.doors import CompanyViewSet
from tenants.models import ApiKey
from tenants.roles import SCOPES
from tenants.serializers.api_key import ApiKeySerializer, CreatedApiKeySerializer


class ApiKeyInputSerializer(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=80)
    scopes = serializers.ListField(
        child=serializers.ChoiceField(list(SCOPES)), allow_empty=False, max_length=len(SCOPES)
    )
    expires_at = serializers.DateTimeField(required=False, allow_null=True)

    def validate_expires_at(self, value: Any) -> Any:
        if value is not None and value <= now():
            raise serializers.ValidationError("This moment has passed.")
        return value


class ApiKeyViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, CompanyViewSet):
    """The list shows keys that still work; `destroy` revokes one."""

    model = ApiKey
    queryset = ApiKey.objects.none()
    serializer_class = ApiKeySerializer
    lookup_value_regex = "[0-9]{1,18}"
    ordering = ("id",)
    required = {
        "list": "api_keys.write",
        "retrieve": "api_keys.write",
        "create": "api_keys.write",
        "destroy": "api_keys.write",
    }

    def get_queryset(self) -> QuerySet[ApiKey]:
        rows: QuerySet[ApiKey] = ApiKey.objects.all()
        return rows.filter(revoked_at=None) if self.action == "list" else rows

    @extend_schema(request=ApiKeyInputSerializer, responses={201: CreatedApiKeySerializer})
    def create(self, request: Request) -> Response:
        """Make a key. The answer shows it for the only time."""
        given = read(ApiKeyInputSerializer, request)
        row, key = api_keys.create(
            name=given["name"],
            scopes=given["scopes"],
            expires_at=given.get("expires_at"),
            by=auth_of(request).by,
        )
        body = {**ApiKeySerializer(row).data, "key": key}
        return Response(body, status=status.HTTP_201_CREATED, headers={"Cache-Control": "no-store"})

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, pk: str) -> Response:
        """Revoke a key: its next call is refused."""
        api_keys.revoke(self.get_object(), by=auth_of(request).by)
        return Response(status=status.HTTP_204_NO_CONTENT)
