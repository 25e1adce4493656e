"""The door to imports of contacts: upload, match the columns, look, begin, fetch what went wrong."""

from typing import Any

import phonenumbers
from django.http.response import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from helpdesk.api import Parser
from helpdesk.errors import Invalid, TooLarge
from tenants.authentication import auth_of
from tickets import sheets
from tickets.actions import imports
from tickets.api.downloads import download
from tickets.api.shared import IdField, NounViewSet, checked
from tickets.api.uploads import FORM_BYTES
from tickets.models import ContactImport
from tickets.models.contact_import import OnExisting
from tickets.serializers.contact_import import ContactImportSerializer, ImportPreviewSerializer


class ImportUpload(serializers.Serializer[Any]):
    file = serializers.FileField()


class ImportForm(serializers.Serializer[Any]):
    """`tags` are put on every contact of the file; `region` completes numbers without a country code."""

    has_header = serializers.BooleanField(required=False)
    mapping = serializers.ListField(
        child=serializers.CharField(max_length=60, allow_blank=True), required=False, max_length=100
    )
    on_existing = serializers.ChoiceField(choices=OnExisting.choices, required=False)
    make_tags = serializers.BooleanField(required=False)
    tags = serializers.ListField(child=IdField(), required=False, max_length=50)
    region = serializers.CharField(max_length=2, required=False)

    def validate_tags(self, ids: list[int]) -> list[int]:
        return imports.living_tags(ids)

    def validate_region(self, region: str) -> str:
        if region not in phonenumbers.SUPPORTED_REGIONS:
            raise serializers.ValidationError("Two letters of a country, such as BR.")
        return region


class ContactImportViewSet(NounViewSet):
    """One sees one's own imports; a key sees those of keys."""

    model = ContactImport
    queryset = ContactImport.objects.none()  # for the schema
    serializer_class = ContactImportSerializer
    parser_classes = [Parser, MultiPartParser]
    ordering: tuple[str, ...] = ("-id",)
    page_size = 20
    http_method_names = ["get", "post", "patch", "head", "options"]
    required = {
        "list": "contacts.import",
        "create": "contacts.import",
        "retrieve": "contacts.import",
        "partial_update": "contacts.import",
        "preview": "contacts.import",
        "start": "contacts.import",
        "cancel": "contacts.import",
        "errors": "contacts.import",
    }

    def get_queryset(self) -> Any:
        return ContactImport.objects.light().filter(user=auth_of(self.request).user)

    def list(self, request: Request) -> Response:
        """The newest first."""
        return self.page_of(ContactImportSerializer, self.get_queryset())

    @extend_schema(request={"multipart/form-data": ImportUpload}, responses={201: ContactImportSerializer})
    def create(self, request: Request) -> Response:
        """Upload a CSV or XLSX file, or the contacts of a phone (VCF). The answer says what was understood;
        nothing is imported yet."""
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and int(length) > sheets.MAX_BYTES + FORM_BYTES:
            raise TooLarge("upload_too_large", "The file is too large.")
        file: Any = request.FILES.get("file")
        if file is None:
            raise Invalid("upload_missing", "Send the file in the form field `file`.")
        if file.size > sheets.MAX_BYTES:
            raise TooLarge("upload_too_large", "The file is too large.")
        job = imports.upload(file.read(), str(file.name), by=auth_of(request).user)
        return Response(ContactImportSerializer(job).data, status=status.HTTP_201_CREATED)

    def retrieve(self, request: Request, pk: int) -> Response:
        return Response(ContactImportSerializer(self.get_object()).data)

    @extend_schema(request=ImportForm)
    def partial_update(self, request: Request, pk: int) -> Response:
        """Say what the columns are and what is to be done, before it begins."""
        job = self.get_object()
        job = imports.configure(job, **checked(ImportForm, request, partial=True))
        return Response(ContactImportSerializer(job).data)

    @extend_schema(responses=ImportPreviewSerializer)
    @action(detail=True, pagination_class=None)
    def preview(self, request: Request, pk: int) -> Response:
        """What would become of the first rows. Changes nothing."""
        return Response(imports.preview(self.get_object()))

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def start(self, request: Request, pk: int) -> Response:
        """Begin. `contact_import.updated` tells how it goes on."""
        job = imports.start(self.get_object(), by=auth_of(request).by)
        return Response(ContactImportSerializer(job).data)

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, pk: int) -> Response:
        """Leave the rest alone. What was imported stays."""
        return Response(ContactImportSerializer(imports.cancel(self.get_object())).data)

    @extend_schema(responses={(200, "text/csv"): OpenApiResponse(OpenApiTypes.BINARY)})
    @action(detail=True, pagination_class=None)
    def errors(self, request: Request, pk: int) -> HttpResponseBase:
        """The rows that were not imported, with the reason, as CSV."""
        job = self.get_object()
        return download(f"import-{job.pk}-errors", imports.error_rows(job), company_id=job.company_id)
