"""The door to what assistants and bots did in tickets, and to letting them answer again."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from integrations.actions import releasing
from integrations.models import Turn
from integrations.serializers.turn import TurnSerializer, TurnStepsSerializer
from tenants.doors import CompanyViewSet
from tickets.api.shared import IdField, asked, person_behind
from tickets.api.viewing import viewer
from tickets.models import Ticket


class TurnsForm(serializers.Serializer[Any]):
    ticket = IdField(required=False)


class TurnViewSet(CompanyViewSet):
    """Turns of the tickets that the caller sees. The steps of one are for who may read the assistants."""

    model = Turn
    queryset = Turn.objects.none()  # for the schema
    serializer_class = TurnSerializer
    ordering: tuple[str, ...] = ("-id",)
    lookup_value_regex = "[0-9]{1,18}"
    http_method_names = ["get", "post", "head", "options"]
    required = {"list": "tickets.read", "retrieve": "ai.read", "release": "tickets.write"}

    def get_queryset(self) -> Any:
        tickets = Ticket.objects.visible_to(viewer(self.request))
        return Turn.objects.filter(ticket__in=tickets)

    @extend_schema(parameters=[TurnsForm])
    def list(self, request: Request) -> Response:
        """The newest first."""
        rows = self.get_queryset().defer("steps")
        ticket = asked(TurnsForm, request).get("ticket")
        if ticket is not None:
            rows = rows.filter(ticket=ticket)
        page: Any = self.paginate_queryset(rows)
        return self.get_paginated_response(TurnSerializer(page, many=True).data)

    @extend_schema(responses=TurnStepsSerializer)
    def retrieve(self, request: Request, pk: int) -> Response:
        return Response(TurnStepsSerializer(self.get_object()).data)

    @extend_schema(request=None, responses=TurnSerializer)
    @action(detail=True, methods=["post"])
    def release(self, request: Request, pk: int) -> Response:
        """Assistants and bots may answer in this ticket again, beginning with what the customer wrote last."""
        turn = self.get_object()
        releasing.release(turn.ticket, by=person_behind(request))
        return Response(TurnSerializer(turn).data)
