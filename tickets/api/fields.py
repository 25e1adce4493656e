"""The door to the company's own fields of tickets and contacts."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from tenants.authentication import auth_of
from tickets.actions import fields
from tickets.api.shared import DeletedFilter, NounViewSet, asked, checked
from tickets.models import CustomField
from tickets.models.custom_field import FieldOn, FieldType
from tickets.serializers.field import FieldSerializer


class FieldFilters(DeletedFilter):
    on = serializers.ChoiceField(choices=FieldOn.choices, required=False)


class FieldChanges(serializers.Serializer[Any]):
    label = serializers.CharField(max_length=60)  # type: ignore[assignment]
    type = serializers.ChoiceField(choices=FieldType.choices, required=False)
    choices = serializers.ListField(
        child=serializers.CharField(max_length=80), required=False, max_length=100
    )
    help = serializers.CharField(max_length=200, required=False, allow_blank=True)
    required_to_close = serializers.BooleanField(required=False)
    position = serializers.IntegerField(min_value=0, max_value=1000, required=False)

    def validate_choices(self, choices: list[str]) -> list[str]:
        if len(set(choices)) != len(choices):
            raise serializers.ValidationError("Each choice may be there once.")
        return choices


class FieldForm(FieldChanges):
    """`key` follows from the label when it is not given. It and `on` never change."""

    on = serializers.ChoiceField(choices=FieldOn.choices)
    key = serializers.RegexField(r"^[a-z][a-z0-9_]{0,39}$", required=False)


class FieldViewSet(NounViewSet):
    model = CustomField
    queryset = CustomField.objects.none()  # for the schema
    serializer_class = FieldSerializer
    ordering: tuple[str, ...] = ("on", "position", "id")
    page_size = 200
    required = {
        "list": "tickets.read",
        "create": "fields.write",
        "retrieve": "tickets.read",
        "partial_update": "fields.write",
        "destroy": "fields.write",
        "restore": "fields.write",
    }

    def get_queryset(self) -> Any:
        return CustomField.objects.all()

    @extend_schema(parameters=[FieldFilters])
    def list(self, request: Request) -> Response:
        """In the company's own order."""
        given = asked(FieldFilters, request)
        found = self.get_queryset().filter(deleted_at__isnull=not given["deleted"])
        return self.page_of(FieldSerializer, found.filter(on=given["on"]) if "on" in given else found)

    @extend_schema(request=FieldForm, responses={201: FieldSerializer})
    def create(self, request: Request) -> Response:
        field = fields.create(by=auth_of(request).by, **checked(FieldForm, request))
        return Response(FieldSerializer(field).data, status=status.HTTP_201_CREATED)

    def retrieve(self, request: Request, pk: int) -> Response:
        return Response(FieldSerializer(self.get_object()).data)

    @extend_schema(request=FieldChanges)
    def partial_update(self, request: Request, pk: int) -> Response:
        field = fields.update(
            self.get_object(), by=auth_of(request).by, **checked(FieldChanges, request, partial=True)
        )
        return Response(FieldSerializer(field).data)

    def destroy(self, request: Request, pk: int) -> Response:
        """Hide the field. Its values stay, unseen, until it is restored."""
        fields.delete(self.get_object(), by=auth_of(request).by)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def restore(self, request: Request, pk: int) -> Response:
        """Bring a deleted field back with its values."""
        return Response(FieldSerializer(fields.restore(self.get_object(), by=auth_of(request).by)).data)
