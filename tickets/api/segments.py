"""The door to segments and their counts."""

from typing import Any

from django.utils.timezone import now
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from tenants.authentication import auth_of
from tenants.scoping import current_company_id
from tickets.actions import segments
from tickets.api.contact_filters import ContactFilterBodyField
from tickets.api.owned import owner_for, require_change
from tickets.api.shared import NounViewSet, checked
from tickets.models import Segment
from tickets.models.counts import CAP
from tickets.models.segment import ContactSort
from tickets.serializers.segment import SegmentCountsSerializer, SegmentSerializer

SHARED = "views.write"


class SegmentForm(serializers.Serializer[Any]):
    """`is_shared` makes it the company's; `position` moves it there, counted from 0."""

    name = serializers.CharField(max_length=60)
    color = serializers.RegexField(r"^#[0-9a-fA-F]{6}$", required=False)
    filter = ContactFilterBodyField(required=False)
    sort = serializers.ChoiceField(choices=ContactSort.choices, required=False)
    position = serializers.IntegerField(min_value=0, max_value=1000, required=False)
    is_shared = serializers.BooleanField(required=False)


class SegmentViewSet(NounViewSet):
    model = Segment
    queryset = Segment.objects.none()  # for the schema
    serializer_class = SegmentSerializer
    ordering: tuple[str, ...] = ("position", "id")
    page_size = 100
    required = {
        "list": "contacts.read",
        "create": "contacts.read",
        "retrieve": "contacts.read",
        "partial_update": "contacts.read",
        "destroy": "contacts.read",
        "counts": "contacts.read",
    }

    def get_queryset(self) -> Any:
        return Segment.objects.usable_by(getattr(self.request.user, "pk", None))

    def list(self, request: Request) -> Response:
        """One's own and the company's, each in their order."""
        return self.page_of(SegmentSerializer, self.get_queryset())

    @extend_schema(request=SegmentForm, responses={201: SegmentSerializer})
    def create(self, request: Request) -> Response:
        """One's own, or the company's for those who may write these."""
        given = checked(SegmentForm, request)
        owner = owner_for(request, is_shared=given.pop("is_shared", False), permission=SHARED)
        segment = segments.create(by=auth_of(request).by, owner=owner, **given)
        return Response(SegmentSerializer(segment).data, status=status.HTTP_201_CREATED)

    def retrieve(self, request: Request, pk: int) -> Response:
        return Response(SegmentSerializer(self.get_object()).data)

    @extend_schema(request=SegmentForm)
    def partial_update(self, request: Request, pk: int) -> Response:
        segment = self.get_object()
        require_change(request, segment, SHARED)
        given = checked(SegmentForm, request, partial=True)
        if "is_shared" in given:
            given["owner"] = owner_for(request, is_shared=given.pop("is_shared"), permission=SHARED)
        return Response(SegmentSerializer(segments.update(segment, by=auth_of(request).by, **given)).data)

    def destroy(self, request: Request, pk: int) -> Response:
        segment = self.get_object()
        require_change(request, segment, SHARED)
        segments.delete(segment, by=auth_of(request).by)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(responses=SegmentCountsSerializer)
    @action(detail=False, pagination_class=None)
    def counts(self, request: Request) -> Response:
        """How many contacts each of one's segments has, all in one request."""
        found = list(self.get_queryset().order_by("position", "id")[:100])
        user = auth_of(request).user
        counted = segments.counts(
            found, company_id=current_company_id(), user_id=user.pk if user else None, at=now()
        )
        return Response({"counts": counted, "cap": CAP})
