"""The door to queues."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from tenants.authentication import auth_of
from tickets.actions import queues
from tickets.api.shared import DeletedFilter, IdField, NounViewSet, RowField, asked, checked
from tickets.models import Hours, Queue
from tickets.models.queue import Assignment
from tickets.serializers.queue import QueueSerializer


class PatienceField(serializers.IntegerField):
    """Minutes until a rule acts; null turns it off."""

    def __init__(self, *, min_value: int = 1) -> None:
        super().__init__(min_value=min_value, max_value=43_200, required=False, allow_null=True)


class QueueForm(serializers.Serializer[Any]):
    """`members` replaces the whole set; `position` moves it there, counted from 0.

    `inactivity_minutes` of null are the company's; 0 turns the rule off for this queue.
    """

    name = serializers.CharField(max_length=60)
    color = serializers.RegexField(r"^#[0-9a-fA-F]{6}$", required=False)
    greeting = serializers.CharField(max_length=1024, required=False, allow_blank=True)
    hours = RowField(lambda: Hours.objects.all(), required=False, allow_null=True)
    out_of_hours = serializers.CharField(max_length=1024, required=False, allow_blank=True)
    files = serializers.ListField(child=IdField(), required=False, max_length=10)
    closes = serializers.BooleanField(required=False)
    position = serializers.IntegerField(min_value=0, max_value=1000, required=False)
    members = serializers.ListField(child=IdField(), required=False, max_length=1000)
    assignment = serializers.ChoiceField(choices=Assignment.choices, required=False)
    previous_first = serializers.BooleanField(required=False)
    capacity = serializers.IntegerField(min_value=1, max_value=500, required=False, allow_null=True)
    idle_minutes = PatienceField()
    away_minutes = PatienceField()
    overflow_minutes = PatienceField()
    overflow_queue = RowField(lambda: Queue.objects.live(), required=False, allow_null=True)
    inactivity_minutes = PatienceField(min_value=0)
    inactivity_close_minutes = PatienceField(min_value=0)


class QueueViewSet(NounViewSet):
    model = Queue
    queryset = Queue.objects.none()  # for the schema
    serializer_class = QueueSerializer
    ordering: tuple[str, ...] = ("position", "id")
    page_size = 100
    required = {
        "list": "queues.read",
        "create": "queues.write",
        "retrieve": "queues.read",
        "partial_update": "queues.write",
        "destroy": "queues.write",
        "restore": "queues.write",
        "presets": "queues.write",
    }

    def get_queryset(self) -> Any:
        return Queue.objects.with_parts()

    @extend_schema(parameters=[DeletedFilter])
    def list(self, request: Request) -> Response:
        """In the company's own order."""
        deleted = asked(DeletedFilter, request)["deleted"]
        return self.page_of(QueueSerializer, self.get_queryset().filter(deleted_at__isnull=not deleted))

    @extend_schema(request=QueueForm, responses={201: QueueSerializer})
    def create(self, request: Request) -> Response:
        queue = queues.create(by=auth_of(request).by, **checked(QueueForm, request))
        return Response(QueueSerializer(queue).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=None, responses={201: QueueSerializer(many=True)})
    @action(detail=False, methods=["post"], pagination_class=None)
    def presets(self, request: Request) -> Response:
        """Make the five queues that most companies begin with. Those that exist stay as they are."""
        made: Any = queues.create_presets(by=auth_of(request).by)
        return Response(QueueSerializer(made, many=True).data, status=status.HTTP_201_CREATED)

    def retrieve(self, request: Request, pk: int) -> Response:
        return Response(QueueSerializer(self.get_object()).data)

    @extend_schema(request=QueueForm)
    def partial_update(self, request: Request, pk: int) -> Response:
        queue = queues.update(
            self.get_object(), by=auth_of(request).by, **checked(QueueForm, request, partial=True)
        )
        return Response(QueueSerializer(queue).data)

    def destroy(self, request: Request, pk: int) -> Response:
        """Hide the queue. What waits in it waits without a queue."""
        queues.delete(self.get_object(), by=auth_of(request).by)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def restore(self, request: Request, pk: int) -> Response:
        """Bring a deleted queue back."""
        return Response(QueueSerializer(queues.restore(self.get_object(), by=auth_of(request).by)).data)
