"""The doors to assistants: written by administrators, tried out by supervisors, talked with by programs."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from integrations.actions import assistants, runs, standings, threads
from integrations.models import AiProvider, Assistant
from integrations.models.assistant import Hours
from integrations.serializers.assistant import AssistantSerializer, AssistantStandingSerializer
from integrations.serializers.run import AssistantRunSerializer
from tenants import throttles
from tenants.authentication import auth_of
from tickets.api.shared import DeletedFilter, IdField, NounViewSet, RowField, asked, checked
from tickets.models import Queue

CHAT_TOOLS = ["file_search", "functions", "code_interpreter"]


class LanguagesField(serializers.ListField):
    child = serializers.RegexField(r"^[a-z]{2,3}(-[A-Za-z]{2,4})?$", max_length=8)


class ToolOptionsField(serializers.DictField):
    """What a tool is narrowed to: {"set_tag": {"tags": [ids]}, "set_field": {"fields": [keys]},
    "transfer_queue": {"queues": [ids]}, "verify_customer": {"hook": [name of a tool]}}."""

    child = serializers.DictField(child=serializers.ListField(max_length=500))


class WordsForm(serializers.Serializer[Any]):
    """What decides what it would say."""

    instructions = serializers.CharField(max_length=20_000)
    model = serializers.CharField(max_length=120, required=False, allow_blank=True)
    temperature = serializers.FloatField(min_value=0, max_value=2, required=False, allow_null=True)
    max_output_tokens = serializers.IntegerField(min_value=50, max_value=8_000, required=False)
    tools = serializers.ListField(child=serializers.CharField(max_length=60), required=False, max_length=60)
    tool_options = ToolOptionsField(required=False)
    uses_knowledge = serializers.BooleanField(required=False)
    sectors = serializers.ListField(child=serializers.CharField(max_length=60), required=False, max_length=50)
    languages = LanguagesField(required=False, max_length=20)


class AssistantForm(WordsForm):
    name = serializers.CharField(max_length=80)
    provider = RowField(lambda: AiProvider.objects.usable(), required=False, allow_null=True)
    is_on = serializers.BooleanField(required=False)
    position = serializers.IntegerField(min_value=0, max_value=1000, required=False)
    connections = serializers.ListField(child=IdField(), required=False, max_length=200)
    queues = serializers.ListField(child=IdField(), required=False, max_length=200)
    hours = serializers.ChoiceField(choices=Hours.choices, required=False)
    debounce_seconds = serializers.IntegerField(min_value=0, max_value=60, required=False)
    handover_queue = RowField(lambda: Queue.objects.live(), required=False, allow_null=True)
    handover_message = serializers.CharField(max_length=1024, required=False, allow_blank=True)
    max_answers = serializers.IntegerField(min_value=1, max_value=200, required=False)
    speaks = serializers.BooleanField(required=False)
    exam_threshold = serializers.IntegerField(min_value=0, max_value=100, required=False)


class AssistantDraftForm(WordsForm):
    """The assistant as it would be, not saved yet."""

    instructions = serializers.CharField(max_length=20_000, required=False)


class TriedMessageForm(serializers.Serializer[Any]):
    role = serializers.ChoiceField(choices=["user", "assistant"])
    text = serializers.CharField(max_length=8_000)


class TryForm(serializers.Serializer[Any]):
    """The whole conversation so far, the customer's newest message last. With `request`, a name that the caller
    gives, the words come through the caller's socket as `copilot.delta`, and `copilot.done` ends them."""

    messages = TriedMessageForm(many=True, min_length=1, max_length=60)  # type: ignore[call-arg]
    draft = AssistantDraftForm(required=False)
    request = serializers.UUIDField(required=False)


class ChatForm(serializers.Serializer[Any]):
    """Without `thread` one is begun. `tools` narrows what this answer may use; all that the assistant has, else."""

    message = serializers.CharField(max_length=20_000)
    thread = IdField(required=False, allow_null=True)
    files = serializers.ListField(child=IdField(), required=False, max_length=10)
    tools = serializers.ListField(
        child=serializers.ChoiceField(choices=CHAT_TOOLS), required=False, max_length=3
    )


