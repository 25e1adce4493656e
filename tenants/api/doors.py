"""What the doors of this app share: reading input, a person's own doors, and the operator's."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework import serializers, viewsets
from rest_framework.request import Request
from rest_framework.views import APIView

from tenants.actions.sessions import Device
from tenants.authentication import auth_of
from tenants.doors import CompanyDoor
from tenants.models import Company, User
from tenants.roles import OPERATOR
from tenants.scoping import platform_scope
from tenants.throttles import address_of


def read(serializer: type[serializers.Serializer[Any]], request: Request, **kwargs: Any) -> dict[str, Any]:
    """The body, checked. Raises ValidationError with the fields that need another value."""
    given = serializer(data=request.data, **kwargs)
    given.is_valid(raise_exception=True)
    values: dict[str, Any] = given.validated_data
    return values


def device_of(request: Request) -> Device:
    return Device(ip=address_of(request), user_agent=request.headers.get("User-Agent", ""))


def person_of(request: Request) -> User:
    """Whoever is signed in; the view's table has made sure that somebody is."""
    assert isinstance(request.user, User)
    return request.user


def session_of(request: Request) -> int:
    session_id = auth_of(request).session_id
    assert session_id is not None
    return session_id


def company_of(request: Request) -> Company:
    company = auth_of(request).company
    assert company is not None
    return company


class PersonView(CompanyDoor, APIView):
    """One address of a person's own affairs, whatever the company."""

    required: dict[str, str]


class PublicView(CompanyDoor, APIView):
    """No sign-in needed, and a stale one does no harm."""

    authentication_classes = ()
    required: dict[str, str]


class OperatorViewSet(CompanyDoor, viewsets.GenericViewSet[Any]):
    """The operator's door: after the check that it is the operator, all companies are in sight."""

    required: dict[str, str]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if self.required.get(self.action) == OPERATOR:
            self._doors.enter_context(platform_scope(f"operator {person_of(request).pk}"))


class BearerScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = "tenants.authentication.Bearer"
    name = "bearer"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}


class ApiKeyScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = "tenants.authentication.ApiKeyHeader"
    name = "api_key"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        words = "Api-Key hd_…, made under /api/api-keys/."
        return {"type": "apiKey", "in": "header", "name": "Authorization", "description": words}


class MediaCookieScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = "tenants.authentication.MediaCookie"
    name = "media_cookie"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "apiKey", "in": "cookie", "name": "hd_media"}
