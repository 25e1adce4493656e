"""How an assistant, and a company's own tool, look to everyone who may see them."""

from typing import Any

from rest_framework import serializers

from integrations.models import Assistant, AssistantTool
from integrations.models.assistant import Hours, Quiet
from integrations.models.assistant_tool import Method

ARGUMENT_TYPES = ["string", "number", "integer", "boolean", "enum"]
SOURCES = ["model", "contact.number", "contact.email", "contact.name", "ticket.number", "code"]
PLACES = ["url", "query", "body"]


class AssistantSerializer(serializers.Serializer[Assistant]):
    id = serializers.IntegerField()
    name = serializers.CharField()
    instructions = serializers.CharField()
    provider = serializers.IntegerField(source="provider_id", allow_null=True)
    model = serializers.CharField()
    temperature = serializers.FloatField(allow_null=True)
    max_output_tokens = serializers.IntegerField()
    tools = serializers.ListField(child=serializers.CharField())
    tool_options = serializers.DictField(child=serializers.DictField(child=serializers.ListField()))
    uses_knowledge = serializers.BooleanField()
    sectors = serializers.ListField(child=serializers.CharField())
    languages = serializers.ListField(child=serializers.CharField())
    is_on = serializers.BooleanField()
    position = serializers.IntegerField()
    connections = serializers.ListField(child=serializers.IntegerField())
    queues = serializers.ListField(child=serializers.IntegerField())
    hours = serializers.ChoiceField(choices=Hours.choices)
    debounce_seconds = serializers.IntegerField()
    handover_queue = serializers.IntegerField(source="handover_queue_id", allow_null=True)
    handover_message = serializers.CharField()
    max_answers = serializers.IntegerField()
    speaks = serializers.BooleanField()
    edition = serializers.IntegerField()
    exam_threshold = serializers.IntegerField()
    is_deleted = serializers.BooleanField()
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    version = serializers.IntegerField()


class AssistantStandingSerializer(serializers.Serializer[Any]):
    """`why` it does not answer now; null when it does. `detail` names the provider's trouble, or who is asked first.
    `exam` is the last one of this edition, with its score where it is finished."""

    assistant = serializers.IntegerField()
    why = serializers.ChoiceField(choices=Quiet.choices, allow_null=True)
    detail = serializers.CharField(allow_blank=True)
    exam = serializers.IntegerField(allow_null=True)
    score = serializers.FloatField(allow_null=True)

    def to_representation(self, row: Any) -> dict[str, Any]:
        exam = row.exam
        return {
            "assistant": row.assistant.pk,
            "why": row.why or None,
            "detail": row.detail,
            "exam": exam and exam.pk,
            "score": float(exam.score) if exam and exam.score is not None else None,
        }


class ToolArgumentSerializer(serializers.Serializer[Any]):
    """`source`: who gives the value; all but "model" are filled in by the helpdesk itself."""

    name = serializers.RegexField(r"^[a-z][a-z0-9_]{0,39}$")
    type = serializers.ChoiceField(choices=ARGUMENT_TYPES)
    description = serializers.CharField(max_length=300, required=False, allow_blank=True, default="")
    required = serializers.BooleanField(required=False, default=True)  # type: ignore[assignment]
    choices = serializers.ListField(
        child=serializers.CharField(max_length=80), required=False, max_length=50, default=list
    )
    place = serializers.ChoiceField(choices=PLACES)
    source = serializers.ChoiceField(  # type: ignore[assignment]
        choices=SOURCES, required=False, default="model"
    )


class AssistantToolSerializer(serializers.Serializer[AssistantTool]):
    """Of its headers, the names only."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    description = serializers.CharField()
    method = serializers.ChoiceField(choices=Method.choices)
    url = serializers.CharField()
    arguments = ToolArgumentSerializer(many=True)
    header_names = serializers.SerializerMethodField()
    timeout_seconds = serializers.IntegerField()
    needs_verification = serializers.BooleanField()
    is_deleted = serializers.BooleanField()
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    version = serializers.IntegerField()

    def get_header_names(self, tool: AssistantTool) -> list[str]:
        return sorted(tool.headers)
