"""The door to contacts: the address book with its search."""

from typing import Any

import orjson
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from tickets import masking
from tickets.actions import contacts
from tickets.api.shared import DeletedFilter, NounViewSet, asked, checked
from tickets.api.viewing import viewer
from tickets.models import Contact, Ticket, contact_rows
from tickets.models.rows import as_rows
from tickets.serializers.contact import ContactSerializer
from tickets.serializers.ticket import TicketSerializer


class ContactFilters(DeletedFilter):
    search = serializers.CharField(max_length=100, required=False, allow_blank=True)


class ContactForm(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=200, required=False, allow_blank=True)
    number = serializers.CharField(max_length=30, required=False, allow_blank=True)
    email = serializers.EmailField(max_length=254, required=False, allow_blank=True)
    notes = serializers.CharField(max_length=10_000, required=False, allow_blank=True)
    is_blocked = serializers.BooleanField(required=False)
    bot_off = serializers.BooleanField(required=False)


class ContactViewSet(NounViewSet):
    model = Contact
    queryset = Contact.objects.none()  # for the schema
    serializer_class = ContactSerializer
    ordering: tuple[str, ...] = ("-id",)
    required = {
        "list": "contacts.read",
        "create": "contacts.write",
        "retrieve": "contacts.read",
        "partial_update": "contacts.write",
        "destroy": "contacts.delete",
        "restore": "contacts.delete",
        "tickets": "tickets.read",
    }

    def get_queryset(self) -> Any:
        return Contact.objects.with_parts()

    @extend_schema(parameters=[ContactFilters])
    def list(self, request: Request) -> Response:
        """The newest first. `search` looks in names, user names, e-mails and numbers; accents are ignored."""
        given = asked(ContactFilters, request)
        given["search"] = masking.searchable(request, given.get("search", ""))
        found = Contact.objects.filter(deleted_at__isnull=not given["deleted"])
        page: Any = self.paginate_queryset(contact_rows.as_rows(_matching(found, given)))
        return self.get_paginated_response([orjson.Fragment(row.shown) for row in page])

    @extend_schema(request=ContactForm, responses={201: ContactSerializer})
    def create(self, request: Request) -> Response:
        contact = contacts.create(**checked(ContactForm, request))
        return Response(ContactSerializer(contact).data, status=status.HTTP_201_CREATED)

    def retrieve(self, request: Request, pk: int) -> Response:
        return Response(ContactSerializer(self.get_object()).data)

    @extend_schema(request=ContactForm)
    def partial_update(self, request: Request, pk: int) -> Response:
        contact = contacts.update(self.get_object(), **checked(ContactForm, request, partial=True))
        return Response(ContactSerializer(contact).data)

    def destroy(self, request: Request, pk: int) -> Response:
        """Hide the contact; its conversations stay. Whoever writes from its number is new."""
        contacts.delete(self.get_object())
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def restore(self, request: Request, pk: int) -> Response:
        """Bring a deleted contact back."""
        return Response(ContactSerializer(contacts.restore(self.get_object())).data)

    @extend_schema(responses=TicketSerializer(many=True))
    @action(detail=True, ordering=("-last_message_at", "-id"))
    def tickets(self, request: Request, pk: int) -> Response:
        """The conversations with this contact that the caller may see."""
        found = Ticket.objects.visible_to(viewer(request)).filter(contact=self.get_object())
        return self.page_of(TicketSerializer, as_rows(found))


def _matching(found: Any, given: dict[str, Any]) -> Any:
    """The index knows living contacts; the few that were deleted are read one by one."""
    words = given.get("search", "")
    return found.spelled(words) if given["deleted"] else found.matching(words)
