"""How a copilot's answer looks."""

from typing import Any

from rest_framework import serializers

SOURCES = [(kind, kind) for kind in ("document", "answer", "ticket")]
STATES = [(state, state) for state in ("waiting", "done", "cancelled")]


class CopilotSourceSerializer(serializers.Serializer[Any]):
    """What the answer may rest on: `number` is how the text cites it, `score` how well it was found."""

    number = serializers.IntegerField()
    kind = serializers.ChoiceField(SOURCES)
    id = serializers.IntegerField()
    title = serializers.CharField()
    text = serializers.CharField()
    score = serializers.FloatField(allow_null=True)
    url = serializers.CharField(allow_blank=True)


class CopilotTagSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    name = serializers.CharField()
    color = serializers.CharField()


class CopilotReplySerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    shortcut = serializers.CharField()
    title = serializers.CharField()


class CopilotSuggestionsSerializer(serializers.Serializer[Any]):
    """Rows of the company's own lists."""

    tags = CopilotTagSerializer(many=True)
    queue = CopilotTagSerializer(allow_null=True)
    quick_replies = CopilotReplySerializer(many=True)


class CopilotUsageSerializer(serializers.Serializer[Any]):
    input_tokens = serializers.IntegerField()
    output_tokens = serializers.IntegerField()


class CopilotAnswerSerializer(serializers.Serializer[Any]):
    """What `copilot.done` says, for a console whose line was cut. `error` is a code."""

    request = serializers.UUIDField()
    state = serializers.ChoiceField(STATES)
    text = serializers.CharField(allow_blank=True)
    sources = CopilotSourceSerializer(many=True)
    suggestions = CopilotSuggestionsSerializer(allow_null=True)
    error = serializers.CharField(allow_null=True)
    usage = CopilotUsageSerializer(allow_null=True)
