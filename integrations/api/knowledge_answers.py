"""The door to questions with their answers, and to those that wait for a person's judgement."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from helpdesk.api import Cursor
from integrations.actions import answers
from integrations.api.knowledge import READ, WRITE
from integrations.models import KnowledgeAnswer
from integrations.models.knowledge import MOST_ANSWER, Tongue, Validation
from integrations.serializers.knowledge import KnowledgeAnswerSerializer
from tenants.authentication import auth_of
from tickets.api.shared import IdField, NounViewSet, RowField, asked, checked
from tickets.models import Contact, Ticket
from tickets.models.search import plain


class Counted(Cursor):
    """A cursor page that also says how much there is: programs that count pages can."""

    total: int

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:
        self.total = queryset.count()
        return super().paginate_queryset(queryset, request, view)

    def get_paginated_response(self, data: Any) -> Response:
        answer = super().get_paginated_response(data)
        answer.data |= {
            "total": self.total,
            "pages": -(-self.total // self.size),
            "has_next": self.last is not None,
            "has_prev": bool(self.request.query_params.get("cursor")),
        }
        return answer

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        page = super().get_paginated_response_schema(schema)
        kinds = {"total": "integer", "pages": "integer", "has_next": "boolean", "has_prev": "boolean"}
        page["required"] += list(kinds)
        page["properties"] |= {name: {"type": kind} for name, kind in kinds.items()}
        return page


class KnowledgeAnswerForm(serializers.Serializer[Any]):
    """`operator`: who answered the customer. `contact` and `ticket`: whose question it was."""

    question = serializers.CharField(max_length=MOST_ANSWER)
    answer = serializers.CharField(max_length=MOST_ANSWER, required=False, allow_blank=True)
    sector = serializers.CharField(max_length=60, required=False, allow_blank=True)
    language = serializers.ChoiceField(choices=Tongue.choices, required=False, allow_blank=True)
    validated_by = serializers.ChoiceField(choices=Validation.choices, required=False)
    operator = serializers.CharField(max_length=100, required=False, allow_blank=True)
    contact = RowField(lambda: Contact.objects.all(), required=False, allow_null=True)
    ticket = RowField(lambda: Ticket.objects.all(), required=False, allow_null=True)


class AnswerFilters(serializers.Serializer[Any]):
    sector = serializers.CharField(max_length=60, required=False, allow_blank=True)
    validated_by = serializers.ChoiceField(choices=Validation.choices, required=False)
    contact = IdField(required=False)
    ticket = IdField(required=False)
    search = serializers.CharField(max_length=100, required=False, allow_blank=True)


class AnswerViewSet(NounViewSet):
    model = KnowledgeAnswer
    queryset = KnowledgeAnswer.objects.none()  # for the schema
    serializer_class = KnowledgeAnswerSerializer
    pagination_class = Counted
    ordering: tuple[str, ...] = ("-id",)
    required = {
        "list": READ,
        "retrieve": READ,
        "create": WRITE,
        "partial_update": WRITE,
        "destroy": WRITE,
    }

    def get_queryset(self) -> Any:
        return KnowledgeAnswer.objects.with_index()

    @extend_schema(parameters=[AnswerFilters])
    def list(self, request: Request) -> Response:
        """The newest first: of a sector, of a contact, or what waits (`validated_by=pending`)."""
        given, found = asked(AnswerFilters, request), self.get_queryset()
        for name in ("sector", "validated_by", "contact", "ticket"):
            if given.get(name):
                found = found.filter(**{name: given[name]})
        if words := plain(given.get("search", "")).strip():
            found = found.filter(question__unaccent__icontains=words)
        return self.page_of(KnowledgeAnswerSerializer, found)

    @extend_schema(request=KnowledgeAnswerForm, responses={201: KnowledgeAnswerSerializer})
    def create(self, request: Request) -> Response:
        """What a person writes counts as validated by a person; a question without an answer waits for one."""
        given = checked(KnowledgeAnswerForm, request)
        said = given.get("answer", "").strip()
        given.setdefault("validated_by", Validation.HUMAN if said else Validation.PENDING)
        auth = auth_of(request)
        answer = answers.create(by=auth.by, user=auth.user, **given)
        return Response(KnowledgeAnswerSerializer(answer).data, status=status.HTTP_201_CREATED)

    def retrieve(self, request: Request, pk: int) -> Response:
        return Response(KnowledgeAnswerSerializer(self.get_object()).data)

    @extend_schema(request=KnowledgeAnswerForm)
    def partial_update(self, request: Request, pk: int) -> Response:
        """Change it, or accept it: `validated_by` says who stands for it."""
        answer = self.get_object()
        given = checked(KnowledgeAnswerForm, request, partial=True)
        return Response(
            KnowledgeAnswerSerializer(answers.update(answer, by=auth_of(request).by, **given)).data
        )

    def destroy(self, request: Request, pk: int) -> Response:
        """Gone for good: it is told to nobody any more."""
        answers.delete(self.get_object(), by=auth_of(request).by)
        return Response(status=status.HTTP_204_NO_CONTENT)
