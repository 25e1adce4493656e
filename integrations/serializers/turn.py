"""How the turns of assistants and bots look: who answered, why so, and what it rests on."""

from typing import Any

from rest_framework import serializers

from integrations.models import Turn, TurnState

KINDS = [("assistant", "assistant"), ("bot", "bot")]


class TurnWhoSerializer(serializers.Serializer[Turn]):
    kind = serializers.ChoiceField(choices=KINDS, source="who")
    id = serializers.SerializerMethodField()
    name = serializers.CharField()

    def get_id(self, turn: Turn) -> int | None:
        return turn.bot if turn.bot is not None else turn.assistant_id


class TurnSourceSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    title = serializers.CharField()
    text = serializers.CharField()
    url = serializers.CharField()


class TurnSerializer(serializers.Serializer[Turn]):
    """`outcome` is "answered", why people go on, or why nothing was said; `messages` are those it sent."""

    id = serializers.IntegerField()
    ticket = serializers.IntegerField(source="ticket_id")
    who = TurnWhoSerializer(source="*")
    state = serializers.ChoiceField(choices=TurnState.choices)
    outcome = serializers.CharField()
    messages = serializers.ListField(child=serializers.IntegerField(), source="said")
    sources = TurnSourceSerializer(many=True)
    model = serializers.CharField()
    input_tokens = serializers.IntegerField()
    output_tokens = serializers.IntegerField()
    created_at = serializers.DateTimeField()
    begun_at = serializers.DateTimeField(allow_null=True)
    finished_at = serializers.DateTimeField(allow_null=True)


class TurnStepsSerializer(TurnSerializer):
    """`steps` tell what was sent to the model and why; they hold the company's instructions."""

    steps = serializers.ListField(child=serializers.DictField())
