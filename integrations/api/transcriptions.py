"""Doors to what is heard: uploaded recordings with their papers, and the voice notes of conversations."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from helpdesk.api import Parser
from helpdesk.errors import Invalid, Refused, TooLarge
from integrations.actions import recording_papers, recordings, transcribing
from integrations.models import Recording
from integrations.models.provider import ProviderKind
from integrations.models.recording import RecordingState
from integrations.serializers.recording import (
    AbilitySerializer,
    HeardRecordingSerializer,
    RecordingSerializer,
    RecordingStatusSerializer,
)
from tenants.authentication import auth_of
from tenants.doors import CompanyViewSet
from tickets.api.shared import NounViewSet, checked
from tickets.api.viewing import visible_message
from tickets.models import Message
from tickets.models.attachment import Kind
from tickets.serializers.message import MessageSerializer

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FORM_BYTES = 100_000  # what a form needs around the file itself
LANGUAGE = r"^[a-z]{2}(_[a-z]{2})?$"
MOST_SPEAKERS = 10


class RecordingUpload(serializers.Serializer[Any]):
    """`speakers_expected`: how many people speak, where that is known. `language` blank: it is found out."""

    file = serializers.FileField()
    name = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")
    language = serializers.RegexField(LANGUAGE, required=False, allow_blank=True, default="")
    speakers_expected = serializers.IntegerField(
        min_value=1, max_value=MOST_SPEAKERS, required=False, allow_null=True, default=None
    )


class RecordingForm(serializers.Serializer[Any]):
    """`speaker_names`: letter → name; an empty name makes it a letter again."""

    name = serializers.CharField(max_length=200, required=False)
    speaker_names = serializers.DictField(
        child=serializers.CharField(max_length=60, allow_blank=True), required=False
    )


class TranscriptionViewSet(NounViewSet):
    """One's own recordings; supervisors and programs see everyone's."""

    model = Recording
    queryset = Recording.objects.none()  # for the schema
    serializer_class = RecordingSerializer
    parser_classes = [Parser, MultiPartParser]
    ordering: tuple[str, ...] = ("-created_at", "-id")
    page_size = 30
    required = {
        "list": "ai.use",
        "create": "ai.use",
        "retrieve": "ai.use",
        "partial_update": "ai.use",
        "destroy": "ai.use",
        "status": "ai.use",
        "docx": "ai.use",
        "json": "ai.use",
        "retry": "ai.use",
        "ability": "ai.use",
    }

    def get_queryset(self) -> Any:
        auth, rows = auth_of(self.request), Recording.objects.select_related("file", "uploaded_by")
        return rows if "ai.read" in auth.permissions else rows.filter(uploaded_by=auth.user)

    def list(self, request: Request) -> Response:
        """The newest first, without their texts."""
        return self.page_of(RecordingSerializer, self.get_queryset().defer("text", "utterances"))

    @extend_schema(request={"multipart/form-data": RecordingUpload}, responses={202: RecordingSerializer})
    def create(self, request: Request) -> Response:
        """Upload a recording (MP3, WAV, OPUS, OGG, M4A, WEBM, MP4); it becomes text in the background."""
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and int(length) > settings.RECORDING_MAX_BYTES + FORM_BYTES:
            raise TooLarge("upload_too_large", "The file is too large.")
        if request.FILES.get("file") is None:
            raise Invalid("upload_missing", "Send the file in the form field `file`.")
        given = checked(RecordingUpload, request)
        row = recordings.upload(given.pop("file"), by=auth_of(request).user, **given)
        return Response(RecordingSerializer(row).data, status=status.HTTP_202_ACCEPTED)

    @extend_schema(responses=HeardRecordingSerializer)
    def retrieve(self, request: Request, pk: int) -> Response:
        """With everything that was heard."""
        return Response(HeardRecordingSerializer(self.get_object()).data)

    @extend_schema(request=RecordingForm, responses=HeardRecordingSerializer)
    def partial_update(self, request: Request, pk: int) -> Response:
        """Its name, and how the speakers are called."""
        row = self.get_object()
        recordings.change(row, **checked(RecordingForm, request, partial=True))
        return Response(HeardRecordingSerializer(self.get_object()).data)

    def destroy(self, request: Request, pk: int) -> Response:
        """With its file, here and at the provider."""
        recordings.delete(self.get_object())
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(responses=AbilitySerializer)
    @action(detail=False, pagination_class=None)
    def ability(self, request: Request) -> Response:
        """Whether a provider of the company makes text of sound, and tells who speaks."""
        provider = recordings.provider()
        tells = provider is not None and provider.kind == ProviderKind.ASSEMBLYAI
        return Response({"can_transcribe": provider is not None, "tells_speakers": tells})

    @extend_schema(responses=RecordingStatusSerializer)
    @action(detail=True, pagination_class=None)
    def status(self, request: Request, pk: int) -> Response:
        """queued → uploading → processing → completed or failed."""
        return Response(RecordingStatusSerializer(self.get_object()).data)

    @extend_schema(request=None, responses={202: RecordingSerializer})
    @action(detail=True, methods=["post"])
    def retry(self, request: Request, pk: int) -> Response:
        """Once more what failed."""
        recordings.retry(self.get_object())
        return Response(RecordingSerializer(self.get_object()).data, status=status.HTTP_202_ACCEPTED)

    @extend_schema(responses={(200, DOCX): OpenApiResponse(OpenApiTypes.BINARY)})
    @action(detail=True, pagination_class=None)
    def docx(self, request: Request, pk: int) -> HttpResponse:
        """As a Word document in the caller's language."""
        row, auth = self._completed(), auth_of(request)
        assert auth.company is not None
        language = auth.user.language if auth.user else auth.company.language
        made = recording_papers.docx_of(row, language=language, timezone=auth.company.timezone)
        return _file(made, DOCX, f"transcription-{row.pk}.docx")

    @extend_schema(responses=HeardRecordingSerializer)
    @action(detail=True, pagination_class=None)
    def json(self, request: Request, pk: int) -> Response:
        """The same as data, as a file."""
        row = self._completed()
        answer = Response(HeardRecordingSerializer(row).data)
        answer["Content-Disposition"] = f'attachment; filename="transcription-{row.pk}.json"'
        return answer

    def _completed(self) -> Recording:
        row: Recording = self.get_object()
        if row.state != RecordingState.COMPLETED:
            raise Refused("recording_not_completed", "This recording is not transcribed yet.")
        return row


class MessageTranscriptionViewSet(CompanyViewSet):
    """The voice note of a message as text, for whoever sees the message."""

    model = Message
    serializer_class = MessageSerializer
    required = {"create": "ai.use"}

    @extend_schema(
        request=None,
        responses={202: MessageSerializer},
        operation_id="transcriptions_for_message_create",
    )
    def create(self, request: Request, pk: int) -> Response:
        """Ask for it; the text comes with `message.updated`. What is heard already stays as it is."""
        message = visible_message(request, pk)
        file = message.attachments.filter(kind=Kind.AUDIO).first()
        if file is None:
            raise Refused("nothing_to_hear", "This message has no recording that could be transcribed.")
        transcribing.ask(file, by=auth_of(request).user)
        shown = Message.objects.with_parts().get(pk=message.pk)
        return Response(MessageSerializer(shown).data, status=status.HTTP_202_ACCEPTED)


class _File(HttpResponse):
    """A body that the company's door can treat like any other answer."""

    def render(self) -> "_File":
        return self


def _file(content: bytes, mime: str, name: str) -> HttpResponse:
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
    return _File(content, content_type=mime, headers=headers)
