"""The door to linked devices: QR codes, connect, disconnect, log out. The device has the connection's id."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from helpdesk.errors import Refused
from tenants.authentication import auth_of
from tenants.doors import CompanyViewSet
from tickets.models import Connection
from whatsapp.actions import devices
from whatsapp.actions.past import Period
from whatsapp.models import Device
from whatsapp.models.device import Past
from whatsapp.serializers.device import DeviceSerializer

KIND = "qr"


class PastInput(serializers.Serializer[Any]):
    """Which old conversations are imported. `period` needs one of the days at least; both belong to it."""

    past = serializers.ChoiceField(choices=Past.choices)
    past_from = serializers.DateField(required=False, allow_null=True, default=None)
    past_until = serializers.DateField(required=False, allow_null=True, default=None)


class PairInput(PastInput):
    """Without `past`, what was chosen before still counts."""

    past = serializers.ChoiceField(choices=Past.choices, required=False)


class DeviceViewSet(CompanyViewSet):
    model = Device
    queryset = Device.objects.none()  # for the schema
    serializer_class = DeviceSerializer
    lookup_value_regex = "[0-9]{1,18}"
    ordering: tuple[str, ...] = ("connection_id",)
    page_size = 100
    required = {
        "list": "connections.write",
        "retrieve": "connections.write",
        "partial_update": "connections.write",
        "pair": "connections.write",
        "connect": "connections.write",
        "disconnect": "connections.write",
        "logout": "connections.write",
        "restart": "connections.write",
    }

    @extend_schema(responses=DeviceSerializer(many=True))
    def list(self, request: Request) -> Response:
        """Who has a QR code to show, or is online. A connection without a device was never linked."""
        page = self.paginate_queryset(self.get_queryset().filter(connection__deleted_at=None))
        return self.get_paginated_response([DeviceSerializer(row).data for row in page or []])

    def retrieve(self, request: Request, pk: int) -> Response:
        return Response(DeviceSerializer(self.get_object()).data)

    @extend_schema(request=PastInput)
    def partial_update(self, request: Request, pk: int) -> Response:
        """Choose which old conversations are imported from now on."""
        connection = self._device()
        period = period_of(PastInput(data=request.data))
        return Response(
            DeviceSerializer(devices.choose_past(connection, period, by=auth_of(request).by)).data
        )

    @extend_schema(request=PairInput)
    @action(detail=True, methods=["post"])
    def pair(self, request: Request, pk: int) -> Response:
        """Ask for QR codes, beginning with the first. They arrive as `device.updated`."""
        connection = self._device()
        period = period_of(PairInput(data=request.data))
        row = devices.pair(connection, by=auth_of(request).by, period=period if period.past else None)
        return Response(DeviceSerializer(row).data)

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def connect(self, request: Request, pk: int) -> Response:
        """Connect a linked device again."""
        return self._after(devices.connect)

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def disconnect(self, request: Request, pk: int) -> Response:
        """Leave WhatsApp and stay linked."""
        return self._after(devices.disconnect)

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def logout(self, request: Request, pk: int) -> Response:
        """Give the link up."""
        return self._after(devices.logout)

    @extend_schema(request=None, responses=DeviceSerializer(many=True), filters=False)
    @action(detail=False, methods=["post"], pagination_class=None)
    def restart(self, request: Request) -> Response:
        """Connect all linked devices anew."""
        rows = devices.restart_all(by=auth_of(request).by)
        return Response([DeviceSerializer(row).data for row in rows])

    def _after(self, act: Any) -> Response:
        return Response(DeviceSerializer(act(self._device(), by=auth_of(self.request).by)).data)

    def _device(self) -> Connection:
        connection = self._connection()
        if connection.kind != KIND:
            raise Refused("not_a_device", "This connection is no linked device.")
        return connection

    def _connection(self) -> Connection:
        rows = Connection.objects.live().select_related("company")
        found: Connection = get_object_or_404(rows, pk=self.kwargs["pk"])
        return found


def period_of(given: serializers.Serializer[Any]) -> Period:
    given.is_valid(raise_exception=True)
    chosen = given.validated_data
    return Period(chosen.get("past", ""), chosen["past_from"], chosen["past_until"])
