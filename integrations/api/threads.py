"""The doors to threads and runs: for whoever began them, a person or a key, and nobody else."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.parsers import JSONParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from helpdesk.errors import Invalid
from integrations.actions import thread_files, threads
from integrations.models import Assistant, AssistantRun, AssistantThread
from integrations.serializers.run import (
    AssistantRunSerializer,
    ThreadFileSerializer,
    ThreadItemSerializer,
    ThreadSerializer,
)
from tenants.authentication import auth_of
from tenants.doors import CompanyViewSet
from tickets.api.shared import NounViewSet, RowField, checked


class ThreadForm(serializers.Serializer[Any]):
    assistant = RowField(lambda: Assistant.objects.filter(deleted_at=None))
    title = serializers.CharField(max_length=120, required=False, allow_blank=True)


class ThreadFileForm(serializers.Serializer[Any]):
    file = serializers.FileField()


class ThreadViewSet(NounViewSet):
    model = AssistantThread
    queryset = AssistantThread.objects.none()  # for the schema
    serializer_class = ThreadSerializer
    parser_classes = [JSONParser, MultiPartParser]
    ordering: tuple[str, ...] = ("-id",)
    page_size = 50
    required = {
        "list": "ai.use",
        "create": "ai.use",
        "retrieve": "ai.use",
        "destroy": "ai.use",
        "items": "ai.use",
        "files": "ai.use",
        "add_file": "ai.use",
    }
    http_method_names = ["get", "post", "delete", "head", "options"]

    def get_queryset(self) -> Any:
        auth = auth_of(self.request)
        return AssistantThread.objects.of(user=auth.user, api_key=auth.api_key)

    def list(self, request: Request) -> Response:
        """One's own, the newest first."""
        return self.page_of(ThreadSerializer, self.get_queryset())

    @extend_schema(request=ThreadForm, responses={201: ThreadSerializer})
    def create(self, request: Request) -> Response:
        """An empty thread, for files before the first message."""
        auth, given = auth_of(request), checked(ThreadForm, request)
        thread = threads.begin(
            given["assistant"], title=given.get("title", ""), user=auth.user, api_key=auth.api_key
        )
        return Response(ThreadSerializer(thread).data, status=status.HTTP_201_CREATED)

    def retrieve(self, request: Request, pk: int) -> Response:
        return Response(ThreadSerializer(self.get_object()).data)

    def destroy(self, request: Request, pk: int) -> Response:
        """For good, with what was said and its files."""
        self.get_object().delete()
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(responses=ThreadItemSerializer(many=True))
    @action(detail=True, methods=["get"])
    def items(self, request: Request, pk: int) -> Response:
        """What was said, the oldest first."""
        self.ordering = ("id",)
        return self.page_of(ThreadItemSerializer, self.get_object().items.all())

    @extend_schema(responses=ThreadFileSerializer(many=True))
    @action(detail=True, methods=["get"])
    def files(self, request: Request, pk: int) -> Response:
        """The files of the thread, the oldest first."""
        self.ordering = ("id",)
        rows = self.get_object().files.defer("text", "data")
        return self.page_of(ThreadFileSerializer, rows)

    @extend_schema(request={"multipart/form-data": ThreadFileForm}, responses={201: ThreadFileSerializer})
    @files.mapping.post
    def add_file(self, request: Request, pk: int) -> Response:
        """A document (PDF, DOCX, text) or a picture (PNG, JPG, WebP) for the questions that follow."""
        thread, file = self.get_object(), request.FILES.get("file")
        if file is None:
            raise Invalid("upload_missing", "Send the file in the form field `file`.")
        row = thread_files.add(thread, file)
        return Response(ThreadFileSerializer(row).data, status=status.HTTP_201_CREATED)


class RunViewSet(CompanyViewSet):
    model = AssistantRun
    queryset = AssistantRun.objects.none()  # for the schema
    serializer_class = AssistantRunSerializer
    lookup_value_regex = "[0-9]{1,18}"
    required = {"retrieve": "ai.use"}

    def get_queryset(self) -> Any:
        auth = auth_of(self.request)
        return AssistantRun.objects.of(user=auth.user, api_key=auth.api_key)

    def retrieve(self, request: Request, pk: int) -> Response:
        """How far it is: queued, running, completed with its answer, or failed with a code."""
        return Response(AssistantRunSerializer(self.get_object()).data)
