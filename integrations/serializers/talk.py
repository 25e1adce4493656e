"""How a talk with the gateway bot looks to the person whose it is."""

from typing import Any

from rest_framework import serializers

from integrations.models import Talk, TalkMessage
from integrations.models.talk import AnswerState, Speaker


class TalkSerializer(serializers.Serializer[Talk]):
    id = serializers.IntegerField()
    name = serializers.CharField()
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    version = serializers.IntegerField()


class TalkMessageSerializer(serializers.Serializer[TalkMessage]):
    """`state` of a bot's message: waiting (ask again), done, or failed with `error`, and a kind text as content."""

    id = serializers.IntegerField()
    talk = serializers.IntegerField(source="talk_id")
    type = serializers.ChoiceField(choices=Speaker.choices)
    content = serializers.CharField(allow_blank=True)
    state = serializers.ChoiceField(choices=AnswerState.choices)
    error = serializers.CharField(allow_blank=True)
    created_at = serializers.DateTimeField()


class TalkAnswerSerializer(serializers.Serializer[Any]):
    """What was said and what the bot answers to it. `status`: "ok", "waiting", or why there is no answer."""

    talk = TalkSerializer()
    messages = TalkMessageSerializer(many=True)
    status = serializers.CharField()
