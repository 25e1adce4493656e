"""The door to quick replies: the company's and one's own."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from helpdesk.errors import Invalid
from tenants.authentication import auth_of
from tickets import contents
from tickets.actions import kept_files, quick_replies
from tickets.api.owned import owner_for, require_change
from tickets.api.shared import DeletedFilter, IdField, NounViewSet, asked, checked
from tickets.api.viewing import visible_ticket, whole_ticket
from tickets.models import QuickReply, Ticket
from tickets.models.message import Kind
from tickets.serializers.quick_reply import REPLY_KINDS, QuickReplySerializer, RenderedSerializer

SHARED = "quick_replies.write"


class QuickReplyFilters(DeletedFilter):
    search = serializers.CharField(max_length=100, required=False, allow_blank=True)
    folder = serializers.CharField(max_length=60, required=False, allow_blank=True)


class QuickReplyForm(serializers.Serializer[Any]):
    """`attachments`: uploads of the caller, and files that it has already, in order. `kind` and `content`: something
    to tap, as in a message; changed together."""

    shortcut = serializers.RegexField(r"^[^\s/]{1,30}$", max_length=30)
    title = serializers.CharField(max_length=80)
    folder = serializers.CharField(max_length=60, required=False, allow_blank=True)
    body = serializers.CharField(
        max_length=4096, required=False, allow_blank=True, default="", trim_whitespace=False
    )
    attachments = serializers.ListField(child=IdField(), required=False, max_length=kept_files.MOST)
    is_shared = serializers.BooleanField(required=False, default=False)
    kind = serializers.ChoiceField(choices=REPLY_KINDS, required=False)
    content = serializers.DictField(required=False)

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        kind = given.get("kind", Kind.TEXT)
        if "kind" in given:
            given["content"] = self._content(kind, given)
        elif "content" in given:
            raise serializers.ValidationError({"kind": ["Say which kind this content is of."]})
        has_words = bool(given.get("body", "").strip() or given.get("attachments")) or kind != Kind.TEXT
        if not self.partial and not has_words:
            raise serializers.ValidationError({"body": ["Write a text or add a file."]})
        return given

    def _content(self, kind: str, given: dict[str, Any]) -> dict[str, Any]:
        """Checked as when it is sent. Its files would belong to one message: a quick reply keeps none there."""
        if kind == Kind.TEXT:
            return {}
        if given.get("attachments"):
            raise serializers.ValidationError({"attachments": ["What can be tapped has no files."]})
        content, wrong = contents.tidy(kind, given.get("content", {}))
        if contents.upload_of(content) is not None:
            wrong["content.header"] = [contents.WRONG]
        if wrong:
            raise Invalid("content_refused", "Some parts of this message need another value.", **wrong)
        return content


class OfTicketForm(serializers.Serializer[Any]):
    """The conversation that it is for."""

    ticket = IdField()


class QuickReplyViewSet(NounViewSet):
    model = QuickReply
    queryset = QuickReply.objects.none()  # for the schema
    serializer_class = QuickReplySerializer
    ordering: tuple[str, ...] = ("shortcut", "id")
    page_size = 1000
    required = {
        "list": "tickets.read",
        "create": "tickets.write",
        "retrieve": "tickets.read",
        "partial_update": "tickets.write",
        "destroy": "tickets.write",
        "restore": "tickets.write",
        "preview": "tickets.read",
        "use": "tickets.write",
    }

    def get_queryset(self) -> Any:
        return QuickReply.objects.with_parts().usable_by(_user_id(self.request))

    @extend_schema(parameters=[QuickReplyFilters])
    def list(self, request: Request) -> Response:
        """By shortcut. `search` ignores accents and looks in shortcut, title, folder and text."""
        given = asked(QuickReplyFilters, request)
        found = self.get_queryset().filter(deleted_at__isnull=not given["deleted"])
        if "folder" in given:
            found = found.filter(folder=given["folder"])
        return self.page_of(QuickReplySerializer, found.matching(given.get("search", "")))

    @extend_schema(request=QuickReplyForm, responses={201: QuickReplySerializer})
    def create(self, request: Request) -> Response:
        """A new one: one's own, or the company's for who may write those."""
        given = checked(QuickReplyForm, request)
        owner = owner_for(request, is_shared=given.pop("is_shared"), permission=SHARED)
        reply = quick_replies.create(by=auth_of(request).by, owner=owner, **given)
        return Response(QuickReplySerializer(reply).data, status=status.HTTP_201_CREATED)

    def retrieve(self, request: Request, pk: int) -> Response:
        return Response(QuickReplySerializer(self.get_object()).data)

    @extend_schema(request=QuickReplyForm)
    def partial_update(self, request: Request, pk: int) -> Response:
        reply = self._mine()
        given = checked(QuickReplyForm, request, partial=True)
        if "is_shared" in given:
            is_shared = given.pop("is_shared")
            if is_shared != (reply.owner_id is None):
                given["owner"] = owner_for(request, is_shared=is_shared, permission=SHARED)
        reply = quick_replies.update(reply, by=auth_of(request).by, **given)
        return Response(QuickReplySerializer(reply).data)

    def destroy(self, request: Request, pk: int) -> Response:
        """Hide it; it can be restored."""
        quick_replies.delete(self._mine(), by=auth_of(request).by)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def restore(self, request: Request, pk: int) -> Response:
        """Bring a deleted one back."""
        return Response(
            QuickReplySerializer(quick_replies.restore(self._mine(), by=auth_of(request).by)).data
        )

    @extend_schema(request=OfTicketForm, responses=RenderedSerializer)
    @action(detail=True, methods=["post"])
    def preview(self, request: Request, pk: int) -> Response:
        """What it says to the customer of this ticket."""
        reply, ticket = self.get_object(), _ticket(request)
        return Response(
            RenderedSerializer(quick_replies.preview(reply, ticket, by=auth_of(request).user)).data
        )

    @extend_schema(request=OfTicketForm, responses=RenderedSerializer)
    @action(detail=True, methods=["post"])
    def use(self, request: Request, pk: int) -> Response:
        """The same, counted; its files come as uploads of the caller, ready to be sent with a message."""
        reply, ticket = self.get_object(), _ticket(request)
        return Response(RenderedSerializer(quick_replies.use(reply, ticket, by=auth_of(request).user)).data)

    def _mine(self) -> QuickReply:
        reply: QuickReply = self.get_object()
        require_change(self.request, reply, SHARED)
        return reply


def _ticket(request: Request) -> Ticket:
    return whole_ticket(visible_ticket(request, checked(OfTicketForm, request)["ticket"]))


def _user_id(request: Request) -> int | None:
    user = auth_of(request).user
    return user.pk if user else None
