"""The door to the review of contacts that may be one person."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from tenants.authentication import auth_of
from tickets.actions import duplicates
from tickets.api.positions import CursorQuery, following, position_in
from tickets.api.shared import NounViewSet, RowField, asked, checked
from tickets.models import Contact
from tickets.models.duplicates import suspicions
from tickets.serializers.contact import ContactSerializer
from tickets.serializers.duplicate import DuplicatePageSerializer

PAGE = 20


class PairForm(serializers.Serializer[Any]):
    first = RowField(lambda: Contact.objects.all())
    second = RowField(lambda: Contact.objects.all())


class DuplicateViewSet(NounViewSet):
    model = Contact
    queryset = Contact.objects.none()  # for the schema
    serializer_class = ContactSerializer
    http_method_names = ["get", "post", "head", "options"]
    required = {"pairs": "contacts.read", "part": "contacts.delete", "forget": "contacts.delete"}

    @extend_schema(parameters=[CursorQuery], responses=DuplicatePageSerializer)
    def pairs(self, request: Request) -> Response:
        """Two by two, those with the newest contact first. Whoever may merge decides: contacts/{id}/merge/, or
        that they are two."""
        after: Any = position_in(asked(CursorQuery, request).get("cursor"), int, int)
        found = suspicions(after=after, size=PAGE + 1)
        shown = found[:PAGE]
        more = len(found) > PAGE
        ids = {pk for one in shown for pk in (one.first, one.second)}
        people = Contact.objects.with_parts().in_bulk(ids)
        rows = [_pair(people[one.first], people[one.second], one.reasons) for one in shown]
        next_page = following(request, (shown[-1].second, shown[-1].first)) if more else None
        return Response({"next": next_page, "previous": None, "results": rows})

    @extend_schema(request=PairForm, responses={204: None})
    @action(detail=False, methods=["post"])
    def part(self, request: Request) -> Response:
        """They are two people: not shown again."""
        given = checked(PairForm, request)
        duplicates.part(given["first"], given["second"], by=auth_of(request).user)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=PairForm, responses={204: None})
    @action(detail=False, methods=["post"])
    def forget(self, request: Request) -> Response:
        """Take back that they are two."""
        given = checked(PairForm, request)
        duplicates.forget(given["first"], given["second"])
        return Response(status=status.HTTP_204_NO_CONTENT)


def _pair(first: Contact, second: Contact, reasons: list[str]) -> dict[str, Any]:
    newest = max((first, second), key=lambda one: (one.last_active_at, one.pk))
    return {
        "first": ContactSerializer(first).data,
        "second": ContactSerializer(second).data,
        "reasons": sorted(reasons),
        "into": newest.pk,
    }
