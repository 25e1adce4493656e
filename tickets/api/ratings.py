"""The door to ratings: an agent's own, everybody's for who sees all tickets."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from tickets.api.shared import IdField, NounViewSet, asked
from tickets.api.viewing import viewer
from tickets.models import Rating
from tickets.models.rating import RatingState, Scale, summary_of
from tickets.serializers.rating import RatingSerializer, RatingSummarySerializer


class RatingFilters(serializers.Serializer[Any]):
    """`after` and `before` are about when it was asked."""

    ticket = IdField(required=False)
    contact = IdField(required=False)
    agent = IdField(required=False)
    queue = IdField(required=False)
    scale = serializers.ChoiceField(choices=Scale.choices, required=False)
    state = serializers.ChoiceField(choices=RatingState.choices, required=False)
    lowest = serializers.IntegerField(min_value=0, max_value=10, required=False)
    highest = serializers.IntegerField(min_value=0, max_value=10, required=False)
    after = serializers.DateTimeField(required=False)
    before = serializers.DateTimeField(required=False)


LOOKUPS = {
    "lowest": "score__gte",
    "highest": "score__lte",
    "after": "asked_at__gte",
    "before": "asked_at__lt",
}


class RatingViewSet(NounViewSet):
    model = Rating
    queryset = Rating.objects.none()  # for the schema
    serializer_class = RatingSerializer
    ordering: tuple[str, ...] = ("-asked_at", "-id")
    http_method_names = ["get", "head", "options"]
    required = {"list": "tickets.read", "retrieve": "tickets.read", "summary": "tickets.read"}

    def get_queryset(self) -> Any:
        return Rating.objects.with_parts().visible_to(viewer(self.request))

    @extend_schema(parameters=[RatingFilters])
    def list(self, request: Request) -> Response:
        """The newest first."""
        return self.page_of(RatingSerializer, self._found(request))

    @extend_schema(parameters=[RatingFilters], responses=RatingSummarySerializer)
    @action(detail=False)
    def summary(self, request: Request) -> Response:
        """The same ratings in a few numbers."""
        return Response(RatingSummarySerializer(summary_of(self._found(request))).data)

    def _found(self, request: Request) -> Any:
        given = asked(RatingFilters, request)
        wanted = {LOOKUPS.get(name, name): value for name, value in given.items()}
        return self.get_queryset().filter(**wanted)

    def retrieve(self, request: Request, pk: int) -> Response:
        return Response(RatingSerializer(self.get_object()).data)
