"""The door for passing a message on."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from tenants.authentication import auth_of
from tenants.doors import CompanyViewSet
from tickets.actions import forwarding
from tickets.api.shared import RowField, checked, person_behind
from tickets.api.viewing import visible_message
from tickets.models import Connection, Contact, Message
from tickets.serializers.macro import StepProblemSerializer
from tickets.serializers.message import MessageSerializer

MOST = 20


class ForwardForm(serializers.Serializer[Any]):
    """Without `connection`, the one that the message belongs to. A repeated `client_id` sends nothing twice."""

    client_id = serializers.UUIDField()
    contacts = serializers.ListField(
        child=RowField(lambda: Contact.objects.live()), min_length=1, max_length=MOST
    )
    connection = RowField(lambda: Connection.objects.live(), required=False)


class PassedSerializer(serializers.Serializer[Any]):
    """One target: the message, or why there is none."""

    contact = serializers.IntegerField(source="contact.pk")
    message = MessageSerializer(allow_null=True)
    problem = StepProblemSerializer(allow_null=True)


class ForwardedSerializer(serializers.Serializer[Any]):
    results = PassedSerializer(many=True)


class ForwardViewSet(CompanyViewSet):
    model = Message
    serializer_class = ForwardedSerializer
    required = {"create": "tickets.write"}

    @extend_schema(
        parameters=[OpenApiParameter("id", int, OpenApiParameter.PATH)],
        request=ForwardForm,
        responses={200: ForwardedSerializer},
        operation_id="messages_forward",
    )
    def create(self, request: Request, pk: int) -> Response:
        """Pass a message on to other contacts, with its files, marked as forwarded."""
        message = visible_message(request, pk)
        given = checked(ForwardForm, request)
        passed = forwarding.forward(
            message,
            contacts=given["contacts"],
            connection=given.get("connection") or message.connection,
            by=person_behind(request),
            client_id=given["client_id"],
            may_interrupt="tickets.see_all" in auth_of(request).permissions,
        )
        return Response(ForwardedSerializer({"results": passed}).data)
