"""The door to merges of contacts: what became one, and taking it apart again."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from tenants.authentication import auth_of
from tickets.actions import merges
from tickets.api.shared import IdField, NounViewSet, asked
from tickets.models import ContactMerge
from tickets.serializers.contact_merge import ContactMergeSerializer


class MergeFilters(serializers.Serializer[Any]):
    """`contact`: only those that this contact had a part in."""

    contact = IdField(required=False)


class ContactMergeViewSet(NounViewSet):
    model = ContactMerge
    queryset = ContactMerge.objects.none()  # for the schema
    serializer_class = ContactMergeSerializer
    ordering: tuple[str, ...] = ("-id",)
    http_method_names = ["get", "post", "head", "options"]
    required = {"list": "contacts.read", "retrieve": "contacts.read", "undo": "contacts.delete"}

    def get_queryset(self) -> Any:
        return ContactMerge.objects.with_parts()

    @extend_schema(parameters=[MergeFilters])
    def list(self, request: Request) -> Response:
        """The newest first."""
        found, contact = self.get_queryset(), asked(MergeFilters, request).get("contact")
        if contact is not None:
            found = found.of(contact)
        return self.page_of(ContactMergeSerializer, found)

    def retrieve(self, request: Request, pk: int) -> Response:
        return Response(ContactMergeSerializer(self.get_object()).data)

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def undo(self, request: Request, pk: int) -> Response:
        """Two contacts again, each as they were. What came since goes to whom its address says."""
        row = merges.take_apart(self.get_object(), by=auth_of(request).user)
        return Response(ContactMergeSerializer(row).data)
