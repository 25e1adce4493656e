"""The door to what the phone of a shared number has told so far."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from tenants.doors import CompanyViewSet
from tickets.models import Connection
from whatsapp.models import PhoneSync
from whatsapp.models.phone_sync import SyncKind, SyncState


class PhoneSyncSerializer(serializers.ModelSerializer[PhoneSync]):
    """`progress` is percent, as WhatsApp counts; `items` are contacts or messages that came."""

    kind = serializers.ChoiceField(SyncKind.choices)
    state = serializers.ChoiceField(SyncState.choices)

    class Meta:
        model = PhoneSync
        fields = ["kind", "state", "deadline", "asked_at", "heard_at", "alarmed_at", "phase", "progress",
                  "items", "error"]  # fmt: skip


class PhoneSerializer(serializers.Serializer[Any]):
    """Empty for a number that is on no phone."""

    syncs = PhoneSyncSerializer(many=True)


class PhoneViewSet(CompanyViewSet):
    model = Connection
    queryset = Connection.objects.none()  # for the schema
    required = {"progress": "connections.read"}

    @extend_schema(responses=PhoneSerializer)
    def progress(self, request: Request, pk: int) -> Response:
        """How far the contacts and chats of the phone have come."""
        rows = PhoneSync.objects.filter(connection=self.get_object()).order_by("kind")
        return Response({"syncs": PhoneSyncSerializer(rows, many=True).data})
