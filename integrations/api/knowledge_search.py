"""The doors to searching what the company knows: for people, for programs, for the agent of a ticket."""

from typing import Any

from django.utils.timezone import now
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from integrations.actions import embedding, suggesting
from integrations.actions.searching import embedding_model, search
from integrations.api.knowledge import READ, WRITE
from integrations.models import KnowledgeAnswer, KnowledgeDocument, KnowledgeIndex
from integrations.serializers.knowledge import KnowledgeFoundSerializer, KnowledgeIndexSerializer
from tenants.doors import CompanyDoor
from tickets.api.shared import asked
from tickets.api.viewing import visible_ticket
from tickets.models import Ticket

MOST_SECTORS = 200


class SearchForm(serializers.Serializer[Any]):
    """`threshold`: leave out what is less near than this, 0 to 1."""

    q = serializers.CharField(max_length=2000)
    sector = serializers.CharField(max_length=60, required=False, allow_blank=True)
    limit = serializers.IntegerField(min_value=1, max_value=50, required=False, default=5)
    threshold = serializers.FloatField(min_value=0, max_value=1, required=False)
    answers_only = serializers.BooleanField(required=False, default=False)


class SuggestionForm(serializers.Serializer[Any]):
    """`documents`: passages of documents too, not validated answers alone."""

    limit = serializers.IntegerField(min_value=1, max_value=20, required=False, default=3)
    threshold = serializers.FloatField(min_value=0, max_value=1, required=False)
    documents = serializers.BooleanField(required=False, default=False)


class KnowledgeSectorsSerializer(serializers.Serializer[Any]):
    results = serializers.ListField(child=serializers.CharField())


class SearchView(CompanyDoor, APIView):
    required = {"get": READ}

    @extend_schema(
        parameters=[SearchForm], responses=KnowledgeFoundSerializer, operation_id="knowledge_search"
    )
    def get(self, request: Request) -> Response:
        """The passages and answers that come nearest; `how` says whether by words and meaning or by words alone."""
        given = asked(SearchForm, request)
        sectors = [given["sector"]] if given.get("sector") else []
        found = search(
            given["q"], limit=given["limit"], sectors=sectors, threshold=given.get("threshold"),
            answers_only=given["answers_only"],
        )  # fmt: skip
        return Response(KnowledgeFoundSerializer(found).data)


class ForTicketViewSet(CompanyDoor, viewsets.ViewSet):
    model = Ticket
    required = {"retrieve": READ}
    lookup_value_regex = "[0-9]{1,18}"

    @extend_schema(
        parameters=[SuggestionForm], responses=KnowledgeFoundSerializer, operation_id="knowledge_for_ticket"
    )
    def retrieve(self, request: Request, pk: int) -> Response:
        """Validated answers to what the customer of this ticket asks now."""
        ticket = visible_ticket(request, int(pk))
        given = asked(SuggestionForm, request)
        found = suggesting.for_ticket(
            ticket,
            limit=given["limit"],
            threshold=given.get("threshold"),
            answers_only=not given["documents"],
        )
        return Response(KnowledgeFoundSerializer(found).data)


class IndexView(CompanyDoor, APIView):
    required = {"get": READ, "post": WRITE}

    @extend_schema(responses=KnowledgeIndexSerializer, operation_id="knowledge_index")
    def get(self, request: Request) -> Response:
        """How searches are answered now, and how far a change of the model is."""
        return Response(_state())

    @extend_schema(request=None, responses=KnowledgeIndexSerializer, operation_id="knowledge_index_again")
    def post(self, request: Request) -> Response:
        """Make every vector anew. Words alone answer meanwhile."""
        embedding.start_over()
        return Response(_state())


class SectorView(CompanyDoor, APIView):
    required = {"get": READ}

    @extend_schema(responses=KnowledgeSectorsSerializer, operation_id="knowledge_sectors")
    def get(self, request: Request) -> Response:
        """The sectors that documents and answers are in."""
        found: set[str] = set()
        for model in (KnowledgeDocument, KnowledgeAnswer):
            rows: Any = model.objects.exclude(sector="").order_by("sector")
            found |= set(rows.values_list("sector", flat=True).distinct()[:MOST_SECTORS])
        return Response({"results": sorted(found)})


def _state() -> Any:
    index = KnowledgeIndex.objects.first() or KnowledgeIndex(updated_at=now())
    wanted = embedding_model()
    is_ready = bool(wanted) and index.model == wanted
    row = {
        name: getattr(index, name)
        for name in ("model", "target", "total", "reason", "finished_at", "updated_at")
    }
    row |= {"wanted": wanted, "how": "hybrid" if is_ready else "text", "done": min(index.done, index.total)}
    return KnowledgeIndexSerializer(row).data
