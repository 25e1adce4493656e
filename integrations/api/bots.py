"""The door to bots of others: their settings, a trial, and the token with which one calls us."""

import uuid
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from integrations.actions import bots
from integrations.models import Bot
from integrations.models.assistant import Hours
from integrations.models.bot import AtEnd, BotKind
from integrations.serializers.bot import (
    BotCheckSerializer,
    BotOptionsSerializer,
    BotSerializer,
    BotTokenSerializer,
)
from tenants.authentication import auth_of
from tickets.api.shared import DeletedFilter, IdField, NounViewSet, RowField, asked, checked
from tickets.models import Queue


class WordsField(serializers.ListField):
    """Words or short sentences; capitals and accents do not matter."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(child=serializers.CharField(max_length=60), max_length=20, required=False, **kwargs)


class SecretsForm(serializers.Serializer[Any]):
    """Write only. A blank value forgets the secret; one that is not given stays."""

    token = serializers.CharField(max_length=500, required=False, allow_blank=True)
    secret = serializers.CharField(max_length=500, required=False, allow_blank=True)
    service_account = serializers.CharField(max_length=20_000, required=False, allow_blank=True)


class BotChanges(serializers.Serializer[Any]):
    """`connections` and `queues` are ids; empty means all. Its kind stays what it is."""

    name = serializers.CharField(max_length=80)
    url = serializers.URLField(max_length=500, required=False, allow_blank=True)
    options = BotOptionsSerializer(required=False)
    secrets = SecretsForm(required=False)
    is_on = serializers.BooleanField(required=False)
    is_gateway = serializers.BooleanField(required=False)
    position = serializers.IntegerField(min_value=0, max_value=1000, required=False)
    connections = serializers.ListField(child=IdField(), required=False, max_length=200)
    queues = serializers.ListField(child=IdField(), required=False, max_length=200)
    hours = serializers.ChoiceField(choices=Hours.choices, required=False)
    start_words = WordsField()
    restart_words = WordsField()
    finish_words = WordsField()
    expires_minutes = serializers.IntegerField(min_value=0, max_value=43_200, required=False)
    delay_ms = serializers.IntegerField(min_value=0, max_value=10_000, required=False)
    answer_seconds = serializers.IntegerField(min_value=10, max_value=3_600, required=False)
    restart_text = serializers.CharField(max_length=1024, required=False, allow_blank=True)
    fallback_text = serializers.CharField(max_length=1024, required=False, allow_blank=True)
    at_end = serializers.ChoiceField(choices=AtEnd.choices, required=False)
    handover_queue = RowField(lambda: Queue.objects.live(), required=False, allow_null=True)
    handover_message = serializers.CharField(max_length=1024, required=False, allow_blank=True)


class BotForm(BotChanges):
    kind = serializers.ChoiceField(choices=BotKind.choices)


class TrialForm(serializers.Serializer[Any]):
    """`talk`, `session` and `state` are those of the answer before; without them a talk begins."""

    text = serializers.CharField(max_length=4096)
    talk = serializers.UUIDField(required=False, allow_null=True)
    session = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")
    state = serializers.DictField(required=False, default=dict)


class BotViewSet(NounViewSet):
    model = Bot
    queryset = Bot.objects.none()  # for the schema
    serializer_class = BotSerializer
    ordering: tuple[str, ...] = ("position", "id")
    page_size = 100
    required = {
        "list": "ai.read",
        "create": "ai.write",
        "retrieve": "ai.read",
        "partial_update": "ai.write",
        "destroy": "ai.write",
        "restore": "ai.write",
        "token": "ai.write",
        "check": "ai.write",
    }

    @extend_schema(parameters=[DeletedFilter])
    def list(self, request: Request) -> Response:
        """In the order in which they are asked."""
        deleted = asked(DeletedFilter, request)["deleted"]
        return self.page_of(BotSerializer, self.get_queryset().filter(deleted_at__isnull=not deleted))

    @extend_schema(request=BotForm, responses={201: BotSerializer})
    def create(self, request: Request) -> Response:
        bot = bots.create(by=auth_of(request).by, **checked(BotForm, request))
        return Response(BotSerializer(bot).data, status=status.HTTP_201_CREATED)

    def retrieve(self, request: Request, pk: int) -> Response:
        return Response(BotSerializer(self.get_object()).data)

    @extend_schema(request=BotChanges)
    def partial_update(self, request: Request, pk: int) -> Response:
        bot = self.get_object()
        bot = bots.update(bot, by=auth_of(request).by, **checked(BotChanges, request, partial=True))
        return Response(BotSerializer(bot).data)

    def destroy(self, request: Request, pk: int) -> Response:
        """Hide it; it can be restored."""
        bots.delete(self.get_object(), by=auth_of(request).by)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def restore(self, request: Request, pk: int) -> Response:
        """Bring a deleted one back, off duty."""
        return Response(BotSerializer(bots.restore(self.get_object(), by=auth_of(request).by)).data)

    @extend_schema(request=None, responses=BotTokenSerializer)
    @action(detail=True, methods=["post"])
    def token(self, request: Request, pk: int) -> Response:
        """A new token for `answer/`; the one before stops working."""
        token = bots.new_token(self.get_object(), by=auth_of(request).by)
        return Response(BotTokenSerializer({"token": token}).data)

    @extend_schema(request=TrialForm, responses=BotCheckSerializer)
    @action(detail=True, methods=["post"])
    def check(self, request: Request, pk: int) -> Response:
        """Say something to it, as it is saved now, and see what comes. Nothing is done to any ticket.

        Somebody waits at the screen, so it is asked at once; it has no more than ten seconds.
        """
        bot = self.get_object()
        given = checked(TrialForm, request)
        given["talk"] = str(given.get("talk") or uuid.uuid4())
        user = auth_of(request).user
        trial = bots.try_out(bot, **given, name=user.name if user else "")
        answer = trial.answer
        shown = {
            "ok": not trial.code,
            "code": trial.code,
            "detail": trial.detail,
            "latency_ms": trial.latency_ms,
            "bubbles": answer.bubbles,
            "acts": answer.acts,
            "is_over": answer.is_over,
            "is_pending": answer.is_pending,
            "talk": given["talk"],
            "session": answer.session or given["session"],
            "state": dict(answer.state),
        }
        return Response(BotCheckSerializer(shown).data)
