"""The doors that bots themselves use: an answer that comes later, and the files of customers."""

from typing import Any

from django.http import FileResponse, Http404
from django.http.response import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from helpdesk.errors import NotAuthenticated
from integrations.actions import bot_files, bot_turns
from integrations.bots import shapes, webhook, wire, words
from integrations.bots.port import Answer, Bubble
from integrations.models import Bot
from tenants.api.doors import PublicView, read
from tenants.authentication import hash_of
from tenants.roles import PUBLIC
from tenants.scoping import company_scope, platform_scope
from tickets.media import files
from tickets.models import Attachment
from tickets.models.attachment import State

TOKEN = "X-Bot-Token"  # noqa: S105, a header's name


class BotAnswerForm(serializers.Serializer[Any]):
    """`session` is the `sessionId` that the bot was sent. The rest is what a webhook may answer: reply, replies,
    closeTicket, transferQueue, transferAgent, setTag, setTags, leave."""

    session = serializers.UUIDField()
    reply = serializers.CharField(max_length=4096, required=False, allow_blank=True)
    replies = serializers.ListField(required=False, max_length=20)
    closeTicket = serializers.BooleanField(required=False)
    transferQueue = serializers.CharField(max_length=100, required=False)
    transferAgent = serializers.CharField(max_length=100, required=False)
    setTag = serializers.CharField(max_length=100, required=False)
    setTags = serializers.ListField(
        child=serializers.CharField(max_length=100), required=False, max_length=10
    )
    leave = serializers.BooleanField(required=False)


class BotTakenSerializer(serializers.Serializer[Any]):
    taken = serializers.BooleanField()


class BotAnswerView(PublicView):
    """An answer that a bot promised with 202, or one that nobody asked for while it has the word."""

    required = {"post": PUBLIC}
    model = Bot

    @extend_schema(
        operation_id="bots_answer",
        parameters=[OpenApiParameter(TOKEN, str, OpenApiParameter.HEADER)],
        request=BotAnswerForm,
        responses={202: BotTakenSerializer},
    )
    def post(self, request: Request, pk: int) -> Response:
        """It is said when it may still be: 409 once people have taken over."""
        bot = _bot_of(request, pk)
        with company_scope(bot.company_id):
            given = read(BotAnswerForm, request)
            talk = str(given.pop("session"))
            bot_turns.answered_later(bot, talk, _answer(wire.storable(given)))
        return Response({"taken": True}, status=status.HTTP_202_ACCEPTED)


class BotFileView(PublicView):
    """One file of a customer, for whoever has its address, for an hour."""

    required = {"get": PUBLIC}

    @extend_schema(
        operation_id="bots_file",
        parameters=[
            OpenApiParameter("token", str, OpenApiParameter.PATH),
            OpenApiParameter("name", str, OpenApiParameter.PATH),
        ],
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, token: str, name: str) -> HttpResponseBase:
        named = bot_files.named_in(token)
        if named is None:
            raise Http404
        with company_scope(named[0]):
            row = Attachment.objects.filter(uuid=named[1], state=State.STORED).first()
            path = files.absolute(row.path) if row is not None else None
        if row is None or path is None or not path.is_file():
            raise Http404
        answer = _File(
            path.open("rb"), as_attachment=True, filename=row.name or "file", content_type=row.mime
        )
        answer["X-Content-Type-Options"] = "nosniff"
        answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
        answer["Cache-Control"] = "private, no-store"
        return answer


class _File(FileResponse):
    """An answer that the company's door can treat like any other."""

    def render(self) -> "_File":
        return self


def _bot_of(request: Request, pk: int) -> Bot:
    """Whoever calls proves with the token that it is this bot. Raises NotAuthenticated."""
    token = request.headers.get(TOKEN, "")
    with platform_scope("a bot's token names its company"):
        rows = Bot.objects.on_duty().filter(pk=pk, token_hash=hash_of(token)).exclude(token_hash="")
        bot: Bot | None = rows.first() if token else None
    if bot is None:
        raise NotAuthenticated("bot_unknown", "This is not the token of this bot.")
    return bot


def _answer(given: dict[str, Any]) -> Answer:
    if words.is_spoken(given):
        return webhook.spoken(given)
    text = shapes.text_of(given)
    return Answer((Bubble(text),)) if text else Answer()
