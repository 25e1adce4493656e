"""Doors to the messages of a ticket: the thread, sending, and what an agent decides about a message."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from helpdesk.errors import Invalid
from tenants.authentication import auth_of
from tenants.doors import CompanyViewSet
from tenants.statements import Later, Statement, a_page
from tickets import contents
from tickets.actions import access, amendments, correcting, notes, outbound, parking, reactions
from tickets.actions.composing import MEDIA, Draft
from tickets.api.shared import IdField, checked, person_behind
from tickets.api.template_choice import TemplateChoice
from tickets.api.viewing import visible_message, visible_ticket
from tickets.models import Attachment, Message, Ticket
from tickets.models.attachment import State as FileState
from tickets.models.message import Direction
from tickets.models.message_rows import as_rows
from tickets.serializers.message import MessageEditSerializer, MessageSerializer

BODY_MAX = 10_000  # what a channel takes is less and checked by it; this keeps rows sane
FILES_MAX = 10
ID_MAX = 2**63 - 1


class ParkChoice(serializers.Serializer[Any]):
    """Outside the 24-hour window: hold this message until the customer answers, and ask for that with a template.
    Without one it only waits: the template was sent before."""

    template = TemplateChoice(required=False, allow_null=True, default=None)


class MessageInput(serializers.Serializer[Any]):
    """`client_id` makes a repeated POST harmless: it answers with the message that is already there.

    `mentions`: the people whom a note names. `seen`: the newest message on the screen; somebody else's answer
    after it, or somebody else writing, is refused as `someone_answering` unless `anyway`. `content`: what kinds
    like buttons say besides their `body`; `connections/{id}/kinds/` tells how much of it fits.
    """

    client_id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=["text", "media", "note", "template", *contents.READERS])
    body = serializers.CharField(
        max_length=BODY_MAX, required=False, allow_blank=True, default="", trim_whitespace=False
    )
    attachments = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=ID_MAX),
        required=False, default=list, max_length=FILES_MAX,
    )  # fmt: skip
    voice = serializers.BooleanField(required=False, default=False)
    reply_to = serializers.IntegerField(
        required=False, allow_null=True, default=None, min_value=1, max_value=ID_MAX
    )
    template = TemplateChoice(required=False, allow_null=True, default=None)
    content = serializers.DictField(required=False, allow_null=True, default=None)
    park = ParkChoice(required=False, allow_null=True, default=None)
    mentions = serializers.ListField(child=IdField(), required=False, default=list, max_length=50)
    seen = IdField(required=False, allow_null=True, default=None)
    anyway = serializers.BooleanField(required=False, default=False)

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        kind = given["kind"]
        problems: dict[str, list[str]] = {}
        if kind in {"text", "note"} and not given["body"].strip():
            problems["body"] = ["Write something."]
        if kind == MEDIA and not given["attachments"]:
            problems["attachments"] = ["Name at least one upload."]
        if kind != MEDIA and given["attachments"]:
            problems["attachments"] = ["Only a message of kind media has files."]
        if (kind == "template") != bool(given["template"]):
            problems["template"] = ["A message of kind template names one, others do not."]
        if given["mentions"] and kind != "note":
            problems["mentions"] = ["Only a note mentions people."]
        problems |= _never_together(given)
        if problems:
            raise serializers.ValidationError(problems)
        if kind in contents.READERS:
            given["content"], wrong = contents.tidy(kind, given["content"])
            if wrong:
                raise Invalid("content_refused", "Some parts of this message need another value.", **wrong)
            given["body"] = given["body"] or contents.heading(kind, given["content"])
        return given


def _never_together(given: dict[str, Any]) -> dict[str, list[str]]:
    problems = {}
    if given["park"] is not None and given["kind"] in {"note", "template"}:
        problems["park"] = ["Only what waits for the customer's answer can be parked."]
    if len(set(given["attachments"])) != len(given["attachments"]):
        problems["attachments"] = ["Each upload can be sent once."]
    return problems


class NoteForm(serializers.Serializer[Any]):
    body = serializers.CharField(max_length=BODY_MAX)
    mentions = serializers.ListField(child=IdField(), default=list, max_length=50)


class RewriteForm(serializers.Serializer[Any]):
    body = serializers.CharField(max_length=BODY_MAX, allow_blank=True, trim_whitespace=False)


class ReactionForm(serializers.Serializer[Any]):
    emoji = serializers.CharField(max_length=32)

    def validate_emoji(self, emoji: str) -> str:
        if emoji.isascii() or any(one.isalpha() or one.isspace() for one in emoji):
            raise serializers.ValidationError("Choose one emoji.")
        return emoji


class SentMessageSerializer(MessageSerializer):
    """`also`: several files become several messages, and a parked one brings its template; these are the ones after
    the first."""

    also = MessageSerializer(many=True)


TICKET = OpenApiParameter("id", int, OpenApiParameter.PATH)


class ThreadViewSet(CompanyViewSet):
    """The messages of one ticket, newest first."""

    model = Message
    serializer_class = MessageSerializer
    ordering = ("-at", "-id")
    page_size = 100
    required = {"list": "tickets.read", "create": "tickets.write"}

    @extend_schema(parameters=[TICKET], operation_id="tickets_messages_list")
    def list(self, request: Request, pk: int) -> Response:
        ticket = visible_ticket(request, pk)
        access.read_by_program(ticket, auth_of(request).api_key)
        page = self.page_from(_thread, ticket=ticket.pk)
        return self.get_paginated_response([_shown(row) for row in page])

    @extend_schema(
        parameters=[TICKET],
        operation_id="tickets_messages_create",
        request=MessageInput,
        responses={
            201: SentMessageSerializer,
            200: OpenApiResponse(SentMessageSerializer, description="This client_id was sent before."),
        },
    )
    def create(self, request: Request, pk: int) -> Response:
        """Queue a message, or keep a private note; what became of it arrives as message.updated."""
        ticket = visible_ticket(request, pk)
        given = checked(MessageInput, request)
        draft = _draft(ticket, given, request)
        by, voice = request.auth.user, given["voice"]
        if given["park"] is not None:
            template = given["park"]["template"]
            choice = dict(template) if template else None
            rows, created = parking.park(ticket, draft, template=choice, by=by, voice=voice)
        else:
            rows, created = outbound.send_all(ticket, draft, by=by, voice=voice)
        first, *others = [_shown(row) for row in rows]
        return Response({**first, "also": others}, status=201 if created else 200)


@extend_schema_view(
    retry=extend_schema(request=None, responses=MessageSerializer, operation_id="messages_retry"),
    dismiss=extend_schema(request=None, responses=MessageSerializer, operation_id="messages_dismiss"),
    cancel=extend_schema(request=None, responses=MessageSerializer, operation_id="messages_cancel"),
)
class MessageViewSet(CompanyViewSet):
    """One message that did not leave as it should."""

    lookup_value_regex = "[0-9]{1,18}"

    model = Message
    serializer_class = MessageSerializer
    ordering = ("-at", "-id")
    queryset = Message.objects.none()  # for the schema; rows come from `visible_message`
    required = {
        "partial_update": "tickets.write",
        "destroy": "tickets.write",
        "retry": "tickets.write",
        "dismiss": "tickets.write",
        "cancel": "tickets.write",
        "reaction": "tickets.write",
        "take_reaction_off": "tickets.write",
        "rewrite": "tickets.write",
        "edits": "tickets.read",
    }

    @extend_schema(request=NoteForm, operation_id="messages_correct")
    def partial_update(self, request: Request, pk: int) -> Response:
        """Correct one's own note; or the words of one's message where the channel lets customers see that."""
        message = visible_message(request, pk)
        given, by = checked(NoteForm, request), person_behind(request)
        if message.direction == Direction.OUT:
            return Response(_shown(correcting.correct(message, given["body"], by=by)))
        return Response(_shown(notes.correct(message, by=by, **given)))

    @extend_schema(operation_id="messages_remove", responses={200: MessageSerializer})
    def destroy(self, request: Request, pk: int) -> Response:
        """Remove one's own note, or delete one's message for everyone where the channel can; an administrator does
        so with anybody's. That there was one stays visible."""
        of_others = "tickets.delete" in auth_of(request).permissions
        message, by = visible_message(request, pk), person_behind(request)
        if message.direction == Direction.OUT:
            return Response(_shown(correcting.remove(message, by=by, of_others=of_others)))
        return Response(_shown(notes.remove(message, by=by, of_others=of_others)))

    @action(detail=True, methods=["post"])
    def retry(self, request: Request, pk: int) -> Response:
        """Send a failed, expired or doubtful message again. A doubtful one may then arrive twice."""
        return Response(_shown(outbound.retry(visible_message(request, pk), by=request.auth.user)))

    @action(detail=True, methods=["post"])
    def dismiss(self, request: Request, pk: int) -> Response:
        """Decide that a doubtful message was not sent."""
        return Response(_shown(outbound.dismiss(visible_message(request, pk), by=request.auth.user)))

    @extend_schema(request=RewriteForm, responses=MessageSerializer, operation_id="messages_rewrite")
    @action(detail=True, methods=["post"])
    def rewrite(self, request: Request, pk: int) -> Response:
        """Change the words of a parked message."""
        message = visible_message(request, pk)
        return Response(_shown(parking.rewrite(message, **checked(RewriteForm, request))))

    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, pk: int) -> Response:
        """Take back a message that still waits."""
        return Response(_shown(outbound.cancel(visible_message(request, pk), by=request.auth.user)))

    @extend_schema(responses=MessageEditSerializer(many=True), operation_id="messages_edits")
    @action(detail=True, methods=["get"])
    def edits(self, request: Request, pk: int) -> Response:
        """What the message said before its writer changed or deleted it, the newest first."""
        message = visible_message(request, pk)
        access.read_by_program(message.ticket, auth_of(request).api_key)
        page: Any = self.paginate_queryset(amendments.earlier_texts(message))
        return self.get_paginated_response(MessageEditSerializer(page, many=True).data)

    @extend_schema(request=ReactionForm, operation_id="messages_react")
    @action(detail=True, methods=["post"])
    def reaction(self, request: Request, pk: int) -> Response:
        """Put an emoji on it, in place of the company's earlier one."""
        message = visible_message(request, pk)
        given = checked(ReactionForm, request)
        return Response(_shown(reactions.react(message, given["emoji"], by=request.auth.user)))

    @extend_schema(operation_id="messages_take_reaction_off", responses={200: MessageSerializer})
    @reaction.mapping.delete
    def take_reaction_off(self, request: Request, pk: int) -> Response:
        """Take the company's emoji off."""
        return Response(_shown(reactions.react(visible_message(request, pk), "", by=request.auth.user)))


