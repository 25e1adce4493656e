"""The door to a person's own talks with the company's gateway bot."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from integrations.actions import talks
from integrations.models import Talk, TalkMessage
from integrations.models.talk import NAME_LENGTH, AnswerState
from integrations.serializers.talk import TalkAnswerSerializer, TalkMessageSerializer, TalkSerializer
from tenants.api.doors import company_of
from tenants.authentication import auth_of
from tickets.api.shared import NounViewSet, checked, person_behind


class SayForm(serializers.Serializer[Any]):
    """`wait`: stay for the answer, at most 25 seconds. Without it the answer is read from the messages later."""

    message = serializers.CharField(max_length=4096)
    wait = serializers.BooleanField(required=False, default=True)


class NameForm(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=NAME_LENGTH)


class TalkViewSet(NounViewSet):
    """A talk is its person's alone: not even an administrator reads another's.

    Who posts a message gets both, as chat clients of workflows expect: 201 with the answer, or 202 while it is still
    to come. So a request may last as long as the gateway thinks, within bounds; few of a process may do so at once.
    """

    model = Talk
    queryset = Talk.objects.none()  # for the schema
    serializer_class = TalkSerializer
    ordering: tuple[str, ...] = ("-id",)
    required = {
        "list": "ai.use",
        "create": "ai.use",
        "retrieve": "ai.use",
        "partial_update": "ai.use",
        "destroy": "ai.use",
        "messages": "ai.use",
        "say": "ai.use",
    }

    def get_queryset(self) -> Any:
        user = auth_of(self.request).user
        return Talk.objects.living().filter(user=user) if user else Talk.objects.none()

    def list(self, request: Request) -> Response:
        """The newest first."""
        return self.page_of(TalkSerializer, self.get_queryset())

    @extend_schema(request=SayForm, responses={201: TalkAnswerSerializer, 202: TalkAnswerSerializer})
    def create(self, request: Request) -> Response:
        """Begin one with its first message, which names it."""
        user, given = person_behind(request), checked(SayForm, request)
        talk, said, answer = talks.begin(user=user, message=given["message"])
        return self._answered(talk, said, answer, wait=given["wait"])

    def retrieve(self, request: Request, pk: int) -> Response:
        return Response(TalkSerializer(self.get_object()).data)

    @extend_schema(request=NameForm)
    def partial_update(self, request: Request, pk: int) -> Response:
        talk = self.get_object()
        return Response(TalkSerializer(talks.rename(talk, name=checked(NameForm, request)["name"])).data)

    def destroy(self, request: Request, pk: int) -> Response:
        """Hide it with its messages."""
        talks.delete(self.get_object())
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(responses=TalkMessageSerializer(many=True))
    @action(detail=True, methods=["get"])
    def messages(self, request: Request, pk: int) -> Response:
        """What was said, the newest first."""
        return self.page_of(
            TalkMessageSerializer, TalkMessage.objects.living().filter(talk=self.get_object())
        )

    @extend_schema(request=SayForm, responses={201: TalkAnswerSerializer, 202: TalkAnswerSerializer})
    @messages.mapping.post
    def say(self, request: Request, pk: int) -> Response:
        """Say something and get the bot's answer."""
        talk = self.get_object()
        given = checked(SayForm, request)
        said, answer = talks.say(talk, message=given["message"])
        return self._answered(talk, said, answer, wait=given["wait"])

    def _answered(self, talk: Talk, said: TalkMessage, answer: TalkMessage, *, wait: bool) -> Response:
        language = person_behind(self.request).language or company_of(self.request).language
        if wait:
            answer = talks.answer_now(answer, language=language)
        else:
            talks.fetch.nudge(answer.company_id, answer.pk, language)
        is_waiting = answer.state == AnswerState.WAITING
        shown = {
            "talk": talk,
            "messages": [said, answer],
            "status": answer.error or ("waiting" if is_waiting else "ok"),
        }
        code = status.HTTP_202_ACCEPTED if is_waiting else status.HTTP_201_CREATED
        return Response(TalkAnswerSerializer(shown).data, status=code)
