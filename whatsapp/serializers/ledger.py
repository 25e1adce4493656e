"""How the ledger looks: webhooks, the facts in them, and our attempts to send."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from tickets.models.attempt import Attempt
from tickets.models.attempt import Outcome as AttemptOutcome
from tickets.models.message import Kind as MessageKind
from tickets.models.message import State as MessageState
from whatsapp.models import Event, Payload
from whatsapp.models.about import Place, place_of
from whatsapp.models.event import Kind, State
from whatsapp.models.outcome import Outcome, Reason, outcome_of, reason_of
from whatsapp.models.payload import State as PayloadState


class LedgerMessageSerializer(serializers.Serializer[Any]):
    """The message that a row is about, and where to find it."""

    id = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=MessageKind.choices)
    ticket = serializers.IntegerField(source="ticket_id")
    ticket_number = serializers.IntegerField(source="ticket.number")
    contact = serializers.IntegerField(source="ticket.contact_id")
    contact_name = serializers.CharField(source="ticket.contact.display_name")


class LedgerEventSerializer(serializers.Serializer[Event]):
    """`repeats`: how often other webhooks brought the same fact; it counts once. `payload` is null once tidied."""

    id = serializers.IntegerField()
    received_at = serializers.DateTimeField(source="created_at")
    at = serializers.DateTimeField()
    kind = serializers.ChoiceField(choices=Kind.choices)
    outcome = serializers.SerializerMethodField()
    reason = serializers.SerializerMethodField()
    error = serializers.CharField()
    tries = serializers.IntegerField()
    retry_at = serializers.DateTimeField(allow_null=True)
    repeats = serializers.IntegerField()
    key = serializers.CharField()
    provider_id = serializers.CharField()
    connection = serializers.IntegerField(source="connection_id", allow_null=True)
    payload = serializers.IntegerField(source="payload_id", allow_null=True)
    message = serializers.SerializerMethodField()
    can_replay = serializers.SerializerMethodField()

    def get_outcome(self, event: Event) -> Outcome:
        return outcome_of(event)

    def get_reason(self, event: Event) -> Reason:
        return reason_of(event, self._message(event))

    @extend_schema_field(LedgerMessageSerializer(allow_null=True))
    def get_message(self, event: Event) -> Any:
        found = self._message(event)
        return LedgerMessageSerializer(found).data if found else None

    def get_can_replay(self, event: Event) -> bool:
        return event.state == State.QUARANTINED and bool(event.connection_id or event.payload_id)

    def _message(self, event: Event) -> Any:
        known: dict[Place, Any] = self.context["messages"]
        return known.get(place_of(event))


class LedgerEventDetailSerializer(LedgerEventSerializer):
    """`facts` is what we understood, with customers' numbers hidden."""

    facts = serializers.JSONField(source="shown_facts")


class LedgerPayloadSerializer(serializers.Serializer[Payload]):
    """`facts` found in it; of those, `events` were new. `repeats`: how often the same bytes came again."""

    id = serializers.IntegerField()
    received_at = serializers.DateTimeField()
    state = serializers.ChoiceField(choices=PayloadState.choices)
    error = serializers.CharField()
    size = serializers.IntegerField()
    facts = serializers.IntegerField()
    events = serializers.IntegerField(source="kept")
    repeats = serializers.IntegerField()
    app = serializers.CharField(source="app.app_id", default="")  # none: a linked device told it


class RawSerializer(serializers.Serializer[Any]):
    """`text` instead of `body` where it is no JSON. Secrets are always hidden."""

    id = serializers.IntegerField()
    body = serializers.JSONField(allow_null=True)
    text = serializers.CharField(allow_blank=True)
    shows_numbers = serializers.BooleanField()


class ReplayedSerializer(serializers.Serializer[Any]):
    replayed = serializers.IntegerField()


class LedgerAttemptSerializer(serializers.Serializer[Attempt]):
    """One try to send. `outcome` is empty while it lasts, or when whoever tried was killed. `cookie` travels with the
    message and comes back in its receipts; `code` and `detail` are what the provider answered."""

    id = serializers.IntegerField()
    started_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True)
    number = serializers.IntegerField()
    outcome = serializers.ChoiceField(choices=AttemptOutcome.choices, allow_blank=True)
    code = serializers.CharField()
    detail = serializers.CharField()
    cookie = serializers.UUIDField()
    connection = serializers.IntegerField(source="message.connection_id")
    provider_id = serializers.CharField(source="message.provider_id")
    state = serializers.ChoiceField(choices=MessageState.choices, source="message.state")
    message = LedgerMessageSerializer()
