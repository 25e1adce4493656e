"""The door to what the phone behind a number has told of the past."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from tenants.authentication import auth_of
from tenants.doors import CompanyViewSet
from tickets.models import Connection
from whatsapp.actions import histories
from whatsapp.api.devices import PastInput, period_of
from whatsapp.models import PhoneSync
from whatsapp.models.device import Past
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


class AskInput(PastInput):
    past = serializers.ChoiceField(choices=[one for one in Past.choices if one[0] != Past.NONE])


class PhoneViewSet(CompanyViewSet):
    model = Connection
    queryset = Connection.objects.none()  # for the schema
    required = {"progress": "connections.read", "ask": "connections.write"}

    @extend_schema(responses=PhoneSerializer)
    def progress(self, request: Request, pk: int) -> Response:
        """How far the contacts and chats of the phone have come."""
        rows = PhoneSync.objects.filter(connection=self.get_object()).order_by("kind")
        return Response({"syncs": PhoneSyncSerializer(rows, many=True).data})

    @extend_schema(request=AskInput, responses=PhoneSerializer)
    def ask(self, request: Request, pk: int) -> Response:
        """Import what a gateway still has of the past: all of it, or the days of a period."""
        histories.ask(self.get_object(), period_of(AskInput(data=request.data)), by=auth_of(request).by)
        return self.progress(request, pk)
