"""Which contacts are meant: by a search, a filter or a segment; what lists, exports and bulk acts share."""

from typing import Any

from django.http import Http404
from django.utils.timezone import now
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request

from helpdesk.errors import Invalid
from tenants.authentication import auth_of
from tickets import masking
from tickets.actions import segments
from tickets.models import Contact, Segment, filters
from tickets.models.contact_conditions import CONTACT_CONDITIONS
from tickets.models.segment import ContactSort


@extend_schema_field(OpenApiTypes.STR)
class ContactFilterField(serializers.Field[Any, Any, Any, Any]):
    """JSON in a query string: {"all": [{"key", "operator", "value"}, …]}, see GET contacts/filters/."""

    def to_internal_value(self, data: Any) -> filters.Filter:
        if not isinstance(data, str):
            raise Invalid("invalid_filter", "The filter is JSON.", filter=["Not JSON."])
        return filters.read(data, CONTACT_CONDITIONS)

    def to_representation(self, value: Any) -> Any:
        return value


@extend_schema_field(OpenApiTypes.OBJECT)
class ContactFilterBodyField(serializers.JSONField):
    """The same in a body. `{}` narrows nothing."""

    def to_internal_value(self, data: Any) -> filters.Filter:
        return filters.check(data, CONTACT_CONDITIONS)


class ContactFilters(serializers.Serializer[Any]):
    """What narrows a list of contacts. A segment brings its own order unless `sort` names another."""

    search = serializers.CharField(max_length=100, required=False, allow_blank=True)
    filter = ContactFilterField(required=False)
    segment = serializers.IntegerField(required=False, min_value=1, max_value=2**63 - 1)
    sort = serializers.ChoiceField(choices=ContactSort.choices, required=False)
    deleted = serializers.BooleanField(default=False)


def meant(request: Request, given: dict[str, Any]) -> Any:
    """The contacts that the bearer describes. Raises Http404 for a segment that is not theirs."""
    user = auth_of(request).user
    user_id, at = user.pk if user else None, now()
    words = masking.searchable(request, given.get("search", ""))
    asked = filters.question(given.get("filter", {}), user_id=user_id, at=at, conditions=CONTACT_CONDITIONS)
    if given.get("deleted"):
        gone = Contact.objects.filter(deleted_at__isnull=False, merged_into=None)
        return gone.filter(asked).spelled(words)
    found = Contact.objects.live().filter(asked)
    if segment := segment_of(request, given):
        found = segments.matching(segment.filter, user_id, at).filter(asked)
    return found.matching(words)


def segment_of(request: Request, given: dict[str, Any]) -> Segment | None:
    if "segment" not in given:
        return None
    user = auth_of(request).user
    segment: Segment | None = (
        Segment.objects.usable_by(user.pk if user else None).filter(pk=given["segment"]).first()
    )
    if segment is None:
        raise Http404
    return segment