class AskingThrottle(throttles.PerUser):
    """Models cost money: one person or key asks so often and not more."""

    scope = "assistant"


ASKING = [throttles.PerUser, AskingThrottle]


class AssistantViewSet(NounViewSet):
    model = Assistant
    queryset = Assistant.objects.none()  # for the schema
    serializer_class = AssistantSerializer
    ordering: tuple[str, ...] = ("position", "id")
    page_size = 100
    required = {
        "list": "ai.read",
        "standings": "ai.read",
        "create": "ai.write",
        "retrieve": "ai.read",
        "partial_update": "ai.write",
        "destroy": "ai.write",
        "restore": "ai.write",
        "attempt": "ai.read",
        "chat": "ai.use",
    }

    @extend_schema(parameters=[DeletedFilter])
    def list(self, request: Request) -> Response:
        """In the order in which they are asked."""
        deleted = asked(DeletedFilter, request)["deleted"]
        return self.page_of(AssistantSerializer, self.get_queryset().filter(deleted_at__isnull=not deleted))

    @extend_schema(responses=AssistantStandingSerializer(many=True))
    @action(detail=False, pagination_class=None)
    def standings(self, request: Request) -> Response:
        """Whether each would answer at this moment, and why not. In the order of the list."""
        company = auth_of(request).company
        assert company is not None
        return Response(AssistantStandingSerializer(standings.standings(company), many=True).data)

    @extend_schema(request=AssistantForm, responses={201: AssistantSerializer})
    def create(self, request: Request) -> Response:
        assistant = assistants.create(by=auth_of(request).by, **checked(AssistantForm, request))
        return Response(AssistantSerializer(assistant).data, status=status.HTTP_201_CREATED)

    def retrieve(self, request: Request, pk: int) -> Response:
        return Response(AssistantSerializer(self.get_object()).data)

    @extend_schema(request=AssistantForm)
    def partial_update(self, request: Request, pk: int) -> Response:
        """A change of what it would say makes a new edition, which needs a new exam before duty."""
        assistant = self.get_object()
        given = checked(AssistantForm, request, partial=True)
        assistant = assistants.update(assistant, by=auth_of(request).by, **given)
        return Response(AssistantSerializer(assistant).data)

    def destroy(self, request: Request, pk: int) -> Response:
        """Hide it; it can be restored."""
        assistants.delete(self.get_object(), by=auth_of(request).by)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def restore(self, request: Request, pk: int) -> Response:
        """Bring a deleted one back, off duty."""
        restored = assistants.restore(self.get_object(), by=auth_of(request).by)
        return Response(AssistantSerializer(restored).data)

    @extend_schema(request=TryForm, responses={202: AssistantRunSerializer}, operation_id="ai_assistants_try")
    @action(detail=True, methods=["post"], url_path="try", throttle_classes=ASKING)
    def attempt(self, request: Request, pk: int) -> Response:
        """What it would answer, with every step: nothing leaves. Ask for the run until it has ended."""
        assistant, auth = self.get_object(), auth_of(request)
        given = checked(TryForm, request)
        run = runs.rehearse(
            assistant,
            messages=[dict(one) for one in given["messages"]],
            draft=dict(given.get("draft", {})),
            user=auth.user,
            api_key=auth.api_key,
            request=str(given.get("request", "")),
        )
        return Response(AssistantRunSerializer(run).data, status=status.HTTP_202_ACCEPTED)

    @extend_schema(request=ChatForm, responses={202: AssistantRunSerializer})
    @action(detail=True, methods=["post"], throttle_classes=ASKING)
    def chat(self, request: Request, pk: int) -> Response:
        """Say something in a thread, or begin one. Ask for the run until it has ended."""
        assistant, auth = self.get_object(), auth_of(request)
        given = checked(ChatForm, request)
        run = threads.say(
            assistant,
            thread_id=given.get("thread"),
            message=given["message"],
            file_ids=given.get("files", []),
            tools=given.get("tools", []),
            user=auth.user,
            api_key=auth.api_key,
        )
        return Response(AssistantRunSerializer(run).data, status=status.HTTP_202_ACCEPTED)