@Statement
def _thread(*page: Any) -> Any:
    return a_page(as_rows(Message.objects.filter(ticket=Later("ticket"))), *page)


_shown = MessageSerializer().to_representation


def _draft(ticket: Ticket, given: dict[str, Any], request: Request) -> Draft:
    content = given["content"] if given["kind"] in contents.READERS else None
    above = contents.upload_of(content) if content else None
    return Draft(
        client_id=given["client_id"],
        kind=given["kind"],
        body=given["body"],
        attachments=_uploads([above] if above else given["attachments"], request),
        content=content,
        reply_to=_quoted(ticket, given["reply_to"]),
        template=dict(given["template"]) if given["template"] else None,
        mentions=tuple(given["mentions"]),
        seen=given["seen"],
        anyway=given["anyway"] or request.auth.user is None,
    )


def _uploads(ids: list[int], request: Request) -> tuple[Attachment, ...]:
    """The caller's own uploads, in the order named."""
    if not ids:
        return ()
    rows = Attachment.objects.filter(pk__in=ids, state=FileState.STORED, uploaded_by=request.auth.user)
    found = {row.pk: row for row in rows.exclude(path="")}
    if len(found) != len(ids):
        raise Invalid("attachment_unknown", "Upload the file first; each upload belongs to who made it.")
    return tuple(found[pk] for pk in ids)


def _quoted(ticket: Ticket, pk: int | None) -> Message | None:
    """Any earlier message of the same customer on the same number can be answered."""
    if pk is None:
        return None
    rows = Message.objects.filter(ticket__contact=ticket.contact_id, connection=ticket.connection_id)
    message: Message | None = rows.select_related("author").filter(pk=pk).first()
    if message is None:
        raise Invalid("reply_to_unknown", "The message to answer is not part of this conversation.")
    return message
