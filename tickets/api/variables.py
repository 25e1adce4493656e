"""The door to variables: what a text will look like to the customer."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from tenants.authentication import auth_of
from tenants.doors import CompanyDoor
from tickets import texts
from tickets.api.shared import IdField, checked
from tickets.api.viewing import visible_ticket, whole_ticket
from tickets.phrases import phrase

LONGEST = 4096


class PreviewForm(serializers.Serializer[Any]):
    """Without a ticket, an invented conversation fills the variables."""

    text = serializers.CharField(max_length=LONGEST, allow_blank=True, trim_whitespace=False)
    ticket = IdField(required=False, allow_null=True)


class PreviewSerializer(serializers.Serializer[Any]):
    """`unknown` are names in tags that no variable has; `values` is what each variable would bring."""

    text = serializers.CharField(allow_blank=True)
    unknown = serializers.ListField(child=serializers.CharField())
    values = serializers.DictField(child=serializers.CharField(allow_blank=True))


class VariablePreviewView(CompanyDoor, APIView):
    required = {"post": "tickets.read"}

    @extend_schema(request=PreviewForm, responses=PreviewSerializer, operation_id="variables_preview")
    def post(self, request: Request) -> Response:
        """Fill the variables of a text."""
        given = checked(PreviewForm, request)
        auth, pk = auth_of(request), given.get("ticket")
        assert auth.company is not None
        if pk:
            facts = texts.facts_of(whole_ticket(visible_ticket(request, pk)), auth.user)
        else:
            facts = texts.example(auth.company, auth.user)
        return Response(
            {
                "text": texts.fill(given["text"], facts, {"position": 3}),
                "unknown": texts.unknown_in(given["text"], frozenset({"position"})),
                "values": {name: value(facts) for name, value in texts.VARIABLES.items()},
            }
        )


class PhrasesSerializer(serializers.Serializer[Any]):
    """What the helpdesk says on each occasion until the company writes its own text."""

    out_of_hours = serializers.CharField()
    vacation = serializers.CharField()
    acceptance = serializers.CharField()
    transfer = serializers.CharField()
    position = serializers.CharField()
    farewell = serializers.CharField()
    audio_refusal = serializers.CharField()
    call_refusal = serializers.CharField()
    consent = serializers.CharField()
    consent_question = serializers.CharField()
    consent_refused = serializers.CharField()
    yes = serializers.CharField()
    no = serializers.CharField()


class PhrasesView(CompanyDoor, APIView):
    required = {"get": "company.read"}

    @extend_schema(responses=PhrasesSerializer, operation_id="phrases_retrieve")
    def get(self, request: Request) -> Response:
        """In the company's language."""
        company = auth_of(request).company
        assert company is not None
        dotted = {"consent_question": "consent.question", "consent_refused": "consent.refused"}
        keys = [str(key) for key in PhrasesSerializer().fields]
        return Response({key: phrase(dotted.get(key, key), company.language) for key in keys})
