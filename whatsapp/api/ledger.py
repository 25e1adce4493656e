"""The zero-loss ledger: every webhook, every fact in it and what became of it, and every attempt to send."""

from typing import Any

from django.db.models import Count, F, Func, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from helpdesk.errors import NotAllowed
from tenants.actions import audit
from tenants.authentication import auth_of
from tickets.api.shared import IdField, NounViewSet, asked, checked
from tickets.models import Message
from whatsapp import raw
from whatsapp.actions import replaying
from whatsapp.models import Event, Payload
from whatsapp.models.about import messages_of
from whatsapp.models.event import Kind
from whatsapp.models.outcome import NARROWED, Outcome
from whatsapp.models.payload import State as PayloadState
from whatsapp.serializers.ledger import (
    LedgerEventDetailSerializer,
    LedgerEventSerializer,
    LedgerPayloadSerializer,
    RawSerializer,
    ReplayedSerializer,
)


class Period(serializers.Serializer[Any]):
    """When it reached us."""

    since = serializers.DateTimeField(required=False)
    until = serializers.DateTimeField(required=False)


class EventFilters(Period):
    """`provider_id` is WhatsApp's id of a message; `payload` the webhook that it came with."""

    connection = IdField(required=False)
    kind = serializers.ChoiceField(choices=Kind.choices, required=False)
    outcome = serializers.ChoiceField(choices=Outcome.choices, required=False)
    provider_id = serializers.CharField(max_length=255, required=False)
    ticket = IdField(required=False)
    contact = IdField(required=False)
    payload = IdField(required=False)


class ReplayForm(serializers.Serializer[Any]):
    """All that is quarantined, or only of this kind or connection."""

    kind = serializers.ChoiceField(choices=Kind.choices, required=False)
    connection = IdField(required=False)


class PayloadFilters(Period):
    state = serializers.ChoiceField(choices=PayloadState.choices, required=False)


class RawQuery(serializers.Serializer[Any]):
    """Customers' numbers are hidden until somebody who may read contacts asks for them."""

    numbers = serializers.BooleanField(default=False)


LOOKUPS = {"since": "created_at__gte", "until": "created_at__lt"}
PAYLOAD_LOOKUPS = {"since": "received_at__gte", "until": "received_at__lt"}


class LedgerEventViewSet(NounViewSet):
    model = Event
    queryset = Event.objects.none()  # for the schema
    serializer_class = LedgerEventSerializer
    ordering: tuple[str, ...] = ("-created_at", "-id")
    http_method_names = ["get", "post", "head", "options"]
    required = {
        "list": "ledger.see",
        "retrieve": "ledger.see",
        "replay": "ledger.replay",
        "replay_all": "ledger.replay",
    }

    @extend_schema(parameters=[EventFilters])
    def list(self, request: Request) -> Response:
        """The newest first."""
        rows = narrowed(self.get_queryset().defer("data"), asked(EventFilters, request))
        page: Any = self.paginate_queryset(rows)
        shown = LedgerEventSerializer(page, many=True, context={"messages": messages_of(page)})
        return self.get_paginated_response(shown.data)

    @extend_schema(responses=LedgerEventDetailSerializer)
    def retrieve(self, request: Request, pk: int) -> Response:
        return self._shown(self.get_object())

    @extend_schema(request=None, responses=LedgerEventDetailSerializer, operation_id="ledger_events_replay")
    @action(detail=True, methods=["post"])
    def replay(self, request: Request, pk: int) -> Response:
        """Try a quarantined fact again."""
        event = self.get_object()
        replaying.replay_event(event, by=auth_of(request).by)
        return self._shown(self.get_queryset().filter(pk=event.pk).first() or event)

    @extend_schema(request=ReplayForm, responses=ReplayedSerializer, operation_id="ledger_events_replay_all")
    @action(detail=False, methods=["post"], url_path="replay")
    def replay_all(self, request: Request) -> Response:
        """Try all quarantined facts again, at most 5,000 at once."""
        wanted = checked(ReplayForm, request)
        count = replaying.replay_all(
            self.get_queryset().filter(**wanted), by=auth_of(request).by, filters=wanted
        )
        return Response({"replayed": count})

    def _shown(self, event: Any) -> Response:
        event.shown_facts = raw.cleaned(event.data, numbers=False)
        context = {"messages": messages_of([event])}
        return Response(LedgerEventDetailSerializer(event, context=context).data)


class LedgerPayloadViewSet(NounViewSet):
    model = Payload
    queryset = Payload.objects.none()  # for the schema
    serializer_class = LedgerPayloadSerializer
    ordering: tuple[str, ...] = ("-received_at", "-id")
    http_method_names = ["get", "post", "head", "options"]
    required = {
        "list": "ledger.see",
        "retrieve": "ledger.see",
        "raw": "ledger.see",
        "replay": "ledger.replay",
    }

    def get_queryset(self) -> Any:
        kept = Event.objects.filter(payload=OuterRef("pk")).order_by().values("payload")
        rows = Payload.objects.select_related("app").defer("body", "sha256")
        return rows.annotate(
            size=Func(F("body"), function="octet_length", output_field=IntegerField()),
            kept=Coalesce(Subquery(kept.annotate(count=Count("pk")).values("count")), 0),
        )

    @extend_schema(parameters=[PayloadFilters])
    def list(self, request: Request) -> Response:
        """The newest first."""
        given = asked(PayloadFilters, request)
        wanted = {PAYLOAD_LOOKUPS.get(name, name): value for name, value in given.items()}
        return self.page_of(LedgerPayloadSerializer, self.get_queryset().filter(**wanted))

    def retrieve(self, request: Request, pk: int) -> Response:
        return Response(LedgerPayloadSerializer(self.get_object()).data)

    @extend_schema(parameters=[RawQuery], responses=RawSerializer)
    @action(detail=True)
    def raw(self, request: Request, pk: int) -> Response:
        """The webhook as it came. Each look is written down."""
        payload, auth = self.get_object(), auth_of(request)
        numbers = asked(RawQuery, request)["numbers"]
        if numbers and "contacts.read" not in auth.permissions:
            raise NotAllowed("numbers_hidden", "You may not see customers' numbers.")
        body, text = raw.shown(bytes(payload.body), numbers=numbers)
        audit.record(
            "ledger.raw_opened", actor=auth.by, target=f"payload:{payload.pk}", data={"numbers": numbers}
        )
        return Response({"id": payload.pk, "body": body, "text": text, "shows_numbers": numbers})

    @extend_schema(request=None, responses=LedgerPayloadSerializer, operation_id="ledger_payloads_replay")
    @action(detail=True, methods=["post"])
    def replay(self, request: Request, pk: int) -> Response:
        """Take a quarantined webhook apart once more."""
        replaying.replay_payload(self.get_object(), by=auth_of(request).by)
        return Response(LedgerPayloadSerializer(self.get_object()).data)


def narrowed(rows: Any, given: dict[str, Any]) -> Any:
    """A ticket or a contact is found through the messages that the facts are about."""
    outcome = given.pop("outcome", None)
    ticket, contact = given.pop("ticket", None), given.pop("contact", None)
    rows = rows.filter(**{LOOKUPS.get(name, name): value for name, value in given.items()})
    if outcome:
        rows = rows.filter(NARROWED[outcome])
    if ticket or contact:
        whose = {"ticket": ticket} if ticket else {"ticket__contact": contact}
        about = Message.objects.filter(**whose).exclude(provider_id="").order_by()
        rows = rows.filter(provider_id__in=about.values("provider_id"))
    return rows
