"""The door for files that will be sent: uploaded first, then named by a message."""

from typing import Any

from django.conf import settings
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from helpdesk.errors import Invalid, TooLarge
from tenants.doors import CompanyViewSet
from tickets.actions import media
from tickets.models import Attachment
from tickets.serializers.attachment import AttachmentSerializer

FORM_BYTES = 100_000  # what a form needs around the file itself


class UploadInput(serializers.Serializer[Any]):
    """`voice`: the file is a recording that will be sent as a voice note."""

    file = serializers.FileField()
    voice = serializers.BooleanField(required=False, default=False)


class UploadViewSet(CompanyViewSet):
    model = Attachment
    serializer_class = AttachmentSerializer
    parser_classes = [MultiPartParser]
    required = {"create": "tickets.write"}

    @extend_schema(
        request={"multipart/form-data": UploadInput},
        responses={201: AttachmentSerializer},
        operation_id="uploads_create",
    )
    def create(self, request: Request) -> Response:
        """Keep a file for a message, converted where WhatsApp would not take it as it is."""
        _refuse_large(request)
        file = request.FILES.get("file")
        if file is None:
            raise Invalid("upload_missing", "Send the file in the form field `file`.")
        voice = str(request.POST.get("voice", "")).lower() in {"true", "1", "on"}
        row = media.store_upload(file, by=request.auth.user, voice=voice)
        return Response(AttachmentSerializer(row).data, status=201)


def _refuse_large(request: Request) -> None:
    """Before the body is read: a gigabyte must not reach the disk first."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if length.isdecimal() and int(length) > settings.UPLOAD_MAX_BYTES + FORM_BYTES:
        raise TooLarge("upload_too_large", "The file is too large.")
