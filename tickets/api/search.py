"""The door to the search over everything that was said."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import orjson
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from helpdesk.errors import Invalid
from tenants.authentication import auth_of
from tenants.doors import CompanyViewSet
from tickets.api.shared import asked
from tickets.api.viewing import viewer
from tickets.models import Ticket, search_hits, search_query
from tickets.models.search_hits import LAST, Position
from tickets.models.snippets import Marker
from tickets.serializers.search import HitSerializer, hits_shown


class SearchQuestion(serializers.Serializer[Any]):
    """`q`: words, "quoted phrases", #123, from: agent: tag: queue: before: after: is: in:notes."""

    q = serializers.CharField(max_length=search_query.LONGEST, required=False, allow_blank=True)
    cursor = serializers.CharField(max_length=200, required=False)
    limit = serializers.IntegerField(min_value=1, max_value=50, default=20)


class SearchViewSet(CompanyViewSet):
    """A page may be short and still have a `next`: then the search has not yet looked at everything."""

    model = Ticket
    queryset = Ticket.objects.none()  # for the schema
    serializer_class = HitSerializer
    required = {"list": "tickets.read"}

    @extend_schema(parameters=[SearchQuestion])
    def list(self, request: Request) -> Response:
        """Messages, notes and customers, the newest first."""
        given = asked(SearchQuestion, request)
        zone = ZoneInfo(auth_of(request).company.timezone)  # type: ignore[union-attr]
        query = search_query.read(given.get("q", ""), zone)
        if not query.is_anything:
            return Response({"next": None, "previous": None, "results": []})
        after = _position(given["cursor"]) if "cursor" in given else None
        page = search_hits.find(query, viewer(request), after=after, size=given["limit"])
        following = page.next and _address(request, page.next)
        return Response(
            {"next": following, "previous": None, "results": hits_shown(page.hits, Marker(query))}
        )


def _address(request: Request, position: Position) -> str:
    packed = orjson.dumps([position.at.isoformat(), position.is_ticket, position.id])
    cursor = urlsafe_b64encode(packed).decode().rstrip("=")
    return replace_query_param(request.build_absolute_uri(), "cursor", cursor)


def _position(cursor: str) -> Position:
    try:
        at, is_ticket, pk = orjson.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        moment = datetime.fromisoformat(at)
        if moment.tzinfo is None or not isinstance(is_ticket, bool) or not 0 <= int(pk) <= LAST:
            raise ValueError(cursor)
        return Position(moment, is_ticket, int(pk))
    except (ValueError, TypeError, OverflowError) as error:
        raise Invalid("invalid_cursor", "This page address is not one that we gave out.") from error
