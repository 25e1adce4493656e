"""What hangs on one contact: its conversations, notes, timeline, the evidence of its addresses, and its merges."""

from datetime import datetime
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from tenants.authentication import auth_of
from tickets.actions import contact_notes, merges, timeline
from tickets.api.contact_groups import ContactGroups
from tickets.api.contact_notes import ContactNoteForm
from tickets.api.positions import CursorQuery, following, position_in
from tickets.api.shared import RowField, asked, checked
from tickets.api.viewing import viewer
from tickets.models import Contact, ContactNote, Ticket
from tickets.models.contact import AddressKind
from tickets.models.rows import as_rows
from tickets.serializers.contact_merge import ContactMergeSerializer
from tickets.serializers.contact_note import ContactNoteSerializer
from tickets.serializers.ticket import TicketSerializer

TIMELINE_PAGE = 30


class TimelineEntrySerializer(serializers.Serializer[Any]):
    """`row` is the ticket, note, rating or merge as its own address shows it."""

    id = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=["ticket", "note", "rating", "merge", "unmerge"])
    at = serializers.DateTimeField()
    row = serializers.DictField()


class TimelineSerializer(serializers.Serializer[Any]):
    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)
    results = TimelineEntrySerializer(many=True)


class TicketRefSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    number = serializers.IntegerField()


class MessageRefSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    at = serializers.DateTimeField()


class EvidenceSerializer(serializers.Serializer[Any]):
    """`how`: message, typed, import, send, number_change, contact_request; `ticket` and `message`: where it was
    heard first. `ended_why`: number_change, recycled, moved, renamed; `ended_to`: the contact who has it now.
    `contested_by`: a contact who wrote from it as well."""

    kind = serializers.ChoiceField(choices=AddressKind.choices)
    value = serializers.CharField()
    scope = serializers.CharField(allow_blank=True)
    how = serializers.CharField(allow_blank=True)
    at = serializers.DateTimeField()
    by = serializers.IntegerField(allow_null=True)
    ticket = TicketRefSerializer(allow_null=True)
    message = MessageRefSerializer(allow_null=True)
    merge = serializers.IntegerField(allow_null=True)
    ended_at = serializers.DateTimeField(allow_null=True)
    ended_why = serializers.CharField(allow_blank=True)
    ended_to = serializers.IntegerField(allow_null=True)
    contested_by = serializers.IntegerField(allow_null=True)
    last_inbound_at = serializers.DateTimeField(allow_null=True)


class ContactMergeForm(serializers.Serializer[Any]):
    """`into` goes on. `take`: what the contact that disappears knows better. `merge_tickets`: their open tickets on
    the same number become one as well."""

    into = RowField(lambda: Contact.objects.live())
    take = serializers.ListField(
        child=serializers.ChoiceField(choices=[(name, name) for name in merges.CHOOSABLE]), default=list
    )
    merge_tickets = serializers.BooleanField(default=False)


class ContactParts(ContactGroups):
    """The part of the contacts' door that goes through one contact."""

    @extend_schema(responses=TicketSerializer(many=True))
    @action(detail=True, ordering=("-last_message_at", "-id"))
    def tickets(self, request: Request, pk: int) -> Response:
        """The conversations with this contact that the caller may see."""
        found = Ticket.objects.visible_to(viewer(request)).filter(contact=self.get_object())
        return self.page_of(TicketSerializer, as_rows(found))

    @extend_schema(responses=ContactNoteSerializer(many=True))
    @action(detail=True)
    def notes(self, request: Request, pk: int) -> Response:
        """The newest first."""
        found = ContactNote.objects.with_parts().filter(contact=self.get_object())
        return self.page_of(ContactNoteSerializer, found)

    @extend_schema(request=ContactNoteForm, responses={201: ContactNoteSerializer})
    @notes.mapping.post
    def write_note(self, request: Request, pk: int) -> Response:
        """One more note about this contact."""
        contact = self.get_object()
        given = checked(ContactNoteForm, request)
        note = contact_notes.write(contact, body=given["body"], by=auth_of(request).user)
        return Response(ContactNoteSerializer(note).data, status=status.HTTP_201_CREATED)

    @extend_schema(parameters=[CursorQuery], responses=TimelineSerializer)
    @action(detail=True, pagination_class=None)
    def timeline(self, request: Request, pk: int) -> Response:
        """Conversations on all connections, notes, ratings and merges, the newest first."""
        contact = self.get_object()
        after: Any = position_in(asked(CursorQuery, request).get("cursor"), datetime, str, int)
        found = timeline.page(contact, viewer(request), after=after, size=TIMELINE_PAGE)
        shown = found[:TIMELINE_PAGE]
        more = following(request, shown[-1].position) if len(found) > TIMELINE_PAGE else None
        rows = [{"id": one.id, "kind": one.kind, "at": one.at, "row": one.shown} for one in shown]
        return Response({"next": more, "previous": None, "results": rows})

    @extend_schema(responses=EvidenceSerializer(many=True))
    @action(detail=True, pagination_class=None)
    def evidence(self, request: Request, pk: int) -> Response:
        """How we learned of each address of this contact, and where it was heard first."""
        return Response(timeline.evidence(self.get_object()))

    @extend_schema(request=ContactMergeForm, responses={201: ContactMergeSerializer})
    @action(detail=True, methods=["post"])
    def merge(self, request: Request, pk: int) -> Response:
        """This contact becomes part of another one. It can be undone, see contact-merges."""
        contact = self.get_object()
        row = merges.merge(contact, by=auth_of(request).user, **checked(ContactMergeForm, request))
        return Response(ContactMergeSerializer(row).data, status=status.HTTP_201_CREATED)
