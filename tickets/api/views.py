"""The door to saved views and their counts."""

from typing import Any

from django.utils.timezone import now
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from tenants.authentication import auth_of
from tenants.scoping import current_company_id
from tickets.actions import views
from tickets.api.filters import FilterBodyField
from tickets.api.owned import owner_for, require_change
from tickets.api.shared import NounViewSet, checked
from tickets.api.viewing import viewer
from tickets.models import SavedView
from tickets.models.counts import CAP, filter_counts
from tickets.models.presets import PRESETS
from tickets.models.sorting import Sort
from tickets.serializers.view import SavedViewSerializer, ViewCountsSerializer

SHARED = "views.write"


class ViewForm(serializers.Serializer[Any]):
    """`is_shared` makes it the company's; `position` moves it there, counted from 0."""

    name = serializers.CharField(max_length=60)
    icon = serializers.CharField(max_length=30, required=False, allow_blank=True)
    color = serializers.RegexField(r"^#[0-9a-fA-F]{6}$", required=False)
    filter = FilterBodyField(required=False)
    sort = serializers.ChoiceField(choices=Sort.choices, required=False)
    position = serializers.IntegerField(min_value=0, max_value=1000, required=False)
    is_shared = serializers.BooleanField(required=False)


class ViewViewSet(NounViewSet):
    model = SavedView
    queryset = SavedView.objects.none()  # for the schema
    serializer_class = SavedViewSerializer
    ordering: tuple[str, ...] = ("position", "id")
    page_size = 100
    required = {
        "list": "tickets.read",
        "create": "tickets.read",
        "retrieve": "tickets.read",
        "partial_update": "tickets.read",
        "destroy": "tickets.read",
        "counts": "tickets.read",
    }

    def get_queryset(self) -> Any:
        return SavedView.objects.usable_by(getattr(self.request.user, "pk", None))

    def list(self, request: Request) -> Response:
        """One's own and the company's, each in their order."""
        return self.page_of(SavedViewSerializer, self.get_queryset())

    @extend_schema(request=ViewForm, responses={201: SavedViewSerializer})
    def create(self, request: Request) -> Response:
        """One's own, or the company's for those who may write these."""
        given = checked(ViewForm, request)
        owner = owner_for(request, is_shared=given.pop("is_shared", False), permission=SHARED)
        view = views.create(by=auth_of(request).by, owner=owner, **given)
        return Response(SavedViewSerializer(view).data, status=status.HTTP_201_CREATED)

    def retrieve(self, request: Request, pk: int) -> Response:
        return Response(SavedViewSerializer(self.get_object()).data)

    @extend_schema(request=ViewForm)
    def partial_update(self, request: Request, pk: int) -> Response:
        view = self.get_object()
        require_change(request, view, SHARED)
        given = checked(ViewForm, request, partial=True)
        if "is_shared" in given:
            given["owner"] = owner_for(request, is_shared=given.pop("is_shared"), permission=SHARED)
        return Response(SavedViewSerializer(views.update(view, by=auth_of(request).by, **given)).data)

    def destroy(self, request: Request, pk: int) -> Response:
        view = self.get_object()
        require_change(request, view, SHARED)
        views.delete(view, by=auth_of(request).by)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(responses=ViewCountsSerializer)
    @action(detail=False, pagination_class=None)
    def counts(self, request: Request) -> Response:
        """How many tickets each of one's views shows, and how many of them are unread, all in one request."""
        views = list(self.get_queryset().order_by("position", "id")[:100])
        asked = {f"view_{view.pk}": view.filter for view in views}
        asked |= {f"preset_{preset.name}": preset.filter for preset in PRESETS}
        found = filter_counts(asked, viewer(request), current_company_id(), now())
        counts = [{"view": view.pk, **_count(found[f"view_{view.pk}"])} for view in views]
        presets = [{"preset": preset.name, **_count(found[f"preset_{preset.name}"])} for preset in PRESETS]
        return Response({"presets": presets, "counts": counts, "cap": CAP})


def _count(found: list[int]) -> dict[str, int]:
    return {"count": found[0], "unread": found[1]}
