"""How what a company knows looks to everyone."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from integrations.models import KnowledgeAnswer, KnowledgeDocument
from integrations.models.knowledge import Reading, Source, Tongue, Validation


class PersonSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    name = serializers.CharField()


class KnowledgeDocumentSerializer(serializers.Serializer[KnowledgeDocument]):
    """`reason`: why it could not be read. `embedded_with` blank: found by its words alone, so far."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    source = serializers.ChoiceField(choices=Source.choices)  # type: ignore[assignment]
    url = serializers.CharField()
    mime = serializers.CharField()
    size = serializers.IntegerField()
    sector = serializers.CharField()
    language = serializers.ChoiceField(choices=Tongue.choices, allow_blank=True)
    state = serializers.ChoiceField(choices=Reading.choices)
    reason = serializers.CharField()
    characters = serializers.IntegerField()
    pages = serializers.IntegerField()
    chunks = serializers.IntegerField(source="chunk_count")
    embedded_with = serializers.CharField()
    read_at = serializers.DateTimeField(allow_null=True)
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    version = serializers.IntegerField()


class KnowledgeAnswerSerializer(serializers.Serializer[KnowledgeAnswer]):
    """`embedded_with`: the model of its vector; blank: found by its words alone, so far."""

    id = serializers.IntegerField()
    question = serializers.CharField()
    answer = serializers.CharField()
    sector = serializers.CharField()
    language = serializers.ChoiceField(choices=Tongue.choices, allow_blank=True)
    validated_by = serializers.ChoiceField(choices=Validation.choices)
    operator = serializers.CharField()
    contact = serializers.IntegerField(source="contact_id", allow_null=True)
    ticket = serializers.IntegerField(source="ticket_id", allow_null=True)
    is_learned = serializers.BooleanField()
    embedded_with = serializers.SerializerMethodField()
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    version = serializers.IntegerField()

    @extend_schema_field(serializers.CharField())
    def get_embedded_with(self, answer: KnowledgeAnswer) -> str:
        return next((chunk.embedded_with for chunk in answer.chunks.all()), "")


class KnowledgeIndexSerializer(serializers.Serializer[Any]):
    """`wanted` is the provider's model. While it is not `model`, words alone answer; `target` is then being made."""

    model = serializers.CharField()
    wanted = serializers.CharField()
    how = serializers.ChoiceField(choices=["hybrid", "text"])
    target = serializers.CharField()
    total = serializers.IntegerField()
    done = serializers.IntegerField()
    reason = serializers.CharField()
    finished_at = serializers.DateTimeField(allow_null=True)
    updated_at = serializers.DateTimeField(allow_null=True)


class KnowledgePassageSerializer(serializers.Serializer[Any]):
    """`score`: how near it is, 0 to 1. `url` opens it in the console."""

    id = serializers.IntegerField()
    document = serializers.IntegerField(allow_null=True)
    answer = serializers.IntegerField(allow_null=True)
    title = serializers.CharField()
    text = serializers.CharField()
    page = serializers.IntegerField(allow_null=True)
    sector = serializers.CharField()
    score = serializers.FloatField()
    source = serializers.ChoiceField(choices=["document", "answer"])  # type: ignore[assignment]
    url = serializers.CharField()


class KnowledgeFoundSerializer(serializers.Serializer[Any]):
    """`how`: by words and meaning, or by words alone (no provider of embeddings, or it is in trouble)."""

    how = serializers.ChoiceField(choices=["hybrid", "text"])
    results = KnowledgePassageSerializer(many=True, source="passages")
