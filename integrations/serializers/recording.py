"""How a recording looks: in lists without its text, by itself with everything that was heard."""

from typing import Any

from rest_framework import serializers

from integrations.models import Recording
from integrations.models.recording import RecordingState
from tickets.serializers.attachment import file_url
from tickets.serializers.message import AuthorSerializer


class UtteranceSerializer(serializers.Serializer[Any]):
    """Times in seconds. `speaker` is a letter, or blank where the provider tells nobody apart."""

    speaker = serializers.CharField(allow_blank=True)
    start = serializers.FloatField()
    end = serializers.FloatField()
    text = serializers.CharField()


class RecordingSerializer(serializers.Serializer[Recording]):
    """`progress` in percent; `error` is a code while it is failed. `heard_language` is the one that is spoken."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    state = serializers.ChoiceField(choices=RecordingState.choices)
    progress = serializers.IntegerField()
    error = serializers.CharField(allow_blank=True)
    language = serializers.CharField(allow_blank=True)
    heard_language = serializers.CharField(allow_blank=True)
    speakers_expected = serializers.IntegerField(allow_null=True)
    has_speakers = serializers.BooleanField()
    seconds = serializers.FloatField(allow_null=True)
    file_name = serializers.CharField()
    mime = serializers.CharField()
    size = serializers.IntegerField()
    url = serializers.CharField()
    playable_url = serializers.CharField(allow_null=True)
    uploaded_by = AuthorSerializer(allow_null=True)
    created_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)
    updated_at = serializers.DateTimeField()
    version = serializers.IntegerField()

    def to_representation(self, row: Recording) -> dict[str, Any]:
        file, by = row.file, row.uploaded_by
        url = file_url(str(file.uuid), file.name, file.kind)
        return {
            "id": row.pk,
            "name": row.name,
            "state": row.state,
            "progress": row.progress,
            "error": row.error,
            "language": row.language,
            "heard_language": row.heard_language,
            "speakers_expected": row.speakers_expected,
            "has_speakers": row.has_speakers,
            "seconds": row.seconds,
            "file_name": file.name,
            "mime": file.mime,
            "size": file.size,
            "url": url,
            "playable_url": f"{url}?part=playable" if file.playable_path else None,
            "uploaded_by": {"id": by.pk, "name": by.name} if by else None,
            "created_at": row.created_at,
            "finished_at": row.finished_at,
            "updated_at": row.updated_at,
            "version": row.version,
        }


class HeardRecordingSerializer(RecordingSerializer):
    """`speakers` in the order in which they begin; `speaker_names` how people called them."""

    text = serializers.CharField(allow_blank=True)
    speakers = serializers.ListField(child=serializers.CharField())
    speaker_names = serializers.DictField(child=serializers.CharField())
    utterances = UtteranceSerializer(many=True)

    def to_representation(self, row: Recording) -> dict[str, Any]:
        heard = {
            "text": row.text,
            "speakers": row.speakers,
            "speaker_names": row.speaker_names,
            "utterances": row.utterances,
        }
        return {**super().to_representation(row), **heard}


class RecordingStatusSerializer(serializers.Serializer[Recording]):
    """How far it is, and nothing else: for programs that wait."""

    id = serializers.IntegerField()
    state = serializers.ChoiceField(choices=RecordingState.choices)
    progress = serializers.IntegerField()
    error = serializers.CharField(allow_blank=True)


class AbilitySerializer(serializers.Serializer[Any]):
    can_transcribe = serializers.BooleanField()
    tells_speakers = serializers.BooleanField()
