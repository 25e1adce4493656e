"""Doors to one's own unfinished answers, which nobody else sees."""

from typing import Any

from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from helpdesk.errors import Invalid
from tenants.doors import CompanyViewSet
from tickets.actions import drafts
from tickets.api.shared import IdField, NounViewSet, checked, person_behind
from tickets.api.viewing import visible_ticket
from tickets.models import Attachment, Draft, Message, Ticket
from tickets.models.personal import Mode
from tickets.serializers.personal import DraftSerializer

TICKET = OpenApiParameter("id", int, OpenApiParameter.PATH)


class DraftForm(serializers.Serializer[Any]):
    body = serializers.CharField(max_length=10_000, allow_blank=True, default="", trim_whitespace=False)
    mode = serializers.ChoiceField(choices=Mode.choices, default=Mode.REPLY)
    attachments = serializers.ListField(child=IdField(), default=list, max_length=10)
    reply_to = IdField(allow_null=True, default=None)
    mentions = serializers.ListField(child=IdField(), default=list, max_length=50)


class DraftsViewSet(NounViewSet):
    """Everything that one has begun to write."""

    model = Draft
    queryset = Draft.objects.none()  # for the schema
    serializer_class = DraftSerializer
    ordering: tuple[str, ...] = ("-updated_at", "-id")
    page_size = 100
    http_method_names = ["get", "head", "options"]
    required = {"list": "tickets.read"}

    def list(self, request: Request) -> Response:
        """The last one written first. A program has none."""
        user = request.user
        mine = Draft.objects.written().filter(user=user) if user else Draft.objects.none()
        return self.page_of(DraftSerializer, mine)


class DraftViewSet(CompanyViewSet):
    """One's own draft in one ticket."""

    model = Ticket
    serializer_class = DraftSerializer
    required = {"retrieve": "tickets.read", "update": "tickets.write", "destroy": "tickets.write"}

    @extend_schema(parameters=[TICKET], operation_id="tickets_draft_retrieve")
    def retrieve(self, request: Request, pk: int) -> Response:
        ticket = visible_ticket(request, pk)
        draft = Draft.objects.written().filter(ticket=ticket.pk, user=person_behind(request)).first()
        if draft is None:
            raise Http404
        return Response(DraftSerializer(draft).data)

    @extend_schema(parameters=[TICKET], operation_id="tickets_draft_update", request=DraftForm)
    def update(self, request: Request, pk: int) -> Response:
        """Keep it. The last write wins, on whatever device."""
        ticket, by = visible_ticket(request, pk), person_behind(request)
        given = checked(DraftForm, request)
        own = Attachment.objects.filter(pk__in=given["attachments"], uploaded_by=by, message=None)
        if own.count() != len(set(given["attachments"])):
            raise Invalid("attachment_unknown", "Upload the file first; each upload belongs to who made it.")
        quoted = Message.objects.filter(ticket__contact=ticket.contact_id, pk=given["reply_to"]).first()
        given["reply_to"] = quoted  # one that is gone is forgotten: a draft must never be lost for it
        return Response(DraftSerializer(drafts.keep(ticket, by=by, **given)).data)

    @extend_schema(parameters=[TICKET], operation_id="tickets_draft_destroy")
    def destroy(self, request: Request, pk: int) -> Response:
        """Throw it away."""
        drafts.clear(visible_ticket(request, pk), by=person_behind(request))
        return Response(status=status.HTTP_204_NO_CONTENT)
