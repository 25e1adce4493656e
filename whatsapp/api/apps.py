"""The door to the company's apps at Meta: their addresses, and how their secrets are changed."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from tenants.authentication import auth_of
from tenants.doors import CompanyViewSet
from tickets.api.shared import checked
from whatsapp.actions import rotation
from whatsapp.models import App
from whatsapp.serializers.app import AppSerializer


class SecretForm(serializers.Serializer[Any]):
    app_secret = serializers.RegexField(r"^[!-~]{8,200}$", max_length=200, write_only=True)


class AppViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, CompanyViewSet):
    """One row per app; each has a webhook address of its own, and carries any number of connections."""

    model = App
    queryset = App.objects.none()  # for the schema
    serializer_class = AppSerializer
    lookup_value_regex = "[0-9]{1,18}"
    ordering = ("id",)
    required = {
        "list": "connections.write",
        "retrieve": "connections.write",
        "rotate_secret": "connections.write",
        "retire_secrets": "connections.write",
        "rotate_verify_token": "connections.write",
    }

    @extend_schema(request=SecretForm, responses=AppSerializer)
    @action(detail=True, methods=["post"], url_path="rotate-secret")
    def rotate_secret(self, request: Request, pk: int) -> Response:
        """Accept a new app secret beside the old one. Meta is asked first whether it is right."""
        app = self.get_object()
        given = checked(SecretForm, request)
        return self._shown(rotation.rotate_secret(app, given["app_secret"], by=auth_of(request).by))

    @extend_schema(request=None, responses=AppSerializer)
    @action(detail=True, methods=["post"], url_path="retire-secrets")
    def retire_secrets(self, request: Request, pk: int) -> Response:
        """Accept nothing but the newest secret. 409 while Meta still signs with an older one."""
        return self._shown(rotation.retire_secrets(self.get_object(), by=auth_of(request).by))

    @extend_schema(request=None, responses=AppSerializer)
    @action(detail=True, methods=["post"], url_path="rotate-verify-token")
    def rotate_verify_token(self, request: Request, pk: int) -> Response:
        """Make a new verify token; the old one is still answered until the next change."""
        return self._shown(rotation.rotate_verify_token(self.get_object(), by=auth_of(request).by))

    def _shown(self, app: App) -> Response:
        return Response(AppSerializer(app).data)
