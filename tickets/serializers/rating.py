"""How a rating looks: on its ticket, in lists and in events."""

from typing import Any

from rest_framework import serializers

from tickets.models import Rating
from tickets.models.rating import RatingState, Scale
from tickets.serializers.message import AuthorSerializer
from tickets.serializers.schedule import ScheduledContactSerializer


class RatedTicketSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    number = serializers.IntegerField()


class RatingSerializer(serializers.Serializer[Rating]):
    """`score` is 1 to 5 (csat) or 0 to 10 (nps). `agent` and `queue` are who had the ticket at its end."""

    id = serializers.IntegerField()
    ticket = RatedTicketSerializer()
    contact = ScheduledContactSerializer()
    agent = AuthorSerializer(allow_null=True)
    queue = AuthorSerializer(allow_null=True)
    scale = serializers.ChoiceField(choices=Scale.choices)
    state = serializers.ChoiceField(choices=RatingState.choices)
    score = serializers.IntegerField(allow_null=True)
    comment = serializers.CharField(allow_blank=True)
    asked_at = serializers.DateTimeField()
    answered_at = serializers.DateTimeField(allow_null=True)
    expires_at = serializers.DateTimeField()
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    version = serializers.IntegerField()

    def to_representation(self, row: Rating) -> dict[str, Any]:
        named = ("scale", "state", "score", "comment", "asked_at", "answered_at", "expires_at")
        kept = ("created_at", "updated_at", "version")
        return {
            "id": row.pk,
            "ticket": {"id": row.ticket_id, "number": row.ticket.number},
            "contact": {"id": row.contact_id, "display_name": row.contact.display_name},
            "agent": {"id": row.agent.pk, "name": row.agent.name} if row.agent else None,
            "queue": {"id": row.queue.pk, "name": row.queue.name} if row.queue else None,
            **{name: getattr(row, name) for name in (*named, *kept)},
        }


class ScoreCountSerializer(serializers.Serializer[Any]):
    score = serializers.IntegerField()
    count = serializers.IntegerField()


class ScaleSummarySerializer(serializers.Serializer[Any]):
    """`value`: the mean (csat) or the score from -100 to 100 (nps). Nothing was answered: null."""

    scale = serializers.ChoiceField(choices=Scale.choices)
    asked = serializers.IntegerField()
    answered = serializers.IntegerField()
    value = serializers.FloatField(allow_null=True)
    scores = ScoreCountSerializer(many=True)


class RatingSummarySerializer(serializers.Serializer[Any]):
    scales = ScaleSummarySerializer(many=True)
