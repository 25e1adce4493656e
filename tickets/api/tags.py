"""The door to tags."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from tenants.authentication import auth_of
from tickets.actions import tags
from tickets.api.shared import DeletedFilter, NounViewSet, asked, checked
from tickets.models import Tag
from tickets.serializers.tag import TagSerializer


class TagForm(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=40)
    color = serializers.RegexField(r"^#[0-9a-fA-F]{6}$", required=False)
    position = serializers.IntegerField(min_value=0, max_value=1000, required=False)


class TagViewSet(NounViewSet):
    model = Tag
    queryset = Tag.objects.none()  # for the schema
    serializer_class = TagSerializer
    ordering: tuple[str, ...] = ("position", "id")
    page_size = 500
    required = {
        "list": "tickets.read",
        "create": "tags.write",
        "retrieve": "tickets.read",
        "partial_update": "tags.write",
        "destroy": "tags.write",
        "restore": "tags.write",
    }

    def get_queryset(self) -> Any:
        return Tag.objects.all()

    @extend_schema(parameters=[DeletedFilter])
    def list(self, request: Request) -> Response:
        """In the company's own order."""
        deleted = asked(DeletedFilter, request)["deleted"]
        return self.page_of(TagSerializer, self.get_queryset().filter(deleted_at__isnull=not deleted))

    @extend_schema(request=TagForm, responses={201: TagSerializer})
    def create(self, request: Request) -> Response:
        tag = tags.create(by=auth_of(request).by, **checked(TagForm, request))
        return Response(TagSerializer(tag).data, status=status.HTTP_201_CREATED)

    def retrieve(self, request: Request, pk: int) -> Response:
        return Response(TagSerializer(self.get_object()).data)

    @extend_schema(request=TagForm)
    def partial_update(self, request: Request, pk: int) -> Response:
        tag = tags.update(
            self.get_object(), by=auth_of(request).by, **checked(TagForm, request, partial=True)
        )
        return Response(TagSerializer(tag).data)

    def destroy(self, request: Request, pk: int) -> Response:
        """Hide the tag. What carries it keeps it, unseen, until it is restored."""
        tags.delete(self.get_object(), by=auth_of(request).by)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def restore(self, request: Request, pk: int) -> Response:
        """Bring a deleted tag back."""
        return Response(TagSerializer(tags.restore(self.get_object(), by=auth_of(request).by)).data)
