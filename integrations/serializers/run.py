"""How runs and threads look to whoever began them."""

from typing import Any

from rest_framework import serializers

from integrations.models import AssistantRun, AssistantThread, ThreadFile, ThreadItem
from integrations.models.run import RunState
from integrations.models.thread import ThreadRole


class SourceSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    title = serializers.CharField()
    text = serializers.CharField()
    score = serializers.FloatField()
    source = serializers.CharField()  # type: ignore[assignment]  # a passage's own word for where it stands
    url = serializers.CharField()


class RunHandoverSerializer(serializers.Serializer[Any]):
    reason = serializers.CharField()
    note = serializers.CharField()
    queue = serializers.IntegerField(allow_null=True)


class RunTokensSerializer(serializers.Serializer[AssistantRun]):
    input = serializers.IntegerField(source="input_tokens")
    cached = serializers.IntegerField(source="cached_tokens")
    output = serializers.IntegerField(source="output_tokens")


class AssistantRunSerializer(serializers.Serializer[AssistantRun]):
    """`steps` tell what was sent and why: "sent", "said", "tool", "rule". Empty in threads."""

    id = serializers.IntegerField()
    assistant = serializers.IntegerField(source="assistant_id")
    thread = serializers.IntegerField(source="thread_id", allow_null=True)
    state = serializers.ChoiceField(choices=RunState.choices)
    answer = serializers.CharField()
    sources = SourceSerializer(many=True)
    handover = RunHandoverSerializer(allow_null=True)
    acts = serializers.ListField(child=serializers.DictField())
    steps = serializers.SerializerMethodField()
    error = serializers.CharField()
    model = serializers.CharField()
    tokens = RunTokensSerializer(source="*")
    cost = serializers.DecimalField(max_digits=14, decimal_places=6, allow_null=True)
    currency = serializers.CharField()
    created_at = serializers.DateTimeField()
    started_at = serializers.DateTimeField(allow_null=True)
    ended_at = serializers.DateTimeField(allow_null=True)

    def get_steps(self, run: AssistantRun) -> list[dict[str, Any]]:
        """Programs outside are answered, not shown the company's instructions."""
        return [] if run.thread_id else list(run.steps)


class ThreadSerializer(serializers.Serializer[AssistantThread]):
    id = serializers.IntegerField()
    assistant = serializers.IntegerField(source="assistant_id")
    title = serializers.CharField()
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    version = serializers.IntegerField()


class ThreadItemSerializer(serializers.Serializer[ThreadItem]):
    id = serializers.IntegerField()
    role = serializers.ChoiceField(choices=ThreadRole.choices)
    text = serializers.CharField()
    sources = SourceSerializer(many=True)
    files = serializers.ListField(child=serializers.IntegerField(), source="file_ids")
    created_at = serializers.DateTimeField()


class ThreadFileSerializer(serializers.Serializer[ThreadFile]):
    id = serializers.IntegerField()
    name = serializers.CharField()
    mime = serializers.CharField()
    kind = serializers.ChoiceField(choices=["document", "image"])
    size = serializers.IntegerField()
    created_at = serializers.DateTimeField()
