"""How a file of a message looks to everyone: its state, and where to see, play and preview it."""

from typing import Any
from urllib.parse import quote

from rest_framework import serializers

from tickets.models import Attachment
from tickets.models.attachment import Kind, State, TranscriptState

ENDINGS = {"image": "jpg", "audio": "ogg", "video": "mp4", "document": "bin", "sticker": "webp"}


class TranscriptSerializer(serializers.Serializer[Any]):
    """What a machine heard in it. `language` is ISO 639-1 where it is known, `error` why there is no text."""

    state = serializers.ChoiceField(choices=TranscriptState.choices)
    text = serializers.CharField(allow_blank=True)
    language = serializers.CharField(allow_blank=True)
    error = serializers.CharField(allow_blank=True)


class AttachmentSerializer(serializers.Serializer[Attachment]):
    """`url` answers once the state is stored; `playable_url` is for browsers that cannot play that.

    A PDF gets its `pages` and, as its thumbnail, its first page a moment after it is stored.
    """

    id = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=Kind.choices)
    name = serializers.CharField()
    mime = serializers.CharField()
    size = serializers.IntegerField()
    state = serializers.ChoiceField(choices=State.choices)
    url = serializers.CharField()
    playable_url = serializers.CharField(allow_null=True)
    thumbnail_url = serializers.CharField(allow_null=True)
    duration = serializers.FloatField(allow_null=True)
    waveform = serializers.ListField(
        child=serializers.IntegerField(min_value=0, max_value=100), allow_null=True
    )
    width = serializers.IntegerField(allow_null=True)
    height = serializers.IntegerField(allow_null=True)
    pages = serializers.IntegerField(allow_null=True)
    is_voice = serializers.BooleanField()
    transcript = TranscriptSerializer(allow_null=True)

    def to_representation(self, row: Attachment) -> dict[str, Any]:
        url = file_url(str(row.uuid), row.name, row.kind)
        return {
            "id": row.pk,
            "kind": row.kind,
            "name": row.name,
            "mime": row.mime,
            "size": row.size,
            "state": row.state,
            "url": url,
            "playable_url": f"{url}?part=playable" if row.playable_path else None,
            "thumbnail_url": f"{url}?part=thumbnail" if row.thumbnail_path else None,
            "duration": row.duration,
            "waveform": row.waveform,
            "width": row.width,
            "height": row.height,
            "pages": row.pages or None,
            "is_voice": row.is_voice,
            "transcript": _transcript(row) if row.transcript_state else None,
        }


def _transcript(row: Attachment) -> dict[str, str]:
    return {
        "state": row.transcript_state,
        "text": row.transcript,
        "language": row.transcript_language,
        "error": row.transcript_error,
    }


def file_url(file_id: str, name: str, kind: str) -> str:
    """The last part of the address is what a browser proposes when it saves the file."""
    return f"/api/media/{file_id}/{quote(name or f'{kind}.{ENDINGS[kind]}', safe='')}"


def with_urls(file: dict[str, Any]) -> dict[str, Any]:
    """A file of a row that the database built: it knows ids and paths, the addresses are made here."""
    url = file_url(file["url"], file["name"], file["kind"])
    file["url"] = url
    file["playable_url"] = f"{url}?part=playable" if file["playable_url"] else None
    file["thumbnail_url"] = f"{url}?part=thumbnail" if file["thumbnail_url"] else None
    return file
