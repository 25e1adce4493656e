"""The ledger of what we sent: every attempt, its cookie, and what the provider answered."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from tickets.api.shared import IdField, NounViewSet, asked
from tickets.models import Attempt
from tickets.models.attempt import Outcome
from whatsapp.api.ledger import Period
from whatsapp.serializers.ledger import LedgerAttemptSerializer

OPEN = "open"  # begun, and nobody knows yet how it ended


class AttemptFilters(Period):
    """`cookie` is what travelled with the message; `provider_id` WhatsApp's id of it."""

    connection = IdField(required=False)
    outcome = serializers.ChoiceField(choices=[*Outcome.values, OPEN], required=False)
    provider_id = serializers.CharField(max_length=255, required=False)
    cookie = serializers.UUIDField(required=False)
    ticket = IdField(required=False)
    contact = IdField(required=False)


LOOKUPS = {
    "since": "started_at__gte",
    "until": "started_at__lt",
    "connection": "message__connection",
    "provider_id": "message__provider_id",
    "ticket": "message__ticket",
    "contact": "message__ticket__contact",
}
PARTS = {
    "message": ["kind", "state", "provider_id", "connection_id", "ticket_id"],
    "message__ticket": ["number", "contact_id"],
    "message__ticket__contact": ["name", "number", "username"],
}


class LedgerAttemptViewSet(NounViewSet):
    model = Attempt
    queryset = Attempt.objects.none()  # for the schema
    serializer_class = LedgerAttemptSerializer
    ordering: tuple[str, ...] = ("-started_at", "-id")
    http_method_names = ["get", "head", "options"]
    required = {"list": "ledger.see", "retrieve": "ledger.see"}

    def get_queryset(self) -> Any:
        own = [field.name for field in Attempt._meta.concrete_fields if field.name != "message"]
        shown = [f"{part}__{name}" for part, names in PARTS.items() for name in names]
        return Attempt.objects.select_related("message__ticket__contact").only(*own, *shown)

    @extend_schema(parameters=[AttemptFilters])
    def list(self, request: Request) -> Response:
        """The newest first."""
        given = asked(AttemptFilters, request)
        if given.get("outcome") == OPEN:
            given["outcome"] = ""
        wanted = {LOOKUPS.get(name, name): value for name, value in given.items()}
        return self.page_of(LedgerAttemptSerializer, self.get_queryset().filter(**wanted))

    def retrieve(self, request: Request, pk: int) -> Response:
        return Response(LedgerAttemptSerializer(self.get_object()).data)
