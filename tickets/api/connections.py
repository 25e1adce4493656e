"""The door to connections: the company's numbers and how they are."""

from dataclasses import asdict
from typing import Any

from django.conf import settings
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from helpdesk.errors import Refused
from tenants.authentication import auth_of
from tickets.actions import connections, moving
from tickets.api.shared import DeletedFilter, NounViewSet, RowField, asked, checked
from tickets.models import Connection, Hours, Menu, Queue
from tickets.serializers.connection import (
    ConnectionSerializer,
    HealthSerializer,
    KindsSerializer,
    SendableFormSerializer,
)
from tickets.transport import TransportError, forms_of, transport_for

KINDS = [(kind, kind) for kind in sorted(settings.TRANSPORTS)]


class CredentialsForm(serializers.Serializer[Any]):
    """What the provider gave the company. Written only: no answer ever shows a secret again."""

    phone_number_id = serializers.CharField(max_length=64, required=False)
    waba_id = serializers.CharField(max_length=64, required=False)
    app_id = serializers.CharField(max_length=32, required=False)
    app_secret = serializers.CharField(max_length=200, required=False, write_only=True)
    access_token = serializers.CharField(max_length=1000, required=False, write_only=True)
    graph_version = serializers.CharField(max_length=8, required=False, allow_blank=True)
    api_root = serializers.CharField(max_length=200, required=False, allow_blank=True)
    session = serializers.CharField(max_length=80, required=False)  # of a gateway
    accepts_risk = serializers.BooleanField(required=False)  # of a linked device


class ConnectionChangeForm(serializers.Serializer[Any]):
    """`reopen_minutes`: a customer who writes again so soon after closing continues the same ticket."""

    name = serializers.CharField(max_length=60)
    queue = RowField(lambda: Queue.objects.live(), required=False, allow_null=True)
    reopen_minutes = serializers.IntegerField(min_value=0, max_value=43_200, required=False)
    is_default = serializers.BooleanField(required=False)
    menu = RowField(lambda: Menu.objects.all(), required=False, allow_null=True)
    hours = RowField(lambda: Hours.objects.all(), required=False, allow_null=True)
    greeting = serializers.CharField(max_length=1024, required=False, allow_blank=True)
    farewell = serializers.CharField(max_length=1024, required=False, allow_blank=True)
    out_of_hours = serializers.CharField(max_length=1024, required=False, allow_blank=True)
    credentials = CredentialsForm(required=False)


class ConnectionForm(ConnectionChangeForm):
    kind = serializers.ChoiceField(choices=KINDS)
    credentials = CredentialsForm()


class MoveForm(serializers.Serializer[Any]):
    """To which kind, and what that kind needs to know."""

    kind = serializers.ChoiceField(choices=KINDS)
    credentials = CredentialsForm()


class ConnectionViewSet(NounViewSet):
    model = Connection
    queryset = Connection.objects.none()  # for the schema
    serializer_class = ConnectionSerializer
    ordering: tuple[str, ...] = ("id",)
    page_size = 100
    required = {
        "list": "connections.read",
        "create": "connections.write",
        "retrieve": "connections.read",
        "partial_update": "connections.write",
        "destroy": "connections.write",
        "restore": "connections.write",
        "check": "connections.write",
        "move": "connections.write",
        "kinds": "connections.read",
        "forms": "connections.read",
    }

    @extend_schema(parameters=[DeletedFilter])
    def list(self, request: Request) -> Response:
        deleted = asked(DeletedFilter, request)["deleted"]
        return self.page_of(ConnectionSerializer, self.get_queryset().filter(deleted_at__isnull=not deleted))

    @extend_schema(request=ConnectionForm, responses={201: ConnectionSerializer})
    def create(self, request: Request) -> Response:
        """Connect a number. It waits for a check before it counts as connected."""
        connection = connections.create(by=auth_of(request).by, **checked(ConnectionForm, request))
        return Response(ConnectionSerializer(connection).data, status=status.HTTP_201_CREATED)

    def retrieve(self, request: Request, pk: int) -> Response:
        return Response(ConnectionSerializer(self.get_object()).data)

    @extend_schema(request=ConnectionChangeForm)
    def partial_update(self, request: Request, pk: int) -> Response:
        given = checked(ConnectionChangeForm, request, partial=True)
        connection = connections.update(self.get_object(), by=auth_of(request).by, **given)
        return Response(ConnectionSerializer(connection).data)

    def destroy(self, request: Request, pk: int) -> Response:
        """Remove the number: nothing comes in or goes out. Conversations stay."""
        connections.delete(self.get_object(), by=auth_of(request).by)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def restore(self, request: Request, pk: int) -> Response:
        """Bring a removed number back."""
        connection = connections.restore(self.get_object(), by=auth_of(request).by)
        return Response(ConnectionSerializer(connection).data)

    @extend_schema(request=MoveForm)
    @action(detail=True, methods=["post"])
    def move(self, request: Request, pk: int) -> Response:
        """Carry the number by another transport; its conversations go on."""
        connection = moving.move(self.get_object(), by=auth_of(request).by, **checked(MoveForm, request))
        return Response(ConnectionSerializer(connection).data)

    @extend_schema(request=None, responses=HealthSerializer)
    @action(detail=True, methods=["post"])
    def check(self, request: Request, pk: int) -> Response:
        """Ask the provider now how the number is."""
        health = connections.check(self.get_object())
        return Response({"ok": health.ok, "checks": [asdict(line) for line in health.checks]})

    @extend_schema(responses=KindsSerializer)
    @action(detail=True, methods=["get"])
    def kinds(self, request: Request, pk: int) -> Response:
        """Which kinds of message this number can send as such, and how long or how many their parts may be."""
        transport = transport_for(self.get_object())
        return Response({"kinds": sorted(transport.kinds), "limits": transport.limits})

    @extend_schema(responses=SendableFormSerializer(many=True), operation_id="connections_forms")
    @action(detail=True, methods=["get"], pagination_class=None)
    def forms(self, request: Request, pk: int) -> Response:
        """The company's published forms, asked of the provider now."""
        try:
            return Response(forms_of(self.get_object()))
        except TransportError as error:
            raise Refused("forms_unreadable", str(error)) from error
