"""The doors through which a number comes: pasted values looked at live, and what is left to do afterwards."""

from dataclasses import asdict
from typing import Any

from django.conf import settings
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from tenants.authentication import auth_of
from tenants.doors import CompanyDoor, CompanyViewSet
from tickets.api.shared import checked
from tickets.models import Connection
from whatsapp.actions import numbers, rotation
from whatsapp.cloud_api import apps, pasted
from whatsapp.cloud_api.credentials import allowed_root, allowed_version
from whatsapp.cloud_api.pasted import Pasted


class PastedForm(serializers.Serializer[Any]):
    """What is typed so far."""

    app_id = serializers.CharField(max_length=64, required=False, allow_blank=True, default="")
    app_secret = serializers.CharField(
        max_length=200, required=False, allow_blank=True, default="", write_only=True
    )
    access_token = serializers.CharField(
        max_length=1000, required=False, allow_blank=True, default="", write_only=True
    )
    waba_id = serializers.CharField(max_length=64, required=False, allow_blank=True, default="")
    phone_number_id = serializers.CharField(max_length=64, required=False, allow_blank=True, default="")
    graph_version = serializers.CharField(max_length=8, required=False, allow_blank=True, default="")
    api_root = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")


class LineSerializer(serializers.Serializer[Any]):
    name = serializers.ChoiceField(["app_secret", "access_token", "account", "number"])
    state = serializers.ChoiceField(["ok", "warning", "failed", "waiting"])
    code = serializers.CharField()
    detail = serializers.CharField(allow_blank=True)
    facts = serializers.DictField(child=serializers.CharField())


class AccountSerializer(serializers.Serializer[Any]):
    id = serializers.CharField()
    name = serializers.CharField(allow_blank=True)


class NumberSerializer(serializers.Serializer[Any]):
    """A number of the account. `on_phone`: it lives in the WhatsApp Business app as well."""

    id = serializers.CharField()
    number = serializers.CharField()
    name = serializers.CharField(allow_blank=True)
    is_registered = serializers.BooleanField()
    is_verified = serializers.BooleanField()
    on_phone = serializers.BooleanField()


class FindingsSerializer(serializers.Serializer[Any]):
    """One line per value, and what the token leads to, to choose from."""

    lines = LineSerializer(many=True)
    accounts = AccountSerializer(many=True)
    numbers = NumberSerializer(many=True)


class StepSerializer(serializers.Serializer[Any]):
    name = serializers.ChoiceField(["number", "verified", "registered", "subscribed", "callback"])
    state = serializers.ChoiceField(["ok", "todo", "failed", "skipped"])
    code = serializers.CharField(allow_blank=True)
    detail = serializers.CharField(allow_blank=True)


class StepsSerializer(serializers.Serializer[Any]):
    steps = StepSerializer(many=True)


class PinForm(serializers.Serializer[Any]):
    pin = serializers.RegexField(r"^[0-9]{6}$", write_only=True)


class CodeRequestForm(serializers.Serializer[Any]):
    method = serializers.ChoiceField(["sms", "voice"], default="sms")
    language = serializers.RegexField(r"^[a-z]{2}([-_][A-Z]{2})?$", default="en_US")


class CodeForm(serializers.Serializer[Any]):
    code = serializers.RegexField(r"^[0-9]{4,8}$", write_only=True)


class TokenForm(serializers.Serializer[Any]):
    access_token = serializers.RegexField(r"^[!-~]{10,1000}$", max_length=1000, write_only=True)


class ProbeViewSet(CompanyDoor, viewsets.GenericViewSet[Any]):
    """Looks at credentials without keeping them."""

    required = {"look": "connections.write"}

    @extend_schema(request=PastedForm, responses=FindingsSerializer)
    def look(self, request: Request) -> Response:
        """Ask Meta about every value that is there: whether it is right, and if not, why."""
        given = checked(PastedForm, request)
        root = allowed_root(given.pop("api_root").strip() or settings.WHATSAPP_API_ROOT)
        version = allowed_version(given.pop("graph_version").strip() or settings.WHATSAPP_GRAPH_VERSION)
        values = {name: value.strip() for name, value in given.items()}
        found = pasted.look(Pasted(root, version, **values))
        return Response(asdict(found))


class CloudNumberViewSet(CompanyViewSet):
    """What a connected number still needs, step by step, each asked of Meta and done there."""

    model = Connection
    queryset = Connection.objects.none()  # for the schema
    required = dict.fromkeys(
        ("steps", "register", "change_pin", "request_code", "verify_code", "subscribe", "callback", "token"),
        "connections.write",
    )

    def get_queryset(self) -> Any:
        return Connection.objects.live().filter(kind="cloud_api")

    @extend_schema(responses=StepsSerializer)
    def steps(self, request: Request, pk: int) -> Response:
        """What is done and what is left, asked of Meta now."""
        return self._steps(self.get_object())

    @extend_schema(request=PinForm, responses=StepsSerializer)
    def register(self, request: Request, pk: int) -> Response:
        """Register the number, and set its two-step PIN where it has none."""
        connection = self.get_object()
        numbers.register(connection, checked(PinForm, request)["pin"], by=auth_of(request).by)
        return self._steps(connection)

    @extend_schema(request=PinForm, responses=StepsSerializer)
    def change_pin(self, request: Request, pk: int) -> Response:
        """Set another two-step PIN."""
        connection = self.get_object()
        numbers.change_pin(connection, checked(PinForm, request)["pin"], by=auth_of(request).by)
        return self._steps(connection)

    @extend_schema(request=CodeRequestForm, responses={204: None})
    def request_code(self, request: Request, pk: int) -> Response:
        """Have WhatsApp send the number a code, by SMS or a call."""
        connection = self.get_object()
        numbers.request_code(connection, **checked(CodeRequestForm, request))
        return Response(status=204)

    @extend_schema(request=CodeForm, responses=StepsSerializer)
    def verify_code(self, request: Request, pk: int) -> Response:
        """Tell WhatsApp the code that came."""
        connection = self.get_object()
        numbers.verify_code(connection, checked(CodeForm, request)["code"], by=auth_of(request).by)
        return self._steps(connection)

    @extend_schema(request=None, responses=StepsSerializer)
    def subscribe(self, request: Request, pk: int) -> Response:
        """Let the app receive the account's webhooks."""
        connection = self.get_object()
        numbers.subscribe(connection, by=auth_of(request).by)
        return self._steps(connection)

    @extend_schema(request=None, responses=StepsSerializer)
    def callback(self, request: Request, pk: int) -> Response:
        """Save our webhook address at the app. Meta asks it for a challenge while this call lasts."""
        connection = self.get_object()
        numbers.point_callback(connection, by=auth_of(request).by)
        return self._steps(connection)

    @extend_schema(request=TokenForm, responses=StepsSerializer)
    def token(self, request: Request, pk: int) -> Response:
        """Replace the access token wherever this one is used, after trying the new one."""
        connection = self.get_object()
        changed = rotation.rotate_token(
            connection, checked(TokenForm, request)["access_token"], by=auth_of(request).by
        )
        apps.forget(connection.company_id)
        return self._steps(next(one for one in changed if one.pk == connection.pk))

    def _steps(self, connection: Connection) -> Response:
        return Response({"steps": [asdict(step) for step in numbers.steps(connection)]})
