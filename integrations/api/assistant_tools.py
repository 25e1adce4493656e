"""The door to a company's own HTTP tools."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from integrations.actions import assistant_tools
from integrations.models import AssistantTool
from integrations.models.assistant_tool import Method
from integrations.serializers.assistant import AssistantToolSerializer, ToolArgumentSerializer
from tenants.authentication import auth_of
from tickets.api.shared import DeletedFilter, NounViewSet, asked, checked


class HeadersField(serializers.DictField):
    """{name: value}; a value of null keeps the one that is kept. Values are never shown again."""

    child = serializers.RegexField(r"^[^\r\n]*$", max_length=4_000, allow_null=True, allow_blank=True)

    def to_internal_value(self, data: Any) -> Any:
        headers = super().to_internal_value(data)
        for name in headers:
            if not name.replace("-", "").replace("_", "").isalnum() or not name.isascii() or len(name) > 80:
                raise serializers.ValidationError([f"{name[:80]!r} is no name of a header."])
            if name.lower() in {"host", "content-length", "transfer-encoding", "connection"}:
                raise serializers.ValidationError([f"{name} is ours to set."])
        return headers


class AssistantToolForm(serializers.Serializer[Any]):
    """`name` is what the model calls it by, and stays. The address may hold {arguments} after its host."""

    name = serializers.RegexField(r"^[a-z][a-z0-9_]{2,39}$")
    description = serializers.CharField(max_length=1_000)
    method = serializers.ChoiceField(choices=Method.choices, required=False)
    url = serializers.CharField(max_length=1_000)
    arguments = ToolArgumentSerializer(many=True, required=False, max_length=20)  # type: ignore[call-arg]
    headers = HeadersField(required=False)
    timeout_seconds = serializers.IntegerField(min_value=1, max_value=20, required=False)
    needs_verification = serializers.BooleanField(required=False)


class AssistantToolViewSet(NounViewSet):
    model = AssistantTool
    queryset = AssistantTool.objects.none()  # for the schema
    serializer_class = AssistantToolSerializer
    ordering: tuple[str, ...] = ("name", "id")
    page_size = 100
    required = {
        "list": "ai.read",
        "create": "ai.write",
        "retrieve": "ai.read",
        "partial_update": "ai.write",
        "destroy": "ai.write",
        "restore": "ai.write",
    }

    @extend_schema(parameters=[DeletedFilter])
    def list(self, request: Request) -> Response:
        """By name."""
        deleted = asked(DeletedFilter, request)["deleted"]
        rows = self.get_queryset().filter(deleted_at__isnull=not deleted)
        return self.page_of(AssistantToolSerializer, rows)

    @extend_schema(request=AssistantToolForm, responses={201: AssistantToolSerializer})
    def create(self, request: Request) -> Response:
        given = _plain(checked(AssistantToolForm, request))
        tool = assistant_tools.create(by=auth_of(request).by, **given)
        return Response(AssistantToolSerializer(tool).data, status=status.HTTP_201_CREATED)

    def retrieve(self, request: Request, pk: int) -> Response:
        return Response(AssistantToolSerializer(self.get_object()).data)

    @extend_schema(request=AssistantToolForm)
    def partial_update(self, request: Request, pk: int) -> Response:
        """Its name stays. Assistants that use it get a new edition."""
        tool = self.get_object()
        given = _plain(checked(AssistantToolForm, request, partial=True))
        tool = assistant_tools.update(tool, by=auth_of(request).by, **given)
        return Response(AssistantToolSerializer(tool).data)

    def destroy(self, request: Request, pk: int) -> Response:
        """Hide it; it can be restored."""
        assistant_tools.delete(self.get_object(), by=auth_of(request).by)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def restore(self, request: Request, pk: int) -> Response:
        """Bring a deleted one back."""
        restored = assistant_tools.restore(self.get_object(), by=auth_of(request).by)
        return Response(AssistantToolSerializer(restored).data)


def _plain(given: dict[str, Any]) -> dict[str, Any]:
    if "arguments" in given:
        given["arguments"] = [dict(one) for one in given["arguments"]]
    return given
