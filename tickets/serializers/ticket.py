"""How a ticket looks to everyone: in lists, in events and in the answer to every action."""

from typing import Any

from rest_framework import serializers

from tenants.statements import Later, Statement
from tickets.models import Ticket
from tickets.models.message import Direction, Kind, State
from tickets.models.rows import as_rows, shape
from tickets.models.ticket import Awaiting, Priority, SlaTarget, Status

PRIORITIES = [(priority.label, priority.label) for priority in Priority]


class TicketContactSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    display_name = serializers.CharField()
    name = serializers.CharField(allow_blank=True)
    number = serializers.CharField(allow_null=True)
    username = serializers.CharField(allow_null=True)
    is_blocked = serializers.BooleanField()
    is_group = serializers.BooleanField()


class TicketConnectionSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    name = serializers.CharField()
    kind = serializers.CharField()


class TicketQueueSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    name = serializers.CharField()
    color = serializers.CharField()


class TicketAgentSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    name = serializers.CharField()


class LastMessageSerializer(serializers.Serializer[Any]):
    """One line of the newest message; empty when its kind says it all."""

    id = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=Kind.choices)
    direction = serializers.ChoiceField(choices=Direction.choices)
    preview = serializers.CharField(allow_blank=True)
    state = serializers.ChoiceField(choices=State.choices)
    is_removed = serializers.BooleanField()


class TicketSerializer(serializers.Serializer[Ticket]):
    """Given a ticket it reads the whole row in one statement; given a page of `as_rows`, nothing more."""

    id = serializers.IntegerField()
    uuid = serializers.UUIDField()
    number = serializers.IntegerField()
    status = serializers.ChoiceField(choices=Status.choices)
    contact = TicketContactSerializer()
    connection = TicketConnectionSerializer()
    queue = TicketQueueSerializer(allow_null=True)
    agent = TicketAgentSerializer(allow_null=True)
    unread_count = serializers.IntegerField()
    last_message = LastMessageSerializer(allow_null=True)
    last_message_at = serializers.DateTimeField()
    waiting_since = serializers.DateTimeField(allow_null=True)
    window_expires_at = serializers.DateTimeField(allow_null=True)
    opened_at = serializers.DateTimeField(allow_null=True)
    closed_at = serializers.DateTimeField(allow_null=True)
    first_reply_at = serializers.DateTimeField(allow_null=True)
    priority = serializers.ChoiceField(choices=PRIORITIES)
    tags = serializers.ListField(child=serializers.IntegerField())
    participants = serializers.ListField(child=serializers.IntegerField())
    custom_fields = serializers.DictField()
    awaiting = serializers.ChoiceField(choices=Awaiting.choices, allow_blank=True)
    snoozed_at = serializers.DateTimeField(allow_null=True)
    snoozed_until = serializers.DateTimeField(allow_null=True)
    merged_into = serializers.IntegerField(allow_null=True)
    sla_target = serializers.ChoiceField(choices=SlaTarget.choices, allow_blank=True)
    sla_due_at = serializers.DateTimeField(allow_null=True)
    sla_warned_at = serializers.DateTimeField(allow_null=True)
    sla_breached_at = serializers.DateTimeField(allow_null=True)
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    version = serializers.IntegerField()

    def to_representation(self, ticket: Any) -> dict[str, Any]:
        row = _one_ticket.rows(pk=ticket.pk)[0] if isinstance(ticket, Ticket) else ticket
        return shape(row.shown)


@Statement
def _one_ticket() -> Any:
    return as_rows(Ticket.objects.filter(pk=Later("pk")))


class TicketCountsSerializer(serializers.Serializer[Any]):
    """Each count is exact below `cap` and stops there, so that an inbox of any size costs the same."""

    mine = serializers.IntegerField()
    waiting = serializers.IntegerField()
    all = serializers.IntegerField()
    mine_unread = serializers.IntegerField()
    waiting_unread = serializers.IntegerField()
    cap = serializers.IntegerField()


class TicketCountSerializer(serializers.Serializer[Any]):
    """Exact below `cap`, where it stops."""

    count = serializers.IntegerField()
    cap = serializers.IntegerField()
