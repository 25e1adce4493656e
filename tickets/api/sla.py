"""The door to policies of service levels."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from tenants.authentication import auth_of
from tickets.actions import sla_policies
from tickets.api.shared import DeletedFilter, IdField, NounViewSet, asked, checked
from tickets.models import Connection, Queue, SlaPolicy
from tickets.serializers.sla import PrioritiesField, SlaPolicySerializer

YEAR = 60 * 24 * 366


class MinutesField(serializers.IntegerField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=1, max_value=YEAR, required=False, allow_null=True, **kwargs)


class SlaPolicyForm(serializers.Serializer[Any]):
    """The default policy is for tickets that no other one fits; making one the default ends the other's turn."""

    name = serializers.CharField(max_length=60)
    position = serializers.IntegerField(min_value=0, max_value=1000, required=False)
    first_reply_minutes = MinutesField()
    next_reply_minutes = MinutesField()
    resolution_minutes = MinutesField()
    business_hours = serializers.BooleanField(required=False)
    warn_percent = serializers.IntegerField(min_value=1, max_value=99, required=False)
    is_default = serializers.BooleanField(required=False)
    queues = serializers.ListField(child=IdField(), required=False, max_length=200)
    connections = serializers.ListField(child=IdField(), required=False, max_length=200)
    priorities = PrioritiesField(required=False)

    def validate_queues(self, ids: list[int]) -> list[int]:
        return _known(Queue, ids)

    def validate_connections(self, ids: list[int]) -> list[int]:
        return _known(Connection, ids)


class SlaPolicyViewSet(NounViewSet):
    model = SlaPolicy
    queryset = SlaPolicy.objects.none()  # for the schema
    serializer_class = SlaPolicySerializer
    ordering: tuple[str, ...] = ("position", "id")
    page_size = 100
    required = {
        "list": "company.read",
        "create": "company.write",
        "retrieve": "company.read",
        "partial_update": "company.write",
        "destroy": "company.write",
        "restore": "company.write",
    }

    def get_queryset(self) -> Any:
        return SlaPolicy.objects.all()

    @extend_schema(parameters=[DeletedFilter])
    def list(self, request: Request) -> Response:
        """In the order in which they are asked: the first that fits a ticket counts."""
        deleted = asked(DeletedFilter, request)["deleted"]
        return self.page_of(SlaPolicySerializer, self.get_queryset().filter(deleted_at__isnull=not deleted))

    @extend_schema(request=SlaPolicyForm, responses={201: SlaPolicySerializer})
    def create(self, request: Request) -> Response:
        policy = sla_policies.create(by=auth_of(request).by, **checked(SlaPolicyForm, request))
        return Response(SlaPolicySerializer(policy).data, status=status.HTTP_201_CREATED)

    def retrieve(self, request: Request, pk: int) -> Response:
        return Response(SlaPolicySerializer(self.get_object()).data)

    @extend_schema(request=SlaPolicyForm)
    def partial_update(self, request: Request, pk: int) -> Response:
        given = checked(SlaPolicyForm, request, partial=True)
        policy = sla_policies.update(self.get_object(), by=auth_of(request).by, **given)
        return Response(SlaPolicySerializer(policy).data)

    def destroy(self, request: Request, pk: int) -> Response:
        """Hide the policy. What it promised before stays in the reports."""
        sla_policies.delete(self.get_object(), by=auth_of(request).by)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def restore(self, request: Request, pk: int) -> Response:
        """Bring a deleted policy back."""
        policy = sla_policies.restore(self.get_object(), by=auth_of(request).by)
        return Response(SlaPolicySerializer(policy).data)


def _known(model: type[Queue] | type[Connection], ids: list[int]) -> list[int]:
    wanted = set(ids)
    known = set(model.objects.live().filter(pk__in=wanted).values_list("pk", flat=True))
    if missing := wanted - known:
        raise serializers.ValidationError(f"There is nothing with the id {min(missing)}.")
    return sorted(known)
