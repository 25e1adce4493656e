"""The door to contacts: the address book with its search."""

from typing import Any

import orjson
from django.http.response import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from tenants.authentication import auth_of
from tenants.scoping import current_company_id
from tickets.actions import contacts, exports
from tickets.api.contact_filters import ContactFilters, meant, segment_of
from tickets.api.contact_parts import ContactParts
from tickets.api.downloads import XLSX, download
from tickets.api.filters import FilterSchemaSerializer, filter_schema
from tickets.api.shared import IdField, asked, checked
from tickets.models import Contact, contact_rows
from tickets.models.contact_conditions import CONTACT_CONDITIONS
from tickets.models.segment import CONTACT_ORDERS, ContactSort
from tickets.serializers.contact import ContactSerializer


class ContactForm(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=200, required=False, allow_blank=True)
    number = serializers.CharField(max_length=30, required=False, allow_blank=True)
    email = serializers.EmailField(max_length=254, required=False, allow_blank=True)
    notes = serializers.CharField(max_length=10_000, required=False, allow_blank=True)
    is_blocked = serializers.BooleanField(required=False)
    bot_off = serializers.BooleanField(required=False)
    accepts_audio = serializers.BooleanField(required=False, allow_null=True)
    tags = serializers.ListField(child=IdField(), required=False, max_length=200)
    owner = IdField(required=False, allow_null=True)
    custom_fields = serializers.DictField(required=False)

    def validate_email(self, email: str) -> str:
        """In one spelling, so that the same address is found again."""
        return email.lower()


class ExportQuery(ContactFilters):
    kind = serializers.ChoiceField(choices=["csv", "xlsx"], default="csv")


class ContactViewSet(ContactParts):
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
        "filters": "contacts.read",
        "export": "contacts.export",
        "notes": "contacts.read",
        "write_note": "contacts.write",
        "timeline": "contacts.read",
        "evidence": "contacts.read",
        "merge": "contacts.delete",
        "group": "contacts.read",
        "change_group": "tickets.see_all",
    }

    def get_queryset(self) -> Any:
        return Contact.objects.with_parts()

    @extend_schema(parameters=[ContactFilters])
    def list(self, request: Request) -> Response:
        """The newest first unless `sort` or a segment says otherwise. `search` looks in names, user names, e-mails
        and numbers; accents are ignored."""
        given = asked(ContactFilters, request)
        found, segment = meant(request, given), segment_of(request, given)
        self.ordering = CONTACT_ORDERS[given.get("sort") or (segment.sort if segment else ContactSort.NEWEST)]
        also = [name.lstrip("-") for name in self.ordering]
        page: Any = self.paginate_queryset(contact_rows.as_rows(found, *also))
        return self.get_paginated_response([orjson.Fragment(row.shown) for row in page])

    @extend_schema(responses=FilterSchemaSerializer)
    @action(detail=False, pagination_class=None)
    def filters(self, request: Request) -> Response:
        """What contacts can be filtered by: the console's filter builder is drawn from this."""
        return Response(filter_schema(CONTACT_CONDITIONS, list(ContactSort.values)))

    @extend_schema(
        parameters=[ExportQuery],
        responses={(200, "text/csv"): OpenApiTypes.BINARY, (200, XLSX): OpenApiTypes.BINARY},
    )
    @action(detail=False, pagination_class=None)
    def export(self, request: Request) -> HttpResponseBase:
        """Everything that matches, as a table that can be imported again."""
        given, auth = asked(ExportQuery, request), auth_of(request)
        exports.note(
            auth.by, {name: request.query_params[name] for name in given if name in request.query_params}
        )
        found = exports.rows(meant(request, given))
        return download("contacts", found, company_id=current_company_id(), kind=given["kind"])

    @extend_schema(request=ContactForm, responses={201: ContactSerializer})
    def create(self, request: Request) -> Response:
        contact = contacts.create(by=auth_of(request).user, **checked(ContactForm, request))
        return Response(ContactSerializer(contact).data, status=status.HTTP_201_CREATED)

    def retrieve(self, request: Request, pk: int) -> Response:
        return Response(ContactSerializer(self.get_object()).data)

    @extend_schema(request=ContactForm)
    def partial_update(self, request: Request, pk: int) -> Response:
        contact = contacts.update(
            self.get_object(), by=auth_of(request).user, **checked(ContactForm, request, partial=True)
        )
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
