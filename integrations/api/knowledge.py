"""The door to documents that a company gives its assistants."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from helpdesk.api import Parser
from helpdesk.errors import Invalid, TooLarge
from integrations.actions import documents
from integrations.models import KnowledgeChunk, KnowledgeDocument
from integrations.models.knowledge import Reading, Tongue
from integrations.serializers.knowledge import KnowledgeDocumentSerializer
from tenants.authentication import auth_of
from tickets.api.shared import IdField, NounViewSet, asked, checked
from tickets.api.uploads import FORM_BYTES
from tickets.models.search import plain

READ, WRITE = "knowledge.read", "knowledge.write"
MOST_TEXT = 2_000_000
WINDOW = 20_000  # characters of a document that are shown at once


class KnowledgeAboutForm(serializers.Serializer[Any]):
    """`sector` narrows searches; blank `language`: the reader finds out."""

    name = serializers.CharField(max_length=200, required=False)
    sector = serializers.CharField(max_length=60, required=False, allow_blank=True)
    language = serializers.ChoiceField(choices=Tongue.choices, required=False, allow_blank=True)


class KnowledgeDocumentForm(KnowledgeAboutForm):
    """An address to be fetched, or a text (Markdown). A file is sent as a form with the field `file`."""

    url = serializers.URLField(max_length=2000, required=False)
    text = serializers.CharField(max_length=MOST_TEXT, required=False, trim_whitespace=False)

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        if ("url" in given) == ("text" in given):
            raise serializers.ValidationError({"url": ["Give an address, or a text, or a file."]})
        if "text" in given and "name" not in given:
            raise serializers.ValidationError({"name": ["Say what the text is."]})
        return given


class KnowledgeUpload(KnowledgeAboutForm):
    file = serializers.FileField()


class DocumentFilters(serializers.Serializer[Any]):
    sector = serializers.CharField(max_length=60, required=False, allow_blank=True)
    state = serializers.ChoiceField(choices=Reading.choices, required=False)
    search = serializers.CharField(max_length=100, required=False, allow_blank=True)


class PlaceForm(serializers.Serializer[Any]):
    """`chunk`: the passage to show, with what stands around it; else from the place `start`."""

    chunk = IdField(required=False)
    start = serializers.IntegerField(min_value=0, max_value=MOST_TEXT, required=False, default=0)


class KnowledgePlaceSerializer(serializers.Serializer[Any]):
    """`text` is the document from the character `start` on; the passage stands from `from` until `until` in it."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    text = serializers.CharField()
    start = serializers.IntegerField()
    characters = serializers.IntegerField()
    passage = serializers.DictField(allow_null=True)


class DocumentViewSet(NounViewSet):
    model = KnowledgeDocument
    queryset = KnowledgeDocument.objects.none()  # for the schema
    serializer_class = KnowledgeDocumentSerializer
    parser_classes = [Parser, MultiPartParser]
    ordering: tuple[str, ...] = ("-id",)
    required = {
        "list": READ,
        "retrieve": READ,
        "text": READ,
        "create": WRITE,
        "partial_update": WRITE,
        "destroy": WRITE,
        "reread": WRITE,
    }

    def get_queryset(self) -> Any:
        return KnowledgeDocument.objects.light()

    @extend_schema(parameters=[DocumentFilters])
    def list(self, request: Request) -> Response:
        """The newest first. `search` looks in their names."""
        given, found = asked(DocumentFilters, request), self.get_queryset()
        for name in ("sector", "state"):
            if given.get(name):
                found = found.filter(**{name: given[name]})
        if words := plain(given.get("search", "")).strip():
            found = found.filter(name__unaccent__icontains=words)
        return self.page_of(KnowledgeDocumentSerializer, found)

    @extend_schema(
        request={"application/json": KnowledgeDocumentForm, "multipart/form-data": KnowledgeUpload},
        responses={201: KnowledgeDocumentSerializer},
    )
    def create(self, request: Request) -> Response:
        """Give a file, an address or a text. It is read by a job; `knowledge_document.updated` tells how it goes."""
        auth = auth_of(request)
        who: dict[str, Any] = {"by": auth.by, "user": auth.user}
        if request.content_type.startswith("multipart/"):
            document = self._upload(request, who)
        else:
            given = checked(KnowledgeDocumentForm, request)
            if "url" in given:
                document = documents.add_url(given.pop("url"), given.pop("name", ""), **who, **given)
            else:
                document = documents.add_text(given.pop("text"), given.pop("name"), **who, **given)
        return Response(KnowledgeDocumentSerializer(document).data, status=status.HTTP_201_CREATED)

    def retrieve(self, request: Request, pk: int) -> Response:
        return Response(KnowledgeDocumentSerializer(self.get_object()).data)

    @extend_schema(request=KnowledgeAboutForm)
    def partial_update(self, request: Request, pk: int) -> Response:
        """Its name, sector and language. Another name or language means that it is read again."""
        document = self.get_object()
        given = checked(KnowledgeAboutForm, request, partial=True)
        return Response(
            KnowledgeDocumentSerializer(documents.update(document, by=auth_of(request).by, **given)).data
        )

    def destroy(self, request: Request, pk: int) -> Response:
        """With its file and its passages; it cannot come back."""
        documents.delete(self.get_object(), by=auth_of(request).by)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def reread(self, request: Request, pk: int) -> Response:
        """Fetch and read it again."""
        return Response(KnowledgeDocumentSerializer(documents.reread(self.get_object())).data)

    @extend_schema(parameters=[PlaceForm], responses=KnowledgePlaceSerializer)
    @action(detail=True, pagination_class=None)
    def text(self, request: Request, pk: int) -> Response:
        """What was read of it, around a passage: for whoever follows a citation."""
        document = self.get_object()
        given = asked(PlaceForm, request)
        chunk = None
        if "chunk" in given:
            chunk = KnowledgeChunk.objects.filter(document=document, pk=given["chunk"]).first()
        start = max(0, chunk.start - WINDOW // 2) if chunk else given["start"]
        passage = chunk and {
            "id": chunk.pk, "heading": chunk.heading, "page": chunk.page,
            "from": chunk.start - start, "until": chunk.end - start,
        }  # fmt: skip
        row = {
            "id": document.pk, "name": document.name, "text": document.text[start : start + WINDOW],
            "start": start, "characters": document.characters, "passage": passage,
        }  # fmt: skip
        return Response(row)

    def _upload(self, request: Request, who: dict[str, Any]) -> KnowledgeDocument:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and int(length) > documents.MAX_BYTES + FORM_BYTES:
            raise TooLarge("upload_too_large", "The file is too large.")
        file: Any = request.FILES.get("file")
        if file is None:
            raise Invalid("upload_missing", "Send the file in the form field `file`.")
        given = dict(KnowledgeAboutForm().run_validation(request.POST.dict()))
        return documents.add_file(file, given.pop("name", "") or str(file.name), **who, **given)
