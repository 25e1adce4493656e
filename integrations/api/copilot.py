"""The door to the copilot: ask, look again, stop. Answers come through the socket."""

import uuid
from typing import Any

from django.http import Http404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from integrations.actions import copilot
from integrations.actions.copilot_line import Asked
from integrations.ai.copilot import ACT_CHOICES, LANGUAGE_CHOICES, TONE_CHOICES
from integrations.serializers.copilot import CopilotAnswerSerializer
from tenants import throttles
from tenants.doors import CompanyViewSet
from tenants.scoping import current_company_id
from tickets.api.shared import IdField, checked, person_behind
from tickets.api.viewing import visible_message, visible_ticket
from tickets.models import Message, Ticket
from tickets.models.message_text import MessageText

NEEDS = {"rewrite": "text", "ask": "question"}
UUID = OpenApiParameter("uuid", OpenApiTypes.UUID, OpenApiParameter.PATH)


class CopilotForm(serializers.Serializer[Any]):
    """`request` is the caller's own name for it, which the answers carry.

    `translate` takes a `text`, into the customer's language unless `to` says another; or a `message`, into the
    caller's own language.
    """

    ticket = IdField()
    act = serializers.ChoiceField(ACT_CHOICES)
    text = serializers.CharField(max_length=4096, required=False, allow_blank=True, trim_whitespace=False)
    tone = serializers.ChoiceField(TONE_CHOICES, required=False)
    to = serializers.ChoiceField(LANGUAGE_CHOICES, required=False)
    question = serializers.CharField(max_length=1000, required=False)
    message = IdField(required=False)
    request = serializers.UUIDField()

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        needed = NEEDS.get(given["act"])
        if needed and not given.get(needed, "").strip():
            raise serializers.ValidationError({needed: ["This is needed."]})
        if given["act"] == "translate" and not given.get("text", "").strip() and "message" not in given:
            raise serializers.ValidationError({"text": ["Give a text or a message."]})
        return given


class CopilotRequestSerializer(serializers.Serializer[Any]):
    request = serializers.UUIDField()


class CopilotReadySerializer(serializers.Serializer[Any]):
    is_ready = serializers.BooleanField()


class CopilotThrottle(throttles.PerUser):
    """Models cost money: one person asks so often and not more."""

    scope = "copilot"


class CopilotViewSet(CompanyViewSet):
    model = Ticket
    queryset = Ticket.objects.none()  # for the schema
    serializer_class = CopilotAnswerSerializer
    pagination_class = None
    lookup_field = "uuid"
    lookup_value_regex = "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
    required = {"create": "ai.use", "retrieve": "ai.use", "destroy": "ai.use", "ready": "ai.use"}

    def get_throttles(self) -> list[Any]:
        return [*super().get_throttles(), *([CopilotThrottle()] if self.action == "create" else [])]

    @extend_schema(request=CopilotForm, responses={202: CopilotRequestSerializer})
    def create(self, request: Request) -> Response:
        """Ask. What is written comes as `copilot.delta`, the whole as `copilot.done`, to the caller's socket."""
        by, given = person_behind(request), checked(CopilotForm, request)
        ticket = visible_ticket(request, given.pop("ticket"))
        name = str(given.pop("request"))
        if "message" in given:
            message = visible_message(request, given.pop("message"))
            given |= {"text": _words_of(message), "to": given.get("to") or by.language}
        copilot.begin(ticket, by=by, request=name, given=given)
        return Response({"request": name}, status=status.HTTP_202_ACCEPTED)

    @extend_schema(responses=CopilotReadySerializer)
    @action(detail=False)
    def ready(self, request: Request) -> Response:
        """Whether there is anybody to ask: the company has a provider for it."""
        return Response({"is_ready": copilot.is_ready()})

    @extend_schema(parameters=[UUID])
    def retrieve(self, request: Request, uuid: str) -> Response:
        """What was answered, for a quarter of an hour."""
        outcome = _asked(request, uuid).outcome()
        if outcome is None:
            raise Http404
        return Response(outcome)

    @extend_schema(parameters=[UUID], responses={204: None})
    def destroy(self, request: Request, uuid: str) -> Response:
        """Stop: nothing more is told."""
        if not _asked(request, uuid).cancel():
            raise Http404
        return Response(status=status.HTTP_204_NO_CONTENT)


def _asked(request: Request, name: str) -> Asked:
    return Asked(current_company_id(), person_behind(request).pk, str(uuid.UUID(name)))


def _words_of(message: Message) -> str:
    """What it says, or what is heard in it."""
    heard = MessageText.objects.filter(message=message.pk).values_list("transcript", flat=True).first()
    words = "\n".join(part for part in (message.body, heard) if part) if not message.is_hidden else ""
    if not words:
        raise Http404
    return words[:4096]
