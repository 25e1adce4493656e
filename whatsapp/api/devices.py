"""The door to linked devices: QR codes, connect, disconnect, log out. The device has the connection's id."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from helpdesk.errors import Refused
from tenants.authentication import auth_of
from tenants.doors import CompanyViewSet
from tickets.models import Connection
from whatsapp.actions import devices
from whatsapp.models import Device
from whatsapp.serializers.device import DeviceSerializer

KIND = "qr"


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

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def pair(self, request: Request, pk: int) -> Response:
        """Ask for QR codes, beginning with the first. They arrive as `device.updated`."""
        return self._after(devices.pair)

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
        connection = self._connection()
        if connection.kind != KIND:
            raise Refused("not_a_device", "This connection is no linked device.")
        return Response(DeviceSerializer(act(connection, by=auth_of(self.request).by)).data)

    def _connection(self) -> Connection:
        rows = Connection.objects.live().select_related("company")
        found: Connection = get_object_or_404(rows, pk=self.kwargs["pk"])
        return found
