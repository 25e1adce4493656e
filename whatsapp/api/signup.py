"""The door of embedded signup: an address to open, and what comes back from it."""

from dataclasses import asdict
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from tenants.authentication import auth_of
from tenants.doors import CompanyDoor
from tenants.scoping import current_company_id
from tickets.api.shared import asked, checked
from tickets.serializers.connection import ConnectionSerializer
from whatsapp.actions import signing_up
from whatsapp.api.onboarding import StepSerializer
from whatsapp.cloud_api import signup


class InvitationFilter(serializers.Serializer[Any]):
    on_phone = serializers.BooleanField(default=False)


class InvitationSerializer(serializers.Serializer[Any]):
    """`origin` is whose messages to believe while the dialog is open; all empty when it is not offered."""

    is_available = serializers.BooleanField()
    url = serializers.CharField(allow_blank=True)
    state = serializers.CharField(allow_blank=True)
    origin = serializers.CharField(allow_blank=True)


class AnswerForm(serializers.Serializer[Any]):
    """What the dialog left. The ids are hints: only what the token reaches is connected."""

    code = serializers.RegexField(r"^[!-~]{1,2000}$", max_length=2000)
    state = serializers.CharField(max_length=1000)
    waba_id = serializers.RegexField(r"^[0-9]{0,32}$", required=False, allow_blank=True)
    phone_number_id = serializers.RegexField(r"^[0-9]{0,32}$", required=False, allow_blank=True)
    pin = serializers.RegexField(r"^([0-9]{6})?$", required=False, allow_blank=True, write_only=True)


class ArrivalSerializer(serializers.Serializer[Any]):
    """A number that was connected. `pin` is shown this once: without it the number cannot move elsewhere."""

    connection = ConnectionSerializer()
    steps = StepSerializer(many=True)
    pin = serializers.CharField(allow_blank=True)


class ArrivalsSerializer(serializers.Serializer[Any]):
    connections = ArrivalSerializer(many=True)


class SignupViewSet(CompanyDoor, viewsets.GenericViewSet[Any]):
    required = {"invite": "connections.write", "finish": "connections.write"}

    @extend_schema(parameters=[InvitationFilter], responses=InvitationSerializer)
    def invite(self, request: Request) -> Response:
        """Where to send the browser, if this installation offers it."""
        if not signup.is_available():
            return Response({"is_available": False, "url": "", "state": "", "origin": ""})
        given = asked(InvitationFilter, request)
        by = auth_of(request).by
        url, state = signup.invitation(current_company_id(), getattr(by, "pk", None), **given)
        return Response({"is_available": True, "url": url, "state": state, "origin": signup.origin()})

    @extend_schema(request=AnswerForm, responses=ArrivalsSerializer)
    def finish(self, request: Request) -> Response:
        """Connect what was chosen in the dialog."""
        arrivals = signing_up.finish(by=auth_of(request).by, **checked(AnswerForm, request))
        rows = [
            {
                "connection": ConnectionSerializer(one.connection).data,
                "steps": [asdict(step) for step in one.steps],
                "pin": one.pin,
            }
            for one in arrivals
        ]
        return Response({"connections": rows})
